import Foundation
import TestServers
import Testing

/// Databases as sources and targets of data, where something is wrong: the message says so, and nothing is written by
/// halves.
@Suite struct BadSourceTests {
  private let space: Workspace
  private let file: String
  private let script: String

  init() throws {
    space = try Workspace()
    file = try space.write("p.csv", "ticker,date,close\nAAA,2020-01-02,1\nAAA,2020-01-03,2\n")
    script = try space.write(
      "a.strat", "strategy \"a\" { rebalance: \"daily\" }\nfn signals(as_of) = [\"AAA\": 0.5]\n")
  }

  private func run(_ arguments: [String], input: String? = nil) throws -> Program.Outcome {
    try Program.run(arguments, in: space.url, environment: ["HOME": space.url.path], input: input)
  }

  /// The commands that read data.
  private func reading(_ address: String) -> [[String]] {
    [
      ["run", script, "--data", address], ["signals", script, "--as-of", "2020-01-03", "--data", address],
      ["data", "ls", address], ["data", "describe", address, "--format", "json"], ["data", "check", "--data", address],
      ["data", "export", space.path("out"), "--data", address], ["repl", "--data", address],
    ]
  }

  private func refuses(
    _ commands: [[String]], _ code: String, status: Int32 = 3, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for command in commands {
      let outcome = try run(command, input: ":data\n1\n")
      #expect(outcome.status == status, "\(command) \(outcome.messages)", sourceLocation: sourceLocation)
      #expect(outcome.messages.contains("[\(code)]"), "\(command) \(outcome.messages)", sourceLocation: sourceLocation)
      #expect(outcome.output.isEmpty, "\(command) \(outcome.output)", sourceLocation: sourceLocation)
    }
  }

  private func add(_ address: String) -> [String] { ["data", "import", file, "--into", address] }

  @Test func aFileThatIsMissingIsSaid() throws {
    let address = "sqlite:" + space.path("none.db")
    try refuses(reading(address), "E1002")
    #expect(!FileManager.default.fileExists(atPath: space.path("none.db")), "reading makes nothing")
    try refuses([add("sqlite:" + space.url.path)], "E1002")
    try refuses([add("sqlite:" + file + "/below.db")], "E1002")
    try refuses([["data", "ls", "sqlite:"]], "E1001", status: 2)
  }

  @Test func aDryRunMakesNothing() throws {
    let outcome = try run(add("sqlite:" + space.path("new.db")) + ["--dry-run"])
    #expect(outcome.status == 0 && outcome.messages.contains("would add 2 rows"), "\(outcome.messages)")
    #expect(!FileManager.default.fileExists(atPath: space.path("new.db")))
    #expect(try run(add(space.path("new")) + ["--dry-run"]).status == 0)
    #expect(!FileManager.default.fileExists(atPath: space.path("new")))
  }

  @Test func aFileThatIsNoDatabaseIsLeftAlone() throws {
    let text = String(repeating: "this is no database, but it is longer than the header of one. ", count: 40)
    let path = try space.write("text.db", text)
    try refuses(reading("sqlite:" + path) + [add("sqlite:" + path)], "E1006")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test func aDatabaseWithoutTablesIsSaid() throws {
    let path = try space.write("empty.db", "")
    try refuses(reading("sqlite:" + path), "E1011")
    #expect(try run(["db", "migrate", "--db", "sqlite:" + path]).status == 0)
    try refuses(reading("sqlite:" + path), "E0733")
    #expect(try run(add("sqlite:" + path)).status == 0)
    try refuses([["data", "ls", "sqlite:" + path + "?dataset=other"]], "E0733")
  }

  @Test func damageIsFound() throws {
    let address = "sqlite:" + space.path("a.db")
    var rows = "ticker,date,close\n"
    for ticker in 0..<2_000 { rows += "T\(ticker),2020-01-02,1\n" }
    try space.write("p.csv", rows)
    #expect(try run(add(address)).status == 0)
    let handle = try #require(FileHandle(forUpdatingAtPath: space.path("a.db")))
    let size = try handle.seekToEnd()
    for page in stride(from: UInt64(8_192), to: size, by: 4_096) {
      try handle.seek(toOffset: page + 100)
      try handle.write(contentsOf: Data(repeating: 0xA5, count: 2_000))
    }
    try handle.close()
    for command in reading(address) + [add(address)] {
      let outcome = try run(command, input: "1\n")
      #expect(outcome.status == 3 && outcome.messages.contains("[E1006]"), "\(command) \(outcome.messages)")
    }
  }

  @Test func aFullDiskAddsNothing() throws {
    let address = "sqlite:" + space.path("a.db")
    #expect(try run(add(address)).status == 0)
    var rows = "ticker,date,close\n"
    for ticker in 0..<20_000 { rows += "T\(ticker),2020-01-02,1\n" }
    try space.write("p.csv", rows)
    // Blocks of 512 bytes: enough for what is there, not for the rest.
    for target in [address, "sqlite:" + space.path("new.db")] {
      let outcome = try Shell.run("ulimit -f 400; exec", add(target), in: space.url)
      #expect(outcome.status == 3 && outcome.messages.contains("[E1005]"), "\(outcome.messages)")
    }
    #expect(try run(["db", "check", "--db", address]).status == 0)
    #expect(try run(["data", "ls", address, "--format", "csv"]).output.contains("ticker,AAA,2,"))
    for target in [address, "sqlite:" + space.path("new.db")] {
      let retry = try run(add(target))
      #expect(retry.status == 0 && retry.messages.contains("added 20,000 rows"), "\(retry.messages)")
    }
  }

  @Test func whatMayOnlyBeReadIsRead() throws {
    let address = "sqlite:" + space.path("a.db")
    #expect(try run(add(address)).status == 0)
    let list = try run(["data", "ls", address, "--format", "csv"]).output
    try space.write("p.csv", "ticker,date,close\nAAA,2020-01-06,1\n")
    chmod(space.path("a.db"), 0o444)
    chmod(space.url.path, 0o555)
    defer { chmod(space.url.path, 0o755) }
    // Nothing is read-only to root.
    let prefix = geteuid() == 0 ? "exec setpriv --reuid=65534 --regid=65534 --clear-groups" : "exec"
    let added = try Shell.run(prefix, add(address), in: space.url)
    #expect(added.status == 3 && added.messages.contains("[E1004]"), "\(added.messages)")
    let read = try Shell.run(prefix, ["data", "ls", address, "--format", "csv"], in: space.url)
    #expect(read.status == 0 && read.output == list, "\(read.messages)")
  }

  @Test func passwordsAreNeverPrinted() throws {
    for address in [
      "postgres://ann:hunter2@127.0.0.1:1/db", "postgres://ann@127.0.0.1:1/db?password=hunter2",
      "postgres://ann:hunter2@127.0.0.1:x/db", "postgresql://ann:hunter2@127.0.0.1:1/db?dataset=x",
      "postgres:ann:hunter2@127.0.0.1/db", "mysql://ann:hunter2@127.0.0.1/db",
    ] {
      for command in reading(address) + [add(address)] {
        let outcome = try run(command, input: ":data\n1\n")
        #expect(outcome.status == 2 || outcome.status == 3, "\(command) \(outcome.messages)")
        #expect(!(outcome.output + outcome.messages).contains("hunter2"), "\(outcome.output)\(outcome.messages)")
      }
    }
    guard case .success(let server) = PostgresServer.shared else { return }
    let address = server.makeDatabase().replacingOccurrences(of: "postgres@", with: "postgres:hunter2@")
    let commands =
      [add(address)] + reading(address).dropLast() + [["run", script, "--format", "json", "--data", address]]
    for command in commands {
      let outcome = try run(command)
      #expect(outcome.status == 0, "\(command) \(outcome.messages)")
      #expect(!(outcome.output + outcome.messages).contains("hunter2"), "\(outcome.output)\(outcome.messages)")
    }
    let session = try run(["repl", script, "--data", address], input: ":data\n:run\n1\n")
    #expect(!(session.output + session.messages).contains("hunter2"), "\(session.output)\(session.messages)")
    #expect(session.output.contains("AAA"), "\(session.output)\(session.messages)")
  }

  @Test func aUserWithoutRightsIsRefused() throws {
    guard case .success(let server) = PostgresServer.shared else {
      print("skipped: there is no PostgreSQL")
      return
    }
    let address = server.makeDatabase()
    let name = String(address.split(separator: "/").last ?? "")
    #expect(try run(add(address)).status == 0)
    _ = server.sql("create role reader_\(name) login", in: name)
    _ = server.sql("grant select on all tables in schema public to reader_\(name)", in: name)
    let guest = server.address(of: name, user: "reader_" + name)
    #expect(try run(["data", "ls", guest]).status == 0)
    try space.write("p.csv", "ticker,date,close\nAAA,2020-01-06,1\n")
    try refuses([add(guest)], "E1007")
    try refuses(reading(server.address(of: name, user: "nobody_" + name)), "E1007")
  }
}
