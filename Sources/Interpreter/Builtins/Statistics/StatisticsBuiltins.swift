import Kernels
import MarketModel

/// The statistics of the window rule: without a window they reduce to a number, with one they roll over a series.
///
/// Reducing a series or a map leaves missing numbers out; reducing a list with one is missing.
enum StatisticsBuiltins {
  static let all: [Builtin] =
    [
      sum, mean, median, std, variance, quantile, skew, kurt,
    ].map { $0.gaps(list: .result, map: .leftOutOfOthers) }
    + extremaBuiltins.map { $0.gaps(list: .result, map: .leftOutOfOthers) }
    + [zscore.gaps(map: .leftOut), rank.gaps(map: .leftOut), count.gaps(list: .leftOut, map: .leftOut)]
    + pairBuiltins.map { $0.gaps(list: .result) } + [ols]

  static let family = "statistics"

  static let sum = statistic(
    "sum", .sum, .sum, doc: "The sum, from left to right; of nothing 0.",
    examples: [.init("sum([1, 2, 3])", "6"), .init("sum([])", "0"), .init("sum([1, na])", "na")])
  static let mean = statistic(
    "mean", .mean, .mean, doc: "The arithmetic mean.",
    examples: [
      .init("mean([1, 2])", "1.5"), .init("mean(series([2024-01-01: 1, 2024-01-02: na, 2024-01-03: 3]))", "2"),
      .init("mean(series([2024-01-01: 1, 2024-01-02: 3]), 2)", "2"),
    ])
  static let median = statistic(
    "median", .median, .median, doc: "The middle value; of an even count the mean of the middle two.",
    examples: [.init("median([3, 1, 2, 10])", "2.5")])
  static let std = statistic(
    "std", .deviation, .deviation,
    doc: "The sample standard deviation, n - 1 (pandas, ddof=1); na for fewer than two values.",
    examples: [.init("std([1, 3])", "1.4142135623730951"), .init("std([1])", "na")])
  static let variance = statistic(
    "variance", .variance, .variance,
    doc: "The sample variance, n - 1 (pandas, ddof=1); na for fewer than two values.",
    examples: [.init("variance([1, 2, 3])", "1")])
  static let skew = statistic(
    "skew", .skewness, .skewness,
    doc: "The bias-corrected skewness G1 (pandas); na for fewer than three values or without spread.",
    examples: [.init("skew([1, 2, 3])", "0")])
  static let kurt = statistic(
    "kurt", .kurtosis, .kurtosis,
    doc: "The bias-corrected excess kurtosis G2 (pandas); na for fewer than four values or without spread.",
    examples: [.init("kurt([1, 2, 3])", "na")])

  private static func statistic(
    _ name: String, _ statistic: Statistic, _ rolling: RollingOperation, doc: String, examples: [Builtin.Example]
  ) -> Builtin {
    Builtin(
      "\(name)(x: series | list[number] | map[number], window: window? = none, min_obs: window = window) "
        + "-> number | series", family: family, doc: doc, examples: examples
    ) { call throws(Trap) in try apply(statistic, rolling, call, window: 1) }
  }

  /// Reduces or rolls, as the argument `window` and the one behind it, `min_obs`, say.
  static func apply(
    _ statistic: Statistic, _ rolling: RollingOperation, _ call: borrowing Call, window place: Int,
    minimum: Int? = nil, parameter: Value = .none
  ) throws(Trap) -> Value {
    let minimum = minimum ?? place + 1
    guard call.isGiven(place) else {
      if call.isGiven(minimum) { throw call.fail("`min_obs` of `\(call.name)` needs a `window`") }
      return Value(try reduce(statistic, call))
    }
    guard let series = call[0].series else {
      throw call.fail("`window` of `\(call.name)` applies to a series, not to \(call[0].kind.described)")
    }
    let window = call.whole(place)
    return try rolling.series(
      series, window: window, minimum: try call.minimumObservations(minimum, of: window), parameter: parameter,
      call.evaluation
    ).value
  }

  /// A statistic of all that the first argument holds.
  static func reduce(_ statistic: Statistic, _ call: borrowing Call) throws(Trap) -> Double {
    if let series = call[0].series { return try reduce(statistic, series, call.evaluation) }
    if let map = call[0].map {
      let numbers = UnsafeBufferPointer(try call.numbers(map))
      try call.evaluation.noteLeftOut(map.count - Presence.count(numbers), call.name)
      return statistic.reducePresent(numbers)
    }
    return statistic.reduceStrictly(UnsafeBufferPointer(try call.numbers(call.list(0))))
  }

  /// A statistic of a series' present observations.
  static func reduce(_ statistic: Statistic, _ series: SeriesRef, _ evaluation: Evaluation) throws(Trap) -> Double {
    if series.count == 0 { return statistic == .sum ? 0 : .missing(series.emptyReason) }
    try evaluation.charge(series.count)
    let values = try series.values(0..<series.count, evaluation)
    return statistic.reducePresent(UnsafeBufferPointer(start: values, count: series.count))
  }

  static let quantile = Builtin(
    "quantile(x: series | list[number] | map[number], q: fraction, window: window? = none, min_obs: window = window) "
      + "-> number | series", family: family,
    doc: "The value below which the share q lies, by linear interpolation (numpy's default, type 7).",
    examples: [.init("quantile([1, 2, 3, 4], 0.5)", "2.5"), .init("quantile([1, 2], 2)", "E0401")]
  ) { call throws(Trap) in
    let q = call.number(1)
    return try apply(.quantile(q), .quantile, call, window: 2, parameter: Value(q))
  }

  static let count = Builtin(
    "count(x: series | list | map, f: function? = none) -> number", family: family,
    doc:
      "How many values are present, or for how many `f` is true. Of a series and a map, missing members do not count.",
    examples: [
      .init("count([1, na, 3])", "2"), .init("count([1, 2, 3], x -> x > 1)", "2"),
      .init("count([\"A\": 1, \"B\": -1], v -> v > 0)", "1"),
    ]
  ) { call throws(Trap) in
    if call[0].series != nil { return Value(Double(try countSeries(call))) }
    if call[0].map != nil { return Value(Double(try countMap(call))) }
    return Value(Double(try countList(call)))
  }
}

extension StatisticsBuiltins {
  private static func countSeries(_ call: borrowing Call) throws(Trap) -> Int {
    let series = call.series(0)
    try call.evaluation.charge(series.count)
    let values = try series.values(0..<series.count, call.evaluation)
    guard let function = call.optionalFunction(1) else {
      return Presence.count(UnsafeBufferPointer(start: values, count: series.count))
    }
    var count = 0
    for place in 0..<series.count where !values[place].isNaN {
      let answer = try call.invoke(function, series.days[place], values[place])
      if try call.evaluation.condition(answer, of: "the predicate of `count`") { count += 1 }
    }
    return count
  }

  private static func countMap(_ call: borrowing Call) throws(Trap) -> Int {
    let map = call.map(0)
    call[0].share()
    try call.evaluation.charge(map.count)
    var count = 0
    for place in 0..<map.count {
      let entry = map.entries[place]
      if try !isPresent(entry.value, call) { continue }
      if let function = call.optionalFunction(1) {
        let answer = try call.evaluation.invoke(function, entry: entry)
        if try call.evaluation.condition(answer, of: "the predicate of `count`") { count += 1 }
      } else {
        count += 1
      }
    }
    return count
  }

  private static func countList(_ call: borrowing Call) throws(Trap) -> Int {
    let list = call.list(0)
    call[0].share()
    try call.evaluation.charge(list.count)
    var count = 0
    for place in 0..<list.count {
      if let function = call.optionalFunction(1) {
        let answer = try call.evaluation.invoke(function, list[place])
        if try call.evaluation.condition(answer, of: "the predicate of `count`") { count += 1 }
      } else if try isPresent(list[place], call) {
        count += 1
      }
    }
    return count
  }

  private static func isPresent(_ value: Value, _ call: borrowing Call) throws(Trap) -> Bool {
    if let series = value.series { return try !series.latest(call.evaluation).isNaN }
    return !value.isMissing && !value.isNone
  }
}
