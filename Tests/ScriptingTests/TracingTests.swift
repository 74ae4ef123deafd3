import Diagnostics
import Interpreter
import MarketData
import MarketModel
import Testing

@testable import Scripting

/// A traced program gives what the program gives, and its trace says how.
@Suite struct TracingTests {
  private static let sample = SampleMarket.store()

  /// Runs the first test of a text with a tracer; gives the trace and what was printed.
  private func trace(_ text: String, _ detail: Tracer.Detail = .everything, limit: Int = 20_000) throws -> (
    roots: [TraceNode], printed: [String]
  ) {
    nonisolated(unsafe) var roots: [TraceNode] = []
    nonisolated(unsafe) var printed: [String] = []
    nonisolated(unsafe) var problem: (any Error)?
    NativeStack.run {
      do {
        let script = try Script.load(SourceFile(name: "test.strat", text: text))
        let host = MarketHost(store: Self.sample, calendar: Self.sample.calendar)
        let machine = Machine(host: host)
        let program = Program(script.program.graph, library: ScriptLibrary.builtins, isTraced: true)
        try machine.load(program)
        let tracer = Tracer(detail, limit: limit)
        machine.tracer = tracer
        defer {
          roots = tracer.roots
          printed = machine.output.printed
        }
        try machine.run(program.script.tests[0])
      } catch { problem = error }
    }
    if let problem, !(problem is Machine.Failure) { throw problem }
    return (roots, printed)
  }

  @Test func everyOperandIsThereWithItsValue() throws {
    let (roots, _) = try trace("test \"t\" { let a = 2\nprint((a + 1) * max(a, 7)) }")
    #expect(roots.map(\.text) == ["2", "print((a + 1) * max(a, 7))"])
    let product = roots[1].children[0]
    #expect(product.text == "(a + 1) * max(a, 7)")
    #expect(product.value == "21")
    #expect(product.children.map(\.text) == ["a + 1", "max(a, 7)"])
    #expect(product.children.map(\.value) == ["3", "7"])
    #expect(product.children[0].children.map(\.text) == ["a", "1"])
    // The name leads to the expression that gave it its value.
    #expect(product.children[0].children[0].children.map(\.text) == ["2"])
  }

  @Test func dataReadIsNamedWithItsDates() throws {
    let (roots, _) = try trace("test \"t\" { at 2010-01-04 { print(close(\"SPY\").tail(2)) } }")
    let read = try #require(roots.last?.allReads.first)
    #expect(read.function == "close")
    #expect(read.name == "SPY")
    #expect(read.unit == "price")
    #expect(read.cut == Day(iso: "2010-01-04"))
    #expect(read.lastObservation == Day(iso: "2010-01-04"))
    #expect(read.release?.day == Day(iso: "2010-01-04"))
    #expect("\(read.value)" == RunningScripts.value("price(\"SPY\")", at: "2010-01-04", on: Self.sample))
    let (macro, _) = try trace("test \"t\" { at 2010-01-15 { print(macro(\"US_RT_CPI\").last()) } }")
    let release = try #require(macro.last?.allReads.first)
    #expect(release.unit == "release")
    let last = RunningScripts.value("macro(\"US_RT_CPI\").last_date()", at: "2010-01-15", on: Self.sample)
    #expect(release.lastObservation?.description == last)
    #expect(try #require(release.release?.day) <= #require(Day(iso: "2010-01-15")))
    #expect(release.firstKnown == nil)
  }

  @Test func anEarlierCutIsFollowed() throws {
    let (roots, _) = try trace(
      "test \"t\" { at 2010-01-15 { print([price(\"SPY\", as_of: 2009-01-15), at 2008-01-15 { price(\"IEF\") }]) } }")
    let reads = roots.flatMap(\.allReads)
    #expect(reads.map(\.cut) == [Day(iso: "2009-01-15"), Day(iso: "2008-01-15")])
    #expect(reads.map(\.name) == ["SPY", "IEF"])
  }

  @Test func whatIsLeftOutIsCounted() throws {
    let (roots, printed) = try trace(
      "test \"t\" { var s = 0\nfor i in 1..1000 { s = s + i * 2 }\nprint(s) }", limit: 50)
    #expect(printed == ["1001000"])
    #expect(roots.count > 0)
    let (deep, text) = try trace(
      "fn f(n) = if n == 0 { 0 } else { 1 + f(n - 1) }\ntest \"t\" { print(f(300)) }")
    #expect(text == ["300"])
    func depth(_ node: TraceNode) -> Int { 1 + (node.children.map(depth).max() ?? 0) }
    #expect(deep.map(depth).max() ?? 0 <= 800)
  }

  @Test func sharedOperandsAreShownOnce() throws {
    let lines = (1...40).map { "let a\($0) = a\($0 - 1) + a\($0 - 1)" }.joined(separator: "\n")
    let (roots, printed) = try trace("test \"t\" { let a0 = 1\n\(lines)\nprint(a40) }")
    #expect(printed == ["1099511627776"])
    func size(_ node: TraceNode) -> Int { 1 + node.children.map(size).reduce(0, +) }
    #expect(roots.map(size).reduce(0, +) < 1_000)
  }

  @Test func withoutATracerATracedProgramRecordsNothing() throws {
    nonisolated(unsafe) var printed: [String] = []
    NativeStack.run {
      let file = SourceFile(name: "t.strat", text: "test \"t\" { print(1 + 1) }")
      guard let script = try? Script.load(file) else { return }
      let machine = Machine(host: MarketHost(store: Self.sample, calendar: Self.sample.calendar))
      let program = Program(script.program.graph, library: ScriptLibrary.builtins, isTraced: true)
      try? machine.load(program)
      try? machine.run(program.script.tests[0])
      printed = machine.output.printed
    }
    #expect(printed == ["2"])
  }
}
