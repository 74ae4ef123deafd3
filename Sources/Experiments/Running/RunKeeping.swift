public import Backtest
import Diagnostics
import Interpreter

/// What becomes of the runs of a batch or a sweep: outcomes are kept, so that the same run is not made twice, and whole
/// results are saved elsewhere, where that is wanted.
///
/// What cannot be saved is no fault of the script: whoever saves it remembers that, and may stop the experiment.
public struct RunKeeping: Sendable {
  /// Where outcomes are kept; `nil` to keep none.
  public var memory: RunMemory?
  /// Whether all runs are made, whatever is kept of earlier ones.
  public var runsAll = false
  /// Saves the whole result of a run; called from any worker.
  public var save: (@Sendable (BacktestResult, RunFingerprint) -> Void)?
  /// Hears of a run that failed, so that it can be counted; called from any worker.
  public var countFailure: (@Sendable (RunFingerprint) -> Void)?
  /// Whether the run of a key is saved already; one that succeeded and is not is made again.
  public var isSaved: (@Sendable (String) -> Bool)?

  /// Nothing is kept.
  public init() {}

  /// Whether nothing is kept and nobody asks, so that runs need no identity, which costs a hash of all data.
  var isIdle: Bool { memory == nil && save == nil && countFailure == nil && isSaved == nil }

  /// The outcome of a run of a script at a path, and whether it was known: else it is made, kept and saved.
  func outcome(
    _ identity: @autoclosure () -> RunFingerprint, script path: String, _ limits: Limits,
    make: () throws(Diagnostic) -> BacktestResult
  ) -> (outcome: RunMemory.Outcome, isKept: Bool) {
    if isIdle {
      do throws(Diagnostic) { return (.done(RunSummary(try make())), false) } catch {
        return (.failed(Problem(error)), false)
      }
    }
    let identity = identity()
    let key = RunMemory.Key(identity.runKey, limits)
    if !runsAll, let known = memory?.outcome(key, script: path),
      known.isFailure || (isSaved?(identity.runKey) ?? true)
    {
      if known.isFailure { countFailure?(identity) }
      return (known, true)
    }
    let outcome: RunMemory.Outcome
    do throws(Diagnostic) {
      let result = try make()
      save?(result, identity)
      outcome = .done(RunSummary(result))
    } catch {
      countFailure?(identity)
      outcome = .failed(Problem(error))
    }
    memory?.keep(outcome, key, script: path)
    return (outcome, false)
  }
}
