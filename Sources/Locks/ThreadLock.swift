#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A mutex of POSIX threads, at a place of its own: it may not move while it is held.
@usableFromInline final class ThreadLock: @unchecked Sendable {
  // Unchecked: what the pointer leads to is made for being used by several threads.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>

  @usableFromInline init() {
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    let status = pthread_mutex_init(mutex, nil)
    precondition(status == 0, "a lock cannot be made")
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deinitialize(count: 1)
    mutex.deallocate()
  }

  /// Waits until no other thread holds the lock, and holds it.
  @usableFromInline func take() { pthread_mutex_lock(mutex) }

  /// Lets the next thread have the lock.
  @usableFromInline func giveBack() { pthread_mutex_unlock(mutex) }
}
