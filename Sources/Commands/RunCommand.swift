import ArgumentParser
import Backtest
import Databases
import Diagnostics
import Interpreter
import MarketData
import MarketModel
import Persistence
import Reporting
import Scripting

/// `strat run`: a script from the first session to the last, and what came of it.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a script on a data set and print what came of it.",
    discussion: """
      EXAMPLE:
        strat run Scripts/sma_cross.strat --data data/us --start 2006-01-03 --costs 10 --param fast=20

      Flags override the script's strategy block. --format json prints everything about the run, --format csv its \
      equity curve. --save keeps the run; `strat results` lists what was kept. A run that fails prints what it had \
      until then, says why, and ends with status 1.
      """)

  @Argument(help: ArgumentHelp("The script.", valueName: "file"))
  var file: String

  @Flag(help: "Print a few lines instead of a screen.")
  var brief = false

  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Script") var scripting: ScriptOptions
  @OptionGroup(title: "Configuration") var configuration: ConfigOptions
  @OptionGroup(title: "Output") var output: FormatOptions
  @OptionGroup(title: "Results") var saving: SaveOptions

  func run() throws {
    let format = try output.format()
    if brief, format != .table { throw CommandFailure.usage(.briefDocument(format.name)) }
    // Opened first: what cannot be kept is said before anything runs.
    let results = try saving.store()
    try LargeStack.run {
      let script = try scripting.load(file)
      let params = try scripting.values(script)
      let limits = try scripting.evaluationLimits()
      let store = try data.store()
      let config = try configuration.config(script, store)
      Console.report(script.doubts(on: store, from: config.start))
      let outcome = try backtest(script, params, limits, store, config)
      let identity = RunFingerprint(
        strategyID: script.strategyID, config: config, scriptHash: script.hash, modules: script.modules,
        params: params.resolved(script), dataFingerprint: store.fingerprint, engineVersion: Version.text)
      switch outcome {
      case .success(let result):
        show(result, identity, format)
        if let results { try save(result, identity, to: results) }
      case .failure(let failure):
        // A person is spared a screen on which nothing has happened.
        if format != .table || !failure.partial.decisions.isEmpty { show(failure.partial, identity, format) }
        let problem = failure.described
        // What was tried and came to nothing was tried all the same.
        do throws(DatabaseError) { _ = try results?.count([Trial(failed: identity, origin: .run)]) } catch {
          throw CommandFailure(.failed, [problem, error.diagnostic])
        }
        throw CommandFailure(.failed, [problem])
      }
    }
  }

  private func save(
    _ result: BacktestResult, _ identity: RunFingerprint, to results: RunStore
  ) throws(CommandFailure) {
    do throws(DatabaseError) {
      results.note(try results.save(result, identity), "run")
    } catch { throw CommandFailure(error) }
  }

  private func backtest(
    _ script: Script, _ params: ParamValues, _ limits: Limits, _ store: MarketStore, _ config: BacktestConfig
  ) throws(CommandFailure) -> Result<BacktestResult, BacktestFailure> {
    Interruption.listen()
    var strategy: ScriptStrategy
    do throws(Diagnostic) {
      strategy = try ScriptStrategy(
        script, store: store, config: config, params: params, limits: limits, cancellation: Interruption.cancellation)
    } catch { throw scripting.failure(error) }
    strategy.watchBranches()
    // A copy shares the evaluation, so it can be asked for what was printed while the other one runs.
    let printer = strategy
    var bar = ProgressBar()
    defer {
      bar.end()
      Console.say(printer.takePrinted())
    }
    do throws(BacktestFailure) {
      let result = try BacktestEngine(store: store, config: config).run(&strategy) { done, count in
        Console.say(printer.takePrinted())
        bar.show(done, of: count)
        return !Interruption.isRequested
      }
      bar.end()
      Console.report(strategy.neverTaken)
      return .success(result)
    } catch {
      if Interruption.isRequested { throw CommandFailure(.failed, [.interrupted()]) }
      return .failure(error)
    }
  }

  private func show(_ result: BacktestResult, _ identity: RunFingerprint, _ format: OutputFormat) {
    switch format {
    case .json: Console.write(RunDocument.json(result, identity: identity))
    case .csv: Console.write(RunTables.equityCSV(result))
    case .table:
      // A password in the address of a database is not repeated.
      let command =
        "strat "
        + CommandLine.arguments.dropFirst().map { Shell.quoted(DatabaseLocation.shown($0)) }
        .joined(separator: " ")
      let report = RunReport(result, identity: identity, command: command)
      Console.write(brief ? report.briefLines(Console.output) : report.lines(Console.output))
      return
    }
    for warning in result.warnings { Console.note("\(warning.code): \(warning.message)") }
  }
}

extension DiagnosticRecord {
  static let briefDocument = DiagnosticRecord(
    "E0950", "brief document", explanation: "`--brief` shortens the screen for people; JSON and CSV are always whole.",
    bad: "strat run a.strat --brief --format json", good: "strat run a.strat --brief")
}

extension Diagnostic {
  static func briefDocument(_ format: String) -> Diagnostic {
    Diagnostic(
      .briefDocument, "`--brief` shortens the screen, and `--format \(format)` prints none",
      notes: [Note("leave one of the two out")])
  }
}

/// Texts as a shell reads them.
enum Shell {
  /// The text, in quotes where it needs them.
  static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || "_-./=,:+@%".utf8.contains(byte)
      }
    return isPlain
      ? text : "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
