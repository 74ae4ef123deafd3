#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a program takes from its start to its end.
enum ProgramMeasurement {
  /// The wall milliseconds of `PROGRAM --version`: the median of 40 starts, after five that warm the file cache.
  static func start(_ program: String) -> Double {
    for _ in 0..<5 { _ = run([program, "--version"]) }
    let times = (0..<40).map { _ in run([program, "--version"])?.wall ?? .infinity }.sorted()
    return times[times.count / 2]
  }

  /// `milliseconds megabytes`: the CPU time of a program, and the most memory that it had.
  static func peak(_ words: [String]) -> String {
    guard let usage = run(words) else { return "failed" }
    return "\(usage.processor) \(usage.megabytes)"
  }

  private static func run(_ words: [String]) -> (wall: Double, processor: Double, megabytes: Double)? {
    let begin = Clock.wall
    var child = pid_t()
    let texts: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    defer { texts.forEach { free($0) } }
    var arguments = texts + [nil]
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    defer { posix_spawn_file_actions_destroy(&actions) }
    guard posix_spawn(&child, words[0], &actions, nil, &arguments, environ) == 0 else { return nil }
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(child, &status, 0, &usage) == child, status == 0 else { return nil }
    let elapsed = Clock.wall - begin
    func milliseconds(_ time: timeval) -> Double { Double(time.tv_sec) * 1e3 + Double(time.tv_usec) / 1e3 }
    let processor = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime)
    #if canImport(Glibc)
      return (elapsed, processor, Double(usage.ru_maxrss) / 1024)
    #else
      return (elapsed, processor, Double(usage.ru_maxrss) / 1_048_576)
    #endif
  }
}
