import Kernels
import MarketModel

/// `min` and `max`: of what a value holds, over a named window, or element by element of two and more.
extension StatisticsBuiltins {
  static let extremaBuiltins: [Builtin] = [minimum, maximum]

  static let minimum = extremum(
    "min", .minimum, .minimum, .minimum, word: "smallest",
    examples: [
      .init("min([3, 1, 2])", "1"), .init("min(3, 1)", "1"), .init("min(2024-01-05, 2024-01-02)", "2024-01-02"),
      .init("min(series([2024-01-01: 5, 2024-01-02: 7]), 6)", "6"),
      .init("min(series([2024-01-01: 5, 2024-01-02: 7]), window: 2)", "5"),
    ])
  static let maximum = extremum(
    "max", .maximum, .maximum, .maximum, word: "largest",
    examples: [
      .init("max([3, 1, 2])", "3"), .init("max(1, na, 2)", "na"),
      .init("max(series([2024-01-01: 5, 2024-01-02: 7]), 6).values()", "[6, 7]"),
    ])

  private static func extremum(
    _ name: String, _ statistic: Statistic, _ rolling: RollingOperation, _ pair: PairOperation, word: String,
    examples: [Builtin.Example]
  ) -> Builtin {
    Builtin(
      [
        .init("\(name)(x: series | list | map) -> number | date") { call throws(Trap) in
          if let list = call[0].list, list.count > 0, list[0].day != nil {
            return try earliestOrLatest(pair, list, call)
          }
          return Value(try reduce(statistic, call))
        },
        .init(
          "\(name)(a: number | date | series, b: number | date | series, more...: number | date | series) "
            + "-> number | date | series"
        ) { call throws(Trap) in try fold(pair, call) },
        .init("\(name)(s: series, window: window, min_obs: window = window) -> series") { call throws(Trap) in
          try apply(statistic, rolling, call, window: 1)
        },
      ], family: family,
      doc: "The \(word) of a series, list or map; over a `window`, which must be named, the \(word) of the latest "
        + "observations at each date. Of two or more numbers or dates the \(word); with a series among them, element by "
        + "element; na wins.", examples: examples)
  }

  private static func earliestOrLatest(
    _ pair: PairOperation, _ list: ListRef, _ call: borrowing Call
  ) throws(Trap) -> Value {
    try call.evaluation.charge(list.count)
    var result = list[0]
    for place in 1..<max(1, list.count) { result = try chosen(pair, result, list[place], call) }
    return result
  }

  private static func fold(_ pair: PairOperation, _ call: borrowing Call) throws(Trap) -> Value {
    try call.evaluation.charge(call.count)
    var result = call[0]
    for place in 1..<max(1, call.count) where !call[place].isNone && !call[place].isAbsent {
      result = try chosen(pair, result, call[place], call)
    }
    return result
  }

  private static func chosen(
    _ pair: PairOperation, _ a: Value, _ b: Value, _ call: borrowing Call
  ) throws(Trap) -> Value {
    if let left = a.day, let right = b.day {
      return pair.value(Double(left.rawValue), Double(right.rawValue)) == Double(left.rawValue) ? a : b
    }
    guard a.day == nil, b.day == nil, a.isNumber || a.series != nil, b.isNumber || b.series != nil else {
      throw call.fail(
        "`\(call.name)` compares numbers with numbers and dates with dates; found \(a.kind.described) "
          + "and \(b.kind.described)")
    }
    if a.isNumber, b.isNumber { return Value(pair.value(a.raw, b.raw)) }
    return try pair.series(a, b, call.evaluation).value
  }
}
