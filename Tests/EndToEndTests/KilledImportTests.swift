import Foundation
import TestServers
import Testing

/// Imports that are killed at random moments, into a folder, a database file and a server: what is there is either what
/// was there before or all of it, and the retry completes.
@Suite struct KilledImportTests {
  private let space: Workspace
  private static let program = URL(fileURLWithPath: Program.path)

  init() throws {
    space = try Workspace()
    var prices = "ticker,date,open,high,low,close,volume\n"
    var series = "series,observation_date,release_time,value\n"
    for day in 10...28 {
      for ticker in 0..<300 { prices += "T\(ticker),2020-01-\(day),1,2,1,1.5,7\n" }
      for code in 0..<300 { series += "S\(code),2020-01-\(day),2020-03-\(day)T10:00:00Z,\(day)\n" }
    }
    try space.write("whole/prices/p.csv", prices)
    try space.write("whole/series/s.csv", series)
    let settings = "decision_time: 16:00 America/New_York\naliases:\n  FIRST: T0\n"
    try space.write("whole/dataset.yaml", settings)
    // What is there already in every other round: the first days of prices, and no series.
    try space.write(
      "before/prices/p.csv", prices.split(separator: "\n").prefix(1 + 300 * 3).joined(separator: "\n") + "\n")
    try space.write("before/dataset.yaml", settings)
  }

  private func add(_ source: String, _ target: String) -> [String] {
    ["data", "import", space.path(source), "--into", target]
  }

  /// The fingerprint of a data set; `nil` where there is none.
  private func fingerprint(_ place: String) throws -> String? {
    let outcome = try Program.run(["data", "describe", place, "--no-cache", "--format", "csv"])
    if outcome.status == 0 {
      return outcome.output.split(separator: "\n").first { $0.hasPrefix("fingerprint,") }.map(String.init)
    }
    let absent = ["[E0701]", "[E0702]", "[E0733]", "[E1002]", "[E1011]"].contains { outcome.messages.contains($0) }
    #expect(outcome.status == 3 && absent, "\(outcome.messages)")
    return nil
  }

  /// Kills imports into targets that are new each time.
  private func kill(_ target: (Int) -> String) throws {
    let whole = try #require(try fingerprint(space.path("whole")))
    let before = try #require(try fingerprint(space.path("before")))
    let first = try Kills.time(Self.program, add("whole", target(0)))
    #expect(first.status == 0)
    #expect(try fingerprint(target(0)) == whole)
    var killed = 0
    for round in 1...Kills.count {
      let place = target(round)
      let starts = round % 2 == 0 ? before : nil
      if starts != nil { #expect(try Program.run(add("before", place)).status == 0) }
      let moment = first.seconds * Double.random(in: 0...1)
      if try Kills.kill(Self.program, add("whole", place), after: moment) { killed += 1 }
      let left = try fingerprint(place)
      #expect(left == starts || left == whole, "round \(round), after \(moment) s")
      let retry = try Program.run(add("whole", place))
      #expect(retry.status == 0, "round \(round), after \(moment) s: \(retry.messages)")
      #expect(try fingerprint(place) == whole, "round \(round), after \(moment) s")
      #expect(try Program.run(add("whole", place)).messages.contains("added 0 rows"))
    }
    print("killed \(killed) of \(Kills.count) imports before their end")
  }

  @Test func aFolderHoldsAllOrNothing() throws { try kill { space.path("folder-\($0)") } }

  @Test func aFileHoldsAllOrNothing() throws {
    try kill { "sqlite:" + space.path("\($0).db") }
    for round in 0...Kills.count {
      let check = try Program.run(["db", "check", "--db", "sqlite:" + space.path("\(round).db")])
      #expect(check.status == 0, "\(check.output)\(check.messages)")
    }
  }

  @Test func aServerHoldsAllOrNothing() throws {
    guard case .success(let server) = PostgresServer.shared else {
      print("skipped: there is no PostgreSQL")
      return
    }
    let address = server.makeDatabase()
    try kill { address + "?dataset=round\($0)" }
    let check = try Program.run(["db", "check", "--db", address])
    #expect(check.status == 0, "\(check.output)\(check.messages)")
  }
}
