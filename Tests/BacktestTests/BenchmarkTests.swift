import Analytics
import MarketData
import MarketModel
import Testing

@testable import Backtest

/// The benchmark's own curve and metrics.
@Suite struct BenchmarkTests {
  private let days = (0..<12).map { day("2024-01-01").addingWeekdays($0) }
  private let noCosts = [("rebalance", "daily"), ("costs", "0"), ("slippage", "0")]

  private func result(_ benchmark: [Double?], _ flags: [(String, String)] = []) throws -> BacktestResult {
    let market = try market("2024-01-01", ["A": [Double?](repeating: 50, count: 12), "B": benchmark])
    return try run(market, [:], noCosts + [("benchmark", "B")] + flags)
  }

  @Test func itIsMeasuredOverTheSessionsItHas() throws {
    let result = try result([nil, nil, nil, 100, 110, nil, 99, 99, 120, nil, nil, nil])
    let benchmark = try #require(result.benchmark)
    #expect(benchmark.isShorter && benchmark.figures.days == Array(days[3...8]))
    let expected = [1_000_000, 1_100_000, 1_100_000, 990_000, 990_000, 1_200_000.0]
    #expect(zip(benchmark.figures.equity, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    let total = try #require(benchmark.metric("total_return")?.number)
    #expect(abs(total - 0.2) < 1e-12)
    let yearly = try #require(benchmark.metric("annualized_return")?.number)
    #expect(abs(yearly - (Power.of(1.2, 252.0 / 6) - 1)) < 1e-6 * yearly)
    #expect(benchmark.metric("total_trades") == nil && benchmark.metric("beta") == nil)
  }

  @Test func theWholeRunIsNoSpanOfItsOwn() throws {
    let result = try result((0..<12).map { 100 + Double($0) })
    let benchmark = try #require(result.benchmark)
    #expect(!benchmark.isShorter && benchmark.figures.days == result.days)
  }

  @Test func pricesBeforeTheStartAreNotItsFirst() throws {
    let result = try result([100, nil, nil, nil, 110, 121, 121, 121, 121, 121, 121, 121], [("start", "2024-01-02")])
    let benchmark = try #require(result.benchmark)
    #expect(benchmark.figures.days.first == days[4])
    #expect(benchmark.metric("total_return").flatMap(\.number).map { abs($0 - 0.1) < 1e-12 } == true)
  }

  @Test func withoutAPriceInTheRunThereIsNone() throws {
    let result = try result([100, 101] + [Double?](repeating: nil, count: 10), [("start", "2024-01-05")])
    #expect(result.benchmark == nil)
    #expect(result.figures.benchmark.count == result.days.count)
  }

  @Test func aFallThatNeverWasHasNoFields() throws {
    let result = try result((0..<12).map { 100 + Double($0) })
    let benchmark = try #require(result.benchmark)
    #expect(benchmark.metric("max_drawdown") == .number(0))
    for id in ["peak", "trough", "recovery", "sessions"] {
      #expect(benchmark.metric("max_drawdown_\(id)") == .absent)
      #expect(result.metric("max_drawdown_\(id)") == .absent)
    }
    #expect(benchmark.metric("calmar_ratio") == .absent)
  }
}

/// A power by repeated multiplication.
private enum Power {
  static func of(_ base: Double, _ exponent: Double) -> Double {
    (0..<Int(exponent)).reduce(1) { product, _ in product * base }
  }
}
