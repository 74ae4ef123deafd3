import Backtest
public import Diagnostics
import Locks
public import MarketData
import Scripting

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
  /// Those of the paths that were found, not named: what is no strategy among them is left out and not a failure.
  public var found: Set<String> = []
  /// Further folders in which modules are looked for.
  public var modulePaths: [String] = []
  /// What becomes of the runs.
  public var keeping = RunKeeping()

  private let read: @Sendable (String) -> Result<SourceFile, Diagnostic>

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
        if found.contains(path), Script.isNoStrategy(file, limits: settings.limits) {
          row.status = .noStrategy
          return row
        }
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
    row.annualization = run.config.annualization
    let (outcome, isKept) = keeping.outcome(identity, script: row.path, settings.limits) { () throws(Diagnostic) in
      try run.result()
    }
    row.isKept = isKept
    switch outcome {
    case .done(let summary):
      row.status = .ok
      row.summary = summary
    case .failed(let problem): row.fail([problem])
    }
  }
}

/// Counts what begins and ends, for whoever watches.
final class ProgressBoard: Sendable {
  private let state: Guarded<ExperimentProgress>
  private let tell: @Sendable (ExperimentProgress) -> Void

  init(_ total: Int, _ tell: @escaping @Sendable (ExperimentProgress) -> Void) {
    state = Guarded(ExperimentProgress(total: total))
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
