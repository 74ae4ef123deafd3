import Diagnostics
import Interpreter
import MarketData
import Scripting
import Testing

/// Every limit at its edge, and one past it.
@Suite struct LimitTests {
  /// What takes exactly `edge` of a limit.
  struct Case: Sendable, CustomTestStringConvertible {
    let limit: String
    let edge: Int
    let code: String
    let body: String
    var declarations = ""

    var testDescription: String { "\(limit): \(body)" }
  }

  static let cases = [
    Case(limit: "steps", edge: 101, code: "E0501", body: "for _ in 1..100 {}"),
    Case(limit: "steps", edge: 1_002, code: "E0501", body: "let _x = range(1000)"),
    Case(limit: "memory", edge: 8_032, code: "E0502", body: "let _x = range(1000)"),
    Case(limit: "memory", edge: 144, code: "E0502", body: "let _x = \"{1:100}\""),
    Case(
      limit: "depth", edge: 42, code: "E0503", body: "assert f(40) == 0",
      declarations: "fn f(n) = if n == 0 { 0 } else { f(n - 1) }"),
    Case(limit: "depth", edge: 3, code: "E0503", body: "let _x = [1].map(x -> (y -> y + 1)(x))"),
    Case(limit: "nesting", edge: 5, code: "E0108", body: "let _x = ((((1))))"),
    Case(limit: "nesting", edge: 1_000, code: "E0108", body: "let _x = " + brackets(999)),
    Case(limit: "list", edge: 100, code: "E0506", body: "let _x = range(100)"),
    Case(limit: "list", edge: 101, code: "E0506", body: "var xs = []\n  for i in 0..100 { xs = xs + [i] }"),
    Case(limit: "list", edge: 60, code: "E0506", body: "let _x = [\"{i}\": i for i in 1..60]"),
    Case(limit: "list", edge: 60, code: "E0506", body: "let _x = [[i, i] for i in 1..60]"),
    Case(
      limit: "list", edge: 60, code: "E0506", body: "var m = [:]\n  for i in 1..60 { m[i] = i }\n  assert len(m) == 60"),
    Case(limit: "string", edge: 100, code: "E0507", body: "let _x = \"{1:100}\""),
    Case(limit: "string", edge: 100, code: "E0507", body: "let x = \"{1:50}\"\n  let _y = x + x"),
    Case(limit: "string", edge: 100, code: "E0507", body: "let x = \"{1:50}\"\n  let _y = \"{x}{x}\""),
    Case(limit: "string", edge: 101, code: "E0507", body: "let x = \"{1:50}\"\n  let _y = [x, x].join(\"-\")"),
    Case(limit: "output", edge: 20, code: "E0504", body: "print(\"123456789\")\n  note(\"123456789\")"),
    Case(limit: "tracks", edge: 3, code: "E0504", body: "for t in [\"a\", \"b\", \"c\", \"a\"] { plot(t, 1) }"),
  ]

  private static func brackets(_ count: Int) -> String {
    String(repeating: "(", count: count) + "1" + String(repeating: ")", count: count)
  }

  private static func failure(_ test: Case, _ value: Int) throws -> Diagnostic? {
    let limit = try #require(Limit.all.first { $0.name == test.limit })
    var limits = Limits()
    limits[keyPath: limit.value] = value
    let text = "\(test.declarations)\ntest \"t\" {\n  \(test.body)\n}\n"
    let script: Script
    do throws(Script.Problems) {
      script = try Script.load(SourceFile(name: "limit.strat", bytes: Array(text.utf8)), limits: limits)
    } catch { return error.diagnostics[0] }
    let store = SampleMarket.store()
    let outcomes = ScriptTests(script, limits: limits).run(store: store) { (_) throws(Diagnostic) in store }
    return outcomes[0].failure
  }

  @Test(arguments: cases) func holdsAtTheEdgeAndFailsOnePast(_ test: Case) throws {
    nonisolated(unsafe) var outcomes: [Result<Diagnostic?, any Error>] = []
    NativeStack.run {
      outcomes = [test.edge, test.edge - 1].map { value in Result { try Self.failure(test, value) } }
    }
    #expect(try outcomes[0].get() == nil)
    let past = try outcomes[1].get()
    #expect(past?.code == test.code)
    #expect(past?.location != nil, "the error has a place")
    #expect(past?.notes.contains { $0.message.contains("`--limit \(test.limit)=…`") } == true, "and a remedy")
  }

  /// Work on the bytes of texts `t`, `u` (equal to it) and `e` (of letters of two bytes).
  static let worksOnBytes = [
    "if t < u { n += 1 }", "if t == u { n += 1 }", "if t in [u] { n += 1 }", "if index_of([u], t) == 0 { n += 1 }",
    "n += len(unique([t, u]))", "n += len(group_by([1], _x -> t + \"!\"))", "n += len(sort([t, u]))",
    "n += [t: 1][u] ?? 0", "if [t: 1].has(u) { n += 1 }", "n += len(t.trim())", "n += len(t.split(\"?\"))",
    "n += len(t[0..<len(t) - 1])", "n += len(t.upper())", "n += len(t.replace(\"?\", \"!\"))",
    "n += len([t, u].join())", "n += len(\"{t}{u}\")", "n += len(string([t]))", "n += len(t.format(\"<10\"))",
    "if t.starts_with(u) { n += 1 }", "if t.ends_with(u) { n += 1 }", "if t.contains(\"?\") { n += 1 }",
    "n += len(\"x\" + t)", "if e[len(e) / 2] == \"?\" { n += 1 }", "n += len(e[3..<len(e) - 3])",
    "if is_na(number(t)) { n += 1 }", "plot(t, 1)", "if approx([t], [u]) { n += 1 }",
    "if fails(() -> error(t)) { n += 1 }",
  ]

  @Test(arguments: worksOnBytes) func workOnTextsCostsStepsInProportionToTheirBytes(_ work: String) throws {
    /// The least limit that is enough, to a sixteenth.
    @Sendable func steps(_ bytes: Int) throws -> Int {
      let body =
        "let t = doubled(\"ab\", \(bytes))\n  let u = doubled(\"ab\", \(bytes))\n  let e = doubled(\"é\", \(bytes))\n"
        + "  var n = 0\n  for _ in 1..20 { \(work) }"
      let declarations =
        "fn doubled(s, n) { var t = s\n  while len(t) < n { t = t + t }\n  t }"
      var (low, high) = (0, 1 << 24)
      while high - low > max(1, low / 16) {
        let middle = (low + high) / 2
        let found = try Self.failure(
          Case(limit: "steps", edge: 0, code: "", body: body, declarations: declarations), middle)
        if found?.code == "E0501" { low = middle } else { high = middle }
        if let found, found.code != "E0501" { Issue.record("\(found.message)") }
      }
      return high
    }
    nonisolated(unsafe) var counts: Result<(Int, Int), any Error>?
    NativeStack.run { counts = Result { (try steps(8_192), try steps(32_768)) } }
    let (small, large) = try #require(try counts?.get())
    #expect(large > 3 * small && large < 5 * small, "\(small) steps, and \(large) for four times the bytes")
  }

  @Test func timeEndsWhatStepsAllow() throws {
    var limits = Limits()
    limits.seconds = 1
    limits.steps = 1 << 60
    let script = try Script.load(SourceFile(name: "limit.strat", bytes: Array("test \"t\" { while true {} }".utf8)))
    let store = SampleMarket.store()
    let outcomes = ScriptTests(script, limits: limits).run(store: store) { (_) throws(Diagnostic) in store }
    #expect(outcomes[0].failure?.code == "E0508")
  }

  @Test func everyLimitIsTried() {
    let tried = Set(Self.cases.map(\.limit)).union(["seconds"])
    #expect(Limit.all.map(\.name).filter { !tried.contains($0) } == [])
  }

  @Test(arguments: Limit.all.map(\.name)) func theLargestValueIsSafe(_ name: String) throws {
    let limit = try #require(Limit.all.first { $0.name == name })
    var limits = Limits()
    limits[keyPath: limit.value] = limit.maximum
    limits.steps = min(limits.steps, 1_000_000)
    let text = "fn f(n) = f(n + 1)\ntest \"t\" {\n  for i in 1..10 { plot(\"{i}\", i) }\n  let _x = f(0)\n}\n"
    let script = try Script.load(SourceFile(name: "limit.strat", bytes: Array(text.utf8)))
    let store = SampleMarket.store()
    nonisolated(unsafe) var code: String?
    let chosen = limits
    NativeStack.run {
      code = ScriptTests(script, limits: chosen).run(store: store) { (_) throws(Diagnostic) in store }[0].failure?.code
    }
    #expect(code == "E0503" || code == "E0501")
  }
}
