import Foundation
import TestServers
import Testing

/// One data set, wherever it is kept: a folder, its cached copy, a database file, a server.
@Suite struct SourcesTests {
  private let space: Workspace

  init() throws {
    space = try Workspace()
    let exported = try Program.run(["data", "export", space.path("sample")])
    try #require(exported.status == 0, "\(exported.messages)")
  }

  private func run(_ arguments: [String]) throws -> Program.Outcome {
    try Program.run(arguments, environment: ["STRAT_CACHE": space.path("cache"), "HOME": space.url.path])
  }

  /// The addresses of databases with the sample market in them, or another.
  private func databases(with folder: String? = nil) throws -> [String] {
    var addresses = ["sqlite:" + space.path("sample.db")]
    switch PostgresServer.shared {
    case .success(let server): addresses.append(server.makeDatabase())
    case .failure(let missing): print("skipped on PostgreSQL: \(missing.reason)")
    }
    for address in addresses {
      let outcome = try run(["data", "import", folder ?? space.path("sample"), "--into", address])
      try #require(outcome.status == 0, "\(outcome.messages)")
    }
    return addresses
  }

  private static let scripts =
    (try? FileManager.default.contentsOfDirectory(atPath: Program.root.path + "/Scripts"))?
    .filter { $0.hasSuffix(".strat") }.sorted().map { Program.root.path + "/Scripts/" + $0 } ?? []

  @Test func everyScriptGivesTheSameBytes() throws {
    #expect(Self.scripts.count > 10)
    let databases = try databases()
    for script in Self.scripts {
      let command = ["run", script, "--format", "json", "--data"]
      let plain = try run(command + [space.path("sample"), "--no-cache"])
      #expect(plain.status == 0 && !plain.output.isEmpty, "\(script): \(plain.messages)")
      // The first fills the cache, all others read it.
      let fills = script == Self.scripts.first ? [space.path("sample")] : []
      for source in fills + [space.path("sample")] + databases {
        let outcome = try run(command + [source])
        #expect(outcome.status == 0, "\(script) on \(source): \(outcome.messages)")
        #expect(outcome.output == plain.output, "\(script) on \(source)")
        #expect(outcome.messages == plain.messages, "\(script) on \(source)")
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: space.path("cache")).count == 1)
  }

  @Test(.enabled(if: SharedFolders.root != nil, "the shared data folders are not there"))
  func theRealMarketIsTheSameInADatabase() throws {
    let market = try #require(SharedFolders.root) + "/us"
    func facts(_ source: String) throws -> String {
      let outcome = try run(["data", "describe", "--format", "json", "--data", source])
      #expect(outcome.status == 0, "\(source): \(outcome.messages)")
      return outcome.output
    }
    let folder = try facts(market)
    #expect(folder.contains("\"fingerprint\":"))
    for database in try databases(with: market) { #expect(try facts(database) == folder, "\(database)") }
  }

  @Test func everyCommandTakesADatabase() throws {
    let script = try space.write(
      "a.strat",
      """
      strategy "a" { rebalance: "monthly", start: 2012-01-01, end: 2012-12-31 }
      param window = 60 in [60, 120]
      fn signals(as_of) = if close("SPY").last() > close("SPY").sma(window) { ["SPY": 0.6] } else { flat }
      test "holds little" { at 2012-06-29 { assert signals(as_of).sum() < 1 } }

      """)
    let commands: [([String], input: String?)] = [
      (["data", "ls", "--format", "csv", "--data"], nil), (["data", "describe", "--format", "json", "--data"], nil),
      (["data", "check", "--format", "json", "--data"], nil), (["check", script, "--data"], nil),
      (["signals", script, "--as-of", "2012-06-29", "--data"], nil), (["test", script, "--data"], nil),
      (["sweep", script, "--format", "csv", "--data"], nil),
      (["repl", "--as-of", "2012-06-29", "--data"], "close(\"SPY\").last()\nmembers(\"SP500\").len()\n"),
    ]
    let folder = space.path("sample")
    let databases = try databases()
    for (command, input) in commands {
      func outcome(_ source: String) throws -> Program.Outcome {
        try Program.run(command + [source], environment: ["STRAT_CACHE": space.path("cache")], input: input)
      }
      let expected = try outcome(folder)
      #expect(expected.status == 0, "\(command) \(expected.messages)")
      for database in databases {
        let found = try outcome(database)
        #expect(found.status == 0, "\(command) \(database) \(found.messages)")
        // A list of defects names files, which a database has none of.
        if command[1] != "check" || command[0] != "data" {
          #expect(found.output == expected.output, "\(command) \(database)")
        }
      }
    }
  }

  @Test func aDatabaseIsExportedAsTheFolderItCameFrom() throws {
    for (place, database) in try databases().enumerated() {
      let folder = space.path("out-\(place)")
      let outcome = try run(["data", "export", folder, "--data", database])
      #expect(outcome.status == 0, "\(outcome.messages)")
      for file in ["dataset.yaml", "prices/prices.csv", "series/series.csv", "curves/curves.csv"] {
        let (mine, own) = (folder + "/" + file, space.path("sample/" + file))
        #expect(FileManager.default.contentsEqual(atPath: mine, andPath: own), "\(file)")
      }
    }
  }

  @Test func aPromptNoticesAnImport() throws {
    let files = ["2020-01-02,1", "2020-01-03,2"].enumerated().map { place, row in
      (space.path("rows-\(place).csv"), "ticker,date,close\nAAA,\(row)\n")
    }
    for (path, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }
    var addresses = ["sqlite:" + space.path("few.db")]
    if case .success(let server) = PostgresServer.shared { addresses.append(server.makeDatabase()) }
    for address in addresses {
      #expect(try run(["data", "import", files[0].0, "--into", address]).status == 0)
      let session = try PipedSession(["repl", "--data", address])
      #expect(session.ask("close(\"AAA\").len()\n") == "1\n")
      #expect(try run(["data", "import", files[1].0, "--into", address]).status == 0)
      #expect(session.ask(":as_of 2020-01-03\nclose(\"AAA\").len()\n") == "1\n")
      #expect(session.ask(":reload\n:as_of 2020-01-03\nclose(\"AAA\").len()\n") == "2\n")
      #expect(session.end() == 0)
    }
  }
}
