import Foundation
import TestServers
import Testing

/// Imports into databases that cannot take them: the message says why, and what was there is as it was.
@Suite struct BadTargetTests {
  private let space: Workspace

  init() throws {
    space = try Workspace()
    try space.write("first.csv", "ticker,date,close\nA,2020-01-02,1\n")
    var rows = "ticker,date,close\n"
    for day in 10...28 { for ticker in 0..<2_000 { rows += "T\(ticker),2020-01-\(day),1.5\n" } }
    try space.write("many.csv", rows)
  }

  private func add(_ file: String, _ target: String) -> [String] {
    ["data", "import", space.path(file), "--into", target]
  }

  private func refuses(_ outcome: Program.Outcome, _ code: String) {
    #expect(outcome.status == 3, "\(outcome.status) \(outcome.messages)")
    #expect(outcome.messages.contains("[\(code)]"), "\(outcome.messages)")
  }

  /// What is there is one ticker, and a whole schema.
  private func expectTheFirstAlone(in target: String) throws {
    let tickers = try Program.run(["data", "ls", "--data", target, "--format", "csv"])
    #expect(tickers.status == 0, "\(tickers.messages)")
    #expect(tickers.output.contains("A,") && !tickers.output.contains("T1,"), "\(tickers.output)")
    #expect(try Program.run(["db", "check", "--db", target]).status == 0)
  }

  @Test func aLimitOnTheSizeOfFilesLeavesWhatWasThere() throws {
    let target = "sqlite:" + space.path("a.db")
    #expect(try Program.run(add("first.csv", target)).status == 0)
    refuses(try Shell.run("ulimit -f 800; exec", add("many.csv", target), in: space.url), "E1005")
    try expectTheFirstAlone(in: target)
    #expect(try Program.run(add("many.csv", target)).status == 0)
  }

  /// A disk of a few megabytes of its own, in a namespace of mounts, which only root can make.
  @Test func aFullDiskLeavesWhatWasThere() throws {
    guard geteuid() == 0, try Shell.run("unshare -m true; #", [], in: space.url).status == 0 else {
      return print("skipped: only root can mount a small disk")
    }
    try FileManager.default.createDirectory(atPath: space.path("disk"), withIntermediateDirectories: true)
    let target = "sqlite:" + space.path("disk/a.db")
    // The files are carried out of the small disk before it is gone.
    let script = """
      program=$1
      shift
      mount -t tmpfs -o size=1500k tmpfs '\(space.path("disk"))' || exit 99
      "$program" data import '\(space.path("first.csv"))' --into '\(target)' || exit 98
      "$program" "$@"
      status=$?
      mkdir '\(space.path("left"))' && cp -a '\(space.path("disk"))'/. '\(space.path("left"))'
      exit $status
      """
    let saved = try space.write("full.sh", script)
    refuses(try Shell.run("exec unshare -m sh '\(saved)'", add("many.csv", target), in: space.url), "E1005")
    try expectTheFirstAlone(in: "sqlite:" + space.path("left/a.db"))
  }

  @Test func aFileThatMayOnlyBeReadIsLeftAlone() throws {
    let target = "sqlite:" + space.path("a.db")
    #expect(try Program.run(add("first.csv", target)).status == 0)
    chmod(space.path("a.db"), 0o444)
    chmod(space.url.path, 0o555)
    defer { chmod(space.url.path, 0o755) }
    // Nothing is read-only to root.
    let prefix = geteuid() == 0 ? "exec setpriv --reuid=65534 --regid=65534 --clear-groups" : "exec"
    refuses(try Shell.run(prefix, add("many.csv", target), in: space.url), "E1004")
    refuses(try Shell.run(prefix, add("many.csv", "sqlite:" + space.path("new.db")), in: space.url), "E1004")
    chmod(space.url.path, 0o755)
    try expectTheFirstAlone(in: target)
  }

  @Test func aUserWhoMayMakeNoTablesIsTold() throws {
    guard case .success(let server) = PostgresServer.shared else { return print("skipped: there is no PostgreSQL") }
    let database = server.makeDatabase()
    let name = String(database.split(separator: "/").last ?? "")
    let answer = server.sql(
      "create role reader_\(name) login; revoke create on schema public from public", in: name)
    #expect(answer.isEmpty, "\(answer)")
    try space.write(
      "s.strat", "strategy \"s\" { start: 2012-01-01, end: 2012-03-31 }\nfn signals(as_of) = [\"SPY\": 1]\n")
    let guest = server.address(of: name, user: "reader_" + name)
    refuses(try Program.run(add("first.csv", guest)), "E1007")
    refuses(try Program.run(["run", "s.strat", "--save", "--db", guest], in: space.url), "E1007")
    #expect(server.sql("select count(*) from pg_tables where schemaname = 'public'", in: name) == "0")
    // Who may make them does, and the guest may still not write.
    #expect(try Program.run(add("first.csv", database)).status == 0)
    refuses(try Program.run(add("many.csv", guest)), "E1007")
    try expectTheFirstAlone(in: database)
  }

  @Test func aStatementThatTakesTooLongKeepsNothingOfAnImport() throws {
    guard case .success(let server) = PostgresServer.shared else { return print("skipped: there is no PostgreSQL") }
    let database = server.makeDatabase()
    #expect(try Program.run(add("first.csv", database)).status == 0)
    let name = String(database.split(separator: "/").last ?? "")
    // Somebody looks at the table and does not come to an end; a statement may take a second.
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    holder.arguments = [
      "psql", "-h", server.folder.path, "-U", "postgres", "-d", name, "-qX", "-c",
      "begin; lock table market_data; select pg_sleep(30)",
    ]
    holder.standardOutput = FileHandle.nullDevice
    holder.standardError = FileHandle.nullDevice
    try holder.run()
    defer { holder.terminate() }
    while server.sql("select count(*) from pg_locks where mode = 'AccessExclusiveLock' and granted", in: name) == "0" {
      usleep(50_000)
    }
    refuses(
      try Program.run(add("many.csv", database + "?options=-c%20statement_timeout%3D1000")), "E1017")
    holder.terminate()
    holder.waitUntilExit()
    _ = server.sql(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(30)%'", in: "postgres")
    try expectTheFirstAlone(in: database)
  }

  @Test(arguments: ["file", "server"]) func aSchemaNewerThanTheProgramIsLeftAlone(_ kind: String) throws {
    let database: String
    if kind == "server" {
      guard case .success(let server) = PostgresServer.shared else { return print("skipped: there is no PostgreSQL") }
      database = server.makeDatabase()
    } else {
      database = "sqlite:" + space.path("newer.db")
    }
    #expect(try Program.run(add("first.csv", database)).status == 0)
    let change =
      "insert into schema_migrations (version, name, applied_at, storage, checksum) "
      + "select 99, 'later', applied_at, storage, 'x' from schema_migrations where version = 1"
    if kind == "server" {
      _ = try PostgresServer.shared.get().sql(change, in: String(database.split(separator: "/").last ?? ""))
    } else {
      let python = "import sqlite3,sys; d=sqlite3.connect(sys.argv[2]); d.execute(sys.argv[3]); d.commit()"
      let edit = try Shell.run("python3 -c '\(python)'", [space.path("newer.db"), change], in: space.url)
      guard edit.status == 0 else { return print("skipped: there is no python3 with sqlite3") }
    }
    refuses(try Program.run(add("many.csv", database)), "E1010")
    refuses(try Program.run(["data", "ls", "--data", database]), "E1010")
    refuses(try Program.run(["results", "ls", "--db", database]), "E1010")
  }
}
