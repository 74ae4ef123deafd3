import Backtest
import Databases
import Experiments
import Locks
import Persistence

/// Keeps the results of many runs in one database, whichever worker they come from.
///
/// The first failure of the database is remembered and ends the saving; what was saved until then stays.
final class RunKeeper: @unchecked Sendable {
  // Unchecked: a connection belongs to one thread at a time, which the lock sees to.
  private let store: RunStore
  private let origin: TrialOrigin
  private let state = Guarded(State())

  private struct State {
    var saved = 0
    var known = 0
    var failed = 0
    var failure: DatabaseError?
  }

  init(_ store: RunStore, _ origin: TrialOrigin) {
    self.store = store
    self.origin = origin
  }

  /// Whether the database failed.
  var hasFailed: Bool { state.withLock { $0.failure != nil } }

  /// Keeps a run, unless the database has failed.
  func save(_ result: BacktestResult, _ identity: RunFingerprint) {
    state.withLock { state in
      guard state.failure == nil else { return }
      do throws(DatabaseError) {
        let receipt = try store.save(result, identity, origin: origin)
        if receipt.isNew { state.saved += 1 } else { state.known += 1 }
      } catch { state.failure = error }
    }
  }

  /// Counts a run that failed as a trial of its strategy: what was tried and came to nothing was tried all the same.
  func countFailure(_ identity: RunFingerprint) {
    state.withLock { state in
      guard state.failure == nil else { return }
      do throws(DatabaseError) {
        try store.count([Trial(failed: identity, origin: origin)])
        state.failed += 1
      } catch { state.failure = error }
    }
  }

  /// Whether the run of a key is kept; so it is called where the database cannot say.
  func holds(_ runKey: String) -> Bool {
    state.withLock { state in
      guard state.failure == nil else { return true }
      do throws(DatabaseError) {
        let isKept = try store.holds(runKey: runKey)
        if isKept { state.known += 1 }
        return isKept
      } catch {
        state.failure = error
        return true
      }
    }
  }

  /// Says what was saved, and how many trials were made on strategies so far; ends the command where the database failed.
  func finish(trialsOf strategies: [String] = []) throws(CommandFailure) {
    let state = state.withLock { $0 }
    var line = "\(state.saved) run\(state.saved == 1 ? "" : "s") saved in \(store.database.location)"
    if state.known > 0 { line += ", \(state.known) saved before" }
    if state.failed > 0 { line += ", \(state.failed) failed and counted as trial\(state.failed == 1 ? "" : "s")" }
    Console.note(line)
    if let failure = state.failure { throw CommandFailure(failure) }
    for strategy in strategies {
      do throws(DatabaseError) {
        let count = try store.trialCount(of: strategy)
        let failed = try store.failedTrialCount(of: strategy)
        Console.note(
          "strategy `\(strategy)` has had \(count) trial\(count == 1 ? "" : "s") in all"
            + (failed > 0 ? ", \(failed) of them failed" : ""))
      } catch { throw CommandFailure(error) }
    }
  }
}

extension RunKeeping {
  /// Outcomes are kept in a memory and results in a database, where there are such.
  init(_ memory: RunMemory?, runsAll: Bool, _ keeper: RunKeeper?) {
    self.init()
    self.memory = memory
    self.runsAll = runsAll
    guard let keeper else { return }
    save = { keeper.save($0, $1) }
    countFailure = { keeper.countFailure($0) }
    isSaved = { keeper.holds($0) }
  }
}

/// How the runs of a batch or a sweep ended, in words.
enum EndCounts {
  /// `3 scripts: 1 done, 2 failed`: the numbers add up; and how many of them were known beforehand.
  static func line(_ statuses: [BatchRow.Status], kept: Int, of thing: String, besides: String? = nil) -> String {
    let counts = [(BatchRow.Status.ok, "done"), (.failed, "failed"), (.notRun, "not run")]
      .map { status, word in (count: statuses.count { $0 == status }, word: word) }
      .filter { $0.count > 0 }.map { "\($0.count) \($0.word)" }
    var line = "\(statuses.count) \(thing)\(statuses.count == 1 ? "" : "s"): \(counts.joined(separator: ", "))"
    if let besides { line += "; \(besides)" }
    if kept > 0 { line += "; \(kept) unchanged and not run again" }
    return line
  }
}
