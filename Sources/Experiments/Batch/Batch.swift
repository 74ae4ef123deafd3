public import Backtest
public import Diagnostics
public import MarketData
import Scripting
import Synchronization

/// Runs many scripts on one data set, each on its own: what one does changes nothing for another.
///
/// The rows are in the order of the scripts whatever the number of workers. Outcomes are kept as soon as they are there,
/// so a batch that is killed goes on where it stopped, and scripts whose run would be the same are not run again.
public struct Batch: Sendable {
  /// The scripts' paths.
  public let paths: [String]
  /// The data, read by all and loaded once.
  public let store: MarketStore
  /// What all runs have in common.
  public let settings: RunSettings
  /// Values for params.
  public let params: BatchParams
  /// Further folders in which modules are looked for.
  public var modulePaths: [String] = []
  /// Where outcomes are kept; `nil` to keep none.
  public var kept: RunMemory?
  /// Whether all scripts are run, whatever is kept of earlier runs.
  public var runsAll = false
  /// Keeps the whole result of a run elsewhere; called from any worker.
  ///
  /// What cannot be kept there is no fault of the script: whoever keeps it remembers that, and may stop the batch.
  public var save: (@Sendable (BacktestResult, RunFingerprint) -> Void)?
  /// Whether the run of a key is kept there already; one that succeeded and is not is run again.
  public var isSaved: (@Sendable (String) -> Bool)?

  private let read: @Sendable (String) -> Result<SourceFile, Diagnostic>
  /// A limit of time says more about the machine than about the script, so what ends by it is not kept.
  private static let timeLimitCode = "E0508"

  /// A batch.
  ///
  /// - Parameter read: reads a script's text.
  public init(
    _ paths: [String], on store: MarketStore, _ settings: RunSettings, params: BatchParams = BatchParams(),
    read: @escaping @Sendable (String) -> Result<SourceFile, Diagnostic>
  ) {
    self.paths = paths
    self.store = store
    self.settings = settings
    self.params = params
    self.read = read
  }

  /// Runs the scripts.
  ///
  /// - Parameters:
  ///   - isStopped: once true, no further script is begun; those under way are finished.
  ///   - progress: called when a script begins and when it ends, by one worker at a time.
  /// - Returns: one row a script, in their order.
  public func run(
    _ pool: WorkerPool, isStopped: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (ExperimentProgress) -> Void = { _ in }
  ) -> [BatchRow] {
    // Computed once, not by whichever worker comes first while the others wait.
    _ = store.fingerprint
    let state = ProgressBoard(paths.count, progress)
    let rows = pool.run(paths.count, isStopped: isStopped) { number in
      state.begin()
      let clock = ContinuousClock()
      let start = clock.now
      var row = self.row(self.paths[number])
      row.seconds = (clock.now - start).seconds
      state.end(isFailed: row.status == .failed, isKept: row.isKept)
      return row
    }
    return zip(paths, rows).map { $1 ?? BatchRow(path: $0) }
  }

  private func row(_ path: String) -> BatchRow {
    var row = BatchRow(path: path)
    do throws(Diagnostic) {
      let file = try read(path).get()
      let script: Script
      do throws(Script.Problems) {
        script = try Script.load(file, paths: modulePaths, requiresSignals: true, limits: settings.limits)
      } catch {
        row.fail(error.diagnostics.filter { $0.severity == .error }.map { Problem($0) })
        return row
      }
      row.strategyID = script.strategyID
      let (values, used) = try params.values(script, path: path)
      row.usedParams = used
      finish(&row, try ScriptRun(script, values, on: store, settings))
    } catch { row.fail([Problem(error)]) }
    return row
  }

  /// Runs what is ready to run, unless its outcome is known.
  private func finish(_ row: inout BatchRow, _ run: ScriptRun) {
    let identity = run.identity
    row.runKey = identity.runKey
    let key = RunMemory.Key(identity.runKey, settings.limits)
    if !runsAll, let known = kept?.outcome(key), known.isFailure || (isSaved?(identity.runKey) ?? true) {
      row.isKept = true
      row.take(known)
      return
    }
    let outcome: RunMemory.Outcome
    do throws(Diagnostic) {
      let result = try run.result()
      save?(result, identity)
      outcome = .done(RunSummary(result))
      kept?.keep(outcome, key)
    } catch {
      // The script's path is no part of its run's key, so it is not kept either.
      outcome = .failed(Problem(error).renaming(row.path, to: ""))
      if error.code != Batch.timeLimitCode { kept?.keep(outcome, key) }
    }
    row.take(outcome)
  }
}

extension BatchRow {
  fileprivate mutating func take(_ outcome: RunMemory.Outcome) {
    switch outcome {
    case .done(let summary):
      status = .ok
      self.summary = summary
    case .failed(let problem): fail([problem.renaming("", to: path)])
    }
  }
}

/// Counts what begins and ends, for whoever watches.
final class ProgressBoard: Sendable {
  private let state: Mutex<ExperimentProgress>
  private let tell: @Sendable (ExperimentProgress) -> Void

  init(_ total: Int, _ tell: @escaping @Sendable (ExperimentProgress) -> Void) {
    state = Mutex(ExperimentProgress(total: total))
    self.tell = tell
  }

  func begin() {
    state.withLock {
      $0.running += 1
      tell($0)
    }
  }

  func end(isFailed: Bool, isKept: Bool = false) {
    state.withLock {
      $0.running -= 1
      $0.done += 1
      if isFailed { $0.failed += 1 }
      if isKept { $0.kept += 1 }
      tell($0)
    }
  }
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
