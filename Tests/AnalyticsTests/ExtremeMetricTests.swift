import MarketModel
import Testing

@testable import Analytics

/// Metrics of returns so large or small that their squares and sums leave the range of numbers.
@Suite struct ExtremeMetricTests {
  private func values(_ seed: Int, _ count: Int = 60) -> [Double] {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    return (0..<count).map { _ in
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Double(state >> 11) / 9_007_199_254_740_992 - 0.4
    }
  }

  @Test(arguments: [-900, -400, 300, 700, 1_000])
  func momentsOfAnySizeHaveTheDigitsOfUsualOnes(exponent: Int) {
    let unit = Double(sign: .plus, exponent: exponent, significand: 1)
    let usual = values(1)
    let (one, other) = (Moments(usual), Moments(usual.map { $0 * unit }))
    #expect(other.mean == one.mean.map { $0 * unit })
    #expect(other.deviation == one.deviation.map { $0 * unit })
    let down = usual.map { min($0, 0) }
    #expect(PowerScale.rootMeanSquare(down.map { $0 * unit }) == PowerScale.rootMeanSquare(down).map { $0 * unit })
    // Their shape does not know the size.
    func shape(_ moments: Moments) -> [Double] { [moments.skewness ?? 0, moments.kurtosis ?? 0] }
    #expect(zip(shape(one), shape(other)).allSatisfy { abs($0 - $1) <= 1e-12 * abs($0) })
  }

  private func input(_ equity: [Double], benchmark: [Double?] = []) -> MetricInput {
    var days: [Day] = []
    var day = Day(18_204)
    for _ in equity {
      days.append(day)
      day = day.addingWeekdays(1)
    }
    var input = MetricInput(
      days: days, equity: equity, initialCapital: 1, riskFree: equity.map { _ in 0 }, annualization: 252)
    input.benchmark = benchmark
    return input
  }

  @Test func relativeMetricsOfHugeReturnsAreThoseOfUsualOnes() {
    // A run that is its benchmark, one day of which multiplies it by 1e200.
    let steps = values(2).map { 1 + $0 / 10 }
    var equity: [Double] = []
    for (place, step) in steps.enumerated() { equity.append((equity.last ?? 1) * step * (place == 30 ? 1e200 : 1)) }
    let returns = zip(equity, [1] + equity).map { $0 / $1 - 1 }
    let measured = MetricCatalog.measure(input(equity, benchmark: [nil] + returns.dropFirst().map { $0 / 4 }))
    func value(_ id: String) -> Double? { measured.values.first { $0.metric.id == id }?.value.number }
    #expect(abs((value("beta") ?? 0) - 4) < 1e-9)
    #expect(abs((value("correlation") ?? 0) - 1) < 1e-9)
    #expect(value("annualized_volatility").map { $0 > 1e200 && $0.isFinite } == true)
    #expect(abs((value("skew") ?? 0) - 60.0.squareRoot()) < 0.5)
    #expect(value("tracking_error")?.isFinite == true)
    #expect(measured.overflowing.map(\.id).contains("annualized_return"))
    #expect(value("annualized_return") == nil)
  }

  @Test(arguments: 0..<40)
  func noMetricOfAnyCurveIsInfinite(seed: Int) {
    let exponents = values(seed + 3).map { Int($0 * 500) }
    let equity = exponents.map { Double("1e\(max(-140, min(140, $0)))") ?? 1 }
    let benchmark: [Double?] = [nil] + values(seed + 50).dropFirst().map { $0 * 1e150 }
    let measured = MetricCatalog.measure(input(equity, benchmark: benchmark))
    #expect(measured.values.allSatisfy { $0.value.number?.isFinite ?? true })
    // What no number holds is absent, and named.
    #expect(
      measured.overflowing.allSatisfy { metric in
        measured.values.contains { $0.metric.id == metric.id && $0.value == .absent }
      })
  }
}
