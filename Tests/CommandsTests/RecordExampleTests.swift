import Backtest
import Diagnostics
import Interpreter
import MarketData
import MarketModel
import Scripting
import Testing

@testable import Commands

/// The examples of the diagnostics: the bad one has the problem, the good one has not.
@Suite struct RecordExampleTests {
  /// Problems that no script shows: they come of files, configurations, options and runs.
  private static func isOfScripts(_ record: DiagnosticRecord) -> Bool {
    switch record.code.dropFirst().prefix(2) {
    case "01" where record.code.hasPrefix("E"), "02", "03", "04", "05", "06": true
    default: false
    }
  }

  /// What needs more than a text: modules on disk, another thread, minutes, a whole run, a session at a prompt, or more
  /// text than can be shown.
  private static let withoutExample: Set<String> = [
    "E0111", "E0112", "E0206", "E0209", "E0505", "E0508", "E0509", "W0290",
  ]
  private static let records = Catalog.all.records.filter(isOfScripts)

  /// Everything said about a text in each of the ways it can be meant: as declarations, as those of a strategy that is
  /// asked for its weights, or as statements on a day.
  private static func codes(_ text: String) -> [[String]] {
    if text.contains("signals(") { return [said(text, isStrategy: true)] }
    if text.hasPrefix("strategy") {
      return [said(text, isStrategy: false), said(text + "\nfn signals(as_of) = flat", isStrategy: true)]
    }
    return [
      said(text, isStrategy: false), said("test \"example\" {\nat 2015-06-30 {\n\(text)\n}\n}", isStrategy: false),
    ]
  }

  private static func said(_ text: String, isStrategy: Bool) -> [String] {
    var limits = Limits()
    limits.steps = 6_000_000
    limits.list = 1_000_000
    limits.string = 1_000_000
    limits.memory = 4 << 20
    let store = SampleMarket.store()
    do throws(Script.Problems) {
      let script = try Script.load(SourceFile(name: "example.strat", bytes: Array(text.utf8)))
      let outcomes = ScriptTests(script, limits: limits).run(store: store) { (_) throws(Diagnostic) in store }
      return script.warnings.map(\.code) + outcomes.compactMap { $0.failure?.code }
        + (isStrategy ? running(script, store, limits) : [])
    } catch { return error.diagnostics.map(\.code) }
  }

  /// What is doubtful before a run, what one of the calls of `signals` fails with, each of which finds the state of those
  /// before, and what is odd after all of them.
  private static func running(_ script: Script, _ store: MarketStore, _ limits: Limits) -> [String] {
    do {
      var draft = ConfigDraft()
      for entry in script.block.entries { try draft.set(entry.key, entry.value, from: .block(entry.location)) }
      let config = try draft.resolve(store)
      let doubts = script.doubts(on: store, from: config.start).map(\.code)
      var strategy = try ScriptStrategy(script, store: store, config: config, params: ParamValues(), limits: limits)
      strategy.watchBranches()
      for day in ["2015-06-24", "2015-06-29", "2015-06-30"].compactMap({ Day(iso: $0) }) {
        let view = store.view(on: day, calendar: store.calendar)
        _ = try strategy.generateSignals(asOf: day, view: view, portfolio: PortfolioView.cash(config.initialCapital))
      }
      return doubts + strategy.neverTaken.map(\.code)
    } catch let problem as Diagnostic { return [problem.code] } catch { return ["\(error)"] }
  }

  @Test func everyRecordOfScriptsHasExamples() {
    let bare = Self.records.filter { $0.bad.isEmpty || $0.good.isEmpty }.map(\.code)
    #expect(bare.filter { !Self.withoutExample.contains($0) } == [])
  }

  @Test func badExamplesHaveTheProblemAndGoodOnesNot() {
    nonisolated(unsafe) var problems: [String] = []
    NativeStack.run {
      for record in Self.records where !Self.withoutExample.contains(record.code) {
        let bad = Self.codes(record.bad)
        if !bad.contains(where: { $0.contains(record.code) }) { problems.append("\(record.code) bad: \(bad)") }
        let good = Self.codes(record.good).map { $0.filter { $0.hasPrefix("E") || $0 == record.code } }
        if !good.contains([]) { problems.append("\(record.code) good: \(good)") }
      }
    }
    #expect(problems == [])
  }
}
