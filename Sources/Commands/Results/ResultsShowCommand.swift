import Analytics
import ArgumentParser
import Codecs
import Databases
import MarketModel
import Persistence
import Reporting

/// `strat results show`: one saved run.
struct ResultsShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a saved run: what it is, its configuration, params and metrics.",
    discussion: """
      EXAMPLE:
        strat results show 3

      `strat results export` gives the whole document of the run.
      """)

  @Argument(help: ArgumentHelp("The run's number, or the beginning of its key.", valueName: "run"))
  var name: String

  @OptionGroup var database: DatabaseOption
  @OptionGroup var output: FormatOptions

  func run() throws {
    let format = try output.format()
    let store = try database.saved()
    let run = try store.run(named: name)
    let trials: (all: Int, failed: Int)
    do throws(DatabaseError) {
      trials = (
        try store.trialCount(of: run.parts.strategyID), try store.failedTrialCount(of: run.parts.strategyID)
      )
    } catch { throw CommandFailure(error) }
    switch format {
    case .json: Console.write(json(run, trials))
    case .csv(let cells):
      var writer = CSVWriter(["name", "value"], cells)
      for (name, value) in facts(run, trials) { writer.row([name, value]) }
      for (_, members) in sections(run) { members.forEach { writer.row([$0.name, $0.value.plain]) } }
      Console.write(writer.text)
    case .table: Console.write(lines(run, trials, Console.output))
    }
  }

  private func facts(_ run: SavedRun, _ trials: (all: Int, failed: Int)) -> [(String, String)] {
    [
      ("run", String(run.id)), ("run_key", run.parts.runKey), ("strategy_id", run.parts.strategyID),
      ("start", run.start.description), ("end", run.end.description), ("created_at", run.createdAt.description),
      ("script_sha256", run.parts.scriptHash), ("data_fingerprint", run.parts.dataFingerprint),
      ("engine_version", run.parts.engineVersion), ("trials", String(trials.all)),
      ("failed_trials", String(trials.failed)),
    ]
  }

  private func sections(_ run: SavedRun) -> [(title: String, members: [JSONValue.Member])] {
    [
      ("Modules", run.parts.modules), ("Params", run.parts.params), ("Configuration", run.parts.config),
      ("Metrics", run.parts.metrics), ("Benchmark", run.parts.benchmarkMetrics ?? "{}"),
    ].map { ($0, JSONValue($1)?.members ?? []) }
  }

  private func lines(_ run: SavedRun, _ trials: (all: Int, failed: Int), _ terminal: Terminal) -> [String] {
    func table(_ rows: [(String, String)]) -> [String] {
      var table = TextTable([.init(""), .init("", wraps: true)])
      table.showsHeader = false
      for (name, value) in rows { table.add([name, value.isEmpty ? terminal.absent : value]) }
      return table.lines(terminal, indent: 2)
    }
    var lines = table(facts(run, trials))
    for (title, members) in sections(run) where !members.isEmpty {
      let rows = members.map { ($0.name, SavedText(terminal).text(title == "Params" ? nil : $0.name, $0.value)) }
      lines += ["", terminal.paint(title, .bold)] + table(rows)
    }
    return lines
  }

  private func json(_ run: SavedRun, _ trials: (all: Int, failed: Int)) -> String {
    var writer = JSONWriter()
    writer.object { document in
      document.member("schema", 1)
      document.member("id", run.id)
      document.member("run_key", run.parts.runKey)
      document.member("strategy_id", run.parts.strategyID)
      document.member("start", run.start)
      document.member("end", run.end)
      document.member("created_at", run.createdAt.description)
      document.member("script_sha256", run.parts.scriptHash)
      document.member("modules", json: run.parts.modules)
      document.member("data_fingerprint", run.parts.dataFingerprint)
      document.member("engine_version", run.parts.engineVersion)
      document.member("trials", trials.all)
      document.member("failed_trials", trials.failed)
      document.member("params", json: run.parts.params)
      document.member("config", json: run.parts.config)
      document.member("metrics", json: run.parts.metrics)
      document.member("benchmark_metrics", json: run.parts.benchmarkMetrics ?? "null")
    }
    return writer.text + "\n"
  }
}
