import Locks

/// Columns that were computed from the immutable columns of one data set, shared by all machines and threads that run on
/// it, within a limit of memory.
///
/// A key names the first column by its address and length. Addresses mean something within one data set only, so the first
/// user says which one it is (`claim`), and the cache keeps that alive: its addresses are not given to other data while
/// there is a key with them.
public final class ColumnCache: Sendable {
  /// A column and the operations over it.
  struct Key: Hashable {
    private struct Step: Hashable {
      let operation: ObjectIdentifier
      let parameters: ColumnOperation.Parameters
    }

    private let root: UInt
    private let count: Int
    private var steps: [Step] = []

    init(root: UnsafePointer<Double>, count: Int) {
      self.root = UInt(bitPattern: root)
      self.count = count
    }

    func adding(_ operation: ColumnOperation, _ parameters: ColumnOperation.Parameters) -> Key {
      var key = self
      key.steps.append(Step(operation: ObjectIdentifier(operation), parameters: parameters))
      return key
    }
  }

  private struct Entry {
    let column: MadeColumn
    var lastRun: Int
  }

  private struct State {
    var entries: [Key: Entry] = [:]
    var bytes = 0
    var run = 0
    var data: AnyObject?
    var reads = LaneReads()
  }

  private let limit: Int
  /// Whether a column is made at its first reading and not when it has proved worth it: for tests.
  let isEager: Bool
  private let state = Guarded(State())
  /// Runs that may be under way at a time: what the last so many used is not thrown away.
  private static let recentRuns = 64

  /// An empty cache that holds at most so many bytes.
  ///
  /// - Parameter isEager: whether a column is made at its first reading and not when it has proved worth it.
  public init(limit: Int = 64 << 20, isEager: Bool = false) {
    self.limit = limit
    self.isEager = isEager
  }

  /// Whether the cache may be used for columns of a data set: it belongs to the first one that asks, and to no other.
  public func claim(_ data: some AnyObject & Sendable) -> Bool {
    state.withLock { state in
      if let owner = state.data { return owner === data }
      state.data = data
      return true
    }
  }

  /// Says that another run begins.
  func beginRun() { state.withLock { $0.run += 1 } }

  /// A column, if it is there.
  func column(_ key: Key) -> MadeColumn? {
    state.withLock { state in
      guard let entry = state.entries[key] else { return nil }
      state.entries[key]?.lastRun = state.run
      return entry.column
    }
  }

  /// Whether a column of so many numbers may be made; throws away what was not used for long to make room.
  func hasRoom(_ count: Int) -> Bool {
    state.withLock { state in
      let bytes = ColumnCache.bytes(count)
      if state.bytes + bytes <= limit { return true }
      let oldest = state.run - ColumnCache.recentRuns
      for (key, entry) in state.entries where entry.lastRun < oldest {
        state.bytes -= ColumnCache.bytes(entry.column.count)
        state.entries[key] = nil
      }
      return state.bytes + bytes <= limit
    }
  }

  /// Keeps a column; gives the one that another thread kept before, where there is one.
  func keep(_ column: MadeColumn, _ key: Key) -> MadeColumn {
    state.withLock { state in
      if let entry = state.entries[key] { return entry.column }
      state.entries[key] = Entry(column: column, lastRun: state.run)
      state.bytes += ColumnCache.bytes(column.count)
      return column
    }
  }

  /// What a call that reads data gave at many dates, if it is known.
  func read(_ key: LaneReads.Key) -> LaneReads.Read? { state.withLock { $0.reads[key] } }

  /// Keeps what a call that reads data gave at many dates.
  func keep(_ read: LaneReads.Read, _ key: LaneReads.Key) { state.withLock { $0.reads[key] = read } }

  /// A column's numbers and what it costs to hold it.
  private static func bytes(_ count: Int) -> Int { count * MemoryLayout<Double>.stride + 256 }
}
