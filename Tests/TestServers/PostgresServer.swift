public import Foundation

/// A PostgreSQL server that belongs to the tests: in a folder of its own, on a Unix socket only, gone with the process.
///
/// A shell starts it and waits for the end of its input. That ends when the tests end, however they end; then the shell
/// stops the server and removes the folder.
public final class PostgresServer: @unchecked Sendable {
  /// Why there is no server.
  public struct Unavailable: Error {
    /// In words.
    public let reason: String
  }

  /// The server that most tests share, each with a database of its own; started when it is first needed.
  public static let shared: Result<PostgresServer, Unavailable> = Result { () throws(Unavailable) in
    try PostgresServer()
  }

  /// The folder of data and socket.
  public let folder: URL
  private let lock = NSLock()
  private var keeper: Process?
  private var lifeline: Pipe?
  private var databases = 0

  /// Makes a cluster and starts its server.
  public init() throws(Unavailable) {
    guard let programs = PostgresServer.programs else {
      throw Unavailable(reason: "PostgreSQL is not installed; Scripts/setup.sh --tests installs it")
    }
    // The path of a socket has at most 107 bytes: `TMPDIR` may be too long for it, and closed to the server's user.
    folder = URL(fileURLWithPath: P_tmpdir).appendingPathComponent("strat-pg-\(UUID().uuidString.prefix(8))")
    let made = PostgresServer.shell(
      """
      mkdir -m 700 \(folder.path) && \(PostgresServer.isRoot ? "chown postgres \(folder.path) &&" : "")
      cd \(folder.path) && \(PostgresServer.prefix) \(programs)/initdb -D \(folder.path)/data -A trust -U postgres -N \
        -E UTF8 --locale=C >\(folder.path)/initdb.log 2>&1
      """)
    guard made == 0 else { throw Unavailable(reason: "initdb failed, see \(folder.path)/initdb.log") }
    try start()
  }

  /// Starts the server and waits until it answers.
  public func start() throws(Unavailable) {
    guard let programs = PostgresServer.programs else { throw Unavailable(reason: "PostgreSQL is not installed") }
    let keeper = Process()
    keeper.executableURL = URL(fileURLWithPath: "/bin/sh")
    keeper.arguments = [
      "-c",
      """
      cd \(folder.path)
      \(PostgresServer.prefix) \(programs)/postgres -D \(folder.path)/data -k \(folder.path) -c listen_addresses= \
        -c fsync=off -c full_page_writes=off -c max_connections=200 >\(folder.path)/server.log 2>&1 &
      server=$!
      cat >/dev/null
      kill -QUIT $server
      wait $server
      [ -e \(folder.path)/keep ] || rm -rf \(folder.path)
      """,
    ]
    let lifeline = Pipe()
    keeper.standardInput = lifeline
    keeper.standardOutput = FileHandle.nullDevice
    keeper.standardError = FileHandle.nullDevice
    do { try keeper.run() } catch { throw Unavailable(reason: "\(error)") }
    self.keeper = keeper
    self.lifeline = lifeline
    for _ in 0..<300 {
      if PostgresServer.shell("\(programs)/pg_isready -q -h \(folder.path)") == 0 { return }
      usleep(100_000)
    }
    throw Unavailable(reason: "the server does not answer, see \(folder.path)/server.log")
  }

  /// Stops the server at once, as a crash would; its data stay for the next start.
  public func crash() {
    _ = FileManager.default.createFile(atPath: folder.path + "/keep", contents: nil)
    try? lifeline?.fileHandleForWriting.close()
    keeper?.waitUntilExit()
    try? FileManager.default.removeItem(atPath: folder.path + "/keep")
  }

  deinit { try? lifeline?.fileHandleForWriting.close() }

  /// Makes an empty database and gives its address.
  public func makeDatabase() -> String {
    lock.lock()
    databases += 1
    let name = "test_\(databases)"
    lock.unlock()
    _ = sql("create database \(name)", in: "postgres")
    return address(of: name)
  }

  /// The address of a database.
  public func address(of name: String, user: String = "postgres") -> String {
    let host = folder.path.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    return "postgres://\(user)@\(host)/\(name)"
  }

  /// Runs SQL by `psql`, as somebody else than the program would, and gives its output.
  public func sql(_ text: String, in database: String) -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "psql", "-h", folder.path, "-U", "postgres", "-d", database, "-v", "ON_ERROR_STOP=1", "-qtAX", "-c", text,
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch { return "\(error)" }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The folder of the server's programs.
  public static let programs: String? = {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let newest = versions.compactMap { Int($0) }.sorted(by: >).map { "\(root)/\($0)/bin" }
    return (newest + path.split(separator: ":").map(String.init)).first {
      FileManager.default.isExecutableFile(atPath: $0 + "/initdb")
        && FileManager.default.isExecutableFile(atPath: $0 + "/postgres")
    }
  }()

  private static let isRoot = geteuid() == 0
  /// The server refuses to run as root.
  private static let prefix = isRoot ? "setpriv --reuid=postgres --regid=postgres --clear-groups" : ""

  @discardableResult private static func shell(_ script: String) -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script]
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch { return -1 }
    process.waitUntilExit()
    return process.terminationStatus
  }
}
