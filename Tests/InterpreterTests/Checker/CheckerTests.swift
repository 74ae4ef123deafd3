import Diagnostics
import Syntax
import Testing

@testable import Interpreter

/// What the checker says of small scripts. Marks are the texts the diagnostics point at.
@Suite struct CheckerTests {
  /// A library module as scripts import it.
  struct OneModule: ModuleSource {
    func module(_ reference: ModuleReference, importedBy importer: SourceFile) -> Result<ModuleText, Diagnostic> {
      guard reference == .name("portfolio") else { return .failure(.importFailed("there is no such module")) }
      let file = SourceFile(name: "portfolio.strat", text: "fn cap(w, max: number) = w.map_values(v -> min(v, max))")
      return .success(ModuleText(key: "portfolio", displayName: "portfolio", file: file))
    }
  }

  private static let prices = Builtin(
    "close(ticker: ticker, as_of: date = current) -> series", family: "data", doc: "Prices.", effect: .readsData
  ) { (call) throws(Trap) in throw call.fail("no data") }
  static let library = BuiltinLibrary(BuiltinLibrary.coreBuiltins + [prices])
  /// Whoever embeds the language knows the keys of the block: here there is one.
  static let rules = CheckingRules(strategyEntry: { entry, file, declares in
    if entry.key.text == "costs", entry.value.isConstant { return nil }
    let place = Location.source(file, entry.value.span)
    if entry.value.bareWord.map(declares) ?? false { return .strategyConstant(entry.key.text, at: place) }
    return Diagnostic(DiagnosticRecord("E0999", "refused", explanation: ""), "refused", at: place)
  })

  static func graph(_ script: String) -> ModuleGraph {
    nonisolated(unsafe) var result: ModuleGraph?
    let file = SourceFile(name: "test.strat", text: script)
    NativeStack.run { result = ModuleGraph.load(script: file, library: library, source: OneModule(), rules: rules) }
    return result ?? ModuleGraph(modules: [], diagnostics: [])
  }

  /// Code and place of all that is found: `E0218@xs.push(1)`.
  private func check(_ script: String, _ expected: String...) {
    let found = Self.graph(script).diagnostics.map { diagnostic in
      if case .source(let file, let span) = diagnostic.location {
        "\(diagnostic.code)@\(file.text(span))"
      } else {
        diagnostic.code
      }
    }
    #expect(found == expected, "\(script)")
  }

  @Test func callsOfScriptFunctions() {
    check("fn f(a, b = 2) = a + b\nlet x = f(1)\nlet y = f(1, b: 3)")
    check("fn f(a, b = 2) = a + b\nlet x = f()", "E0304@f")
    check("fn f(a, b = 2) = a + b\nlet x = 1.f(2, 3)", "E0304@f")
    check("fn f(a, b = 2) = a + b\nlet x = f(1, bb: 3)", "E0309@bb")
    check("fn f(a, b = 2) = a + b\nlet x = f(1, a: 3)", "E0309@a")
    check("fn f(a: number) = a\nlet x = f(\"a\")", "E0301@\"a\"")
    check("import portfolio\nlet w = [\"A\": 1].cap()", "E0304@cap")
    check("import portfolio\nlet w = portfolio.cap([\"A\": 1], 2)")
    check("let f = 3\nlet y = f(1)", "E0303@f")
    check("fn f(g) = g(1)\nfn h() = f(x -> x + 1)")
  }

  @Test func callsOfBuiltins() {
    check("let x = [1].len(2)", "E0304@len")
    check("let x = 3.len()", "E0301@3")
    check("let x = [1].sort(dsc: true)", "E0309@dsc")
    check("fn f(t) = close(t).lag(-1)", "E0602@-1")
    check("fn f(t) = close(t).mean(0)", "E0401@0")
    check("let n = 0\nfn f(t) = mean(close(t), window: n)", "E0401@n")
    check("fn f(t) = close(t).mean(20) > close(t).mean()", "W0208@mean")
    check("fn f(t) = close(t)[0]", "E0401@close(t)[0]")
    check("fn f(t) = [close(t)[-1], values(close(t))[1]]")
    check("fn f() = fails(() -> \"a\" - 1)")
  }

  @Test func statisticsOverTheWholeHistory() {
    check("fn f(t) { let p = close(t)\n let r = p.change(1)\n std(r) }", "W0208@std")
    check("fn f(t) = zscore(2 * close(t).log() - 1)", "W0208@zscore")
    check("fn f(t) = corr(close(t), close(t).lag(1))", "W0208@corr")
    for series in [
      "close(t).ewm_mean(span: 20)", "highest(close(t), 20)", "volatility(close(t), 60)", "std(close(t), 20)",
      "tanh(close(t))", "close(t).mean(20)", "max(close(t), 10)", "clamp(close(t), 1, 2)", "close(t).round(1)",
      "close(t).resample(\"weekly\")", "where(above(close(t), 5), close(t), 0)", "bollinger(close(t)).upper",
      "close(t).map(v -> v + 1)", "rank(close(t), 20)", "drawdown(close(t))", "2 * rsi(close(t))", "-close(t)",
    ] { check("fn f(t) = median(\(series))", "W0208@median") }
    for part in [
      "close(t).tail(250)", "close(t).ewm_mean(span: 20).tail(9)", "head(close(t), 9)", "close(t)[-20..]",
      "close(t).between(2010-01-04, 2012-01-04)",
    ] { check("fn f(t) = median(\(part))") }
    check("fn f(t) = std(close(t), 20).last() + median(close(t), 20).last()")
    check("fn f(t) = corr(close(t), close(t).lag(1), 60) + quantile(close(t).tail(250), 0.9)")
    check("fn f(t) = std(close(t).tail(20)) + std(close(t)[-20..]) + mean(close(t), window: 20)")
    check("fn f(s) = mean(s)\nfn g(t) = max(close(t), 0)")
    check("test \"t\" { at 2020-01-01 { assert mean(close(\"A\")) > 0 } }")
  }

  @Test func whatAStrategyNeverReads() {
    check("param n = 1\nlet c = 2\nstate s = 3\nlet _d = 4\nfn signals(as_of) = flat", "W0207@n", "W0207@c", "W0207@s")
    check("param n = 1\nlet c = 2 * n\nfn signals(as_of) = [\"A\": c]")
    // A module's are read by others, a test's reading counts.
    check("param n = 1\nlet c = 2\nfn f() = 1")
    check("param n = 1\nfn signals(as_of) = flat\ntest \"t\" { assert n == 1 }")
  }

  @Test func operatorsAndConditions() {
    check("let x = \"a\" - 1", "E0302@\"a\" - 1")
    check("let x = 1 == \"1\"", "E0306@1 == \"1\"")
    check("let x = [1] < [2]", "E0307@[1] < [2]")
    check("fn f(x) = x != na", "E0308@x != na")
    check("fn f(t) { if close(t) { 1 } else { 2 } }", "E0402@close(t)")
    check("fn f(x) = if x.len() { 1 } else { 2 }", "E0402@x.len()")
    check("fn f(x) = if x > 1 ?? false { 1 } else { 2 }")
    check("fn f(a, b) = (a ?? 0) + b * 2026-01-01.year()")
    check("let d = 2024-01-31 + 1mo - 2024-01-01 + 3")
  }

  @Test func valuesWithoutUse() {
    check("fn f() { var xs = [1]\n xs.push(2)\n xs }", "E0218@xs.push(2)")
    check("fn f(xs) { for x in xs { x + 1 }\n 2 }", "E0218@x + 1")
    check("fn f(xs) { xs.map(x -> print(x))\n print(1)\n g()\n 2 }\nfn g() = 1")
    check("fn f(x) { if x > 1 { hold }\n flat }", "E0218@hold")
    check("fn f(x) { let y = if x > 1 { hold } else { flat }\n y }")
  }

  @Test func ways() {
    check("fn f(x) { return x\n print(x) }", "W0204@print(x)")
    check("fn f() { while true { } }")
    check("fn f() { break }", "E0217@break")
    check("fn f(xs) { for x in xs { let g = y -> { break }\n print(g) } }", "E0217@break")
    check("let x = if 1 > 2 { 1 } else { 2 }", "W0206@1 > 2")
    check("fn signals(as_of) { if as_of > 2020-01-01 { flat } }", "W0205@signals")
    check("fn signals(as_of) { for x in [1] { if x > 1 { return flat } }\n hold }")
    check("fn signals(as_of) = [1]", "E0301@signals")
  }

  @Test func dates() {
    check("let x = close(\"SPY\")", "E0410@close")
    check("let f = t -> close(t)")
    check("test \"t\" { assert close(\"SPY\").last() > 1 }", "E0410@close")
    check("test \"t\" { at 2020-01-01 { assert close(\"SPY\").last() > 1 } }")
    check("fn f() = at as_of + 5d { 1 }", "E0601@as_of + 5d")
    check("fn f() = at as_of - 5d { 1 }")
  }

  @Test func params() {
    check("param n = 5 in 1..10 step 1 where n < 8")
    check("param n = 50 in 1..10", "E0412@50")
    check("param n = 5 in 1..10 step 0", "E0216@0")
    check("param n = 5 in [1, 2]", "E0412@5")
    check("param s = \"a\" in [\"a\", \"b\"]")
    check("param a = 5\nparam b = 3 where a < b", "E0412@a < b")
    check("param n = 5bd in [5bd, 10bd]")
  }

  @Test func strategyBlocks() {
    check("strategy \"a\" { costs: 5bps }")
    check("strategy \"a b\" { }", "E0213@\"a b\"")
    check("strategy \"a\" { cost: 5bps }", "E0999@5bps")
    check("let c = 1\nstrategy \"a\" { costs: c }", "E0214@c")
    check("strategy \"a\" { costs: 5 + \"a\" }", "E0302@5 + \"a\"")
    check("strategy \"a\" { costs: 1, costs: 2 }", "E0221@costs")
  }

  /// The example that has the problem shows it, the other does not.
  @Test func recordsShowWhatTheySay() {
    // Which branch is never taken shows in a run only.
    let inRuns = DiagnosticRecord.branchNeverTaken.code
    for record in NameDiagnostics.records + CheckerDiagnostics.records
    where !record.bad.isEmpty && record.code != inRuns {
      #expect(Self.graph(record.bad).diagnostics.contains { $0.code == record.code }, "\(record.code) bad")
      let good = Self.graph(record.good).diagnostics.map(\.code)
      #expect(!good.contains { $0 == record.code || $0.hasPrefix("E") }, "\(record.code) good: \(good)")
    }
  }
}
