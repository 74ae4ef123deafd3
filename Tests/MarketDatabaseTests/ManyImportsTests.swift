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
    let target = try DatabaseTarget(try DatabaseLocation(address))
    let plan = try ImportPlan(session.tables, into: try target.existing())
    if !plan.additions.isEmpty { try target.apply(plan.additions) }
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

  @Test(arguments: Backend.available) func everyImportIsThereOrSaysWhyNot(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    let files = try (0..<Self.importers).map { number in
      try scratch.write(
        "f\(number).csv", "ticker,date,close\nT\(number),2020-01-02,1\nT\(number),2020-01-03,\(number + 1)\n")
    }
    // The first of a new database keeps the others out, which say so, or that a server is not migrated to the end yet;
    // nothing of theirs is there.
    let refused = takeAtOnce(files, into: scratch.address)
    #expect(refused.allSatisfy { ["E1003", "E1011"].contains($0.code) }, "\(refused)")
    #expect(refused.count < Self.importers)
    #expect(try scratch.load().store.tickerNames.count == Self.importers - refused.count)
    // In one that is there, all wait for each other.
    let rest = takeAtOnce(refused.map { files[$0.number] }, into: scratch.address)
    #expect(rest.isEmpty, "\(rest)")
    let store = try scratch.load().store
    #expect(store.tickerNames.count == Self.importers)
    #expect(store.instruments.allSatisfy { store.prices($0.id).count == 2 })
    #expect(try SchemaCheck(scratch.location().open(.read)).problems() == [])
  }
}
