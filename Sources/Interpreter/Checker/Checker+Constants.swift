import Diagnostics
import MarketModel
import Syntax

/// Arguments that are constant in the source and make no sense.
extension Checker {
  /// What a parameter needs of a constant.
  private enum Demand {
    /// A whole number of observations, at least so many.
    case whole(atLeast: Double, String)
    /// A distance back in time: a whole number, or a duration, and not negative.
    case lag
    /// A fraction.
    case fraction
  }

  private func demand(_ function: String, _ parameter: String) -> Demand? {
    switch (function, parameter) {
    case ("lag", "n"), ("diff", "n"), ("change", "n"), ("log_change", "n"): .lag
    case (_, "window"): .whole(atLeast: 1, "a whole number of observations")
    case ("rsi", "n"), ("atr", "n"), ("adx", "n"), ("stoch", "n"): .whole(atLeast: 1, "a whole number of observations")
    case ("head", "n"), ("tail", "n"): .whole(atLeast: 0, "a whole number")
    case ("quantile", "q"): .fraction
    default: nil
    }
  }

  func checkConstants(_ function: String, _ shape: BuiltinEntry.Shape, _ given: [Given], _ places: [Int]) {
    for (argument, place) in zip(given, places) {
      let name = shape.parameters[place].name
      guard let demand = demand(function, name), let value = folding.value(argument.value) else { continue }
      check(value, demand, "`\(name)` of `\(function)`", function, argument.value.span)
    }
  }

  private func check(_ value: Literal, _ demand: Demand, _ what: String, _ function: String, _ span: Span) {
    switch (demand, value) {
    case (.whole(let least, let text), .number(let number)):
      guard number < least || number != number.rounded() else { return }
      let bound = ValueText.number(least)
      report(.wrongArgument("\(what) must be \(text), at least \(bound); found \(value.text)"), at: span)
    case (.lag, .number(let number)):
      if number < 0 {
        report(.negativeLag(function, value.text), at: span)
      } else if number != number.rounded() {
        report(
          .wrongArgument("\(what) must be a whole number of observations, or a duration; found \(value.text)"), at: span
        )
      }
    case (.lag, .duration(let duration)) where duration.count < 0:
      report(.negativeLag(function, value.text), at: span)
    case (.fraction, .number(let number)) where number < 0 || number > 1:
      report(.wrongArgument("\(what) must lie in 0..1; found \(value.text)"), at: span)
    default: return
    }
  }
}
