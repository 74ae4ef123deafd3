public import Backtest
public import Diagnostics
public import Interpreter
public import MarketData
public import MarketModel
import Syntax

/// A session at a prompt on a data set: names and values that live on, seen as of a day that may be moved.
///
/// Every input is evaluated under the knowledge of `asOf`. What a name holds is what was known when it was bound; moving
/// the day changes no value.
public final class MarketSession {
  /// The names and values.
  public let prompt: PromptSession
  /// The data.
  public private(set) var store: MarketStore
  /// The day whose knowledge counts.
  public var asOf: Day
  /// What `:run` is configured with beside the strategy block, by name of the key.
  public private(set) var settings: [StrategyBlock.Given] = []
  let host: MarketHost
  let folder: String
  let paths: [String]
  private let limits: Limits
  /// The file that was loaded into the empty session, as long as nothing else was declared.
  private(set) var script: SourceFile?
  /// The name `run` holds the result of the latest run, and not something of the user's.
  var ownsRun = false

  /// A session on a data set, on the last session of its market, as a run ends by default.
  ///
  /// - Parameters:
  ///   - folder: where modules are looked for first.
  ///   - paths: further folders for modules.
  public init(
    store: MarketStore, folder: String = ".", paths: [String] = [], limits: Limits = Limits(),
    cancellation: Cancellation = Cancellation()
  ) {
    self.store = store
    self.folder = folder
    self.paths = paths
    self.limits = limits
    host = MarketHost(store: store, calendar: store.calendar)
    asOf = store.lastMarketSession(store.calendar) ?? host.view.asOf
    prompt = PromptSession(
      library: ScriptLibrary.builtins,
      source: ScriptLoader(scriptPath: Paths.join(folder, "session.strat"), paths: paths),
      rules: CheckingRules(strategyEntry: StrategyBlock.Entry.problem, limits: limits), limits: limits, host: host,
      cancellation: cancellation)
  }

  /// The sessions that `:next` and `bd` count.
  public var calendar: TradingCalendar { host.calendar }

  /// The data as known at `asOf`, or at another day.
  public func view(on day: Day? = nil) -> MarketView { store.view(on: day ?? asOf, calendar: host.calendar) }

  // MARK: Inputs

  /// Takes what was typed.
  public func enter(_ text: String) throws(PromptFailure) -> PromptOutcome {
    host.open(asOf)
    let outcome = try prompt.enter(text, asOf: asOf)
    if outcome.events.contains(where: { $0.isDeclaration }) {
      script = nil
      if outcome.events.contains(where: { $0.declares(Self.runName) }) { ownsRun = false }
      adopt()
    }
    return outcome
  }

  /// Takes all that a script declares. It must be right as a script; its tests are not run.
  public func load(_ file: SourceFile) throws(PromptFailure) -> PromptOutcome {
    let isFirst = prompt.entries.isEmpty
    do throws(Script.Problems) {
      _ = try Script.load(file, paths: paths, limits: limits)
    } catch { throw PromptFailure(error.diagnostics) }
    host.open(asOf)
    let outcome = try prompt.load(file, asOf: asOf)
    script = isFirst ? file : nil
    if outcome.events.contains(where: { $0.declares(Self.runName) }) { ownsRun = false }
    adopt()
    return outcome
  }

  /// The value of an expression on a day; nothing changes, and no result is numbered.
  ///
  /// - Returns: the value, valid until the next input; `nil` if the text is no single expression.
  public func evaluate(_ text: String, on day: Day? = nil) throws(PromptFailure) -> Value? {
    host.open(day ?? asOf)
    defer { host.open(asOf) }
    return try prompt.evaluate(text, asOf: day ?? asOf)
  }

  /// Evaluates an expression on a day and says what its operands gave; nothing changes.
  ///
  /// - Returns: `nil` if the text is no single expression.
  public func trace(
    _ text: String, on day: Day? = nil, _ detail: Tracer.Detail
  ) throws(PromptFailure) -> PromptTrace? {
    host.open(day ?? asOf)
    defer { host.open(asOf) }
    return try prompt.trace(text, asOf: day ?? asOf, detail)
  }

  /// The latest observations of what an evaluation has looked at, newest first.
  public func observations(of read: DataRead, atMost most: Int) -> [ReadObservation] {
    host.observations(of: read, atMost: most)
  }

  /// Takes the strategy block's universe and calendar over.
  private func adopt() {
    let block = self.block
    host.universe = block?.universe
    let rule = (try? config())?.calendar
    host.use(calendar: rule.flatMap { store.calendar($0) } ?? store.calendar)
  }

  private var block: StrategyBlock? { prompt.unit.map { StrategyBlock.read($0).block } }

  // MARK: Data

  /// Goes on with another data set. Values stay as they are.
  public func use(store: MarketStore) {
    self.store = store
    prompt.forgetOrigins()
    host.use(store: store)
    adopt()
    if let last = calendar.last, asOf > last { asOf = last }
  }

  /// Shows the session a portfolio instead of one in cash.
  public func use(portfolio: PortfolioView) { host.portfolio = portfolio }

  // MARK: Strategy

  /// Sets a key of the configuration that `:run` uses.
  public func set(_ key: String, _ text: String) throws(Diagnostic) {
    var draft = ConfigDraft()
    try draft.set(flag: key, text, from: .setting)
    settings.removeAll { $0.key == key }
    settings.append((key, text))
    adopt()
  }

  /// The configuration of a run: the strategy block, then what was set, then the flags of the run.
  public func config(_ flags: [StrategyBlock.Given] = []) throws(Diagnostic) -> BacktestConfig {
    do throws(StrategyBlock.Refusal) {
      return try (block ?? StrategyBlock()).config(settings: settings, flags: flags, on: store)
    } catch { throw error.diagnostic }
  }

  /// The session as a script that can be run: the file that was loaded, or what was declared since.
  public func strategy() throws(Script.Problems) -> Script {
    let file = script ?? SourceFile(name: Paths.join(folder, "session.strat"), text: declaredText)
    return try Script.load(file, paths: paths, requiresSignals: true, limits: limits)
  }

  /// The params as they are set, for a run of the script.
  public var paramValues: ParamValues {
    var values = ParamValues()
    for (name, value) in prompt.givenParams { values.set(name, value) }
    return values
  }

  /// Sets a param, given as text of the type of its default.
  public func set(param name: String, _ text: String) throws(PromptFailure) {
    let known = prompt.params
    guard let param = known.first(where: { $0.name == name })?.param else {
      let close = Suggestions.close(to: name, among: known.map(\.name))
      throw PromptFailure([.unknownParam(name, suggestions: close)])
    }
    let domain = param.domain.named(name)
    guard let value = domain.value(text) else { throw PromptFailure([.badParamText(text, of: domain)]) }
    host.open(asOf)
    try prompt.set(param: name, to: value)
  }
}

extension PromptOutcome.Event {
  /// Whether something of the session's module changed.
  fileprivate var isDeclaration: Bool {
    switch self {
    case .declared, .bound: true
    case .result, .passed: false
    }
  }

  /// Whether a name got a meaning.
  fileprivate func declares(_ name: String) -> Bool {
    switch self {
    case .declared(let kind, let declared): kind != .test && kind != .strategy && declared == name
    case .bound(let names): names.contains(name)
    case .result, .passed: false
    }
  }
}
