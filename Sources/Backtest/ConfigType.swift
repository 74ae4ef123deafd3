import Diagnostics
import Kernels
import MarketModel

/// What values a key takes. What is read, what messages and documents say of it, and what completion offers all come
/// from here.
public enum ConfigType: Sendable {
  /// A day.
  case date
  /// A number between bounds.
  case number(NumberBounds, ConfigUnit)
  /// A whole number.
  case whole(ClosedRange<Int>, ConfigUnit)
  /// One of some words.
  case word([String])
  /// One of some words, or a list of dates.
  case schedule([String])
  /// An annual fraction, or a series in percent a year.
  case rate(NumberBounds)
  /// A ticker of the data set, or `none`.
  case ticker
  /// One of some words, or a ticker.
  case calendar([String])
  /// A universe of the data set, or tickers.
  case universe
  /// Any text.
  case text

  /// What a name that the data set has may stand for.
  public enum Names: Sendable {
    case tickers, series, universes
  }

  /// What the value may be, for messages: "a number above 0, at most 20".
  public var expected: String {
    switch self {
    case .date: "a date"
    case .number(let bounds, .tradedNotional):
      "\(NumberText.shortest(bounds.lower * 1e4)) to \(NumberText.shortest(bounds.upper * 1e4))bps of traded notional"
    case .number(let bounds, .fraction): "a fraction \(bounds.text)"
    case .number(let bounds, _): "a number \(bounds.text)"
    case .whole(let range, let unit):
      "a whole number\(unit.counted) from \(range.lowerBound) to \(ConfigType.text(range.upperBound))"
    case .word(let words): Suggestions.joined(words, quote: "\"")
    case .schedule(let words): ConfigType.listed(words, or: "a list of dates")
    case .rate(let bounds): "an annual fraction \(bounds.text), or the code of a series in percent a year"
    case .ticker: "a ticker or `none`"
    case .calendar(let words): ConfigType.listed(words, or: "a ticker")
    case .universe: "the name of a universe or a list of tickers"
    case .text: "a string"
    }
  }

  /// The words that it takes.
  public var words: [String] {
    switch self {
    case .word(let words), .schedule(let words), .calendar(let words): words
    case .date, .number, .whole, .rate, .ticker, .universe, .text: []
    }
  }

  /// Whose names it takes.
  public var names: Names? {
    switch self {
    case .ticker, .calendar: .tickers
    case .rate: .series
    case .universe: .universes
    case .date, .number, .whole, .word, .schedule, .text: nil
    }
  }

  /// What its numbers count; `nil` where it takes none.
  public var unit: ConfigUnit? {
    switch self {
    case .number(_, let unit), .whole(_, let unit): unit
    case .rate: .annualFraction
    case .date, .word, .schedule, .ticker, .calendar, .universe, .text: nil
    }
  }

  /// Whether a value is of it.
  public func takes(_ value: ConfigValue) -> Bool {
    switch (self, value) {
    case (.date, .date): true
    case (.number(let bounds, _), .number(let number)), (.rate(let bounds), .number(let number)):
      bounds.contains(number)
    case (.whole(let range, _), .number(let number)): Int(whole: number, in: range) != nil
    case (.word(let words), .text(let text)), (.schedule(let words), .text(let text)): words.contains(text)
    case (.schedule, .date): true
    case (.schedule, .list(let items)): !items.isEmpty && items.allSatisfy(ConfigType.date.takes)
    case (.rate, .text), (.ticker, .text), (.ticker, .none), (.calendar, .text), (.universe, .text), (.text, .text):
      true
    case (.universe, .list(let items)): items.allSatisfy(ConfigType.text.takes)
    case (.date, _), (.number, _), (.whole, _), (.word, _), (.schedule, _), (.rate, _), (.ticker, _), (.calendar, _),
      (.universe, _), (.text, _):
      false
    }
  }

  private static func listed(_ words: [String], or last: String) -> String {
    words.map { "\"\($0)\"" }.joined(separator: ", ") + " or " + last
  }

  private static func text(_ number: Int) -> String { number == Int.wholeBound - 1 ? "2^53 - 1" : "\(number)" }
}

/// What the numbers of a key count.
public enum ConfigUnit: Sendable {
  /// Money of the run's currency.
  case amount
  /// A fraction of what is traded; a flag's bare number counts basis points.
  case tradedNotional
  /// A fraction a year.
  case annualFraction
  /// A fraction of a value.
  case fraction
  /// Multiples of the equity.
  case equities
  /// Sessions.
  case sessions
  /// Sessions a year.
  case sessionsPerYear
  /// Nothing: the number is a name.
  case name

  /// The unit in words.
  public var text: String {
    switch self {
    case .amount: "money of the run's currency"
    case .tradedNotional: "fraction of traded notional"
    case .annualFraction: "fraction a year"
    case .fraction: "fraction"
    case .equities: "times the equity"
    case .sessions: "sessions"
    case .sessionsPerYear: "sessions a year"
    case .name: "none"
    }
  }

  /// ` of sessions`, behind "a whole number".
  fileprivate var counted: String {
    switch self {
    case .sessions, .sessionsPerYear: " of " + text
    case .amount, .tradedNotional, .annualFraction, .fraction, .equities, .name: ""
    }
  }
}

/// The numbers that a key takes, with stated ends.
public struct NumberBounds: Equatable, Sendable {
  /// The least, or the one that all lie above.
  public let lower: Double
  /// Whether `lower` is allowed.
  public let includesLower: Bool
  /// The greatest.
  public let upper: Double

  /// Numbers from one to another, both allowed.
  public static func from(_ lower: Double, to upper: Double) -> NumberBounds {
    NumberBounds(lower: lower, includesLower: true, upper: upper)
  }
  /// Numbers above one, up to another.
  public static func above(_ lower: Double, to upper: Double) -> NumberBounds {
    NumberBounds(lower: lower, includesLower: false, upper: upper)
  }
  /// Any number that is not below one.
  public static func atLeast(_ lower: Double) -> NumberBounds {
    NumberBounds(lower: lower, includesLower: true, upper: .greatestFiniteMagnitude)
  }

  /// Whether a number is allowed.
  public func contains(_ number: Double) -> Bool {
    number <= upper && (includesLower ? number >= lower : number > lower)
  }

  /// The bounds in words: "above 0, at most 20".
  public var text: String {
    let (low, high) = (NumberText.shortest(lower), NumberBounds.rounded(NumberText.shortest(upper)))
    if upper == .greatestFiniteMagnitude { return "of at least \(low)" }
    return includesLower ? "from \(low) to \(high)" : "above \(low), at most \(high)"
  }

  /// A number whose zeros nobody counts, as a power of ten: 1e15.
  private static func rounded(_ text: String) -> String {
    let zeros = text.reversed().prefix { $0 == "0" }.count
    return zeros < 10 ? text : "\(text.dropLast(zeros))e\(zeros)"
  }
}
