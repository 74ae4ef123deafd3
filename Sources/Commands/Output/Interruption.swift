import Interpreter

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ctrl-C: the first asks the run to stop cleanly, the second ends the program at once.
enum Interruption {
  /// Asked for by the evaluator and between sessions.
  static let cancellation = Cancellation()

  /// Listens from here on.
  static func listen() {
    // Made before the handler can be called, which must not initialise anything.
    cancellation.clear()
    signal(SIGINT) { number in
      Interruption.cancellation.request()
      signal(number, SIG_DFL)
    }
    // Whoever starts the program from a thread that blocks signals hands that on.
    var interrupts = sigset_t()
    sigemptyset(&interrupts)
    sigaddset(&interrupts, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &interrupts, nil)
  }

  /// Whether the user asked to stop.
  static var isRequested: Bool { cancellation.isRequested }
}
