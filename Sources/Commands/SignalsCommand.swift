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
        strat signals Scripts/sma_cross.strat
        strat signals Scripts/sma_cross.strat --as-of 2015-06-30 --format json

      Without --as-of the day is the market's last session. On a day that is no session, what was known on that day \
      counts, and the prices before it. A script that keeps `state` or reads the portfolio is run from its `start` up \
      to the day first, as `strat run` with the same options runs it, and the answer is what it decides there. A weight \
      on a ticker whose last price is older than `max_stale` sessions is an error.
      """)

  @Argument(help: ArgumentHelp("The script.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("The day whose knowledge counts; else the market's last session.", valueName: "date"))
  var asOf: String?

  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Script") var scripting: ScriptOptions
  @OptionGroup(title: "Configuration") var configuration: ConfigOptions
  @OptionGroup(title: "Output") var output: FormatOptions
  @OptionGroup(title: "Results") var saving: SaveOptions

  func run() throws {
    let format = try output.format()
    let results = try saving.store()
    let wanted = try asOf.map { text in
      guard let day = Day(iso: text) else { throw CommandFailure.usage(.badDateOption("--as-of", text)) }
      return day
    }
    try LargeStack.run {
      let script = try scripting.load(file)
      let params = try scripting.values(script)
      let store = try data.store()
      let config = try configuration.config(script, store)
      let day = wanted ?? lastSession(store, config)
      let answer = try answer(script, params, store, config, on: day)
      switch format {
      case .json: Console.write(SignalDocument.json(answer, asOf: day))
      case .csv(let cells): Console.write(SignalDocument.csv(answer.signal, asOf: day, cells))
      case .table: Console.write(SignalDocument.lines(answer, asOf: day, Console.output))
      }
      guard let results else { return }
      let identity = RunFingerprint(
        strategyID: script.strategyID, config: config, scriptHash: script.hash, modules: script.modules,
        params: params.resolved(script), dataFingerprint: store.fingerprint, engineVersion: Version.text)
      do throws(DatabaseError) {
        results.note(try results.save(answer.signal, asOf: day, identity), "signal")
      } catch { throw CommandFailure(error) }
    }
  }

  /// The market's last session; where the data go on after it, that is said.
  private func lastSession(_ store: MarketStore, _ config: BacktestConfig) -> Day {
    // The configuration was resolved against these data, so there is a calendar, with a session.
    let calendar = store.calendar(config.calendar) ?? store.calendar
    let day = store.lastMarketSession(calendar) ?? config.end
    if let last = calendar.last, last > day {
      Console.note(
        "as of \(day), the market's last session; the data go on to \(last) for fewer than half of the tickers")
    }
    return day
  }

  private func answer(
    _ script: Script, _ params: ParamValues, _ store: MarketStore, _ config: BacktestConfig, on day: Day
  ) throws -> Answer {
    let limits = try scripting.evaluationLimits()
    Interruption.listen()
    var strategy: ScriptStrategy
    do throws(Diagnostic) {
      strategy = try ScriptStrategy(
        script, store: store, config: config, params: params, limits: limits, cancellation: Interruption.cancellation)
    } catch { throw scripting.failure(error) }
    strategy.explainsWarmUp = strategy.isPure
    let printer = strategy
    var bar = ProgressBar()
    defer {
      bar.end()
      Console.say(printer.takePrinted())
    }
    do throws(BacktestFailure) {
      let answer = try BacktestEngine(store: store, config: config).answer(of: &strategy, on: day) { done, count in
        // What was printed on the way to the day is not of this day.
        _ = printer.takePrinted()
        bar.show(done, of: count)
        return !Interruption.isRequested
      }
      answer.signal.notes.forEach { Console.note("note: \($0)") }
      return answer
    } catch {
      throw Interruption.isRequested ? CommandFailure(.failed, [.interrupted()]) : scripting.failure(error.described)
    }
  }
}
