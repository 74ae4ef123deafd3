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
    Case(limit: "memory", edge: 128, code: "E0502", body: "let _x = \"{1:100}\""),
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
