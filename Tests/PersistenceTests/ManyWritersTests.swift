import Backtest
import Databases
import Foundation
import TestServers
import Testing

@testable import Persistence

/// Thirty that write at once, into a database that is new to all of them.
@Suite struct ManyWritersTests {
  private static let writers = 30

  /// Runs work on threads of their own, all at once, and gives what they failed with.
  private func atOnce(_ work: @escaping @Sendable (Int) throws -> Void) -> [String] {
    let failures = Failures()
    let group = DispatchGroup()
    for number in 0..<Self.writers {
      group.enter()
      Thread.detachNewThread {
        do { try work(number) } catch { failures.add("\(error)") }
        group.leave()
      }
    }
    group.wait()
    return failures.all
  }

  private final class Failures: @unchecked Sendable {
    // Unchecked: guarded by the lock.
    private let lock = NSLock()
    private var found: [String] = []

    func add(_ text: String) { lock.withLock { found.append(text) } }
    var all: [String] { lock.withLock { found } }
  }

  private func save(into location: DatabaseLocation) throws {
    let samples = try (0..<Self.writers).map { try Sample(costs: Double($0) / 100_000) }
    let failures = atOnce { number in
      let store = try RunStore(location.open(.create))
      // Each saves a run of its own and one that all save.
      for sample in [samples[number], samples[0]] { try store.save(sample.result, sample.identity) }
    }
    #expect(failures == [])
    let store = try RunStore(location.open(.write))
    #expect(try store.database.integer("select count(*) from backtest_results") == Self.writers)
    #expect(try store.trialCount(of: "rotation") == Self.writers)
    #expect(try SchemaCheck(store.database).problems() == [])
  }

  @Test func allSaveIntoAFileThatNoneHasMade() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("strat-many-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try save(into: DatabaseLocation(file: folder.appendingPathComponent("many.db").path))
  }

  @Test func allSaveIntoAServer() throws {
    guard case .success(let server) = PostgresServer.shared else { return print("skipped: there is no PostgreSQL") }
    let location = try DatabaseLocation(server.makeDatabase())
    let failures = atOnce { _ in try Migrator(location.open(.create)).migrate() }
    #expect(failures == [])
    try save(into: location)
  }
}
