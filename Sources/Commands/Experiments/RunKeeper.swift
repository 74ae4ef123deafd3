import Backtest
import Databases
import Persistence
import Synchronization

/// Keeps the results of many runs in one database, whichever worker they come from.
///
/// The first failure of the database is remembered and ends the saving; what was saved until then stays.
final class RunKeeper: @unchecked Sendable {
  // Unchecked: a connection belongs to one thread at a time, which the lock sees to.
  private let store: RunStore
  private let origin: TrialOrigin
  private let state = Mutex(State())

  private struct State {
    var saved = 0
    var known = 0
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
    Console.note(line)
    if let failure = state.failure { throw CommandFailure(failure) }
    for strategy in strategies {
      do throws(DatabaseError) {
        let count = try store.trialCount(of: strategy)
        Console.note("strategy `\(strategy)` has had \(count) trial\(count == 1 ? "" : "s") in all")
      } catch { throw CommandFailure(error) }
    }
  }
}
