/// A value that threads share and that one of them at a time may touch.
///
/// The lock is the system's mutex of POSIX threads. The standard library's `Mutex` takes a few nanoseconds less; the
/// thread sanitizer does not see it, and would report every value behind one.
public final class Guarded<Value>: @unchecked Sendable {
  // Unchecked: the value is touched in `withLock` alone, between taking and giving back the lock.
  @usableFromInline let lock = ThreadLock()
  @usableFromInline var value: Value

  /// Takes a value, which no one else may go on to use.
  public init(_ value: sending Value) { self.value = value }

  /// Runs a body with the value while no other thread has it.
  ///
  /// The lock is no recursive one: a body that asks for the same value again waits for itself for ever.
  @inlinable public func withLock<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    lock.take()
    defer { lock.giveBack() }
    return try body(&value)
  }
}
