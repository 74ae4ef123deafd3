import ArgumentParser
import Backtest
import Diagnostics
import Experiments
import Interpreter
import MarketData
import Persistence
import Reporting
import Scripting

/// `strat batch`: many scripts on one data set, and a table of what came of them.
struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch", abstract: "Run many scripts and compare what came of them.",
    discussion: """
      EXAMPLE:
        strat batch Scripts --sort max_drawdown
        strat batch 'ideas/*_cross.strat' --data data/us --param-file params.yaml --junit report.xml
        strat batch Scripts --format json
        strat batch Scripts --save --db sqlite:results.db

      Folders are searched for scripts; what is no strategy there, a library or a file of tests, is left out. A script \
      that fails is a row of its own and stops no other; the exit status is 1 \
      then. Outcomes are kept in the user's cache folder (STRAT_CACHE): a script whose text, modules, params, \
      configuration, data and engine are unchanged is not run again, and a batch that was stopped goes on where it was. \
      Ctrl-C finishes what runs. The result does not depend on --jobs. With --save each result is kept in the database \
      as soon as it is there; where that fails, the batch stops as after Ctrl-C.
      """)

  @Argument(help: ArgumentHelp("Scripts, folders and patterns.", valueName: "paths"))
  var paths: [String]

  @Option(help: ArgumentHelp("Read values of params from a file.", valueName: "file"))
  var paramFile: String?

  @Flag(help: "Run all scripts, whatever outcomes are kept from before.")
  var fresh = false

  @Option(help: ArgumentHelp("Write a JUnit report.", valueName: "file"))
  var junit: String?

  @OptionGroup(title: "Experiment") var experiment: ExperimentOptions
  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Script") var scripting: ScriptOptions
  @OptionGroup(title: "Configuration") var configuration: ConfigOptions
  @OptionGroup(title: "Output") var output: FormatOptions
  @OptionGroup(title: "Results") var saving: SaveOptions

  func run() throws {
    let format = try output.format()
    let pool = try experiment.pool()
    let ranking = try experiment.ranking()
    let count = try experiment.rows(default: 1_000_000)
    let settings = RunSettings(
      flags: try configuration.checked(), limits: try scripting.evaluationLimits(), engineVersion: Version.text)
    let params = try params()
    let search = try ScriptFiles.search(paths)
    let scripts = search.map(\.path)
    let unused = params.sections.filter { section in !scripts.contains { BatchParams.names(section.script, $0) } }
    if let section = unused.first {
      throw CommandFailure.usage(.unusedSection(section.script, at: section.location))
    }
    // Opened first: what cannot be kept is said before anything runs.
    let keeper = try saving.store().map { RunKeeper($0, .batch) }
    let store = try data.store()
    let memory = data.outcomes
    var batch = batch(scripts, store, settings, params, memory, keeper)
    // What is named and found is named.
    batch.found = Set(search.filter { !$0.isNamed }.map(\.path)).subtracting(search.filter(\.isNamed).map(\.path))
    let all = rows(batch, pool, keeper)
    let rows = all.filter { $0.status != .noStrategy }
    let others = all.filter { $0.status == .noStrategy }.map(\.path)
    guard !rows.isEmpty else { throw CommandFailure.usage(.noStrategies(others)) }
    let report = BatchReport(rows, others: others, ranking: ranking, count: count)
    switch format {
    case .table: Console.write(report.lines(Console.output))
    case .json: Console.write(report.json)
    case .csv(let cells): Console.write(report.csv(cells))
    }
    if let junit { try JUnitReport.write(rows, to: junit) }
    if let memory, memory.damaged > 0 { Console.report([.damagedOutcomes(memory.damaged, in: memory.folder)]) }
    try finish(rows, params, report, keeper)
  }

  private func params() throws -> BatchParams {
    var params = BatchParams()
    if let paramFile {
      let file = try ScriptFiles.read(paramFile)
      do throws(Diagnostic) { try params.read(file.bytes, name: paramFile) } catch { throw CommandFailure.usage(error) }
    }
    for (name, text) in try scripting.assignments() { params.set(name, text) }
    return params
  }

  private func batch(
    _ scripts: [String], _ store: MarketStore, _ settings: RunSettings, _ params: BatchParams, _ memory: RunMemory?,
    _ keeper: RunKeeper?
  ) -> Batch {
    var batch = Batch(scripts, on: store, settings, params: params) { path in
      do throws(CommandFailure) { return .success(try ScriptFiles.read(path)) } catch {
        return .failure(error.diagnostics.first ?? .missingFile(path))
      }
    }
    batch.modulePaths = scripting.paths
    batch.keeping = RunKeeping(memory, runsAll: fresh, keeper)
    return batch
  }

  private func rows(_ batch: Batch, _ pool: WorkerPool, _ keeper: RunKeeper?) -> [BatchRow] {
    let bar = ExperimentBar()
    defer { bar.end() }
    Interruption.listen()
    return batch.run(
      pool, isStopped: { Interruption.isRequested || keeper?.hasFailed ?? false }, progress: { bar.show($0) })
  }

  private func finish(
    _ rows: [BatchRow], _ params: BatchParams, _ report: BatchReport, _ keeper: RunKeeper?
  ) throws {
    report.notes.forEach { Console.note($0) }
    let left = rows.count { $0.status == .notRun }
    if left > 0 { Console.report([.stopped(left, of: rows.count, goesOn: data.outcomes != nil)]) }
    try keeper?.finish()
    let used = Set(rows.flatMap(\.usedParams))
    let unused = params.general.filter { !used.contains($0.name) }
    // Scripts that could not be read may have the param.
    if left == 0, !unused.isEmpty, rows.allSatisfy({ $0.strategyID != nil }) {
      throw CommandFailure(.usage, unused.map { .unusedParam($0.name, at: $0.location) })
    }
    if rows.contains(where: { $0.status != .ok }) { throw CommandEnd(status: .failed) }
  }
}

extension DataOptions {
  /// Where outcomes of runs are kept: in the user's cache folder; `nil` if there is none, or it is not wanted.
  var outcomes: RunMemory? {
    noCache ? nil : CacheFolder.ofUser.map { RunMemory(folder: $0.path + "/outcomes") }
  }
}
