import Foundation
import Locks
import MarketModel
import Testing

@testable import Databases

/// What went wrong in another thread.
private final class Failure: Sendable {
  let text = Guarded<String?>(nil)
}

@Suite struct MigrationTests {
  /// Every table with its columns, as the database says.
  private func shape(_ database: any Database) throws -> [String: [String]] {
    var shape: [String: [String]] = [:]
    for table in Schema.migrations.flatMap(\.tables) + ["schema_migrations"] {
      shape[table] = try SchemaCatalog(database).columns(of: table)
    }
    return shape
  }

  @Test(arguments: Backend.available) func upDownUp(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try scratch.open()
    let migrator = Migrator(database)
    #expect(try migrator.migrate().map(\.number) == Schema.migrations.map(\.number))
    let first = try shape(database)
    #expect(first.values.allSatisfy { !$0.isEmpty })
    #expect(try migrator.rollback(to: 0, discards: false).map(\.number) == Schema.migrations.map(\.number).reversed())
    #expect(try shape(database).values.allSatisfy { $0.isEmpty })
    #expect(try SchemaCatalog(database).isEmpty())
    #expect(try migrator.migrate().count == Schema.migrations.count)
    #expect(try shape(database) == first)
    #expect(try SchemaCheck(database).problems() == [])
  }

  @Test(arguments: Backend.available) func eachMigrationGoesUpAndDownAlone(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try scratch.open()
    for version in 1...Schema.version {
      let known = Migrator(database, Array(Schema.migrations.prefix(version)))
      #expect(try known.migrate().map(\.number) == [version])
      #expect(try known.rollback(to: version - 1, discards: false).map(\.number) == [version])
      #expect(try known.migrate().map(\.number) == [version])
      #expect(try known.pending().isEmpty)
    }
    #expect(try SchemaCheck(database).problems() == [])
  }

  @Test func bothDatabasesGetTheSameColumns() throws {
    var shapes: [[String: [String]]] = []
    for backend in Backend.available {
      let scratch = try backend.make()
      let database = try scratch.open()
      try Migrator(database).migrate()
      shapes.append(try shape(database))
    }
    for shape in shapes { #expect(shape == shapes[0]) }
  }

  @Test(arguments: Backend.available) func migratingAgainDoesNothing(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try scratch.open()
    try Migrator(database).migrate()
    let before = try Migrator(database).applied().map(\.appliedAt)
    #expect(try Migrator(database).migrate().isEmpty)
    #expect(try Migrator(database).applied().map(\.appliedAt) == before)
  }

  @Test(arguments: Backend.available) func aNewerSchemaIsLeftAlone(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try scratch.open()
    try Migrator(database).migrate()
    try database.execute(
      """
      insert into schema_migrations (version, name, applied_at, storage, checksum)
      select version + 1, 'future', applied_at, storage, 'x' from schema_migrations where version = $1
      """, [.integer(Schema.version)])
    #expect(kind { try Migrator(database).requireCurrent() } == .newerSchema)
    #expect(kind { try Migrator(database).migrate() } == .newerSchema)
    #expect(kind { try Migrator(database).rollback(to: 0, discards: true) } == .newerSchema)
    #expect(kind { try database.prepare() } == .newerSchema)
    #expect(kind { _ = try SchemaCheck(database).problems() } == .newerSchema)
  }

  @Test(arguments: Backend.available) func aMigrationThatFailsLeavesNothing(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try scratch.open()
    // Somebody made one of its tables by hand.
    try database.run(script: "create table saved_signals (x text)")
    #expect(kind { try Migrator(database).migrate() } == .halfApplied)
    #expect(!database.isInTransaction)
    #expect(try !SchemaCatalog(database).hasTable("backtest_results"))
    #expect(try !SchemaCatalog(database).hasTable("schema_migrations"))
    try database.run(script: "drop table saved_signals")
    #expect(try Migrator(database).migrate().count == Schema.migrations.count)
  }

  @Test(arguments: Backend.available) func changedTablesAreFound(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try scratch.open()
    try Migrator(database).migrate()
    try database.run(script: "drop table market_data; alter table curves add column extra text")
    let problems = try SchemaCheck(database).problems()
    #expect(problems.count == 2)
    #expect(problems.contains { $0.contains("market_data is missing") })
    #expect(problems.contains { $0.contains("`extra text`") })
    #expect(kind { try Migrator(database).rollback(to: 1, discards: true) } == .halfApplied)
    // The migration above it was undone; this one stayed whole.
    #expect(try Migrator(database).applied().map(\.number) == [1, 2])
    #expect(try SchemaCatalog(database).hasTable("curves"))
  }

  @Test(arguments: Backend.available) func anotherTextOfAMigrationIsNoticed(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try scratch.open()
    try Migrator(database).migrate()
    try database.execute("update schema_migrations set checksum = 'other' where version = 2")
    #expect(kind { try Migrator(database).requireCurrent() } == .halfApplied)
    #expect(try SchemaCheck(database).problems().count == 1)
  }

  @Test(arguments: Backend.available) func rowsAreNotDeletedUnasked(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try scratch.open()
    try Migrator(database).migrate()
    try database.execute("insert into market_data (ticker, trade_date, close) values ('SPY', $1, 1)", [.day(.latest)])
    #expect(kind { try Migrator(database).rollback(to: 0, discards: false) } == .wouldDelete)
    #expect(try Migrator(database).applied().count == Schema.migrations.count)
    #expect(try database.integer("select count(*) from market_data") == 1)
    try Migrator(database).rollback(to: 0, discards: true)
    #expect(try SchemaCatalog(database).isEmpty())
  }

  @Test(arguments: Backend.available) func orphansAreFound(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try scratch.open()
    try Migrator(database).migrate()
    let insert = """
      insert into strategy_signals (run_id, strategy_id, signal_date, ticker, weight, ordinal)
      values ($1, 's', $2, 'SPY', 1, 0)
      """
    try database.execute(insert, [.integer(5), .day(.latest)])
    try database.execute(insert, [.integer(-5), .day(.latest)])
    #expect(try SchemaCheck(database).problems() == ["2 rows of strategy_signals belong to no run"])
  }

  @Test(arguments: Backend.available) func aNewDatabaseIsMadeReady(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try scratch.open()
    try database.prepare()
    #expect(try Migrator(database).pending().isEmpty)
    #expect(try SchemaCheck(database).problems() == [])
  }

  @Test func aServerOfAnOlderVersionIsLeftToItsTeam() throws {
    guard Backend.available.contains(.postgres) else { return }
    let scratch = try Backend.postgres.make()
    let database = try scratch.open()
    try Migrator(database, Array(Schema.migrations.prefix(2))).migrate()
    #expect(kind { try database.prepare() } == .notMigrated)
    #expect(try Migrator(database).applied().count == 2)
    #expect(!database.isInTransaction)
  }

  @Test(arguments: Backend.available) func whoeverMigratesIsWaitedForAndThenSaid(_ backend: Backend) throws {
    let scratch = try backend.make()
    let holder = try scratch.open()
    try holder.begin()
    if backend == .postgres { _ = try holder.rows("select pg_advisory_xact_lock(7310273201)") }
    let hasty = try scratch.open(.create, patience: 50)
    #expect(kind { try hasty.prepare() } == .locked)
    #expect(!hasty.isInTransaction)
    let location = scratch.location
    // A thread of its own: those that tests share may all be waiting.
    let end = DispatchSemaphore(value: 0)
    let failure = Failure()
    Thread.detachNewThread {
      do { try location.open(.create, patience: 120_000).prepare() } catch { failure.text.withLock { $0 = "\(error)" } }
      end.signal()
    }
    Thread.sleep(forTimeInterval: 0.2)
    holder.rollback()
    end.wait()
    #expect(failure.text.withLock { $0 } == nil)
    #expect(try Migrator(hasty).pending().isEmpty)
  }

  @Test(arguments: Backend.available) func whatIsPendingIsAppliedWholeOrNotAtAll(_ backend: Backend) throws {
    let scratch = try backend.make()
    let database = try scratch.open()
    try Migrator(database, Array(Schema.migrations.prefix(1))).migrate()
    // Somebody made a table of the third migration by hand: the second is not left behind either.
    try database.run(script: "create table strategy_trials (x text)")
    #expect(kind { try Migrator(database).migrate() } == .halfApplied)
    #expect(try Migrator(database).applied().map(\.number) == [1])
    #expect(try !SchemaCatalog(database).hasTable("market_data"))
  }

  @Test func aFileOfAnOlderVersionIsMigrated() throws {
    let scratch = try Backend.sqlite.make()
    let database = try scratch.open()
    try Migrator(database, Array(Schema.migrations.prefix(1))).migrate()
    try database.prepare()
    #expect(try Migrator(database).applied().count == Schema.migrations.count)
  }

  @Test(arguments: Backend.available, ["create table notes (x text)", "create view notes as select 1 as x"])
  func tablesOfOthersAreNotMixedWithOurs(_ backend: Backend, _ statement: String) throws {
    let scratch = try backend.make()
    let database = try scratch.open()
    try database.run(script: statement)
    #expect(kind { try database.prepare() } == .notMigrated)
    #expect(try !SchemaCatalog(database).hasTable("backtest_results"))
  }

  @Test(arguments: Backend.available) func twoMigratorsWaitForEachOther(_ backend: Backend) async throws {
    let scratch = try backend.make()
    let location = scratch.location
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask { try Migrator(location.open(.create, patience: 20_000)).migrate().count }
      }
      return try await group.reduce(0, +)
    }
    #expect(counts == Schema.migrations.count)
    #expect(try SchemaCheck(scratch.open()).problems() == [])
  }
}
