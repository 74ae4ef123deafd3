import Interpreter
import Locks
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Does numbered pieces of work on several threads, each with a stack large enough to evaluate scripts.
///
/// Workers take the next piece when they are free; what a piece gives is placed by its number, so neither the number of
/// workers nor their speed shows in the results.
public struct WorkerPool: Sendable {
  /// How many pieces are worked on at a time; at least one.
  public let workers: Int

  /// A pool; without a number, as many workers as there are processors.
  public init(workers: Int? = nil) { self.workers = max(1, workers ?? WorkerPool.processors) }

  /// How many processors the system has for us.
  public static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Works through the pieces `0..<count`.
  ///
  /// - Parameters:
  ///   - isStopped: asked before each piece; once true, no further piece is begun and those under way are finished.
  ///   - makeWorker: makes what a worker keeps from piece to piece, on its thread.
  ///   - piece: does one piece.
  /// - Returns: what each piece gave, by number; `nil` for those that were not begun.
  public func run<Worker, Result: Sendable>(
    _ count: Int, isStopped: @escaping @Sendable () -> Bool = { false },
    makeWorker: @escaping @Sendable () -> Worker, piece: @escaping @Sendable (inout Worker, Int) -> Result
  ) -> [Result?] {
    guard count > 0 else { return [] }
    let board = Board<Result>(count)
    NativeStack.run(threads: min(workers, count)) {
      var worker = makeWorker()
      while !isStopped(), let number = board.next() { board.place(piece(&worker, number), at: number) }
    }
    return board.results
  }

  /// Works through the pieces with workers that keep nothing.
  public func run<Result: Sendable>(
    _ count: Int, isStopped: @escaping @Sendable () -> Bool = { false }, piece: @escaping @Sendable (Int) -> Result
  ) -> [Result?] {
    run(count, isStopped: isStopped, makeWorker: {}) { (_: inout Void, number) in piece(number) }
  }
}

/// Which piece is next, and what the pieces gave.
private final class Board<Result: Sendable>: Sendable {
  private let count: Int
  private let taken = Atomic<Int>(0)
  private let placed: Guarded<[Result?]>

  init(_ count: Int) {
    self.count = count
    placed = Guarded(Array(repeating: nil, count: count))
  }

  func next() -> Int? {
    let number = taken.add(1, ordering: .relaxed).oldValue
    return number < count ? number : nil
  }

  func place(_ result: Result, at number: Int) { placed.withLock { $0[number] = result } }

  var results: [Result?] { placed.withLock { $0 } }
}
