import Backtest
import Diagnostics
import Interpreter
import MarketData
import MarketModel
import TestServers
import Testing

@testable import Scripting

/// Dates that are evaluated side by side give what each gives alone, bit for bit.
@Suite struct LaneTests {
  /// A script that is asked at each date alone.
  private struct OneByOne: StrategyProtocol {
    var script: ScriptStrategy
    var strategyID: String { script.strategyID }
    var isPure: Bool { script.isPure }

    mutating func generateSignals(asOf date: Day, view: MarketView, portfolio: PortfolioView) throws -> Signal {
      try script.generateSignals(asOf: date, view: view, portfolio: portfolio)
    }
  }

  /// Everything that a run says, and how many of its decisions were made side by side.
  private static func runs(
    _ text: String, _ store: MarketStore, _ flags: [(String, String)]
  ) throws -> (together: [String], alone: [String], count: Int) {
    nonisolated(unsafe) var outcome: Result<(together: [String], alone: [String], count: Int), any Error>?
    NativeStack.run {
      outcome = Result {
        let script = try Script.load(SourceFile(name: "lanes.strat", text: text))
        var draft = ConfigDraft()
        for entry in script.block.entries { try draft.set(entry.key, entry.value, from: .block(entry.location)) }
        for (name, value) in flags { try draft.set(flag: name, value) }
        let config = try draft.resolve(store)
        let engine = BacktestEngine(store: store, config: config)
        var strategy = try ScriptStrategy(script, store: store, config: config)
        let together = said { () throws(BacktestFailure) in try engine.run(&strategy) }
        let count = strategy.countDecidedAhead
        // Once more, with what the first run has left behind.
        try strategy.restart(params: ParamValues())
        #expect(said { () throws(BacktestFailure) in try engine.run(&strategy) } == together)
        var single = OneByOne(script: try ScriptStrategy(script, store: store, config: config))
        return (together, said { () throws(BacktestFailure) in try engine.run(&single) }, count)
      }
    }
    guard let outcome else { throw RunningScripts.Missing() }
    return try outcome.get()
  }

  private static func said(_ run: () throws(BacktestFailure) -> BacktestResult) -> [String] {
    let result: BacktestResult
    var lines: [String] = []
    do throws(BacktestFailure) { result = try run() } catch {
      lines.append("\(error.diagnostic)")
      result = error.partial
    }
    lines += result.decisions.map { decision in
      let weights = decision.weights?.entries.map { "\($0.ticker) \($0.weight.bitPattern)" } ?? []
      return "\(decision.asOf) \(decision.status) \(weights) \(String(describing: decision.watermark)) "
        + (decision.reason ?? "")
    }
    lines += result.equity.map { "\($0.bitPattern)" }
    lines += result.warnings.map { "\($0)" }
    return lines
  }

  private static func signals(_ body: String) -> String {
    "strategy \"lanes\" { rebalance: \"daily\", missing: \"hold\" }\n\nfn signals(as_of) {\n  \(body)\n}\n"
  }

  /// Compares a script's runs; gives the number of decisions that were made side by side.
  @discardableResult
  private static func compare(
    _ text: String, _ store: MarketStore,
    _ flags: [(String, String)] = [("start", "2006-01-03"), ("end", "2008-12-31")]
  ) throws -> Int {
    let (together, alone, count) = try runs(text, store, flags)
    if together != alone {
      let first = zip(together, alone).first { $0 != $1 }
      Issue.record("\(text)\ntogether \(first?.0 ?? "\(together.count) lines")\nalone \(first?.1 ?? "\(alone.count)")")
    }
    return count
  }

  /// Bodies that are evaluated side by side, whole.
  static let bodies = [
    "let p = close(\"SPY\")\n  return if sma(p, 20) > sma(p, 100) { [\"SPY\": 1] } else { flat }",
    "return if rsi(close(\"QQQ\"), 14) < 40 { [\"QQQ\": 1] } else { [\"SHY\": 1] }",
    "let p = close(\"SPY\")\n  return if p.last() > ema(p, 50) { [\"SPY\": 0.8] } else { [\"IEF\": 0.5] }",
    "let a = price(\"SPY\") / sma(close(\"SPY\"), 50).last() - 1\n  return [\"SPY\": a * 2, \"SHY\": 1 - abs(a)]",
    "return if has_price(\"SPY\") and price(\"SPY\") > 100 or price(\"TLT\") < 90 { [\"SPY\": 1] } else { hold }",
    "let w = 1 / std(returns(\"SPY\"), 60).last()\n  let v = 1 / std(returns(\"TLT\"), 60).last()\n"
      + "  return [\"SPY\": w / (w + v), \"TLT\": v / (w + v)]",
    "return if not (close(\"GLD\") > sma(close(\"GLD\"), 200) ?? false) { [\"GLD\": 1] } else { flat }",
    "return if price(\"SPY\") > 130 { let x = price(\"TLT\") / 1000\n ["
      + "\"TLT\": x] } else { let y = price(\"SPY\") / 1000\n [\"SPY\": y] }",
    "return if std(close(\"SPY\"), 20).last() == 0 { flat } else { [\"SPY\": min(1, 2 / price(\"SHY\") + 0.5)] }",
    "let s = [t: close(t).change(60).last() for t in [\"SPY\", \"EFA\", \"EEM\", \"TLT\"]]\n"
      + "  return s.top(2).equal_weight()",
    "let v = [t: std(returns(t), 40).last() for t in [\"SPY\", \"TLT\", \"GLD\"]]\n"
      + "  let w = [t: 1 / x for t, x in v]\n  return [t: x / sum(w) for t, x in w]",
    "let v = [t: std(returns(t), 40) for t in [\"SPY\", \"TLT\", \"GLD\"]]\n"
      + "  let w = [t: 1 / x for t, x in v]\n  return [t: x / sum(w) for t, x in w]",
    "let p = close(\"EEM\")\n  return if p / 2 > 15 { [\"EEM\": (p * 0.01).last()] } else { flat }",
  ]

  @Test(arguments: bodies)
  func isBitForBitTheSame(_ body: String) throws {
    let store = SampleMarket.store()
    #expect(try LaneTests.compare(LaneTests.signals(body), store) > 400)
    // On other dates than every session, and at the edge of a block.
    for schedule in ["weekly", "monthly"] {
      let flags = [("start", "2006-01-03"), ("end", "2010-12-31"), ("rebalance", schedule)]
      try LaneTests.compare(LaneTests.signals(body), store, flags)
    }
  }

  @Test func functionsAreEvaluatedToo() throws {
    let text =
      "strategy \"lanes\" { rebalance: \"daily\" }\nparam n = 50\nlet markets = [\"SPY\", \"TLT\"]\n"
      + "fn above(t, n) = close(t) > sma(close(t), n)\nfn size(t) { let v = std(returns(t), 20).last()\n 0.01 / v }\n"
      + "fn signals(as_of) = if above(\"SPY\", n) { [\"SPY\": size(\"SPY\")] } else { flat }\n"
    #expect(try LaneTests.compare(text, SampleMarket.store()) > 400)
  }

  /// Whatever an expression is made of: side by side, or left to each date.
  @Test func everyExpressionGivesTheSame() throws {
    let store = SampleMarket.store()
    var together = 0
    for expression in ColumnCacheTests.expressions {
      let body = "let t = \"SPY\"\n  let u = \"QQQ\"\n  return if (\(expression)) > 0.5 { [\"SPY\": 1] } else { flat }"
      let flags = [("start", "2008-01-03"), ("end", "2008-12-31")]
      if try LaneTests.compare(LaneTests.signals(body), store, flags) > 0 { together += 1 }
    }
    #expect(together > 20)
  }

  /// Splits and dividends between dates, listings that end, names that are used again, stale prices.
  @Test(.enabled(if: Requirement.realData.isMet, "\(Requirement.realData.lack)"))
  func realDataGiveTheSame() throws {
    let store = try RunningScripts.realStore("us_raw")
    let names = store.tickerNames
    for ticker in stride(from: 0, to: names.count, by: max(1, names.count / 6)).map({ names[$0] }) {
      for body in [
        "return if sma(close(\"\(ticker)\"), 10) > sma(close(\"\(ticker)\"), 60) { [\"\(ticker)\": 1] } else { flat }",
        "return [\"\(ticker)\": min(1, price(\"\(ticker)\") / max(close(\"\(ticker)\"), 100).last())]",
        "return if sma(volume(\"\(ticker)\"), 5) > sma(volume(\"\(ticker)\"), 50) { [\"\(ticker)\": 1] } else { hold }",
      ] {
        try LaneTests.compare(LaneTests.signals(body), store, [("rebalance", "weekly")])
      }
    }
  }

  @Test func examplesGiveTheSame() throws {
    let store = SampleMarket.store()
    for name in ExampleTests.names {
      let text = String(decoding: try ScriptText.read(ExampleTests.folder + name).get(), as: UTF8.self)
      guard !text.contains("import \"./") else { continue }
      try LaneTests.compare(text, store, [("end", "2008-12-31"), ("rebalance", "weekly")])
    }
  }
}
