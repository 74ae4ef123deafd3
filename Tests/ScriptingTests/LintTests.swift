import Backtest
import Diagnostics
import Interpreter
import MarketData
import MarketModel
import Testing

@testable import Scripting

/// Warnings that need the data or the run: branches never taken, tickers that start late, names the data do not have.
@Suite struct LintTests {
  private static let sample = SampleMarket.store()

  private func script(_ text: String) throws -> Script {
    try Script.load(SourceFile(name: "test.strat", text: text))
  }

  /// `code line:column` of each diagnostic.
  private func places(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.map { "\($0.code) \($0.location?.start.line ?? 0):\($0.location?.start.column ?? 0) \($0.message)" }
  }

  /// Runs a text and gives what the watch found, and the weights of all decisions with and without it.
  private func watched(_ text: String) throws -> [String] {
    nonisolated(unsafe) var result: Result<[String], any Error> = .success([])
    NativeStack.run {
      result = Result {
        let script = try script(text)
        var draft = ConfigDraft()
        for entry in script.block.entries { try draft.set(entry.key, entry.value, from: .block(entry.location)) }
        let config = try draft.resolve(Self.sample)
        var strategy = try ScriptStrategy(script, store: Self.sample, config: config)
        strategy.watchBranches()
        let with = try BacktestEngine(store: Self.sample, config: config).run(&strategy)
        var plain = try ScriptStrategy(script, store: Self.sample, config: config)
        let without = try BacktestEngine(store: Self.sample, config: config).run(&plain)
        #expect(with.decisions.map { "\($0)" } == without.decisions.map { "\($0)" })
        #expect(plain.neverTaken.isEmpty)
        return places(strategy.neverTaken)
      }
    }
    return try result.get()
  }

  @Test func branchesThatAreNeverTakenAreFound() throws {
    let found = try watched(
      """
      state count = 0
      let double = x -> if x > 1e9 { 0 } else { x * 2 }
      fn size(x) {
        if x > 5 { return 0.1 }
        if x > 1e9 { return 0 } else { count += 1 }
        double(0.25)
      }
      fn unused(x) = if x { 1 } else { 2 }
      fn signals(as_of) {
        let w = if as_of > 1990-01-01 { size(1) } else { size(10) }
        for t in ["SPY"] { if t == "IEF" { print("never") } else if w > 0.3 { print("often"); } }
        if as_of < 2010-01-01 { ["SPY": w] } else { ["SPY": w / 2] }
      }
      test "tests do not count" { if 1 < 2 { assert true } }
      """)
    #expect(
      found.map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == [
        "W0212 2:22", "W0212 4:6", "W0212 5:6", "W0212 10:14", "W0212 11:25",
      ], "\(found)")
    #expect(found[0].hasSuffix("was never true in the run"))
    #expect(found[3].hasSuffix("was always true in the run"))
  }

  @Test func aBranchTakenOnceLateCounts() throws {
    let found = try watched(
      """
      strategy "s" { rebalance: "daily" }
      fn signals(as_of) = if as_of == 2019-12-31 { ["IEF": 1] } else { ["SPY": 1] }
      """)
    #expect(found == [])
  }

  @Test func tickersThatStartLateAreFound() throws {
    let text = """
      fn signals(as_of) {
        let fb = price("FB")
        ["SPY": price("SPY") / price("SPY"), "FB": (fb / fb) ?? 0]
      }
      test "t" { at 2015-01-02 { assert price("HYG") > 0 } }
      """
    let start = try #require(Day(iso: "2005-01-03"))
    #expect(
      places(try script(text).doubts(on: Self.sample, from: start)) == [
        "W0211 2:18 FB has its first price on 2012-05-18, after the run's start on 2005-01-03"
      ])
    let later = try #require(Day(iso: "2012-05-18"))
    #expect(try script(text).doubts(on: Self.sample, from: later).isEmpty)
  }

  @Test func namesTheDataDoNotHaveAreFound() throws {
    let found = try script(
      """
      fn signals(as_of) {
        let a = close("SPYY")
        let b = macro("US_RT_CPPI")
        let c = curve("UST")
        let d = members("SP50")
        let e = if has_series("nothing") { 1 } else { 0 }
        let f = macro("COT_GOLD_NONCOMM_NET")
        ["SPY": e + len(a) + len(b) + len(c) + len(d) + len(f)]
      }
      test "t" { at 2015-01-02 { assert fails(() -> price("NOBODY")) } }
      """
    ).unknownNames(on: Self.sample)
    #expect(found.map(\.code) == ["E0413", "E0414", "E0415", "E0416", "E0414"])
    #expect(found[0].notes.map(\.message) == ["did you mean \"SPY\"?"])
  }

  @Test func doubtfulConfigurationsAreSaid() throws {
    func codes(_ block: String) throws -> [String] {
      try script("strategy \"s\" { \(block) }\nfn signals(as_of) = [\"SPY\": 1]").warnings.map(\.code)
    }
    #expect(try codes("execution: \"same_close\"") == ["W0209"])
    #expect(try codes("costs: 0, slippage: 0") == ["W0210"])
    #expect(try codes("transaction_cost: 0bps, slippage: 0bps") == ["W0210"])
    #expect(try codes("costs: 0") == [])
    #expect(try codes("costs: 0, slippage: 1bps, execution: \"next_open\"") == [])
  }

  @Test func drawdownOfASeriesLeavesAScriptPure() throws {
    #expect(try script("fn signals(as_of) = [\"SPY\": drawdown(close(\"SPY\")) + 1]").program.isPure)
    #expect(try script("fn signals(as_of) = [\"SPY\": close(\"SPY\").drawdown() + 1]").program.isPure)
    #expect(try !script("fn signals(as_of) = [\"SPY\": drawdown() + 1]").program.isPure)
  }
}
