import Kernels
import MarketModel

/// Statistics of two series on the dates where both are present, or of two lists.
extension StatisticsBuiltins {
  static let pairBuiltins: [Builtin] = [corr, cov, beta]

  static let corr = pair(
    "corr", .correlation, .correlation, doc: "Pearson's correlation; na without spread.",
    examples: [.init("corr([1, 2, 3], [2, 4, 6])", "1")])
  static let cov = pair(
    "cov", .covariance, .covariance, doc: "The sample covariance, n - 1.",
    examples: [.init("cov([1, 2, 3], [2, 4, 6])", "2")])
  static let beta = pair(
    "beta", .beta, .beta, doc: "The slope of y on x, `cov(y, x) / variance(x)`; na without spread in x.",
    examples: [.init("beta([2, 4, 6], [1, 2, 3])", "2")])

  private static func pair(
    _ name: String, _ statistic: PairStatistic, _ rolling: RollingPairOperation, doc: String,
    examples: [Builtin.Example]
  ) -> Builtin {
    Builtin(
      "\(name)(y: series | list[number], x: series | list[number], window: window? = none, min_obs: window = window) "
        + "-> number | series", family: family,
      doc: doc + " Of two series on the dates where both are present, or of two lists of one length.",
      examples: examples
    ) { call throws(Trap) in
      if let y = call[0].series, let x = call[1].series { return try ofSeries(statistic, rolling, y, x, call) }
      guard let y = call[0].list, let x = call[1].list else {
        throw call.fail(
          "`\(call.name)` takes two series or two lists; found \(call[0].kind.described) and "
            + call[1].kind.described)
      }
      return Value(try ofLists(statistic, y, x, call))
    }
  }

  private static func ofSeries(
    _ statistic: PairStatistic, _ rolling: RollingPairOperation, _ y: SeriesRef, _ x: SeriesRef, _ call: borrowing Call
  ) throws(Trap) -> Value {
    let evaluation = call.evaluation
    let common = try CommonDates([y, x], evaluation)
    guard call.isGiven(2) else {
      if call.isGiven(3) { throw call.fail("`min_obs` of `\(call.name)` needs a `window`") }
      if common.count == 0 { return .missing(y.count == 0 ? y.emptyReason : x.emptyReason) }
      try evaluation.charge(common.count)
      let all = 0..<common.count
      return Value(
        statistic.reducePresent(
          UnsafeBufferPointer(start: try common.series[0].values(all, evaluation), count: common.count),
          UnsafeBufferPointer(start: try common.series[1].values(all, evaluation), count: common.count)))
    }
    let window = call.whole(2)
    let minimum = try call.minimumObservations(3, of: window)
    return try evaluation.series(
      rolling, on: common.series[0], right: common.series[1].value, first: Double(window), second: Double(minimum),
      known: common.known
    ).value
  }

  private static func ofLists(
    _ statistic: PairStatistic, _ y: ListRef, _ x: ListRef, _ call: borrowing Call
  ) throws(Trap) -> Double {
    if call.isGiven(2) || call.isGiven(3) {
      throw call.fail("`window` of `\(call.name)` applies to series, not to lists")
    }
    guard y.count == x.count else {
      throw call.fail("the lists of `\(call.name)` have \(y.count) and \(x.count) items; they must be of one length")
    }
    let left = UnsafeBufferPointer(try call.numbers(y))
    let right = UnsafeBufferPointer(try call.numbers(x))
    for place in left.indices where left[place].isNaN || right[place].isNaN {
      return left[place].isNaN ? left[place] : right[place]
    }
    return statistic.reduce(left, right)
  }
}
