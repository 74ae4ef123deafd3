import Kernels
import MarketModel
import Testing

@testable import Analytics

/// A curve with its risk-free and benchmark returns, the same as the reference script makes.
struct Curve {
  var equity: [Double] = []
  var riskFree: [Double] = []
  var benchmark: [Double?] = []

  init(_ kind: String, _ count: Int, seed: Int) {
    var state = seed
    func uniform() -> Double {
      state = (state * 1_103_515_245 + 12_345) % (1 << 31)
      return Double(state) / 2_147_483_648
    }
    func draw() -> Double {
      var sum = 0.0
      for _ in 0..<4 { sum += uniform() }
      return sum - 2
    }
    var level = 1_000_000.0
    for _ in 0..<count {
      let draw = draw()
      if kind == "walk" { level *= 1 + 0.0004 + 0.012 * draw }
      if kind == "gains" { level *= 1 + 0.0001 + 0.01 * abs(draw) }
      equity.append(level)
    }
    riskFree = (0..<count).map { $0 == 0 || kind == "constant" ? 0 : 0.00005 * Double(1 + $0 % 3) }
    benchmark = [nil] + (1..<max(1, count)).map { _ in 0.0003 + 0.01 * draw() }
  }

  var input: MetricInput {
    var days: [Day] = []
    var day = Day(18_204)  // 2019-11-04
    for _ in equity {
      days.append(day)
      day = day.addingWeekdays(1)
    }
    var input = MetricInput(
      days: days, equity: equity, initialCapital: 1_000_000, riskFree: riskFree, annualization: 252)
    input.benchmark = benchmark
    return input
  }
}

@Suite struct MetricTests {
  @Test(arguments: [
    ("walk", "walk", 700, 7), ("gains", "gains", 40, 11), ("constant", "constant", 30, 13),
    ("point", "walk", 1, 17),
  ])
  func agreesWithNumpyPandasAndScipy(name: String, kind: String, count: Int, seed: Int) throws {
    let values = MetricCatalog.values(Curve(kind, count, seed: seed).input)
    for (id, expected) in try #require(MetricReferences.values[name]) {
      let value = try #require(values.first { $0.metric.id == id }, "\(id) is in the catalogue").value
      #expect(agrees(value.number, expected), "\(name) \(id): \(value), reference \(expected as Any)")
    }
  }

  /// A script that computes the figure of its own returns gets the run's, to the bit.
  @Test func figuresOfReturnsAreTheScriptsStatistics() throws {
    let input = Curve("walk", 700, seed: 7).input
    let returns = zip(input.equity, [input.initialCapital] + input.equity).map { $0 / $1 - 1 }
    let values = MetricCatalog.values(input)
    func figure(_ id: String) -> Double? { values.first { $0.metric.id == id }?.value.number }
    #expect(figure("skew") == Statistic.skewness.reduce(returns))
    #expect(figure("excess_kurtosis") == Statistic.kurtosis.reduce(returns))
    #expect(figure("var_95") == Statistic.quantile(0.05).reduce(returns))
    #expect(figure("var_99") == Statistic.quantile(0.01).reduce(returns))
    #expect(figure("annualized_volatility") == Statistic.deviation.reduce(returns) * 252.0.squareRoot())
    let pairs = zip(returns, input.benchmark).compactMap { one, other in other.map { (one, $0) } }
    let correlation = PairStatistic.correlation.reduce(pairs.map(\.0), pairs.map(\.1))
    #expect(figure("correlation") == correlation)
  }

  private func agrees(_ value: Double?, _ expected: Double?) -> Bool {
    guard let value, let expected else { return value == nil && expected == nil }
    return abs(value - expected) <= max(1e-9 * abs(expected), 1e-12)
  }

  private func figures(_ equity: [Double], from capital: Double = 100) -> MetricInput {
    MetricInput(
      days: equity.indices.map { Day(18_204).addingWeekdays($0) }, equity: equity, initialCapital: capital,
      riskFree: equity.map { _ in 0 }, annualization: 252)
  }

  private func checkDrawdown(
    _ equity: [Double], _ depth: Double, peak: Int?, trough: Int?, recovery: Int?, sessions: Double?,
    at location: SourceLocation = #_sourceLocation
  ) {
    let input = figures(equity)
    let values = MetricCatalog.values(input)
    func value(_ id: String) -> Metric.Value? { values.first { $0.metric.id == id }?.value }
    func date(_ index: Int?) -> Metric.Value { index.map { .date(input.days[$0]) } ?? .absent }
    #expect(agrees(value("max_drawdown")?.number, depth), sourceLocation: location)
    #expect(value("max_drawdown_peak") == date(peak), sourceLocation: location)
    #expect(value("max_drawdown_trough") == date(trough), sourceLocation: location)
    #expect(value("max_drawdown_recovery") == date(recovery), sourceLocation: location)
    #expect(value("max_drawdown_sessions")?.number == sessions, sourceLocation: location)
  }

  @Test func datesTheDeepestDrawdown() {
    // The last session at the peak, the first at the minimum, the first back at the peak.
    checkDrawdown([110, 120, 120, 90, 90, 100, 120, 130], -0.25, peak: 2, trough: 3, recovery: 6, sessions: 4)
    // Not recovered: counted to the end.
    checkDrawdown([110, 99, 105], -0.1, peak: 0, trough: 1, recovery: nil, sessions: 2)
    // From the capital before the first session: the first session stands for it.
    checkDrawdown([95, 90, 101], -0.1, peak: 0, trough: 1, recovery: 2, sessions: 2)
    // Of two as deep, the first.
    checkDrawdown([100, 50, 100, 50], -0.5, peak: 0, trough: 1, recovery: 2, sessions: 2)
    checkDrawdown([100, 101, 102], 0, peak: nil, trough: nil, recovery: nil, sessions: nil)
  }

  @Test func monthsRunFromEndToEnd() {
    var input = figures([101, 102, 99, 110])
    input.days = [Day(iso: "2020-01-30"), Day(iso: "2020-01-31"), Day(iso: "2020-03-02"), Day(iso: "2020-03-03")]
      .compactMap { $0 }
    let months = ReturnSeries(input).monthly
    #expect(months.map(\.key) == ["2020-01", "2020-03"])
    #expect(agrees(months[0].value, 102 / 100.0 - 1))
    #expect(agrees(months[1].value, 110 / 102.0 - 1))
  }

  @Test func tradeStatisticsAreAbsentWithoutTrades() {
    var input = figures([101, 102])
    func value(_ id: String) -> Double? { MetricCatalog.values(input).first { $0.metric.id == id }?.value.number }
    #expect(value("win_rate") == nil)
    #expect(value("profit_factor") == nil)
    input.tripProfits = [3, 0, 1]
    #expect(agrees(value("win_rate"), 2 / 3.0))
    #expect(value("profit_factor") == nil)
    input.tripProfits = [3, -2, 1, 0]
    #expect(value("win_rate") == 0.5)
    #expect(value("profit_factor") == 2)
    input.turnoverSum = 0.5
    #expect(value("turnover") == 63)
  }

  @Test func absentIsNeitherInfiniteNorANumber() {
    let values = MetricCatalog.values(figures([0, 0]))
    for (metric, value) in values { #expect(value.number?.isFinite ?? true, "\(metric.id)") }
    #expect(values.first { $0.metric.id == "annualized_return" }?.value == .absent)
  }

  @Test func relativeMetricsNeedABenchmark() {
    #expect(!MetricCatalog.values(figures([101])).contains { $0.metric.isRelative })
    #expect(MetricCatalog.all.filter(\.isRelative).count == 7)
  }

  @Test func everyMetricIsDescribedOnce() {
    #expect(Set(MetricCatalog.all.map(\.id)).count == MetricCatalog.all.count)
    #expect(MetricCatalog.all.allSatisfy { !$0.title.isEmpty && !$0.formula.isEmpty })
    #expect(MetricCatalog.metric("sharpe_ratio")?.unit == .ratio)
  }

  @Test(arguments: [0, 1, 2, 3, 19, 20, 21, 100, 999])
  func smallestValuesAreASortedPrefix(count: Int) {
    var state: UInt64 = 42
    let values = (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return Double(state >> 60)
    }
    for kept in [1, 2, count / 20 + 2, count] {
      #expect(SmallestValues.ascending(values, count: kept) == Array(values.sorted().prefix(kept)))
    }
  }
}
