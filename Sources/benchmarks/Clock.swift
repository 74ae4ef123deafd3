#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Times in milliseconds.
enum Clock {
  /// CPU time of the process so far.
  static var processor: Double { read(CLOCK_PROCESS_CPUTIME_ID) }
  /// Time that passes.
  static var wall: Double { read(CLOCK_MONOTONIC) }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }
}
