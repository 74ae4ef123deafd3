#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How much native stack the evaluator may use.
///
/// Evaluation is recursive in the nesting of the script and in its calls, so it runs on a thread with a large stack; the
/// call nodes compare their own address with a lower bound, and a script that comes near it gets the call-depth error.
public enum NativeStack {
  /// Bytes of stack that evaluation threads are given.
  public static let size = 1 << 30
  /// Bytes kept free below the bound, for builtins and for making the error.
  private static let reserve = 64 << 20

  /// Runs work on a thread with a large stack and waits for it.
  public static func run(_ work: @escaping @Sendable () -> Void) { run(threads: 1, work) }

  /// Runs work on several threads at once, each with a large stack, and waits for all of them.
  ///
  /// Where fewer threads can be had, fewer run the work; at least one does.
  public static func run(threads count: Int, _ work: @escaping @Sendable () -> Void) {
    var started: [pthread_t] = []
    for _ in 0..<max(1, count) {
      guard let thread = start(work) else { break }
      started.append(thread)
    }
    // No thread could be had: the work still runs, with the depth that the present stack allows.
    if started.isEmpty { work() }
    for thread in started { pthread_join(thread, nil) }
  }

  private static func start(_ work: @escaping @Sendable () -> Void) -> pthread_t? {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, size)
    defer { pthread_attr_destroy(&attributes) }
    let box = Unmanaged.passRetained(Work(work))
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t? = nil
    #endif
    let status = pthread_create(
      &thread, &attributes,
      { argument in
        #if canImport(Glibc)
          guard let argument else { return nil }
        #endif
        Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, box.toOpaque())
    guard status == 0 else {
      box.release()
      return nil
    }
    return thread
  }

  /// The lowest address that a call may be made at on the current thread.
  static func lowestUsableAddress() -> UInt {
    // The soft limit says how far a main thread's stack may grow; threads of `run` have `size`. Without a portable way
    // to ask, the smaller is assumed unless the thread was made here.
    var marker: UInt8 = 0
    let here = withUnsafePointer(to: &marker) { UInt(bitPattern: $0) }
    // Without a thread of our own there is less to reserve: such evaluations are small.
    let (available, kept) = Work.isCurrent ? (size, reserve) : (6 << 20, 2 << 20)
    return here > UInt(available) ? here - UInt(available - kept) : 0
  }

  private final class Work {
    private let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }

    private static let key: pthread_key_t = {
      var key = pthread_key_t()
      pthread_key_create(&key, nil)
      return key
    }()

    static var isCurrent: Bool { pthread_getspecific(key) != nil }

    func run() {
      pthread_setspecific(Work.key, UnsafeRawPointer(bitPattern: 1))
      work()
      pthread_setspecific(Work.key, nil)
    }
  }
}
