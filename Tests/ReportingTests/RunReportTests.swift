import Analytics
import Backtest
import Diagnostics
import MarketData
import MarketModel
import Reporting
import Testing

/// Holds two tickers in turn, then nothing.
private struct Alternating: StrategyProtocol {
  let strategyID = "alternating"
  var count = 0

  mutating func generateSignals(asOf date: Day, view: MarketView, portfolio: PortfolioView) throws -> Signal {
    count += 1
    if count == 1 { return Signal(.notWarm("insufficient history")) }
    if count % 4 == 0 { return Signal(.hold) }
    return Signal(.targets(TargetWeights([.init(ticker: count % 2 == 0 ? "AAA" : "BBB", weight: 0.9)])))
  }
}

/// Two years of prices that rise and fall, without a random number.
private func run(benchmark: String? = nil, _ flags: [(String, String)] = []) throws -> BacktestResult {
  var tables = MarketTables()
  var day = Day(iso: "2010-01-04").unsafelyUnwrapped
  for step in 0..<520 {
    let wave = Double((step * 37) % 61) / 61
    tables.addPrice("AAA", day, close: 100 + Double(step) * 0.05 + wave * 4)
    tables.addPrice("BBB", day, close: 80 - Double(step) * 0.02 + wave * 6)
    if (200..<400).contains(step) { tables.addPrice("LATE", day, close: 10 + wave) }
    day = day.addingWeekdays(1)
  }
  let store = try tables.makeStore().store
  var draft = ConfigDraft()
  try draft.set(flag: "rebalance", "monthly")
  if let benchmark { try draft.set(flag: "benchmark", benchmark) }
  for (key, text) in flags { try draft.set(flag: key, text) }
  var strategy = Alternating()
  return try BacktestEngine(store: store, config: try draft.resolve(store)).run(&strategy)
}

private func identity(_ result: BacktestResult) -> RunFingerprint {
  RunFingerprint(
    strategyID: result.strategyID, config: result.config, scriptHash: "00", modules: [],
    params: [("fast", .number(20))], dataFingerprint: "11", engineVersion: "1")
}

@Test func theDocumentHasItsKeysInOrder() throws {
  let result = try run()
  let text = RunDocument.json(result, identity: identity(result))
  let keys = [
    "\"schema\":1", "\"strategy_id\"", "\"engine_version\"", "\"script_sha256\"", "\"modules\"",
    "\"data_fingerprint\"", "\"run_key\"", "\"params\":{\"fast\":20}", "\"config\":{\"start\":\"2010-01-04\"",
    "\"metrics\":{\"final_equity\"", "\"benchmark_metrics\":null", "\"equity_curve\":[[\"2010-01-04\",1000000]",
    "\"benchmark_curve\":null", "\"decisions\":[{\"as_of\"",
    "\"status\":\"not_warm\",\"weights\":null,\"watermark\":null", "\"fills\"", "\"round_trips\"",
    "\"monthly_returns\":{\"2010-01\"", "\"tracks\":{}", "\"ended_early\":null", "\"failed_at\":null", "\"warnings\"",
  ]
  var rest = text[...]
  for key in keys {
    let place = try #require(rest.firstRange(of: key), "\(key) after the keys before it")
    rest = rest[place.upperBound...]
  }
  #expect(text.hasSuffix("}\n"))
  for key in ConfigKey.all { #expect(text.contains("\"\(key.name)\":"), "the key \(key.name)") }
}

@Test func theRelativeMetricsNeedABenchmark() throws {
  let without = try run()
  let with = try run(benchmark: "AAA")
  #expect(!RunDocument.json(without, identity: identity(without)).contains("\"beta\""))
  #expect(RunDocument.json(with, identity: identity(with)).contains("\"beta\""))
}

@Test func theBenchmarkHasMetricsAndACurveOfItsOwn() throws {
  let result = try run(benchmark: "LATE")
  let text = RunDocument.json(result, identity: identity(result))
  let days = try #require(result.benchmark?.figures.days)
  #expect(days.count == 200 && text.contains("\"benchmark_curve\":[[\"\(days[0])\",1000000],[\"\(days[1])\","))
  #expect(text.contains("\"benchmark_metrics\":{\"final_equity\":"))
  // A span of its own is named beside the column, that of the whole run is not.
  let lines = report(result).lines(Terminal(width: 80, usesUnicode: false))
  #expect(lines.contains { $0.contains("strategy") && $0.hasSuffix("LATE \(days[0]) - \(days[199])") })
  let whole = try run(benchmark: "AAA")
  #expect(report(whole).lines(Terminal(width: 80)).contains { $0.contains("strategy") && $0.hasSuffix("AAA") })
  let rows = RunTables.equityCSV(result).split(separator: "\n").map(String.init)
  #expect(rows[0] == "date,equity,return,drawdown,benchmark" && rows[1] == "2010-01-04,1000000,0,0,")
  #expect(rows.first { $0.hasPrefix("\(days[0]),") }?.hasSuffix(",1000000") == true)
  #expect(rows.filter { !$0.hasSuffix(",") }.count == 201)
}

private func report(_ result: BacktestResult) -> RunReport {
  RunReport(result, identity: identity(result), command: "strat run a.strat")
}

@Test func otherSessionsAYearThanDailyOnesAreSaid() throws {
  let terminal = Terminal(width: 80)
  let said = "annualized with 12 sessions a year"
  let monthly = report(try run(benchmark: nil, [("annualization", "12")]))
  #expect(monthly.lines(terminal).contains(said) && monthly.briefLines(terminal).contains(said))
  #expect(try !report(run()).lines(terminal).contains { $0.contains("annualized with") })
}

@Test(arguments: [80, 100]) func theBriefScreenIsAFewLines(width: Int) throws {
  for benchmark in [nil, "AAA", "LATE"] {
    let result = try run(benchmark: benchmark)
    let lines = report(result).briefLines(Terminal(width: width))
    #expect(lines.count <= 13 && lines.contains { $0.contains("Sharpe") && $0.contains("drawdown") })
    #expect(lines.contains { $0.hasPrefix(benchmark ?? "run") })
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= width }, "\(lines)")
    #expect(lines.contains { $0.hasPrefix("LATE over its own sessions, ") } == (benchmark == "LATE"))
  }
}

@Test(arguments: [40, 60, 80, 120]) func theScreenFitsTheTerminal(width: Int) throws {
  for benchmark in [nil, "BBB"] {
    let result = try run(benchmark: benchmark)
    let report = RunReport(result, identity: identity(result), command: "strat run a.strat")
    for usesUnicode in [true, false] {
      let terminal = Terminal(width: width, usesUnicode: usesUnicode)
      let lines = report.lines(terminal)
      if width >= 80 {
        let wide = lines.filter { DisplayWidth.of($0) > width }
        #expect(wide.isEmpty, "\(wide)")
      }
      #expect(lines.contains { $0.contains("Sharpe ratio") })
      // A narrow terminal has the line in pieces.
      let decisions = lines.drop { !$0.hasPrefix("Decisions:") }.joined(separator: " ").split(separator: " ")
      #expect(decisions.joined(separator: " ").contains("1 not warm"))
    }
  }
}

@Test func equityAsLinesHasOneForEachSession() throws {
  let result = try run()
  let lines = RunTables.equityCSV(result).split(separator: "\n")
  #expect(lines.count == result.days.count + 1)
  #expect(lines[1] == "2010-01-04,1000000,0,0")
}

@Test func diagnosticsShowTheLineAndTheCaret() throws {
  let record = DiagnosticRecord("E0999", "for this test", explanation: "It is made up.")
  let file = SourceFile(name: "a.strat", text: "let x = 1\n\tlet é = clsoe(1)\n")
  let span = Span(20, 25)
  let diagnostic = Diagnostic(
    record, "nothing is named `clsoe`", at: .source(file, span), notes: [Note("did you mean `close`?")],
    fixIts: [FixIt(span, "close")])
  #expect(
    DiagnosticText(Terminal()).lines(diagnostic) == [
      "error[E0999]: nothing is named `clsoe`", " --> a.strat:2:10", "  |", "2 |     let é = clsoe(1)",
      "  |             ^^^^^", "  = did you mean `close`?", "help: write `close`", "  |",
      "2 |     let é = close(1)", "  |             ~~~~~",
    ])
  let json = DiagnosticDocument.json([diagnostic])
  let expected =
    #"{"schema":1,"diagnostics":[{"code":"E0999","severity":"error","message":"nothing is named `clsoe`","#
    + #""file":"a.strat","line":2,"column":10,"end_line":2,"end_column":15,"offset":20,"end_offset":25,"#
    + #""notes":[{"message":"did you mean `close`?"}],"#
    + #""fixits":[{"line":2,"column":10,"end_line":2,"end_column":15,"offset":20,"end_offset":25,"text":"close"}]}]}"#
    + "\n"
  #expect(json == expected)
}
