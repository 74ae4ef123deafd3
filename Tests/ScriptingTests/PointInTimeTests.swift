import Backtest
import Diagnostics
import MarketData
import MarketModel
import TestServers
import Testing

@testable import Scripting

/// What a script sees at a date is what was known then.
@Suite struct PointInTimeTests {
  /// Reads the rows of one observation from a vintage file: release day and value, oldest first.
  private func releases(_ code: String, _ observation: String, in path: String) throws -> [(day: String, value: Double)]
  {
    let text = String(decoding: try ScriptText.read(path).get(), as: UTF8.self)
    return text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      guard cells.count >= 4, cells[0] == code, cells[1] == observation, let value = Double(cells[3]) else {
        return nil
      }
      return (String(cells[2].prefix(10)), value)
    }.sorted { $0.day < $1.day }
  }

  @Test(.enabled(if: Requirement.realData.isMet, "\(Requirement.realData.lack)"))
  func aRevisionShowsFromItsReleaseOn() throws {
    let folder = try RunningScripts.realData("us")
    let rows = try releases("US_RT_PAYROLLS", "2010-05-01", in: folder + "/series/us_realtime_vintages.csv")
    try #require(rows.count >= 3)
    let store = try RunningScripts.store(folder)
    let expression = "macro(\"US_RT_PAYROLLS\").on(2010-05-01)"
    for (earlier, later) in zip(rows, rows.dropFirst()) {
      let lastDayBefore = try #require(Day(iso: later.day)) - 1
      #expect(Double(RunningScripts.value(expression, at: "\(lastDayBefore)", on: store)) == earlier.value)
      #expect(Double(RunningScripts.value(expression, at: later.day, on: store)) == later.value)
      // Travelling back from the later date gives the earlier view.
      let travelled = "at \(lastDayBefore) { \(expression) }"
      #expect(Double(RunningScripts.value(travelled, at: later.day, on: store)) == earlier.value)
    }
  }

  @Test(.enabled(if: Requirement.realData.isMet, "\(Requirement.realData.lack)"))
  func aSplitLeavesNoTraceBeforeItsDate() throws {
    let store = try RunningScripts.realStore("us_raw")
    // Apple split seven for one with ex-date 2014-06-09.
    let ratio = "max(values(raw_close(\"AAPL\").tail(20) / close(\"AAPL\").tail(20)))"
    let before = try #require(Double(RunningScripts.value(ratio, at: "2014-06-06", on: store)))
    let after = try #require(Double(RunningScripts.value(ratio, at: "2014-06-09", on: store)))
    #expect(before < 1.02)
    #expect(after > 6.9 && after < 7.1)
    let latest = "close(\"AAPL\").last() - raw_close(\"AAPL\").last()"
    #expect(RunningScripts.value(latest, at: "2014-06-06", on: store) == "0")
    #expect(RunningScripts.value(latest, at: "2014-06-09", on: store) == "0")
  }

  @Test(arguments: [
    ("close(\"SPY\", as_of: as_of + 5d)", "E0601"), ("macro(\"US_RT_CPI\", as_of: 2030-01-01)", "E0601"),
    ("vintage(\"US_RT_CPI\", on: as_of + 1d)", "E0601"), ("close(\"SPY\").lag(-1)", "E0602"),
    ("at as_of + 1d { close(\"SPY\") }", "E0601"), ("members(\"SP500\", as_of: as_of + 1y)", "E0601"),
    ("at as_of - 5d { close(\"SPY\", as_of: 2012-06-29) }", "E0601"),
  ])
  func readingTheFutureFails(_ expression: String, _ code: String) {
    let text = "fn signals(as_of) { let x = \(expression)\n if is_na(len(x)) { flat } else { hold } }"
    let failure = RunningScripts.failure(text, on: ScriptRunning.sample)
    #expect(failure?.code == code, "\(failure?.message ?? "nothing failed")")
  }

  @Test func whatIsReadIsKnownByTheCut() throws {
    let text = "fn signals(as_of) { let _x = macro(\"US_RT_PAYROLLS\")\n [\"SPY\": 1] }"
    let result = try RunningScripts.run(text, on: ScriptRunning.sample)
    for decision in result.decisions {
      let watermark = try #require(decision.watermark)
      #expect(watermark <= KnowledgeTime(endOf: decision.asOf))
    }
  }

  @Test func anEarlierEndIsTheBeginningOfTheLongerRun() throws {
    let text =
      "strategy \"s\" { rebalance: \"weekly\" }\nfn signals(as_of) = [t: 1 / std(returns(t), 20) for t in [\"SPY\", \"TLT\", \"GLD\"]].normalize()"
    let long = try RunningScripts.run(text, on: ScriptRunning.sample, flags: [("end", "2010-12-31")])
    let short = try RunningScripts.run(text, on: ScriptRunning.sample, flags: [("end", "2009-06-30")])
    #expect(short.equity.count > 1000)
    #expect(Array(long.equity.prefix(short.equity.count - 5)) == Array(short.equity.dropLast(5)))
  }
}
