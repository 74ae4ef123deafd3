import Backtest
import Diagnostics
import Interpreter
import LanguageService
import MarketData
import MarketModel
import Reporting
import Scripting

extension MetaCommand {
  /// Commands that run the session as a strategy.
  static let strategy: [MetaCommand] = [
    MetaCommand(
      "run", "[--KEY VALUE …]", "Run the session's `signals` over the data and show what came of it.",
      details: [
        "Takes the flags of `strat run`, such as `--start 2010-01-01` or `--costs 10`; they count for this run only, "
          + "`:set` for all that follow. The session itself is left as it is, but that `run` stands for the result: "
          + "`run.equity`, `run.returns` and `run.drawdown` are series, `run.weights` holds the weights by date, "
          + "`run.fills` and `run.round_trips` are lists, and each metric has its name, such as `run.sharpe_ratio`. A "
          + "name `run` of your own is left alone."
      ],
      example: ":run --start 2010-01-01", takes: .setting, takesSettings: true
    ) { (bench, arguments) throws(PromptProblem) in
      try arguments.none()
      try bench.showRun(arguments.settings)
    },
    MetaCommand(
      "signals", "", "Show the target weights that `signals` gives on the current date.",
      details: [
        "A script that keeps `state` or reads the portfolio is run from its `start` up to the current date first."
      ], example: ":signals"
    ) { (bench, arguments) throws(PromptProblem) in
      try arguments.none()
      try bench.showSignals()
    },
    MetaCommand(
      "params", "[NAME=VALUE …]", "Show the params, or set some.",
      details: ["What is computed from a param is computed anew where it is a function; what a `let` holds stays."],
      example: ":params lookback=126", takes: .param
    ) { (bench, arguments) throws(PromptProblem) in
      for word in arguments.words {
        let (name, value) = try bench.assignment(word, arguments)
        do throws(PromptFailure) { try bench.session.set(param: name, value) } catch { throw PromptProblem(error) }
      }
      bench.showParams()
    },
    MetaCommand(
      "state", "[reset]", "Show the state variables, or put them back to their initial values.",
      example: ":state reset",
      takes: .words(["reset"])
    ) { (bench, arguments) throws(PromptProblem) in
      if arguments.text == "reset" {
        do throws(PromptFailure) { try bench.session.prompt.resetState() } catch { throw PromptProblem(error) }
      } else {
        try arguments.none()
      }
      bench.showState()
    },
    MetaCommand(
      "set", "[KEY=VALUE …]", "Show what runs are configured with, or set some keys.",
      details: ["The keys are those of the strategy block; `:doc KEY` says what one means."],
      example: ":set rebalance=weekly costs=10", takes: .setting
    ) { (bench, arguments) throws(PromptProblem) in
      for word in arguments.words {
        let (name, value) = try bench.assignment(word, arguments)
        do throws(Diagnostic) { try bench.session.set(name, value) } catch { throw .usage(error) }
        bench.report(ConfigKey.doubts(flags: [(name, value)], from: .setting))
      }
      try bench.showSettings()
    },
  ]
}

extension Workbench {
  /// `name=value`.
  func assignment(_ word: String, _ arguments: MetaArguments) throws(PromptProblem) -> (String, String) {
    guard let sign = word.firstIndex(of: "="), sign != word.startIndex else {
      throw .usage(.metaUsage(arguments.command.heading))
    }
    return (String(word[..<sign]), String(word[word.index(after: sign)...]))
  }

  /// The session as a script.
  func script() throws(PromptProblem) -> Script {
    do throws(Script.Problems) { return try session.strategy() } catch {
      throw PromptProblem(.input, error.diagnostics)
    }
  }

  /// The configuration of a run: the session's, and flags by their names.
  func config(_ flags: [(name: String, value: String)]) throws(PromptProblem) -> BacktestConfig {
    var settings: [StrategyBlock.Given] = []
    for (name, value) in flags {
      guard let key = ConfigKey.all.first(where: { $0.flags.contains(name) || $0.names.contains(name) }) else {
        let close = Suggestions.close(to: name, among: ConfigKey.all.flatMap(\.flags))
        throw .usage(.unknownMetaFlag(name, "run", similar: close))
      }
      settings.append((key.name, value))
    }
    report(ConfigKey.doubts(flags: settings))
    do throws(Diagnostic) { return try session.config(settings) } catch { throw .usage(error) }
  }

  func strategy(_ script: Script, _ config: BacktestConfig) throws(PromptProblem) -> ScriptStrategy {
    do throws(Diagnostic) {
      return try ScriptStrategy(
        script, store: session.store, config: config, params: session.paramValues, limits: options.limits,
        cancellation: options.cancellation)
    } catch { throw .input(error) }
  }

  fileprivate func showRun(_ flags: [(name: String, value: String)]) throws(PromptProblem) {
    let script = try script()
    let config = try config(flags)
    options.cancellation.clear()
    let result: BacktestResult
    let strategy = try strategy(script, config)
    do throws(BacktestFailure) { result = try backtest(strategy, config) } catch {
      var diagnostic = error.described
      if !error.partial.days.isEmpty {
        diagnostic.notes.append(Note(keep(error.partial, "what the run gave until then")))
      }
      throw .input(diagnostic)
    }
    let identity = RunFingerprint(
      strategyID: script.strategyID, config: config, scriptHash: script.hash, modules: script.modules,
      params: session.paramValues.resolved(script), dataFingerprint: session.store.fingerprint,
      engineVersion: options.version)
    let command = ":run" + flags.map { " --\($0.name) \($0.value)" }.joined()
    output.show(RunReport(result, identity: identity, command: command).lines(output.terminal))
    output.say(keep(result, "the result"))
  }

  /// Makes a result a value of the session; gives what there is to say of it.
  private func keep(_ result: BacktestResult, _ what: String) -> String {
    let name = MarketSession.runName
    do throws(PromptFailure) {
      guard try session.keep(result) else {
        return "`\(name)` is a name of yours and stays, so \(what) has no name"
      }
      return "`\(name)` is \(what): `\(name).equity`, `\(name).weights`, `\(name).sharpe_ratio` and others"
    } catch {
      return "\(what) cannot be kept: \(error.diagnostics.first?.message ?? "it is too large")"
    }
  }

  /// Runs a script; what it prints is shown on the way.
  func backtest(
    _ strategy: ScriptStrategy, _ config: BacktestConfig
  ) throws(BacktestFailure) -> BacktestResult {
    var strategy = strategy
    let printer = strategy
    defer { output.show(printer.takePrinted()) }
    let cancellation = options.cancellation
    return try BacktestEngine(store: session.store, config: config).run(&strategy) { _, _ in
      output.show(printer.takePrinted())
      return !cancellation.isRequested
    }
  }

  fileprivate func showSignals() throws(PromptProblem) {
    let script = try script()
    let config = try config([])
    var strategy = try strategy(script, config)
    let printer = strategy
    options.cancellation.clear()
    defer { output.show(printer.takePrinted()) }
    let (day, cancellation) = (session.asOf, options.cancellation)
    do throws(BacktestFailure) {
      let answer = try BacktestEngine(store: session.store, config: config).answer(of: &strategy, on: day) { _, _ in
        // What was printed on the way to the date is not of this date.
        _ = printer.takePrinted()
        return !cancellation.isRequested
      }
      tell(notes: answer.signal.notes)
      output.show(SignalDocument.lines(answer, asOf: day, output.terminal))
    } catch { throw .input(error.described) }
  }

  fileprivate func showParams() {
    let params = session.prompt.params
    if params.isEmpty { return output.tell(["no params"]) }
    var table = TextTable([.init("param"), .init("value"), .init("default"), .init("takes", shrinks: true)])
    for one in params { table.add([one.name, constantText(one.value), one.initial, one.domain]) }
    output.show(table.lines(output.terminal))
  }

  fileprivate func showState() {
    let states = session.prompt.states
    if states.isEmpty { return output.tell(["no state"]) }
    var table = TextTable([.init("state"), .init("value", shrinks: true)])
    for (name, value) in states { table.add([name, constantText(value)]) }
    output.show(table.lines(output.terminal))
  }

  fileprivate func showSettings() throws(PromptProblem) {
    let config = try config([])
    var table = TextTable([.init("key"), .init("value"), .init("", shrinks: true)])
    for key in ConfigKey.all {
      let isSet = session.settings.contains { ConfigKey.named($0.key)?.name == key.name }
      table.add([key.name, ParamText.text(key.write(config)), isSet ? "set here" : ""])
    }
    output.show(table.lines(output.terminal))
  }

  private func constantText(_ value: Constant) -> String {
    (try? ValueText.text(value.value(session.prompt.machine.evaluation), session.prompt.machine.evaluation)) ?? "?"
  }
}
