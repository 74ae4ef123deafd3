import ArgumentParser
import Backtest
import Diagnostics
import Experiments
import Interpreter
import MarketData
import Persistence
import Reporting
import Scripting

/// `strat sweep`: one script with many values of its params.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep", abstract: "Run a script with many values of its params and compare what came of them.",
    discussion: """
      EXAMPLE:
        strat sweep Scripts/sma_cross.strat
        strat sweep Scripts/sma_cross.strat --param fast=5..50:5 --param slow=100,150,200
        strat sweep Scripts/momentum_12_1.strat --random 200 --seed 7 --format csv
        strat sweep Scripts/sma_cross.strat --save --db sqlite:results.db

      Params vary over the domains that the script gives them (`in lo..hi step s`, `in [a, b]`); --param gives others, \
      or fixes one. Combinations that do not meet the script's `where` conditions are left out and counted. A trial is \
      bit for bit the run with the same params alone. --format json and csv hold all trials, and --save keeps all \
      of them, and the number of trials made on the strategy, the failed included: the best of many is easily found by \
      chance. Outcomes are kept as those of `strat batch` are: a sweep that was stopped, by Ctrl-C or by a crash, goes on \
      where it was.
      """)

  @Argument(help: ArgumentHelp("The script.", valueName: "file"))
  var file: String

  @Flag(name: .customLong("grid"), help: "Try all combinations; so it is without --random, too.")
  var isGrid = false

  @Option(help: ArgumentHelp("Try so many combinations, drawn at random by --seed.", valueName: "count"))
  var random: String?

  @Flag(help: "Run all trials, whatever outcomes are kept from before.")
  var fresh = false

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
    let count = try experiment.rows(default: 20)
    let choice = try choice()
    let keeper = try saving.store().map { RunKeeper($0, .sweep) }
    var sweep = try LargeStack.run { try plan(choice) }
    let memory = data.outcomes
    sweep.keeping = RunKeeping(memory, runsAll: fresh, keeper)
    let bar = ExperimentBar()
    Interruption.listen()
    let trials = sweep.trials(
      pool, isStopped: { Interruption.isRequested || keeper?.hasFailed ?? false }, progress: { bar.show($0) })
    bar.end()
    let report = SweepReport(sweep, trials, ranking: ranking, count: count)
    switch format {
    case .table: Console.write(report.lines(Console.output))
    case .json: Console.write(report.json)
    case .csv(let cells): Console.write(report.csv(cells))
    }
    report.notes.forEach { Console.note($0) }
    let left = trials.count { $0.status == .notRun }
    if left > 0 { Console.report([.stopped(left, of: trials.count, goesOn: memory != nil)]) }
    if let memory, memory.damaged > 0 { Console.report([.damagedOutcomes(memory.damaged, in: memory.folder)]) }
    try keeper?.finish(trialsOf: [sweep.script.strategyID])
    if trials.contains(where: { $0.status != .ok }) { throw CommandEnd(status: .failed) }
  }

  private func choice() throws(CommandFailure) -> SweepPlan.Choice {
    guard let random else { return .grid }
    if isGrid { throw .usage(.clashingChoices()) }
    guard let count = Int(random), (1...SweepPlan.mostTrials).contains(count) else {
      throw .usage(.badCount(random, option: "--random", most: SweepPlan.mostTrials))
    }
    let seed = try configuration.draft().seed.map { UInt64($0) } ?? 0
    return .random(count: count, seed: seed)
  }

  private func plan(_ choice: SweepPlan.Choice) throws -> Sweep {
    let script = try scripting.load(file)
    let store = try data.store()
    let settings = RunSettings(
      flags: try configuration.checked(), limits: try scripting.evaluationLimits(), engineVersion: Version.text)
    // What the configuration asks for is looked at as for a run, so it is said as there.
    _ = try configuration.resolved(script, store)
    let given = try scripting.assignments()
    do throws(Diagnostic) {
      return try Sweep(script, on: store, settings, choice) { domains throws(Diagnostic) in
        var axes: [SweepAxis] = []
        for (name, text) in given { axes.append(try SweepAxis(name, text, of: script, domains)) }
        return axes
      }
    } catch { throw error.code.hasPrefix("E09") ? CommandFailure.usage(error) : scripting.failure(error) }
  }
}

extension DiagnosticRecord {
  static let clashingChoices = DiagnosticRecord(
    "E0938", "a grid that is drawn at random",
    explanation: "`--grid` tries all combinations, `--random` some of them; one of the two can be asked for.",
    bad: "strat sweep a.strat --grid --random 100", good: "strat sweep a.strat --random 100")
}

extension Diagnostic {
  static func clashingChoices() -> Diagnostic {
    Diagnostic(.clashingChoices, "`--grid` and `--random` exclude each other", notes: [Note("leave one of them out")])
  }
}
