import Backtest
import Diagnostics
import Interpreter
import MarketData
import MarketModel
import TestServers
import Testing

@testable import Scripting

/// Runs scripts on data sets, as tests want it.
enum RunningScripts {
  /// The path of a folder of real data, for tests that need `Requirement.realData`.
  static func realData(_ name: String) throws -> String { try #require(SharedFolders.root) + "/" + name }

  /// The data of such a folder.
  static func realStore(_ name: String) throws -> MarketStore { try store(realData(name)) }

  /// Loads a data folder.
  static func store(_ path: String) throws -> MarketStore { try DataFolder(path).load().store }

  /// Runs a text as a strategy with flags of the configuration.
  static func run(
    _ text: String, on store: MarketStore, flags: [(String, String)] = [], params: [(String, String)] = []
  ) throws -> BacktestResult {
    nonisolated(unsafe) var outcome: Result<BacktestResult, any Error>?
    NativeStack.run { outcome = Result { try runHere(text, store, flags, params) } }
    guard let outcome else { throw Missing() }
    return try outcome.get()
  }

  struct Missing: Error {}

  private static func runHere(
    _ text: String, _ store: MarketStore, _ flags: [(String, String)], _ params: [(String, String)]
  ) throws -> BacktestResult {
    let script = try Script.load(SourceFile(name: "test.strat", text: text))
    var draft = ConfigDraft()
    for entry in script.block.entries { try draft.set(entry.key, entry.value, from: .block(entry.location)) }
    for (name, value) in flags { try draft.set(flag: name, value) }
    var values = ParamValues()
    for (name, value) in params { try values.set(name, value, of: script) }
    let config = try draft.resolve(store)
    var strategy = try ScriptStrategy(script, store: store, config: config, params: values)
    return try BacktestEngine(store: store, config: config).run(&strategy)
  }

  /// The code of the diagnostic that a run ends with.
  static func failure(_ text: String, on store: MarketStore) -> Diagnostic? {
    do {
      _ = try run(text, on: store)
      return nil
    } catch let failure as BacktestFailure {
      return failure.diagnostic
    } catch let problems as Script.Problems {
      return problems.diagnostics.first { $0.severity == .error }
    } catch { return error as? Diagnostic }
  }

  /// What an expression prints at a date.
  static func value(_ expression: String, at day: String, on store: MarketStore) -> String {
    nonisolated(unsafe) var result = ""
    NativeStack.run {
      do throws(Script.Problems) {
        let text = "test \"t\" { at \(day) { print(\(expression)) } }"
        let script = try Script.load(SourceFile(name: "test.strat", text: text))
        let outcome = ScriptTests(script).run(store: store) { (_) throws(Diagnostic) in store }[0]
        result = outcome.failure.map { "\($0.code) \($0.message)" } ?? outcome.printed.joined(separator: "\n")
      } catch { result = error.diagnostics.map(\.code).joined(separator: " ") }
    }
    return result
  }
}
