public import Diagnostics
public import Interpreter
public import MarketData
import Syntax

/// Runs the tests of a script.
public struct ScriptTests {
  /// What came of a test.
  public struct Outcome: Sendable {
    /// The test's name.
    public let name: String
    /// Why it failed; `nil` if it passed.
    public let failure: Diagnostic?
    /// What it printed.
    public let printed: [String]
  }

  private let script: Script
  private let limits: Limits
  private let loader: ScriptLoader
  /// One for all tests: a file of many that fail would be linked anew for each.
  private let traced: TracedProgram

  /// The tests of a script.
  ///
  /// - Parameter paths: further folders in which its data may lie, as its modules may.
  public init(_ script: Script, paths: [String] = [], limits: Limits = Limits()) {
    self.script = script
    self.limits = limits
    loader = ScriptLoader(scriptPath: script.path, paths: paths)
    traced = TracedProgram(script)
  }

  /// Runs all tests in order: params at their defaults, state at its initial value, the portfolio in cash.
  ///
  /// - Parameters:
  ///   - store: the data of tests that name no folder.
  ///   - open: loads the data folder that a test names, beside the script.
  ///   - take: takes each outcome when its test has ended; what all tests of a file print may be more than memory holds.
  public func run(
    store: MarketStore, open: (String) throws(Diagnostic) -> MarketStore, take: (Outcome) -> Void
  ) {
    for (place, test) in script.tests.enumerated() {
      do throws(Diagnostic) {
        var data = store
        if let folder = test.declaration.folder {
          data = try loader.testData(folder, in: script.program.graph.script.unit.file, open)
        }
        take(try run(test, place, data))
      } catch { take(Outcome(name: test.name, failure: error, printed: [])) }
    }
  }

  /// Runs all tests in order, and gives what came of each.
  public func run(
    store: MarketStore, open: (String) throws(Diagnostic) -> MarketStore
  ) -> [Outcome] {
    var outcomes: [Outcome] = []
    run(store: store, open: open) { outcomes.append($0) }
    return outcomes
  }

  private func run(_ test: LinkedTest, _ place: Int, _ store: MarketStore) throws(Diagnostic) -> Outcome {
    let host = MarketHost(store: store, calendar: store.calendar)
    host.universe = script.block.universe
    let machine = Machine(limits: limits, host: host)
    do throws(Machine.Failure) {
      try machine.load(script.program)
      try machine.run(test)
      return Outcome(name: test.name, failure: nil, printed: machine.output.printed)
    } catch {
      let explainer = FaultExplainer(script, [], limits, host, traced: traced)
      let failure = explainer.explain(error.fault, of: .test(place), on: machine).diagnostic
      return Outcome(name: test.name, failure: failure, printed: machine.output.printed)
    }
  }
}
