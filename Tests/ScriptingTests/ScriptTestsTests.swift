import Diagnostics
import Interpreter
import MarketData
import Scripting
import Testing

@Suite struct ScriptTestsTests {
  @Test func whatATestPrintedIsHandedOverBeforeTheNextOneBegins() throws {
    let text = """
      test "first" with "one" { print("a") }
      test "second" with "two" { print("b") }
      test "third" with "one" { assert false }
      """
    nonisolated(unsafe) var events: [String] = []
    nonisolated(unsafe) var problems: [String] = []
    NativeStack.run {
      let store = SampleMarket.store()
      do throws(Script.Problems) {
        let script = try Script.load(SourceFile(name: "order.strat", text: text))
        ScriptTests(script).run(
          store: store,
          open: { folder throws(Diagnostic) in
            events.append("open \(folder.split(separator: "/").last ?? "")")
            return store
          },
          take: { outcome in events.append("\(outcome.name): \(outcome.failure?.code ?? outcome.printed[0])") })
      } catch { problems = error.diagnostics.map(\.message) }
    }
    #expect(problems == [])
    #expect(events == ["open one", "first: a", "open two", "second: b", "open one", "third: E0408"])
  }
}
