import Diagnostics
import MarketModel

/// Functions of one series that shape it: parts, lags, changes, running totals.
///
/// All are causal: the value at a date depends on what was known at that date. Where dates are kept, the result is a
/// recipe, and reading one number of it costs no more than that number needs.
enum SeriesBuiltins {
  static let all: [Builtin] =
    [
      head.takingPart(), tail.takingPart(), between.takingPart(), lag, diff, change, logChange, cumSum, cumProd, cumMax,
      cumMin, drawdown, make,
    ] + dateBuiltins + gapBuiltins + maskBuiltins

  static let family = "series"

  static let head = Builtin(
    "head(s: series, n: observations) -> series", family: family,
    doc: "The oldest n observations; fewer if there are fewer.",
    examples: [.init("series([2024-01-01: 1, 2024-01-02: 2]).head(1).values()", "[1]")]
  ) { call throws(Trap) in
    let series = call.series(0)
    let count = min(series.count, call.whole(1))
    return try call.evaluation.slice(series, 0..<count).value
  }

  static let tail = Builtin(
    "tail(s: series, n: observations) -> series", family: family,
    doc: "The latest n observations; fewer if there are fewer.",
    examples: [.init("series([2024-01-01: 1, 2024-01-02: 2]).tail(1).values()", "[2]")]
  ) { call throws(Trap) in
    let series = call.series(0)
    let count = min(series.count, call.whole(1))
    return try call.evaluation.slice(series, series.count - count..<series.count).value
  }

  static let lag = lagged(
    "lag", .lag,
    doc: "The value n observations earlier, or on or before each date less a duration; the first n are na.",
    example: "series([2024-01-01: 1, 2024-01-02: 2]).lag(1)", result: "1")
  static let diff = lagged(
    "diff", .difference, doc: "The difference from the value n observations or a duration earlier: `s - lag(s, n)`.",
    example: "series([2024-01-01: 1, 2024-01-02: 3]).diff()", result: "2")
  static let change = lagged(
    "change", .change,
    doc: "The relative change from the value n observations or a duration earlier: `s / lag(s, n) - 1`; na where the "
      + "earlier value is 0.",
    example: "series([2024-01-01: 2, 2024-01-02: 3]).change()", result: "0.5")
  static let logChange = lagged(
    "log_change", .logChange,
    doc: "The logarithm of the ratio to the value n observations or a duration earlier: `log(s / lag(s, n))`; na where "
      + "the ratio is not positive.",
    example: "series([2024-01-01: 2, 2024-01-02: 2]).log_change()", result: "0")

  private static func lagged(
    _ name: String, _ operation: LaggedOperation, doc: String, example: String, result: String
  ) -> Builtin {
    Builtin(
      "\(name)(s: series, n: lag = 1) -> series", family: family, doc: doc,
      examples: [.init(example, result)]
    ) { call throws(Trap) in
      try operation.series(call.series(0), call.lag(1), call.evaluation).value
    }
  }

  static let between = Builtin(
    "between(s: series, from: date, to: date = as_of) -> series", family: family,
    doc: "The observations from one date to another, both included.",
    examples: [
      .init("series([2024-01-01: 1, 2024-01-02: 2]).between(2024-01-02, 2024-01-05).len()", "1")
    ]
  ) { call throws(Trap) in
    let series = call.series(0)
    let from = call.day(1)?.rawValue ?? .min
    let to = call.day(2)?.rawValue ?? call.evaluation.asOf?.rawValue ?? .max
    let end = DaySearch.count(series.days, series.count, through: to)
    let start = from == .min ? 0 : DaySearch.count(series.days, series.count, through: from - 1)
    return try call.evaluation.slice(series, min(start, end)..<end).value
  }

  static let cumSum = history(
    "cum_sum", .cumulativeSum, doc: "The sum of all observations so far; an na stays na and is skipped.", result: "6")
  static let cumProd = history(
    "cum_prod", .cumulativeProduct, doc: "The product of all observations so far; an na stays na and is skipped.",
    result: "8")
  static let cumMax = history(
    "cum_max", .cumulativeMaximum, doc: "The largest observation so far; an na stays na and is skipped.", result: "4")
  static let cumMin = history(
    "cum_min", .cumulativeMinimum, doc: "The smallest observation so far; an na stays na and is skipped.", result: "2")

  private static func history(_ name: String, _ operation: HistoryOperation, doc: String, result: String) -> Builtin {
    Builtin(
      "\(name)(s: series) -> series", family: family, doc: doc,
      examples: [.init("series([2024-01-01: 4, 2024-01-02: 2]).\(name)()", result)]
    ) { call throws(Trap) in
      try call.evaluation.series(operation, on: call.series(0)).value
    }
  }

  /// The portfolio's own drawdown, without argument, joins this shape where a portfolio is known.
  static let drawdownOverload = Builtin.Overload("drawdown(s: series) -> series") { call throws(Trap) in
    try call.evaluation.series(HistoryOperation.drawdown, on: call.series(0)).value
  }

  static let drawdown = Builtin(
    [drawdownOverload], family: family, doc: "How far each value lies below the highest so far: `s / cum_max(s) - 1`.",
    examples: [.init("series([2024-01-01: 4, 2024-01-02: 3]).drawdown()", "-0.25")])

  static let make = Builtin(
    "series(m: map[number]) -> series", family: family,
    doc: "A series from a map of dates to numbers, in the order of the dates. No date may lie after `as_of`.",
    examples: [.init("series([2024-01-02: 2, 2024-01-01: 1]).values()", "[1, 2]")]
  ) { call throws(Trap) in
    let map = call.map(0)
    let numbers = try call.numbers(map)
    let evaluation = call.evaluation
    var observations: [(day: Int32, value: Double)] = []
    observations.reserveCapacity(map.count)
    for place in 0..<map.count {
      guard let day = map.entries[place].key.day else {
        throw call.fail("the keys of a series' map must be dates, not \(map.entries[place].key.kind.described)")
      }
      if let asOf = evaluation.asOf, day > asOf {
        throw evaluation.fail(.lookAhead("`series`", asked: day, asOf: asOf))
      }
      observations.append((day.rawValue, numbers[place]))
    }
    observations.sort { $0.day < $1.day }
    let days = try evaluation.days(map.count)
    for (place, observation) in observations.enumerated() {
      days[place] = observation.day
      numbers[place] = observation.value
    }
    guard let values = numbers.baseAddress else { return .none }
    return try evaluation.series(
      days: UnsafePointer(days), known: nil, values: UnsafePointer(values), count: map.count
    ).value
  }
}
