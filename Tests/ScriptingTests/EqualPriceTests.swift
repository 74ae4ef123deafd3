import Backtest
import MarketData
import MarketModel
import Testing

@testable import Scripting

/// Prices that are equal as a script sees them count as equal, whatever stands behind them.
@Suite struct EqualPriceTests {
  /// A price that falls by its dividend: adjusted it does not move, but the levels before adjusting as of the cut differ
  /// in their last digit.
  private func store(_ closes: [Double], dividend: Double) throws -> MarketStore {
    var tables = MarketTables()
    var settings = DataSettings(name: "")
    settings.adjustFromActions = true
    tables.settings = settings
    let first = Day(19_723)  // 2024-01-01
    for (place, close) in closes.enumerated() {
      tables.addPrice("A", first.addingWeekdays(place), open: close, close: close)
    }
    tables.addAction("A", exDate: first.addingWeekdays(1), cashDividend: dividend)
    return try tables.makeStore().store
  }

  @Test(arguments: [(7.0, 6.1, 0.9), (7.75, 7.25, 0.5), (15.75, 15.3, 0.45), (15.75, 14.8, 0.95)])
  func equalPricesTieInRanks(before: Double, after: Double, dividend: Double) throws {
    let store = try store([before, after, after], dividend: dividend)
    let history = store.prices(TickerID(0))
    try #require(history.level[0] != history.level[1])
    for (text, expected) in [
      ("rank(close(\"A\"), 2).last() / 10", 0.15), ("rank(close(\"A\")) / 10", 0.15),
      ("rank(close(\"A\"), 2, pct: true).last()", 0.75),
    ] {
      for state in ["", "state seen = 0\n"] {
        let result = try RunningScripts.run(
          "\(state)fn signals(as_of) = if close(\"A\").len() < 2 { hold } else { [\"A\": \(text)] }\n", on: store,
          flags: [("rebalance", "daily"), ("execution", "same_close")])
        #expect(result.decisions[1].weights?.entries.first?.weight == expected, "\(text) \(result.warnings)")
      }
    }
  }
}
