import Diagnostics
import FileSystem

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The user's `duckdb` program, which turns Parquet, Arrow and DuckDB files into CSV.
///
/// It reads no file of the user's settings, and writes instants in UTC: the same file gives the same rows everywhere.
enum DuckDB {
  /// A text as SQL writes it.
  static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  /// The result of a query as CSV with a header.
  ///
  /// - Parameter isDatabase: whether the query is asked of the file as a database, and not of one in memory.
  static func csv(of path: String, query: String, isDatabase: Bool? = nil) throws(Diagnostic) -> [UInt8] {
    guard let program = found("duckdb") else { throw .noDuckDB(path) }
    let opens = isDatabase ?? !query.contains("read_")
    var arguments = [program, "-init", "/dev/null", "-csv", "-header", "-c", "set timezone = 'UTC'; " + query]
    // Read-only, so that a database that another program has open can be read, and none is ever changed.
    if opens { arguments.insert(contentsOf: ["-readonly", path], at: 1) }
    let limit = max(sizeOfAnyGrowth, mostGrowth * min(FileStatus(path)?.size ?? 0, 1 << 40))
    let (output, messages, status) = run(arguments, upTo: limit)
    if output.count > limit {
      throw .duckDBFailed(path, "as text it is more than \(mostGrowth) times its size, which no table of rows is")
    }
    if status == 0 { return output }
    let words = String(decoding: messages, as: UTF8.self).split(separator: "\n")
    throw .duckDBFailed(path, words.first { !$0.isEmpty }.map(String.init) ?? "it ended with status \(status)")
  }

  /// How many times its size a file may be as text, once that is large: a small one can stand for any number of rows.
  private static let (mostGrowth, sizeOfAnyGrowth) = (256, 256 << 20)

  /// Where a program is on the PATH.
  private static func found(_ name: String) -> String? {
    guard let path = getenv("PATH").map({ String(cString: $0) }) else { return nil }
    return path.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  /// Runs a program to its end, or until it has given more than a limit.
  private static func run(_ words: [String], upTo limit: Int) -> (output: [UInt8], messages: [UInt8], status: Int32) {
    var (output, messages): ([Int32], [Int32]) = ([0, 0], [0, 0])
    guard pipe(&output) == 0 else { return ([], Array("no pipe".utf8), -1) }
    guard pipe(&messages) == 0 else { return ([], Array("no pipe".utf8), -1) }
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output[1], 1)
    posix_spawn_file_actions_adddup2(&actions, messages[1], 2)
    for end in output + messages { posix_spawn_file_actions_addclose(&actions, end) }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var environment: [UnsafeMutablePointer<CChar>?] = settings.map { strdup($0) } + [nil]
    defer { environment.forEach { free($0) } }
    var child = pid_t()
    let problem = posix_spawn(&child, words[0], &actions, nil, &arguments, &environment)
    close(output[1])
    close(messages[1])
    defer {
      close(output[0])
      close(messages[0])
    }
    if problem != 0 { return ([], Array(String(cString: strerror(problem)).utf8), -1) }
    let (text, words) = readBoth(output[0], messages[0], upTo: limit)
    if text.count > limit { kill(child, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return (text, words, status)
  }

  /// The environment of the program: a fixed zone and locale, and of the user's only where programs and extensions are.
  private static var settings: [String] {
    let names: [String] = ["PATH", "HOME", "TMPDIR"]
    let kept = names.compactMap { name in getenv(name).map { "\(name)=\(String(cString: $0))" } }
    return ["TZ=UTC", "LC_ALL=C.UTF-8"] + kept
  }

  /// Reads two pipes side by side to their ends, so that neither fills up; no more of the first than a limit.
  private static func readBoth(_ first: Int32, _ second: Int32, upTo limit: Int) -> ([UInt8], [UInt8]) {
    var results: [[UInt8]] = [[], []]
    var polls = [first, second].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var open = 2
    while open > 0, results[0].count <= limit {
      if poll(&polls, 2, -1) < 0, errno != EINTR { break }
      for place in 0..<2 where polls[place].fd >= 0 && polls[place].revents != 0 {
        let count = read(polls[place].fd, &chunk, chunk.count)
        if count > 0 {
          results[place].append(contentsOf: chunk[..<count])
        } else if count == 0 || errno != EINTR {
          polls[place].fd = -1
          open -= 1
        }
      }
    }
    return (results[0], results[1])
  }
}
