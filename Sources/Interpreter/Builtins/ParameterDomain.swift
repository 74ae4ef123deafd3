import Diagnostics
import MarketModel

/// What a parameter takes of the values of its type, or what the text it takes is a name of.
///
/// The word stands as the parameter's type in the text of a record's signature: `sma(s: series, window: window)`. The
/// checker looks at constants and a call at every value, by the one rule and in the same words; completion, traces and
/// checks of a script's data go by what is named. Readers see the type: `window: number`.
public enum ParameterDomain: String, CaseIterable, Sendable {
  /// The length of a window: whole, at least 1.
  case window
  /// A number of observations: whole, at least 0.
  case observations
  /// A number of members of a cross-section: whole, at least 0.
  case members
  /// A number of items: whole, at least 0.
  case items
  /// A distance back in time: a whole number of observations or a duration, not negative.
  case lag
  /// A span of exponential weights: at least 1, whole or not.
  case span
  /// The weight of the newest observation: above 0, at most 1.
  case decay
  /// 0 to 1.
  case fraction
  /// A share that is cut off at both ends: 0 to 0.5.
  case tail
  /// Above 0.
  case positive
  /// A number of decimal places, negative before the point.
  case digits
  /// A whole number.
  case whole
  /// A ticker.
  case ticker
  /// The code of a macro or a flow series.
  case code
  /// The code of a macro or a flow series, or of none: whether there is such a series is what is asked.
  case anyCode = "any_code"
  /// The code of a macro series.
  case macro
  /// The code of a flow series.
  case flow
  /// A yield curve.
  case curve
  /// A universe.
  case universe

  /// The type that holds its values.
  var type: TypeExpression {
    switch self {
    case .window, .observations, .members, .items, .span, .decay, .fraction, .tail, .positive, .digits, .whole: .number
    case .lag: .union([.number, .duration])
    case .ticker, .code, .anyCode, .macro, .flow, .curve, .universe: .string
    }
  }

  /// Whether a text of it names data.
  public var isName: Bool { type == .string }

  /// What a value must do, as a message says it behind "must".
  var requirement: String {
    switch self {
    case .window: "be a whole number of observations, at least 1"
    case .observations: "be a whole number of observations, at least 0"
    case .members: "be a number of members, at least 0"
    case .items: "be a number of items, at least 0"
    case .lag: "be a whole number of observations, or a duration"
    case .span: "be at least 1"
    case .decay: "lie above 0 and not above 1"
    case .fraction: "lie in 0..1"
    case .tail: "lie in 0..0.5"
    case .positive: "be above 0"
    case .digits: "be a whole number, of at most a million"
    case .whole: "be a whole number of at most 15 digits"
    case .ticker, .code, .anyCode, .macro, .flow, .curve, .universe: "name data"
    }
  }

  /// Whether it takes a number; none of them takes a missing one.
  func contains(_ number: Double) -> Bool {
    switch self {
    case .window: Int(whole: number, in: 1...Self.most) != nil
    case .observations, .members, .items, .lag: Int(whole: number, in: 0...Self.most) != nil
    case .span: number >= 1
    case .decay: number > 0 && number <= 1
    case .fraction: number >= 0 && number <= 1
    case .tail: number >= 0 && number <= 0.5
    case .positive: number > 0
    case .digits: Int(whole: number, in: -1_000_000...1_000_000) != nil
    case .whole: Int(whole: number, in: -999_999_999_999_999...999_999_999_999_999) != nil
    case .ticker, .code, .anyCode, .macro, .flow, .curve, .universe: true
    }
  }

  /// Counts beyond it mean all there is as well as those below.
  private static let most = 1 << 40

  /// Whether it takes a duration, where its type does.
  func contains(_ duration: CalendarDuration) -> Bool { duration.count >= 0 }

  /// What is wrong with a number that it does not take.
  func problem(_ number: Double, _ parameter: String, of function: String) -> Diagnostic {
    problem(ValueText.number(number), readsAhead: self == .lag && number < 0, parameter, of: function)
  }

  /// What is wrong with a duration that it does not take.
  func problem(_ duration: CalendarDuration, _ parameter: String, of function: String) -> Diagnostic {
    problem(duration.description, readsAhead: self == .lag, parameter, of: function)
  }

  private func problem(
    _ found: String, readsAhead: Bool, _ parameter: String, of function: String
  ) -> Diagnostic {
    if readsAhead { return .negativeLag(function, found) }
    return .wrongArgument("`\(parameter)` of `\(function)` must \(requirement); found \(found)")
  }
}
