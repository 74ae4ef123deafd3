public import Analytics
public import Backtest
public import Diagnostics
public import Interpreter
public import MarketData
public import Scripting

/// What all runs of a batch or a sweep on one data set have in common.
public struct RunSettings: Sendable {
  /// Configuration keys that override a script's strategy block, in the order given.
  public var flags: [(key: String, text: String)]
  /// What an evaluation may use.
  public var limits: Limits
  /// The version of the engine, for the identity of a run.
  public var engineVersion: String
  /// Where all runs share what they compute from the data's columns.
  let columns = ColumnCache()

  /// Settings.
  public init(flags: [(key: String, text: String)] = [], limits: Limits = Limits(), engineVersion: String) {
    self.flags = flags
    self.limits = limits
    self.engineVersion = engineVersion
  }

  /// The configuration of a script on a data set: its block, then the flags, checked against the data.
  public func config(_ script: Script, _ store: MarketStore) throws(Diagnostic) -> BacktestConfig {
    do throws(StrategyBlock.Refusal) { return try script.block.config(flags: flags, on: store) } catch {
      throw error.diagnostic
    }
  }
}

/// A script with the values of its params, its configuration and the data it runs on: a run that could begin.
public struct ScriptRun: Sendable {
  /// The script.
  public let script: Script
  /// The values given to its params.
  public let params: ParamValues
  /// The data.
  public let store: MarketStore
  /// The configuration.
  public let config: BacktestConfig
  /// What all runs have in common.
  public let settings: RunSettings

  /// Gets a run ready; a configuration that the data cannot meet is a diagnostic.
  public init(
    _ script: Script, _ params: ParamValues, on store: MarketStore, _ settings: RunSettings
  ) throws(Diagnostic) {
    self.init(script, params, on: store, config: try settings.config(script, store), settings)
  }

  init(
    _ script: Script, _ params: ParamValues, on store: MarketStore, config: BacktestConfig, _ settings: RunSettings
  ) {
    self.script = script
    self.params = params
    self.store = store
    self.config = config
    self.settings = settings
  }

  /// What makes the run the run it is.
  public var identity: RunFingerprint {
    RunFingerprint(
      strategyID: script.strategyID, config: config, scriptHash: script.hash, modules: script.modules,
      params: params.resolved(script), dataFingerprint: store.fingerprint, engineVersion: settings.engineVersion)
  }

  /// A strategy that runs it.
  func strategy() throws(Diagnostic) -> ScriptStrategy {
    try ScriptStrategy(
      script, store: store, config: config, params: params, limits: settings.limits, columns: settings.columns)
  }

  /// Runs it on the present thread, which must have a large stack.
  public func result() throws(Diagnostic) -> BacktestResult {
    var strategy = try strategy()
    return try result(&strategy)
  }

  func result(_ strategy: inout ScriptStrategy) throws(Diagnostic) -> BacktestResult {
    do throws(BacktestFailure) { return try BacktestEngine(store: store, config: config).run(&strategy) } catch {
      throw error.described
    }
  }
}

/// What came of a run, as far as tables of many runs show it.
public struct RunSummary: Sendable {
  /// The metrics' names and values, in the catalogue's order.
  public var metrics: [(id: String, value: Metric.Value)]
  /// What the run wanted known.
  public var warnings: [Warning]

  /// A warning of a run, counted.
  public struct Warning: Equatable, Sendable {
    /// Its code.
    public let code: String
    /// In words, for its first occurrence.
    public let message: String
    /// How often it occurred.
    public let count: Int
  }

  /// What came of a run.
  public init(_ result: BacktestResult) {
    metrics = result.metrics.map { ($0.metric.id, $0.value) }
    warnings = result.warnings.map { Warning(code: $0.code, message: $0.message, count: $0.count) }
  }

  init(metrics: [(id: String, value: Metric.Value)], warnings: [Warning]) {
    self.metrics = metrics
    self.warnings = warnings
  }

  /// The value of a metric; absent where the run has none.
  public func metric(_ id: String) -> Metric.Value { metrics.first { $0.id == id }?.value ?? .absent }
}
