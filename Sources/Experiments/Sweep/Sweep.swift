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
  /// Whether nothing was run, because the same run's outcome was kept from an earlier time.
  public var isKept = false

  /// How it ended.
  public var status: BatchRow.Status { summary != nil ? .ok : problem != nil ? .failed : .notRun }
}

/// Runs one script with many values of its params on one data set that is loaded once.
///
/// A trial gives the bits of the same run alone: workers share nothing but what is immutable. Trials are in the order of
/// the plan whatever the number of workers. Outcomes are kept as soon as they are there, under the keys of the runs, so a
/// sweep that is killed goes on where it stopped, and gives what it would have given.
public struct Sweep: Sendable {
  /// The script.
  public let script: Script
  /// The data.
  public let store: MarketStore
  /// The configuration of all trials.
  public let config: BacktestConfig
  /// The trials.
  public let plan: SweepPlan
  /// What becomes of the trials.
  public var keeping = RunKeeping()
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
    let domains = strategy.paramDomains
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
    // Computed once, not by whichever worker comes first while the others wait.
    if !keeping.isIdle { _ = store.fingerprint }
    let state = ProgressBoard(plan.trials.count, progress)
    let made = pool.run(
      plan.trials.count, isStopped: isStopped, makeWorker: { nil as ScriptStrategy? }
    ) { strategy, number in
      state.begin()
      let trial = self.trial(number, &strategy)
      state.end(isFailed: trial.status == .failed, isKept: trial.isKept)
      return trial
    }
    return zip(plan.trials, made).map { $1 ?? SweepTrial(params: $0) }
  }

  private func trial(_ number: Int, _ strategy: inout ScriptStrategy?) -> SweepTrial {
    var trial = SweepTrial(params: plan.trials[number])
    let run = self.run(trial.params)
    let (outcome, isKept) = keeping.outcome(run.identity, script: script.path, settings.limits) {
      () throws(Diagnostic) in try result(run, &strategy)
    }
    trial.isKept = isKept
    switch outcome {
    case .done(let summary): trial.summary = summary
    case .failed(let problem): trial.problem = problem
    }
    return trial
  }

  /// The result of a run; a worker's strategy is made as new for each trial, which costs less than another one.
  private func result(_ run: ScriptRun, _ kept: inout ScriptStrategy?) throws(Diagnostic) -> BacktestResult {
    var strategy: ScriptStrategy
    if var again = kept {
      try again.restart(params: run.params)
      strategy = again
    } else {
      strategy = try run.strategy()
    }
    defer { kept = strategy }
    return try run.result(&strategy)
  }
}
