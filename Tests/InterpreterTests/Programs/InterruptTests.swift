import Diagnostics
import Syntax
import Testing

@testable import Interpreter

/// A single call that goes through very many elements looks for Ctrl-C on its way, not at its end only. What is counted
/// is how often it looks, which no clock disturbs.
@Suite struct InterruptTests {
  /// What is made first, the call, and the looks that it takes at least for `count` items.
  struct Case: Sendable, CustomTestStringConvertible {
    let made: String
    let call: String
    let looks: Int

    var testDescription: String { call }
  }

  private static let numbers = "let xs = [(i * 7919) % 200003 for i in 1..200000]"
  private static let texts = "let xs = [\"k{(i * 7919) % 200003}\" for i in 1..200000]"
  private static let maps = "let m = [\"k{i}\": (i * 7919) % 200003 for i in 1..200000]"

  static let cases: [Case] = [
    // Three slices of 65,536, so two looks between them, in each pass over the items.
    Case(made: numbers, call: "xs.sort()", looks: 6), Case(made: numbers, call: "xs.sort(desc: true)", looks: 6),
    Case(made: numbers, call: "xs.unique()", looks: 3),
    // A merge sort of 200,000 takes 18 passes, which are charged.
    Case(made: texts, call: "xs.sort()", looks: 50), Case(made: texts, call: "xs.unique()", looks: 3),
    Case(made: texts, call: "xs.join(\",\")", looks: 5), Case(made: texts, call: "\"k\" in xs", looks: 3),
    Case(made: texts, call: "xs.index_of(\"none\")", looks: 3),
    Case(made: texts + "\nlet ys = xs + []", call: "xs == ys", looks: 3),
    Case(made: maps, call: "m.sort()", looks: 9), Case(made: maps, call: "m + m", looks: 6),
    Case(made: maps, call: "abs(m)", looks: 3), Case(made: maps, call: "m.merge(m)", looks: 6),
    Case(made: maps, call: "m.items()", looks: 3), Case(made: maps, call: "rank(m)", looks: 6),
    Case(made: maps + "\nlet o = m.merge([:])", call: "m == o", looks: 3),
    Case(made: numbers, call: "xs.zip(xs)", looks: 3), Case(made: numbers, call: "xs.enumerate()", looks: 3),
    Case(made: "var x = \"é\"\nfor i in 1..18 { x = x + x }", call: "x.upper()", looks: 8),
  ]

  @Test(arguments: cases) func aLongCallLooksForAnInterrupt(_ one: Case) throws {
    let without = try looks("\(one.made)\n")
    let with = try looks("\(one.made)\nlet _x = \(one.call)\n")
    #expect(with - without >= one.looks, "\(one.call): \(with - without) looks")
  }

  @Test func aSortEndsInItsMidst() throws {
    let whole = try machine(Self.texts + "\nlet _x = xs.sort()\n")
    let stopped = try machine(Self.texts + "\nlet _x = xs.sort()\n", stopsAtLook: whole.looks - 20)
    #expect(stopped.fault?.diagnostic.code == "E0505")
    #expect(stopped.looks == whole.looks - 20)
  }

  private func looks(_ body: String) throws -> Int {
    let machine = try machine(body)
    #expect(machine.fault == nil, "\(String(describing: machine.fault?.diagnostic))")
    return machine.looks
  }

  /// The machine that has run a test of a body; asked to stop at a look, if at all.
  private func machine(_ body: String, stopsAtLook stop: Int? = nil) throws -> Machine {
    let file = SourceFile(name: "test.strat", text: "test \"t\" {\n\(body)}\n")
    let graph = ModuleGraph.load(script: file, library: Running.library, source: NoModules())
    try #require(graph.isValid, "\(graph.diagnostics.map(\.message))")
    let program = Program(graph, library: Running.library)
    let test = try #require(program.script.tests.first)
    nonisolated(unsafe) let machine = Machine(host: BareHost(), cancellation: Cancellation(atLook: stop ?? .max))
    nonisolated(unsafe) let body = test
    NativeStack.run {
      do throws(Machine.Failure) {
        try machine.load(program)
        try machine.run(body)
      } catch {}
    }
    return machine
  }
}
