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

/// `strat signals`: the target weights that a script gives at one date.
struct SignalsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signals", abstract: "Print the target weights of a script at one date.",
    discussion: """
      EXAMPLE:
        strat signals Scripts/sma_cross.strat --as-of 2015-06-30 --format json

      On a day that is no session, what was known on that day counts, and the prices before it. The portfolio is in \
      cash and `state` has its initial values.
      """)

  @Argument(help: ArgumentHelp("The script.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("The day whose knowledge counts.", valueName: "date"))
  var asOf: String

  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Script") var scripting: ScriptOptions
  @OptionGroup(title: "Configuration") var configuration: ConfigOptions
  @OptionGroup(title: "Output") var output: FormatOptions
  @OptionGroup(title: "Results") var saving: SaveOptions

  func run() throws {
    let format = try output.format()
    let results = try saving.store()
    guard let day = Day(iso: asOf) else { throw CommandFailure.usage(.badDateOption("--as-of", asOf)) }
    try LargeStack.run {
      let script = try scripting.load(file)
      let params = try scripting.values(script)
      let store = try data.store()
      let config = try configuration.config(script, store)
      let signal = try signal(script, params, store, config, on: day)
      switch format {
      case .json: Console.write(SignalDocument.json(signal, asOf: day))
      case .csv: Console.write(SignalDocument.csv(signal, asOf: day))
      case .table: Console.write(SignalDocument.lines(signal, asOf: day, Console.output))
      }
      guard let results else { return }
      let identity = RunFingerprint(
        strategyID: script.strategyID, config: config, scriptHash: script.hash, modules: script.modules,
        params: params.resolved(script), dataFingerprint: store.fingerprint, engineVersion: Version.text)
      do throws(DatabaseError) {
        results.note(try results.save(signal, asOf: day, identity), "signal")
      } catch { throw CommandFailure(error) }
    }
  }

  private func signal(
    _ script: Script, _ params: ParamValues, _ store: MarketStore, _ config: BacktestConfig, on day: Day
  ) throws -> Signal {
    let limits = try scripting.evaluationLimits()
    do {
      var strategy = try ScriptStrategy(script, store: store, config: config, params: params, limits: limits)
      strategy.explainsWarmUp = true
      let printer = strategy
      defer { printer.takePrinted().forEach { Console.note($0) } }
      let view = store.view(on: day, calendar: store.calendar(config.calendar))
      let signal = try strategy.generateSignals(asOf: day, view: view, portfolio: .cash(config.initialCapital))
      signal.notes.forEach { Console.note("note: \($0)") }
      return signal
    } catch let problem as Diagnostic {
      throw scripting.failure(problem)
    }
  }
}
