import Kernels
import MarketModel

/// Exponentially weighted statistics after pandas, volatility and mean reversion.
extension IndicatorBuiltins {
  static let ewmMean = weighted(
    "ewm_mean", .weightedMean, doc: "The exponentially weighted mean (pandas `ewm().mean()`).",
    example: "series([2024-01-01: 1, 2024-01-02: 4]).ewm_mean(alpha: 0.5)", result: "3")
  static let ewmStd = weighted(
    "ewm_std", .weightedDeviation,
    doc: "The exponentially weighted standard deviation, corrected for bias (pandas `ewm().std()`).",
    example: "series([2024-01-01: 1]).ewm_std(span: 3)", result: "na")

  private static func weighted(
    _ name: String, _ operation: HistoryOperation, doc: String, example: String, result: String
  ) -> Builtin {
    Builtin(
      "\(name)(s: series, span: span? = none, halflife: positive? = none, alpha: decay? = none, adjust: bool = true, "
        + "min_obs: observations = 1) -> series", family: family,
      doc: doc + " Exactly one of `span`, `halflife` and `alpha` says how fast weights fade.",
      examples: [.init(example, result)]
    ) { call throws(Trap) in
      let alpha = try decay(call)
      let least = call.whole(5)
      // See `HistoryOperation`: one number says both how many observations are asked for and how weights are divided.
      return try call.evaluation.series(
        operation, on: call.series(0), first: alpha, second: Double(call.bool(4) ? least : -1 - least)
      ).value
    }
  }

  /// The weight of the newest observation, as the one parameter that was given says it.
  private static func decay(_ call: borrowing Call) throws(Trap) -> Double {
    let given = (1...3).filter { call.isGiven($0) }
    guard given.count == 1 else {
      throw call.fail("`\(call.name)` needs exactly one of `span`, `halflife` and `alpha`; \(given.count) given")
    }
    let number = call.number(given[0])
    switch given[0] {
    case 1: return ExponentialMoments.alpha(span: number)
    case 2: return min(1, max(ExponentialMoments.alpha(halflife: number), .leastNormalMagnitude))
    default: return number
    }
  }

  static let volatility = Builtin(
    "volatility(p: series, window: window, annualization: positive = 252, min_obs: window = window) -> series",
    family: family,
    doc: "The annualized volatility of prices: `std(change(p, 1), window) * sqrt(annualization)`.",
    examples: [
      .init("series([2024-01-01: 1, 2024-01-02: 2, 2024-01-03: 4]).volatility(2)", "0"),
      .init("series([2024-01-01: 1]).volatility(0)", "E0401"),
    ]
  ) { call throws(Trap) in
    let evaluation = call.evaluation
    let window = call.whole(1)
    let annualization = call.number(2)
    let changes = try LaggedOperation.change.series(call.series(0), .observations(1), evaluation)
    let deviation = try RollingOperation.deviation.series(
      changes, window: window, minimum: try call.minimumObservations(3, of: window), evaluation)
    return try Elementwise.apply(.multiply, deviation.value, Value(annualization.squareRoot()), evaluation)
  }

  static let halfLife = Builtin(
    "half_life(s: series, window: window? = none) -> number", family: family,
    doc:
      "How many observations half of a deviation takes to decay: `-log(2) / b`, b the slope of `diff(s)` on `lag(s)` "
      + "with intercept over the last `window` dates or all; na where b is not negative.",
    examples: [.init("series([2024-01-01: 4, 2024-01-02: 2, 2024-01-03: 1]).half_life()", "1.3862943611198906")]
  ) { call throws(Trap) in
    let evaluation = call.evaluation
    let series = call.series(0)
    let window = call.isGiven(1) ? call.whole(1) : nil
    if series.count == 0 { return .missing(series.emptyReason) }
    try evaluation.charge(2 * series.count)
    let values = try series.values(0..<series.count, evaluation)
    let change = try evaluation.doubles(series.count)
    let level = try evaluation.doubles(series.count)
    var count = 0
    for place in 1..<max(1, series.count) where !values[place].isNaN && !values[place - 1].isNaN {
      change[count] = Lagging.difference(values[place], from: values[place - 1])
      level[count] = values[place - 1]
      count += 1
    }
    let used = min(count, window ?? count)
    let slope = PairStatistic.beta.reduce(
      UnsafeBufferPointer(start: change + (count - used), count: used),
      UnsafeBufferPointer(start: level + (count - used), count: used))
    if slope.isNaN { return Value(slope) }
    return slope < 0 ? Value(-ElementaryFunctions.log(2) / slope) : .missing(.domainError)
  }
}
