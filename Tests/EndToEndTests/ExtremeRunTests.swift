import Foundation
import Testing

/// Runs at the ends of what numbers hold, and many that save at once.
@Suite struct ExtremeRunTests {
  private let space: Workspace

  init() throws { space = try Workspace() }

  private func run(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(
      arguments, in: space.url, environment: ["STRAT_CACHE": space.path("cache"), "HOME": space.url.path])
  }

  private func document(_ outcome: Program.Outcome) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test func pricesThatNoEquityFollowsFailTheRunAndAreNotSaved() throws {
    try space.write(
      "data/prices/A.csv",
      "ticker,date,close\nA,2024-01-02,1e308\nA,2024-01-03,1e-300\n"
        + "A,2024-01-04,1e308\nA,2024-01-05,1e308\nA,2024-01-08,1e308\n")
    try space.write("s.strat", "strategy \"s\" { rebalance: \"daily\" }\nfn signals(as_of) = [\"A\": 1]\n")
    let outcome = try run("run", "s.strat", "--data", "data", "--format", "json", "--save", "--db", "sqlite:r.db")
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("error[E0814]: the position in A cannot be valued on 2024-01-04"))
    let document = try document(outcome)
    #expect(document["failed_at"] as? String == "2024-01-04")
    let curve = try #require(document["equity_curve"] as? [[Any]])
    #expect(curve.count == 2 && curve.allSatisfy { $0[1] is NSNumber })
    #expect(try run("results", "ls", "--db", "sqlite:r.db", "--format", "csv").output.split(separator: "\n").count <= 1)
    let batch = try run("batch", "s.strat", "--data", "data", "--format", "json")
    #expect(batch.status == 1 && batch.output.contains("E0814"))
    let sweep = try run("sweep", "s.strat", "--data", "data", "--param", "n=1,2")
    #expect(sweep.status != 0 && sweep.status <= 3)
  }

  @Test func weightsWhoseSumOverflowsAreScaledLikeAnyOthers() throws {
    var rows = "ticker,date,close\n"
    for day in 2...12 { rows += String(format: "A,2024-01-%02d,%d\nB,2024-01-%02d,%d\n", day, 100 + day, day, 50) }
    try space.write("data/prices/p.csv", rows)
    try space.write(
      "s.strat", "strategy \"s\" { rebalance: \"daily\" }\nfn signals(as_of) = [\"A\": 1e308, \"B\": 1e308]\n")
    let outcome = try run("run", "s.strat", "--data", "data", "--format", "json")
    #expect(outcome.status == 0, "\(outcome.messages)")
    let fills = try #require(try document(outcome)["fills"] as? [[String: Any]])
    #expect(fills.prefix(2).map { $0["notional"] as? Double } == [500_000, 500_000])
    #expect(outcome.messages.contains("W0101"))
  }

  @Test func thirtyProgramsSaveIntoOneFileAtOnce() throws {
    try space.write("data/prices/A.csv", "ticker,date,close\nA,2024-01-02,10\nA,2024-01-03,11\nA,2024-01-04,12\n")
    try space.write(
      "s.strat",
      "strategy \"s\" { rebalance: \"daily\" }\nparam n = 1 in 1..1000\nfn signals(as_of) = [\"A\": n / 1000]\n")
    let folder = space.url
    let outcomes = Outcomes()
    let group = DispatchGroup()
    for number in 1...30 {
      group.enter()
      Thread.detachNewThread {
        let outcome = try? Program.run(
          ["run", "s.strat", "--data", "data", "--param", "n=\(number)", "--save", "--db", "sqlite:many.db"],
          in: folder, environment: ["STRAT_CACHE": folder.path + "/cache", "HOME": folder.path])
        outcomes.add(outcome.map { $0.status == 0 ? "" : $0.messages } ?? "not started")
        group.leave()
      }
    }
    group.wait()
    #expect(outcomes.all.filter { !$0.isEmpty } == [])
    let list = try run("results", "ls", "--db", "sqlite:many.db", "--format", "csv", "--limit", "100")
    #expect(list.output.split(separator: "\n").count == 31, "\(list.messages)")
    #expect(try run("db", "check", "--db", "sqlite:many.db").output.contains("no problems"))
  }

  private final class Outcomes: @unchecked Sendable {
    // Unchecked: guarded by the lock.
    private let lock = NSLock()
    private var found: [String] = []

    func add(_ text: String) { lock.withLock { found.append(text) } }
    var all: [String] { lock.withLock { found } }
  }
}
