public import Backtest
public import Diagnostics
public import Interpreter
public import MarketData
public import Scripting

/// What came of one trial of a sweep.
public struct SweepTrial: Sendable {
  /// The values of the params that the sweep sets.
  public let params: ParamValues
  /// What came of the run; `nil` if it failed or was not made.
  public var summary: RunSummary?
  /// Why it failed.
  public var problem: Problem?

  /// How it ended.
  public var status: BatchRow.Status { summary != nil ? .ok : problem != nil ? .failed : .notRun }
}

/// Runs one script with many values of its params on one data set that is loaded once.
///
/// A trial gives the bits of the same run alone: workers share nothing but what is immutable. Trials are in the order of
/// the plan whatever the number of workers.
public struct Sweep: Sendable {
  /// The script.
  public let script: Script
  /// The data.
  public let store: MarketStore
  /// The configuration of all trials.
  public let config: BacktestConfig
  /// The trials.
  public let plan: SweepPlan
  /// Keeps the whole result of a trial elsewhere; called from any worker.
  public var save: (@Sendable (BacktestResult, RunFingerprint) -> Void)?
  private let settings: RunSettings

  /// Plans a sweep on the present thread, which must have a large stack.
  ///
  /// - Parameter axes: makes the axes that are given beside the domains of the script's params.
  public init(
    _ script: Script, on store: MarketStore, _ settings: RunSettings, _ choice: SweepPlan.Choice,
    axes: ([ParamDomain]) throws(Diagnostic) -> [SweepAxis]
  ) throws(Diagnostic) {
    let run = try ScriptRun(script, ParamValues(), on: store, settings)
    var strategy = try run.strategy()
    let domains = try strategy.paramDomains()
    self.script = script
    self.store = store
    self.settings = settings
    config = run.config
    plan = try SweepPlan(try SweepPlan.axes(try axes(domains), domains), choice, &strategy)
  }

  /// The run of a trial.
  public func run(_ params: ParamValues) -> ScriptRun {
    ScriptRun(script, params, on: store, config: config, settings)
  }

  /// Makes the trials.
  ///
  /// - Parameters:
  ///   - isStopped: once true, no further trial is begun; those under way are finished.
  ///   - progress: called when a trial begins and when it ends, by one worker at a time.
  public func trials(
    _ pool: WorkerPool, isStopped: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (ExperimentProgress) -> Void = { _ in }
  ) -> [SweepTrial] {
    let state = ProgressBoard(plan.trials.count, progress)
    let made = pool.run(
      plan.trials.count, isStopped: isStopped, makeWorker: { nil as ScriptStrategy? }
    ) { strategy, number in
      state.begin()
      let trial = self.trial(number, &strategy)
      state.end(isFailed: trial.status == .failed)
      return trial
    }
    return zip(plan.trials, made).map { $1 ?? SweepTrial(params: $0) }
  }

  private func trial(_ number: Int, _ kept: inout ScriptStrategy?) -> SweepTrial {
    var trial = SweepTrial(params: plan.trials[number])
    let run = self.run(trial.params)
    do throws(Diagnostic) {
      // A worker's strategy is made as new for each trial, which costs less than another one.
      var strategy: ScriptStrategy
      if var again = kept {
        try again.restart(params: trial.params)
        strategy = again
      } else {
        strategy = try run.strategy()
      }
      defer { kept = strategy }
      let result = try run.result(&strategy)
      save?(result, run.identity)
      trial.summary = RunSummary(result)
    } catch { trial.problem = Problem(error) }
    return trial
  }
}
