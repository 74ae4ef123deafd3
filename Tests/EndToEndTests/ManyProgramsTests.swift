import Foundation
import TestServers
import Testing

/// Thirty programs that meet at a database which is new to all of them: imports, saved runs, sweeps and signals, all at
/// once. Each does what it was asked for.
@Suite struct ManyProgramsTests {
  private static let programs = 30

  private let space: Workspace

  init() throws {
    space = try Workspace()
    try space.write(
      "steady.strat",
      """
      strategy "steady" { rebalance: "monthly", start: 2012-01-01, end: 2012-12-31 }
      param share = 0.5 in 0..1
      fn signals(as_of) = ["SPY": share]

      """)
    for number in 0..<Self.programs {
      try space.write(
        "prices/p\(number).csv",
        "ticker,date,close\nT\(number),2020-01-02,1\nT\(number),2020-01-03,\(number + 1)\nALL,2020-01-02,7\n")
    }
  }

  private func arguments(_ number: Int, _ database: String) -> [String] {
    switch number % 5 {
    case 0, 1: ["data", "import", space.path("prices/p\(number).csv"), "--into", database]
    case 2: ["run", "steady.strat", "--param", "share=0.\(10 + number)", "--save", "--db", database]
    case 3: ["signals", "steady.strat", "--as-of", "2012-0\(1 + number % 9)-15", "--save", "--db", database]
    default: ["sweep", "steady.strat", "--param", "share=0.1,0.9", "--save", "--db", database]
    }
  }

  /// Runs all programs at once and gives their outcomes.
  private func outcomes(_ database: String) throws -> [(arguments: [String], outcome: Program.Outcome)] {
    let results = Results()
    let group = DispatchGroup()
    for number in 0..<Self.programs {
      let arguments = arguments(number, database)
      let folder = space.url
      group.enter()
      Thread.detachNewThread {
        let variables = ["HOME": folder.path, "STRAT_CACHE": folder.path + "/cache"]
        let outcome = Result { try Program.run(arguments, in: folder, environment: variables) }
        results.add(arguments, outcome)
        group.leave()
      }
    }
    group.wait()
    return try results.all.map { ($0.0, try $0.1.get()) }
  }

  private final class Results: @unchecked Sendable {
    // Unchecked: guarded by the lock.
    private let lock = NSLock()
    private var found: [([String], Result<Program.Outcome, any Error>)] = []

    func add(_ arguments: [String], _ outcome: Result<Program.Outcome, any Error>) {
      lock.withLock { found.append((arguments, outcome)) }
    }
    var all: [([String], Result<Program.Outcome, any Error>)] { lock.withLock { found } }
  }

  private func meet(at database: String) throws {
    for (arguments, outcome) in try outcomes(database) {
      #expect(outcome.status == 0, "\(arguments): \(outcome.status) \(outcome.messages)")
    }
    let check = try Program.run(["db", "check", "--db", database])
    #expect(check.status == 0, "\(check.output)\(check.messages)")
    let tickers = try Program.run(["data", "ls", "--data", database, "--format", "csv"]).output
    #expect(tickers.contains("ALL") && !tickers.isEmpty)
    for number in 0..<Self.programs where number % 5 < 2 {
      #expect(tickers.contains("T\(number),"), "p\(number) is lost")
    }
    let runs = try Program.run(["results", "ls", "--format", "csv", "--limit", "100", "--db", database]).output
    // A run of each program that saves one, and the two of the sweeps, which all of them share.
    #expect(runs.split(separator: "\n").count == 1 + Self.programs / 5 + 2, "\(runs)")
  }

  @Test func allSucceedOnAFileThatNoneHasMade() throws { try meet(at: "sqlite:" + space.path("new/folder/all.db")) }

  @Test func allSucceedOnAFileThatIsEmpty() throws {
    try space.write("empty.db", "")
    try meet(at: "sqlite:" + space.path("empty.db"))
  }

  @Test func allSucceedOnAnEmptyServer() throws {
    guard case .success(let server) = PostgresServer.shared else { return print("skipped: there is no PostgreSQL") }
    try meet(at: server.makeDatabase())
  }
}
