import Foundation
import TestServers
import Testing

/// Saves that are killed at random moments: the database is consistent each time, and the retry completes.
///
/// `STRAT_KILLS=50` kills fifty times on each database; a few are enough to notice that something broke.
@Suite struct KilledSaveTests {
  private static let kills = ProcessInfo.processInfo.environment["STRAT_KILLS"].flatMap { Int($0) } ?? 4
  private static let rows = "30000"

  /// The program that makes a run with many signals and saves it; it stands beside `strat`.
  private static let saver = URL(fileURLWithPath: Program.path).deletingLastPathComponent()
    .appendingPathComponent("benchmarks")

  private func start(_ database: String) throws -> Process {
    let process = Process()
    process.executableURL = Self.saver
    process.arguments = ["save", database, Self.rows]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

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
    let begin = Date()
    let first = try start(database)
    first.waitUntilExit()
    #expect(first.terminationStatus == 0)
    let duration = Date().timeIntervalSince(begin)
    #expect(try whole(database) == 1)
    for _ in 0..<Self.kills {
      for run in try ids(database) { _ = try Program.run(["results", "rm", run, "--db", database]) }
      #expect(try whole(database) == 0)
      let victim = try start(database)
      // The save is the last part.
      Thread.sleep(forTimeInterval: duration * Double.random(in: 0.3...1))
      Foundation.kill(victim.processIdentifier, SIGKILL)
      victim.waitUntilExit()
      #expect(try whole(database) <= 1)
    }
    let retry = try start(database)
    retry.waitUntilExit()
    #expect(retry.terminationStatus == 0)
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
