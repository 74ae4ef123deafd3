import Databases
import Diagnostics
import Foundation
import Importers
import MarketData
import MarketDatabase
import MarketModel
import Testing

/// Many that import into one data set at once.
@Suite struct ManyImportsTests {
  private static let importers = 30

  private final class Failures: @unchecked Sendable {
    // Unchecked: guarded by the lock.
    private let lock = NSLock()
    private var found: [(number: Int, code: String)] = []

    func add(_ number: Int, _ code: String) { lock.withLock { found.append((number, code)) } }
    var all: [(number: Int, code: String)] { lock.withLock { found } }
  }

  private static func take(_ file: String, into address: String) throws {
    var session = ImportSession()
    try session.read([file])
    var target = try DatabaseTarget(try DatabaseLocation(address))
    let plan = try ImportPlan(session.tables, into: try target.existing())
    _ = try target.carryOut(plan, of: session.tables)
  }

  private func takeAtOnce(_ files: [String], into address: String) -> [(number: Int, code: String)] {
    let failures = Failures()
    let group = DispatchGroup()
    for (number, file) in files.enumerated() {
      group.enter()
      Thread.detachNewThread {
        do { try Self.take(file, into: address) } catch {
          failures.add(number, (error as? Diagnostic)?.code ?? "\(error)")
        }
        group.leave()
      }
    }
    group.wait()
    return failures.all
  }

  @Test(arguments: Backend.available) func everyImportIntoANewDatabaseIsThere(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    // Each brings a ticker of its own, and a row that all of them bring.
    let files = try (0..<Self.importers).map { number in
      try scratch.write(
        "f\(number).csv",
        "ticker,date,close\nT\(number),2020-01-02,1\nT\(number),2020-01-03,\(number + 1)\nALL,2020-01-02,7\n")
    }
    #expect(takeAtOnce(files, into: scratch.address).isEmpty)
    let store = try scratch.load().store
    #expect(store.tickerNames.count == Self.importers + 1)
    #expect(store.instruments.map { store.prices($0.id).count }.reduce(0, +) == 2 * Self.importers + 1)
    #expect(try SchemaCheck(scratch.location().open(.read)).problems() == [])
  }

  @Test(arguments: Backend.available) func whoWasOvertakenPlansAgain(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    let first = try scratch.write("a.csv", "ticker,date,close\nA,2020-01-02,1\nB,2020-01-02,2\n")
    let second = try scratch.write("b.csv", "ticker,date,close\nB,2020-01-02,2\nC,2020-01-02,3\n")
    let third = try scratch.write("c.csv", "ticker,date,close\nB,2020-01-02,9\n")
    var slow = try [second, third, first].map { file in
      var session = ImportSession()
      try session.read([file])
      let target = try DatabaseTarget(scratch.location())
      return (session, target, plan: try ImportPlan(session.tables, into: try target.existing()))
    }
    try scratch.take(first)
    // Its first row is there by now.
    let done = try slow[0].1.carryOut(slow[0].plan, of: slow[0].0.tables)
    #expect(done.additions.count == 1 && done.additions.repeated == 1)
    // What contradicts a row that came first is refused as ever.
    #expect(codes { _ = try slow[1].1.carryOut(slow[1].plan, of: slow[1].0.tables) } == ["E0730"])
    slow.remove(at: 1)  // and its lock with it
    let repeated = try slow[1].1.carryOut(slow[1].plan, of: slow[1].0.tables)
    #expect(repeated.additions.isEmpty && repeated.additions.repeated == 2)
    #expect(try scratch.load().store.tickerNames.sorted() == ["A", "B", "C"])
  }
}
