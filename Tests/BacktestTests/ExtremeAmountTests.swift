import Analytics
import Diagnostics
import MarketData
import MarketModel
import Testing

@testable import Backtest

/// The least number above 0, and one below those that have all digits.
private let least = Double.leastNonzeroMagnitude
private let tiny = 2_000 * Double.leastNonzeroMagnitude

/// Weights, prices and rates at the ends of what a number holds: a run's amounts are right, or the run says where not.
@Suite struct ExtremeAmountTests {
  private func failure(
    _ store: MarketStore, _ plan: [Day: [(String, Double)]], _ flags: [(String, String)]
  ) throws -> BacktestFailure? {
    do {
      _ = try run(store, plan, flags)
      return nil
    } catch let failure as BacktestFailure { return failure }
  }

  private func daily(_ first: String, _ count: Int, _ weights: [(String, Double)]) -> [Day: [(String, Double)]] {
    Dictionary(uniqueKeysWithValues: (0..<count).map { (day(first).addingWeekdays($0), weights) })
  }

  @Test(arguments: [
    ([1e308, 1e308], [1.0, 1]), ([1e308, -1e308], [1, -1]), ([1.7e308, 8.5e307], [2, 1]),
    ([1e308, tiny], [1, 0]), ([1e300, 1e300], [1, 1]), ([tiny, 0.5], [0, 0.5]), ([least, least], [0, 0]),
  ])
  func weightsOfAnySizeAreComparedByTheLargest(large: [Double], usual: [Double]) throws {
    let store = try market(
      "2024-01-01", ["A": (0..<12).map { 100 + Double($0 * 7 % 5) }, "B": (0..<12).map { 50 + Double($0 * 3 % 7) }])
    for flags in [[("rebalance", "daily")], [("rebalance", "daily"), ("max_leverage", "1.5")]] {
      func made(_ weights: [Double]) throws -> BacktestResult {
        try run(store, daily("2024-01-01", 12, [("A", weights[0]), ("B", weights[1])]), flags)
      }
      let (found, expected) = (try made(large), try made(usual))
      let isScaled = usual[0] + abs(usual[1]) > 1
      if isScaled, flags.count == 1 || usual != [1, 0] {
        // Below the limit of 1.5 nothing is scaled, so only sums above it are the same.
        #expect(found.warnings.contains { $0.code == "W0101" })
      }
      guard flags.count == 1 || isScaled else { continue }
      #expect(zip(found.equity, expected.equity).allSatisfy { abs($0 - $1) <= 1e-9 * $1 }, "\(large)")
      #expect(found.fills.map(\.ticker) == expected.fills.map(\.ticker))
    }
  }

  @Test func aPriceThatNoPositionFollowsFailsTheRunByNameAndDate() throws {
    let store = try market("2024-01-02", ["A": [1e308, 1e-300, 1e308, 1e308]])
    let failure = try #require(
      try failure(store, daily("2024-01-02", 4, [("A", 1)]), [("rebalance", "daily")]))
    #expect(failure.diagnostic.code == "E0814")
    #expect(
      failure.diagnostic.message
        == "the position in A cannot be valued on 2024-01-04: its adjusted price is 1e+308 there, after 1e-300 on "
        + "2024-01-03")
    let partial = failure.partial
    #expect(partial.failedAt == day("2024-01-04"))
    #expect(partial.days.map(\.description) == ["2024-01-02", "2024-01-03"])
    #expect(partial.equity.allSatisfy(\.isFinite) && partial.roundTrips.allSatisfy { $0.pnl.isFinite })
  }

  @Test func aPriceThatLosesAPositionInRoundingFailsTheRun() throws {
    let store = try market("2024-01-02", ["A": [1e300, 1e300, 1e-300, 1e300]])
    let failure = try failure(store, daily("2024-01-02", 4, [("A", 0.5)]), [("rebalance", "daily")])
    #expect(failure?.diagnostic.code == "E0814" && failure?.partial.failedAt == day("2024-01-04"))
  }

  @Test func equityThatGrowsPastItsLowestByTooMuchFailsTheRun() throws {
    let store = try market("2024-01-02", ["A": [1e200, 1e200, 1e-40, 1e100, 1e300, 1e300]])
    let free = [("rebalance", "daily"), ("transaction_cost", "0"), ("slippage", "0"), ("min_trade", "0")]
    let failure = try #require(try failure(store, [day("2024-01-02"): [("A", 1)]], free))
    #expect(failure.diagnostic.code == "E0814" && failure.partial.failedAt == day("2024-01-08"))
    #expect(
      failure.diagnostic.message.contains("1e300 times its lowest") && failure.diagnostic.message.contains("in A"))
    #expect(failure.partial.metrics.allSatisfy { $0.value.number?.isFinite ?? true })
  }

  @Test func interestThatNoCashHoldsFailsTheRun() throws {
    var tables = MarketTables()
    let days = (0..<130).map { day("1000-01-01") + $0 * 25_000 }
    for day in days { tables.addPrice("A", day, open: 1, close: 1) }
    let store = try tables.makeStore().store
    let failure = try #require(
      try failure(store, [:], [("calendar", "all"), ("cash_rate", "10"), ("rebalance", "daily")]))
    #expect(failure.diagnostic.code == "E0814" && failure.diagnostic.message.contains("interest from"))
    #expect(failure.partial.equity.allSatisfy(\.isFinite) && failure.partial.equity.count > 90)
  }

  @Test func aDelistingPriceThatNoCashHoldsFailsTheRun() throws {
    var tables = MarketTables()
    for place in 0..<8 {
      if place < 4 { tables.addPrice("A", day("2024-01-01").addingWeekdays(place), open: 1e-290, close: 1e-290) }
      tables.addPrice("B", day("2024-01-01").addingWeekdays(place), open: 1, close: 1)
    }
    tables.addAction("A", exDate: day("2024-01-08"), delistingPrice: 1e200)
    let failure = try failure(
      try tables.makeStore().store, daily("2024-01-01", 3, [("A", 0.5)]), [("rebalance", "daily")])
    #expect(failure?.diagnostic.code == "E0814" && failure?.diagnostic.message.contains("in A") == true)
  }

  @Test func aBenchmarkThatCannotBeMeasuredIsLeftOutAndSaid() throws {
    let store = try market(
      "2024-01-01", ["A": [100, 101, 102, 103, 104, 105], "B": [1e-300, 1e300, 1e-300, 1e300, 1, 1]])
    let plan = daily("2024-01-01", 6, [("A", 0.5)])
    let result = try run(store, plan, [("rebalance", "daily"), ("benchmark", "B")])
    #expect(result.benchmark == nil)
    #expect(result.warnings.contains { $0.code == "W0119" && $0.message.contains("B") })
    for id in ["beta", "alpha", "correlation", "tracking_error", "information_ratio", "up_capture"] {
      #expect(result.metric(id) == .absent)
    }
    #expect(result.equity == (try run(store, plan, [("rebalance", "daily")])).equity)
  }

  @Test func aMetricThatNoNumberHoldsIsAbsentAndNamed() throws {
    let store = try market("2024-01-01", ["A": [1, 1, 1e3, 1e6]])
    let result = try run(store, daily("2024-01-01", 4, [("A", 0.9)]), [("rebalance", "daily")])
    #expect(result.metric("annualized_return") == .absent)
    #expect(result.metric("total_return").number ?? 0 > 1e4)
    let warning = try #require(result.warnings.first { $0.code == "W0121" })
    #expect(warning.message.contains("annualized_return"))
  }

  @Test func aRunOfOneSessionAndOfTinyCapitalHasNumbers() throws {
    let one = try run(
      try market("2024-01-01", ["A": [least]]), [day("2024-01-01"): [("A", 1)]], [("rebalance", "daily")])
    #expect(one.equity == [1_000_000])
    let store = try market("2024-01-01", ["A": [least, 2 * least, least, 2 * least]])
    let small = try run(
      store, daily("2024-01-01", 4, [("A", 1)]),
      [("rebalance", "daily"), ("initial_capital", "1e-250"), ("min_trade", "0"), ("costs", "0"), ("slippage", "0")])
    #expect(small.equity[2] == small.equity[1] / 2 && small.equity[3] == small.equity[1])
  }
}
