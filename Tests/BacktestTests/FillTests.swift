import Analytics
import MarketData
import MarketModel
import Testing

@testable import Backtest

@Suite struct FillTests {
  private let days = (0..<10).map { day("2024-01-01").addingWeekdays($0) }
  private let noCosts = [("rebalance", "daily"), ("costs", "0"), ("slippage", "0")]

  private func count(_ result: BacktestResult, _ kind: RunWarning.Kind) -> Int {
    result.warnings.filter { $0.kind == kind }.reduce(0) { $0 + $1.count }
  }

  @Test func aFillWithoutAnyPriceMoves() throws {
    let store = try market("2024-01-01", ["A": [100, 100, nil, 100, 100], "B": [1, 1, 1, 1, 1]])
    let result = try run(store, [days[1]: [("A", 1)]], noCosts)
    #expect(result.fills.map(\.date) == [days[3]])
    #expect(count(result, .fillMoved) == 1)
    #expect(throws: BacktestFailure.self) {
      _ = try run(store, [days[1]: [("A", 1)]], noCosts + [("on_missing_price", "error")])
    }
    // A newer decision that is due there takes its place.
    let newer = try run(store, [days[1]: [("A", 1)], days[2]: [("A", 0.5)]], noCosts)
    #expect(newer.fills.map(\.asOf) == [days[2]])
    #expect(count(newer, .decisionDropped) == 1)
  }

  @Test func aDecisionAtTheEndIsNotFilled() throws {
    let store = try market("2024-01-01", ["A": [100, 100]])
    let result = try run(store, [days[1]: [("A", 1)]], noCosts)
    #expect(result.fills.isEmpty && result.decisions.count == 2)
    #expect(count(result, .unfilledAtEnd) == 1)
  }

  @Test func whatCannotBeSoldNeverBecomesLeverage() throws {
    let store = try market("2024-01-01", ["A": [100, 100, nil, 100], "B": [1, 1, 1, 1]])
    let result = try run(
      store, [days[0]: [("A", 0.6), ("B", 0.4)], days[1]: [("B", 1)]], noCosts)
    #expect(count(result, .rotationLimited) == 1 && count(result, .untradable) == 1)
    #expect(result.fills.map(\.ticker) == ["A", "B"])
    #expect(result.figures.gross.max() == 1)
  }

  @Test func leverageIsScaledAlike() throws {
    let store = try market("2024-01-01", ["A": [100, 100], "B": [1, 1]])
    let result = try run(store, [days[0]: [("B", -1), ("A", 3)]], noCosts)
    #expect(result.fills.map(\.notional) == [750_000, -250_000])
    #expect(result.decisions[0].weights?.entries.map(\.weight) == [-1, 3])
    #expect(count(result, .leverageScaled) == 1)
  }

  @Test func smallTradesAreSkippedButNotExits() throws {
    let store = try market("2024-01-01", ["A": [100, 100, 100, 100]])
    let plan = [days[0]: [("A", 0.5)], days[1]: [("A", 0.5001)], days[2]: []]
    let result = try run(store, plan, noCosts + [("min_trade", "600000")])
    #expect(result.fills.isEmpty)
    let some = try run(store, plan, noCosts + [("min_trade", "1000")])
    #expect(some.fills.map(\.notional) == [500_000, -500_000])
  }

  @Test func aTradeOfRoundingIsNone() throws {
    let closes: [Double?] = [100, 100.7, 101.3, 99.9, 100.1, 102.2]
    let store = try market("2024-01-01", ["A": closes, "B": closes, "C": closes])
    let thirds = [("A", 1.0 / 3), ("B", 1.0 / 3), ("C", 1.0 / 3)]
    let plan = Dictionary(uniqueKeysWithValues: days.map { ($0, thirds) })
    let result = try run(store, plan, noCosts + [("min_trade", "0")])
    #expect(result.fills.count == 3 && result.metric("total_trades") == .number(3))
    // What is above rounding is traded, however small.
    let small = try run(
      store, plan, [("rebalance", "daily"), ("costs", "0.01"), ("slippage", "0"), ("min_trade", "0")])
    #expect(small.fills.count > 3 && small.fills.allSatisfy { abs($0.notional) > 1e-9 * 990_000 })
  }

  @Test func onlyADecisionThatWouldTradeIsMissedAtTheEnd() throws {
    let store = try market("2024-01-01", ["A": [100, 100, 101, 102]])
    #expect(try count(run(store, [days[3]: []], noCosts), .unfilledAtEnd) == 0)
    let held = [days[0]: [("A", 0.0)], days[3]: [("A", 0.0)]]
    #expect(try count(run(store, held, noCosts), .unfilledAtEnd) == 0)
    let same = [days[0]: [("A", 1.0)], days[3]: [("A", 1.0)]]
    #expect(try count(run(store, same, noCosts), .unfilledAtEnd) == 0)
    #expect(try count(run(store, [days[0]: [("A", 1.0)], days[3]: []], noCosts), .unfilledAtEnd) == 1)
    #expect(try count(run(store, [days[3]: [("A", 3)]], noCosts), .unfilledAtEnd) == 1)
  }

  @Test func ruinClosesEverything() throws {
    let store = try market("2024-01-01", ["A": [100, 100, 40, 40]])
    let result = try run(store, [days[0]: [("A", 2)]], [("rebalance", "daily"), ("max_leverage", "2")])
    #expect(result.endedEarly == days[2] && result.days.count == 3)
    #expect(result.fills.last?.asOf == nil && result.fills.last?.price == 40)
    #expect(result.roundTrips.map(\.exit) == [.ruin])
    #expect(result.metric("annualized_return") == .absent)
    #expect(result.figures.sessionsInMarket == 1)
  }

  @Test func aSpentListingBecomesCash() throws {
    let closes: [Double?] = [100, 100] + [Double?](repeating: nil, count: 6)
    let store = try market("2024-01-01", ["A": closes, "B": [Double?](repeating: 1, count: 8)])
    let result = try run(
      store, [days[0]: [("A", 1)]], noCosts + [("delist_after", "3"), ("delisting_return", "-0.5"), ("max_stale", "1")])
    #expect(result.equity.last == 500_000)
    #expect(result.roundTrips.map(\.exit) == [.delisted] && result.roundTrips[0].closed == days[5])
    #expect(count(result, .staleHolding) == 1 && count(result, .becameCash) == 1)
  }

  @Test func badDecisionsAbortOrHold() throws {
    let store = try market("2024-01-01", ["A": [100, 100, 100]])
    for weights in [[("AA", 1.0)], [("A", .nan)], [("A", .infinity)], [("A", 1), ("A", 1)]] {
      do {
        _ = try run(store, [days[1]: weights], noCosts)
        Issue.record("\(weights) was accepted")
      } catch let failure as BacktestFailure {
        #expect(failure.decision == 2 && failure.decisionCount == 3)
        #expect(failure.partial.decisions.map(\.status) == [.hold] && failure.partial.equity.count == 2)
        #expect(failure.partial.failedAt == days[1])
      }
      let held = try run(store, [days[1]: weights], noCosts + [("on_error", "hold")])
      #expect(count(held, .decisionFailed) == 1 && held.equity.count == 3)
    }
  }

  @Test func theStrategySeesThePortfolioBeforeItsDecision() throws {
    let store = try market("2024-01-01", ["A": [100, 100, 110, 99]])
    var strategy = Planned([days[0]: [("A", 0.5)]])
    _ = try BacktestEngine(store: store, config: try config(store, noCosts)).run(&strategy)
    let seen = strategy.seen
    #expect(seen[0].positions.isEmpty && seen[0].lastFill == nil && seen[0].cash == 1_000_000)
    #expect(seen[1].lastFill == days[1] && seen[1].positions[0].opened == days[1])
    #expect(abs(seen[2].positions[0].unrealized - 0.1) < 1e-12)
    #expect(abs(seen[3].drawdown - (995_000 / 1_050_000.0 - 1)) < 1e-12)
  }
}
