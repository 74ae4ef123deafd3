import Foundation
import TestServers
import Testing

/// Saved runs from the command line, on a database file and on a server.
@Suite struct StoreTests {
  /// The addresses of new databases, and what keeps them.
  private func databases(_ space: Workspace) throws -> [String] {
    var addresses = ["sqlite:" + space.path("new/folder/results.db")]
    switch PostgresServer.shared {
    case .success(let server): addresses.append(server.makeDatabase())
    case .failure(let missing): print("skipped on PostgreSQL: \(missing.reason)")
    }
    return addresses
  }

  private func run(_ arguments: [String], _ space: Workspace, _ database: String) throws -> Program.Outcome {
    try Program.run(arguments, in: space.url, environment: ["STRAT_DB": database, "HOME": space.url.path])
  }

  private func script(_ space: Workspace) throws {
    try space.write(
      "rotate.strat",
      """
      strategy "rotate" { rebalance: "monthly", start: 2012-01-01, end: 2014-12-31 }
      param window = 60 in 20..400
      fn signals(as_of) = if close("SPY").last() > close("SPY").sma(window) { ["SPY": 0.6, "GLD": 0.2] } else { flat }

      """)
  }

  private func json(_ outcome: Program.Outcome) throws -> [String: Any] {
    try #require(!outcome.output.isEmpty, "\(outcome.messages)")
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test func runsAreSavedListedComparedAndDeleted() throws {
    let space = try Workspace()
    try script(space)
    for database in try databases(space) {
      if database.hasPrefix("postgres") {
        // Where others keep tables of theirs, it is not for a save to add ours.
        let name = String(database.split(separator: "/").last ?? "")
        _ = try PostgresServer.shared.get().sql("create table notes (x text)", in: name)
        let refused = try run(["run", "rotate.strat", "--save"], space, database)
        #expect(refused.status == 3)
        #expect(refused.messages.contains("[E1011]"))
        #expect(try run(["db", "migrate"], space, database).status == 0)
      }
      let printed = try run(["run", "rotate.strat", "--format", "json", "--save"], space, database)
      #expect(printed.status == 0, "\(printed.messages)")
      #expect(printed.messages.contains("run 1 saved in"))
      let again = try run(["run", "rotate.strat", "--format", "json", "--save"], space, database)
      #expect(again.messages.contains("run 1 was saved before in"))
      #expect(try run(["results", "export", "1"], space, database).output == printed.output)
      let equity = try run(["run", "rotate.strat", "--format", "csv"], space, database).output
      #expect(try run(["results", "export", "1", "--format", "csv"], space, database).output == equity)
      // A benchmark's metrics and curve are kept with the run.
      let against = ["run", "rotate.strat", "--benchmark", "GLD", "--format"]
      let document = try run(against + ["json", "--save"], space, database)
      #expect(document.output.contains("\"benchmark_curve\":[[\"2012-01-03\",1000000]"))
      #expect(try run(["results", "export", "2"], space, database).output == document.output)
      let lines = try run(against + ["csv"], space, database).output
      #expect(lines.hasPrefix("date,equity,return,drawdown,benchmark\n2012-01-03,1000000,0,0,1000000\n"))
      #expect(try run(["results", "export", "2", "--format", "csv"], space, database).output == lines)
      let benchmark = try json(run(["results", "show", "2", "--format", "json"], space, database))["benchmark_metrics"]
      #expect((benchmark as? [String: Any])?["sharpe_ratio"] is Double)
      #expect(try run(["results", "rm", "2"], space, database).status == 0)
      #expect(try run(["db", "check"], space, database).status == 0)

      let other = try run(["run", "rotate.strat", "--param", "window=120", "--save"], space, database)
      #expect(other.status == 0, "\(other.messages)")
      let list = try json(run(["results", "ls", "--sort", "sharpe_ratio", "--format", "json"], space, database))
      let runs = try #require(list["runs"] as? [[String: Any]])
      #expect(runs.count == 2)
      // A number is not given twice, so it may be another one than that of the run that was deleted.
      let second = "\(try #require(runs.compactMap { $0["id"] as? Int }.max()))"
      let ratios = runs.compactMap { ($0["metrics"] as? [String: Any])?["sharpe_ratio"] as? Double }
      #expect(ratios == ratios.sorted(by: >))
      let key = try #require(runs[0]["run_key"] as? String)
      #expect(try run(["results", "show", String(key.prefix(10))], space, database).status == 0)

      let difference = try json(run(["results", "compare", "1", second, "--format", "json"], space, database))
      let params = try #require(difference["params"] as? [[String: Any]])
      #expect(params.map { $0["name"] as? String } == ["window"])
      #expect((difference["config"] as? [Any])?.isEmpty == true)
      #expect((difference["first_difference"] as? [String: Any])?["date"] is String)

      #expect(try run(["results", "rm", "1"], space, database).status == 0)
      #expect(try run(["results", "show", "1"], space, database).messages.contains("[E1021]"))
      let shown = try json(run(["results", "show", second, "--format", "json"], space, database))
      #expect(shown["trials"] as? Int == 3)
      let check = try run(["db", "check"], space, database)
      #expect(check.status == 0, "\(check.output)\(check.messages)")
    }
  }

  @Test func signalsAreSaved() throws {
    let space = try Workspace()
    try script(space)
    for database in try databases(space) {
      _ = try run(["db", "migrate"], space, database)
      for expected in ["signal 1 saved in", "signal 1 was saved before in"] {
        let outcome = try run(["signals", "rotate.strat", "--as-of", "2013-06-28", "--save"], space, database)
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(outcome.messages.contains(expected), "\(outcome.messages)")
      }
      #expect(try run(["db", "check"], space, database).status == 0)
    }
  }

  @Test func theSchemaGoesUpDownAndUp() throws {
    let space = try Workspace()
    for database in try databases(space) {
      for _ in 0..<2 {
        let up = try run(["db", "migrate"], space, database)
        #expect(up.status == 0, "\(up.messages)")
        #expect(up.output.contains("applied 1 (results)"))
        let status = try json(run(["db", "status", "--format", "json"], space, database))
        #expect(status["version"] as? Int == status["latest"] as? Int)
        let down = try run(["db", "rollback", "--to", "0"], space, database)
        #expect(down.status == 0, "\(down.messages)")
        #expect(down.output.contains("rolled back 1 (results)"))
      }
      #expect(try run(["results", "ls"], space, database).messages.contains("[E1011]"))
    }
  }

  @Test func rowsAreNotDroppedUnasked() throws {
    let space = try Workspace()
    try script(space)
    let database = "sqlite:" + space.path("a.db")
    #expect(try run(["run", "rotate.strat", "--save"], space, database).status == 0)
    let refused = try run(["db", "rollback", "--to", "0"], space, database)
    #expect(refused.status == 2)
    #expect(refused.messages.contains("[E1014]"))
    #expect(try run(["results", "show", "1"], space, database).status == 0)
    #expect(try run(["db", "rollback", "--to", "0", "--discard"], space, database).status == 0)
  }

  @Test func nothingIsSavedUnasked() throws {
    let space = try Workspace()
    try script(space)
    #expect(try run(["run", "rotate.strat"], space, "sqlite:" + space.path("a.db")).status == 0)
    #expect(!FileManager.default.fileExists(atPath: space.path("a.db")))
    let list = try run(["results", "ls"], space, "sqlite:" + space.path("a.db"))
    #expect(list.status == 3)
    #expect(list.messages.contains("[E1002]"))
    #expect(!FileManager.default.fileExists(atPath: space.path("a.db")))
  }

  @Test(
    arguments: [
      (["results", "ls", "--sort", "sharp_ratio"], "E1023"), (["results", "ls", "--where", "sharpe"], "E1024"),
      (["results", "ls", "--where", "sharp>1"], "E1023"), (["db", "migrate", "--storage", "heap"], "E1025"),
      (["db", "rollback", "--to", "99"], "E1026"), (["results", "ls", "--db", "results.db"], "E1001"),
      (["results", "show", "7; drop table backtest_results"], "E1021"),
      (["results", "export", "1", "--format", "x"], "E0907"),
      (["results", "ls", "--since", "yesterday"], "E0911"), (["results", "ls", "--param", "x"], "E0908"),
    ] as [([String], String)])
  func wrongUsageIsSaid(arguments: [String], code: String) throws {
    let space = try Workspace()
    let database = "sqlite:" + space.path("a.db")
    _ = try run(["db", "migrate"], space, database)
    let outcome = try run(arguments, space, database)
    #expect(outcome.status == 2, "\(outcome.messages)")
    #expect(outcome.messages.contains("[\(code)]"), "\(outcome.messages)")
  }

  /// Twenty trials of one strategy: told apart by their params, on lines that fit, filtered as one would write it.
  @Test(arguments: ["40", "60", "80", "100", "200"]) func theListFitsTheTerminalAndTellsParams(columns: String) throws {
    let space = try Workspace()
    try space.write(
      "trend.strat",
      """
      strategy "trend" { end: 2009-12-31, benchmark: "SPY" }
      param window = 200 in 20..400 step 20
      fn signals(as_of) = if close("SPY") > sma(close("SPY"), window) { ["SPY": 1] } else { flat }

      """)
    let database = "sqlite:r.db"
    #expect(try run(["sweep", "trend.strat", "--save"], space, database).status == 0)
    func list(_ more: [String]) throws -> [String] {
      let outcome = try Program.run(
        ["results", "ls"] + more, in: space.url,
        environment: ["STRAT_DB": database, "HOME": space.url.path, "COLUMNS": columns])
      #expect(outcome.status == 0, "\(outcome.messages)")
      let lines = outcome.output.components(separatedBy: "\n").dropLast()
      #expect(lines.allSatisfy { $0.count <= Int(columns) ?? 0 }, "\(outcome.output)")
      return Array(lines)
    }
    let all = try list([])
    for window in stride(from: 20, through: 400, by: 20) {
      #expect(all.contains { $0.contains("window=\(window) ") }, "window=\(window): \(all)")
    }
    let small = try list(["--where", "max_drawdown > -30%"])
    #expect(small == (try list(["--where", "max_drawdown>-0.3"])))
    #expect(small.count > 2 && small.count < all.count)
    #expect(try list(["--where", " max_drawdown>= -30 % ", "--where", "sharpe_ratio > 0"]).count > 2)
  }
}
