import Diagnostics
import MarketData
import MarketModel
import Testing

@testable import Backtest

/// Fails at a date; before it holds one ticker or the other.
private struct Failing: StrategyProtocol {
  let strategyID = "failing"
  var date: Day?

  mutating func generateSignals(asOf date: Day, view: MarketView, portfolio: PortfolioView) throws -> Signal {
    if date == self.date { throw Diagnostic.strategyFailed(Stop(), on: date) }
    return Signal(.targets(TargetWeights([.init(ticker: date.weekday < 3 ? "A" : "B", weight: 0.7)])))
  }

  struct Stop: Error {}
}

@Suite struct FailureTests {
  private let days = (0..<12).map { day("2024-01-01").addingWeekdays($0) }

  private func store() throws -> MarketStore {
    try market(
      "2024-01-01", ["A": (0..<12).map { 100 + Double($0 * 7 % 5) }, "B": (0..<12).map { 50 + Double($0 * 3 % 7) }])
  }

  private func failure(_ store: MarketStore, _ flags: [(String, String)], at date: Day?) throws -> BacktestFailure {
    var strategy = Failing(date: date)
    do {
      _ = try BacktestEngine(store: store, config: try config(store, flags)).run(&strategy)
    } catch let failure as BacktestFailure { return failure }
    throw Failing.Stop()
  }

  @Test(arguments: ["same_close", "next_open", "next_close"]) func whatWasDoneIsShown(execution: String) throws {
    let store = try store()
    let flags = [("rebalance", "daily"), ("execution", execution)]
    for place in 0..<days.count {
      let failure = try failure(store, flags, at: days[place])
      #expect(failure.partial.failedAt == days[place] && failure.decision == place + 1 && failure.decisionCount == 12)
      #expect(failure.described.notes.map(\.message).contains { $0.contains("decision \(place + 1) of 12") })
      // It is the beginning of the run that does not fail; the failing session is marked and not decided.
      var whole = Failing()
      let result = try BacktestEngine(store: store, config: try config(store, flags)).run(&whole)
      #expect(result.failedAt == nil)
      let partial = failure.partial
      #expect(partial.days == Array(days.prefix(place + 1)))
      #expect(partial.decisions.map(\.asOf) == Array(days.prefix(place)))
      #expect(partial.decisions.map(\.weights) == result.decisions.prefix(place).map(\.weights))
      let known = execution == "same_close" ? place : place + 1
      #expect(Array(partial.equity.prefix(known)) == Array(result.equity.prefix(known)))
      guard place > 0 else { continue }
      var before = Failing()
      let shorter = try BacktestEngine(store: store, config: try config(store, flags + [("end", "\(days[place - 1])")]))
        .run(&before)
      #expect(Array(partial.equity.prefix(place)) == shorter.equity && partial.fills.count >= shorter.fills.count)
    }
  }

  /// A market with a series, released the day after each observation.
  private func marketWithSeries(_ values: [Double]) throws -> MarketStore {
    var tables = MarketTables()
    for day in days { for name in ["A", "B"] { tables.addPrice(name, day, close: 100) } }
    for (place, value) in values.enumerated() {
      let release = KnowledgeTime(microseconds: Int64(days[place + 1].rawValue) * 86_400_000_000)
      tables.addRelease(.macro, "GDP", days[place], release: release, value: value)
    }
    return try tables.makeStore().store
  }

  @Test(arguments: ["cash_rate", "risk_free"]) func aSeriesThatIsNoRateEndsTheRun(key: String) throws {
    let store = try marketWithSeries([2, 1000, 11_193.2])
    let failure = try failure(store, [("rebalance", "daily"), (key, "GDP")], at: nil)
    #expect(failure.diagnostic.code == "E0811")
    for text in [key, "GDP", "11193.2", days[2].description, days[3].description] {
      #expect(failure.diagnostic.message.contains(text), "\(failure.diagnostic.message) names \(text)")
    }
    #expect(failure.partial.failedAt == days[4] && failure.partial.days.last == days[3])
    #expect(failure.partial.equity.allSatisfy { $0.isFinite })
  }

  @Test func theEndsOfTheRangeAreRates() throws {
    let store = try marketWithSeries([1000, -50])
    #expect(try run(store, [:], [("rebalance", "daily"), ("cash_rate", "GDP")]).failedAt == nil)
    #expect(throws: BacktestFailure.self) {
      _ = try run(try marketWithSeries([-50.01]), [:], [("cash_rate", "GDP")])
    }
  }

  @Test func aBorrowRateIsReadWhereThereAreShorts() throws {
    let store = try marketWithSeries([5000])
    let flags = [("rebalance", "daily"), ("borrow_rate", "GDP")]
    #expect(try run(store, [days[0]: [("A", 0.5)]], flags).failedAt == nil)
    #expect(throws: BacktestFailure.self) { _ = try run(store, [days[0]: [("A", -0.5)]], flags) }
  }
}
