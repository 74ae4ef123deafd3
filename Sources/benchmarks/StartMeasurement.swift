#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How long a program takes to print its version.
enum StartMeasurement {
  /// The median of 40 starts, after five that warm the file cache.
  static func milliseconds(_ program: String) -> Double {
    for _ in 0..<5 { _ = start(program) }
    let times = (0..<40).map { _ in start(program) }.sorted()
    return times[times.count / 2]
  }

  private static func start(_ program: String) -> Double {
    let begin = Clock.wall
    var child = pid_t()
    let words: [UnsafeMutablePointer<CChar>?] = [strdup(program), strdup("--version")]
    defer { words.forEach { free($0) } }
    var arguments = words + [nil]
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    defer { posix_spawn_file_actions_destroy(&actions) }
    guard posix_spawn(&child, program, &actions, nil, &arguments, environ) == 0 else { return .infinity }
    var status: Int32 = 0
    waitpid(child, &status, 0)
    return Clock.wall - begin
  }
}
