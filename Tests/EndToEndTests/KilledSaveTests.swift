import Foundation
import TestServers
import Testing

/// Saves that are killed at random moments: the database is consistent each time, and the retry completes.
@Suite struct KilledSaveTests {
  private static let rows = "30000"

  /// The program that makes a run with many signals and saves it: beside `strat`, else as it was built with the tests.
  private static let saver: URL = {
    let beside = URL(fileURLWithPath: Program.path).deletingLastPathComponent().appendingPathComponent("benchmarks")
    let built = Program.root.appendingPathComponent(".build/debug/benchmarks")
    return FileManager.default.isExecutableFile(atPath: beside.path) ? beside : built
  }()

  /// The number of saved runs; a run that is there is there with all its weights.
  private func whole(_ database: String) throws -> Int {
    let check = try Program.run(["db", "check", "--db", database])
    #expect(check.status == 0, "\(check.output)\(check.messages)")
    let list = try Program.run(["results", "ls", "--format", "csv", "--db", database])
    let runs = list.output.split(separator: "\n").dropFirst()
    for run in runs {
      let id = String(run.split(separator: ",")[0])
      let lines = try Program.run(["results", "export", id, "--weights", "--db", database]).output
      #expect(lines.split(separator: "\n").count == (Int(Self.rows) ?? 0) + 1)
    }
    return runs.count
  }

  private func kill(on database: String) throws {
    guard FileManager.default.isExecutableFile(atPath: Self.saver.path) else {
      print("skipped: \(Self.saver.path) is not built")
      return
    }
    let save = ["save", database, Self.rows]
    let first = try Kills.time(Self.saver, save)
    #expect(first.status == 0)
    #expect(try whole(database) == 1)
    for _ in 0..<Kills.count {
      for run in try ids(database) { _ = try Program.run(["results", "rm", run, "--db", database]) }
      #expect(try whole(database) == 0)
      // The save is the last part.
      try Kills.kill(Self.saver, save, after: first.seconds * Double.random(in: 0.3...1))
      #expect(try whole(database) <= 1)
    }
    #expect(try Kills.time(Self.saver, save).status == 0)
    #expect(try whole(database) == 1)
  }

  private func ids(_ database: String) throws -> [String] {
    let list = try Program.run(["results", "ls", "--format", "csv", "--db", database])
    return list.output.split(separator: "\n").dropFirst().map { String($0.split(separator: ",")[0]) }
  }

  @Test func aFileIsConsistentWhateverTheMoment() throws {
    let space = try Workspace()
    let database = "sqlite:" + space.path("a.db")
    #expect(try Program.run(["db", "migrate", "--db", database]).status == 0)
    try kill(on: database)
  }

  @Test func aServerIsConsistentWhateverTheMoment() throws {
    guard case .success(let server) = PostgresServer.shared else {
      print("skipped: there is no PostgreSQL")
      return
    }
    let database = server.makeDatabase()
    #expect(try Program.run(["db", "migrate", "--db", database]).status == 0)
    try kill(on: database)
  }
}
