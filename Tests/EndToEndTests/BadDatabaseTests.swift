import Foundation
import TestServers
import Testing

/// Databases that fail: the message says so, and nothing is lost or half-written.
@Suite struct BadDatabaseTests {
  private static let script = """
    strategy "steady" { rebalance: "monthly", start: 2012-01-01, end: 2014-12-31 }
    fn signals(as_of) = ["SPY": 0.6]

    """

  private func run(_ arguments: [String], _ space: Workspace, _ variables: [String: String] = [:]) throws
    -> Program.Outcome
  {
    try Program.run(arguments, in: space.url, environment: ["HOME": space.url.path].merging(variables) { $1 })
  }

  /// A folder with a script and a database that holds one run of it.
  private func filled() throws -> (space: Workspace, database: String) {
    let space = try Workspace()
    try space.write("steady.strat", Self.script)
    let database = "sqlite:" + space.path("a.db")
    let outcome = try run(["run", "steady.strat", "--save", "--db", database], space)
    #expect(outcome.status == 0, "\(outcome.messages)")
    return (space, database)
  }

  @Test func aFullDiskLeavesWhatWasThere() throws {
    let (space, database) = try filled()
    let save = ["run", "steady.strat", "--costs", "9", "--format", "csv", "--save", "--db", database]
    // Blocks of 512 bytes: enough for the files that are there, not for another run.
    let outcome = try Shell.run("ulimit -f 80; exec", save, in: space.url)
    #expect(outcome.status == 3, "\(outcome.status) \(outcome.messages)")
    #expect(outcome.messages.contains("[E1005]"), "\(outcome.messages)")
    #expect(try run(["db", "check", "--db", database], space).status == 0)
    #expect(try run(["results", "export", "1", "--db", database], space).status == 0)
    #expect(try run(["results", "export", "2", "--db", database], space).status == 2)
    #expect(try run(save, space).status == 0)
    #expect(try run(["results", "export", "2", "--db", database], space).status == 0)
  }

  @Test func whatMayOnlyBeReadIsRead() throws {
    let (space, database) = try filled()
    let before = try run(["results", "export", "1", "--db", database], space).output
    chmod(space.path("a.db"), 0o444)
    chmod(space.url.path, 0o555)
    defer { chmod(space.url.path, 0o755) }
    // Nothing is read-only to root.
    let prefix = geteuid() == 0 ? "exec setpriv --reuid=65534 --regid=65534 --clear-groups" : "exec"
    let saved = try Shell.run(
      prefix, ["run", "steady.strat", "--costs", "9", "--save", "--db", database], in: space.url)
    #expect(saved.status == 3, "\(saved.messages)")
    #expect(saved.messages.contains("[E1004]"), "\(saved.messages)")
    let read = try Shell.run(prefix, ["results", "export", "1", "--db", database], in: space.url)
    #expect(read.status == 0, "\(read.messages)")
    #expect(read.output == before)
  }

  @Test func aFileThatIsNoDatabaseIsLeftAlone() throws {
    let space = try Workspace()
    let text = "this is no database, but it is longer than the header of one would be: " + Self.script
    let path = try space.write("a.db", text + text)
    for command in [["results", "ls"], ["db", "migrate"], ["db", "check"]] {
      let outcome = try run(command + ["--db", "sqlite:" + path], space)
      #expect(outcome.status == 3)
      #expect(outcome.messages.contains("[E1006]"), "\(outcome.messages)")
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text + text)
  }

  @Test func damageIsFound() throws {
    let (space, database) = try filled()
    let file = try #require(FileHandle(forUpdatingAtPath: space.path("a.db")))
    let size = try file.seekToEnd()
    for page in stride(from: UInt64(4_096), to: size, by: 4_096) {
      try file.seek(toOffset: page + 200)
      try file.write(contentsOf: Data(repeating: 0xA5, count: 1_000))
    }
    try file.close()
    let outcome = try run(["db", "check", "--db", database], space)
    #expect(outcome.status == 3)
    #expect(!outcome.messages.contains("Fatal error"))
    let read = try run(["results", "export", "1", "--db", database], space)
    #expect(read.status > 0, "\(read.status)")
    #expect(!read.messages.contains("Fatal error"))
  }

  @Test func passwordsAreNeverPrinted() throws {
    let space = try Workspace()
    try space.write("steady.strat", Self.script)
    for address in [
      "postgres://ann:hunter2@127.0.0.1:1/db", "postgres://ann@127.0.0.1:1/db?password=hunter2",
      "postgres://ann:hunter2@127.0.0.1:x/db",
    ] {
      for command in [["results", "ls"], ["db", "status"], ["run", "steady.strat", "--save"]] {
        let outcome = try run(command + ["--db", address], space)
        #expect(outcome.status == 2 || outcome.status == 3, "\(outcome.messages)")
        #expect(!(outcome.output + outcome.messages).contains("hunter2"), "\(outcome.output)\(outcome.messages)")
      }
    }
    guard case .success(let server) = PostgresServer.shared else { return }
    let address = server.makeDatabase().replacingOccurrences(of: "postgres@", with: "postgres:hunter2@")
    #expect(try run(["db", "migrate", "--db", address], space).status == 0)
    // The screen ends with the command that made it.
    let outcome = try run(["run", "steady.strat", "--save", "--db", address], space)
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.contains("strat run steady.strat --save --db"))
    #expect(!(outcome.output + outcome.messages).contains("hunter2"))
  }

  @Test func aMissingLibraryIsSaid() throws {
    let space = try Workspace()
    let outcome = try run(
      ["results", "ls", "--db", "postgres://localhost/x"], space, ["STRAT_LIBPQ": "/nowhere/libpq.so"])
    #expect(outcome.status == 3)
    #expect(outcome.messages.contains("[E1009]"), "\(outcome.messages)")
  }

  @Test func theProgramDoesNotLinkTheLibraryOfPostgres() throws {
    guard let file = FileManager.default.contents(atPath: Program.path) else { return }
    // It is named as what is loaded later, and not among the libraries that the program needs.
    let listing = "ldd \(Program.path) || otool -L \(Program.path); true"
    let needed = try Shell.run(listing, [], in: Program.root).output
    #expect(!file.isEmpty)
    #expect(!needed.contains("libpq"), "\(needed)")
  }
}
