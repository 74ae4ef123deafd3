import Kernels
import MarketModel
import Testing

@Suite struct RollingTests {
  static let named: [(String, Statistic)] = [
    ("sum", .sum), ("mean", .mean), ("median", .median), ("min", .minimum), ("max", .maximum),
    ("quantile0.3", .quantile(0.3)), ("rank", .rank(isFraction: false)), ("rankpct", .rank(isFraction: true)),
    ("std", .deviation), ("variance", .variance), ("skew", .skewness), ("kurt", .kurtosis), ("zscore", .zscore),
  ]

  private func rolled(_ statistic: Statistic, _ window: RollingWindow, _ values: [Double], _ range: Range<Int>? = nil)
    -> [Double]
  {
    let range = range ?? 0..<values.count
    return filled(range.count) { Rolling.fill(statistic, window, source: values, range: range, into: $0) }
  }

  @Test(arguments: ["close", "gaps"]) func agreeWithPandas(_ input: String) {
    let values = Reference.numbers("input." + input)
    for (name, statistic) in Self.named {
      for (length, least) in [(10, 10), (10, 4), (1, 1)]
      where length > 1 || !["std", "variance", "skew", "kurt", "zscore"].contains(name) {
        let found = rolled(statistic, RollingWindow(length, minObservations: least), values)
        let key = "\(name).\(input).\(length).\(least)"
        expectClose(found, Reference.numbers(key), key)
      }
    }
  }

  @Test(arguments: ["close", "gaps"]) func pairsAgreeWithPandas(_ input: String) {
    let y = Reference.numbers("input." + input)
    let x = Reference.numbers("input.other")
    for (name, statistic) in [("corr", PairStatistic.correlation), ("cov", .covariance), ("beta", .beta)] {
      for least in [10, 4] {
        let window = RollingWindow(10, minObservations: least)
        let found = filled(y.count) { RollingPairs.fill(statistic, window, y: y, x: x, range: 0..<y.count, into: $0) }
        let key = "\(name).\(input).10.\(least)"
        expectClose(found, Reference.numbers(key), key)
        let single = y.indices.map { RollingPairs.value(statistic, window, y: y, x: x, at: $0) }
        expectSameBits(found, single, key)
      }
    }
  }

  @Test func weightedMeanAgreesWithTALib() {
    let close = Reference.numbers("input.close")
    for length in [2, 5, 14] {
      expectClose(rolled(.weightedMean, RollingWindow(length), close), Reference.numbers("wma.\(length)"))
    }
  }

  @Test func bandsAgreeWithTALib() {
    let close = Reference.numbers("input.close")
    expectClose(
      rolled(.populationDeviation, RollingWindow(20), close), Reference.numbers("bollinger.deviation"), relative: 1e-8)
  }

  /// The law: whole column, range, single element and the reducer on the window itself agree in every bit.
  @Test(arguments: [1, 2, 3, 7, 20]) func anyCutGivesTheSameBits(_ length: Int) {
    let base = Reference.numbers("input.close").map { $0 / 3 }
    let long = (0..<6).flatMap { round in base.map { $0 * Double(round + 1) } }
    var holed = long
    for place in [0, 41, 42, 300, 311, 700] { holed[place] = .missing(.badValue) }
    for values in [long, holed] {
      for least in Set([1, (length + 1) / 2, length]) {
        let window = RollingWindow(length, minObservations: least)
        for statistic in StatisticTests.all {
          let whole = rolled(statistic, window, values)
          expectSameBits(values.indices.map { Rolling.value(statistic, window, source: values, at: $0) }, whole)
          expectSameBits(rolled(statistic, window, values, 37..<331), Array(whole[37..<331]))
          let defined = values.indices.map { naive(statistic, window, values, at: $0) }
          expectSameBits(whole, defined, "\(statistic) \(length) \(least)")
        }
      }
    }
  }

  /// The definition, written straight.
  private func naive(_ statistic: Statistic, _ window: RollingWindow, _ values: [Double], at index: Int) -> Double {
    let start = max(0, index - window.length + 1)
    let reached = Array(values[start...index])
    let present = reached.filter { !$0.isNaN }
    if present.count < window.minObservations {
      return reached.count < window.length ? .missing(.insufficientHistory) : reached.first { $0.isNaN } ?? 0
    }
    let isLatest = statistic == .zscore || statistic == .rank(isFraction: true) || statistic == .rank(isFraction: false)
    if isLatest && values[index].isNaN { return values[index] }
    return statistic.reduce(present)
  }

  @Test func missingNumbersGiveTheirReasons() {
    let values = [1, 2, .missing(.stale), .missing(.noPrices), 5, 6, 7]
    #expect(
      rolled(.mean, RollingWindow(3), values).reasons == [
        .insufficientHistory, .insufficientHistory, .stale, .stale, .stale, .noPrices, nil,
      ])
    #expect(
      rolled(.mean, RollingWindow(3, minObservations: 2), values).reasons == [
        .insufficientHistory, nil, nil, .stale, .stale, nil, nil,
      ])
    #expect(rolled(.deviation, RollingWindow(1), [1, 2]).reasons == [.insufficientHistory, .insufficientHistory])
  }

  @Test func equalWindowsDeviateByExactlyNothing() {
    let values = [5.5, 7.25] + [Double](repeating: 0.1, count: 600) + [3]
    let found = rolled(.deviation, RollingWindow(20), values)
    #expect(found[21...601].allSatisfy { $0 == 0 })
    #expect(rolled(.zscore, RollingWindow(20), values)[300].missingReason == .divisionByZero)
  }
}
