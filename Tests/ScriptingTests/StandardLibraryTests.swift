import Diagnostics
import Interpreter
import MarketData
import MarketModel
import StandardLibrary
import Testing

@testable import Scripting

/// Loads scripts and runs their tests on the embedded sample.
enum ScriptRunning {
  static let sample = SampleMarket.store()

  /// Runs the tests of a text: the names of the failed ones with what was wrong.
  static func failures(_ name: String, _ text: String) -> [String] {
    nonisolated(unsafe) var result: [String] = []
    NativeStack.run {
      do throws(Script.Problems) {
        let script = try Script.load(SourceFile(name: name, text: text))
        let outcomes = ScriptTests(script).run(store: sample) { (folder) throws(Diagnostic) in sample }
        result = outcomes.compactMap { outcome in
          outcome.failure.map { "\(outcome.name): \($0.code) \($0.message) \($0.notes.map(\.message))" }
        }
        if outcomes.isEmpty { result = ["there are no tests"] }
      } catch {
        result = error.diagnostics.map { "\($0.code) \($0.message) at \($0.location?.start ?? (0, 0))" }
      }
    }
    return result
  }
}

@Suite struct StandardLibraryTests {
  @Test(arguments: StandardLibrary.modules.map(\.name))
  func testsOfAModulePass(_ name: String) throws {
    let module = try #require(StandardLibrary.modules.first { $0.name == name })
    #expect(ScriptRunning.failures(name + ".strat", module.text) == [])
  }
}
