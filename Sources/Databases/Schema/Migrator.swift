public import MarketModel

/// Brings the schema of a database up and down.
///
/// `schema_migrations` records what was applied, with the hash of its text. What is pending is applied in one
/// transaction, so that whoever reads meanwhile, and whoever comes after a migration that was killed, finds the schema
/// as it was before or as it is after. Two programs that migrate at once wait for each other.
public struct Migrator {
  /// A migration that was applied.
  public struct Applied: Sendable {
    /// Its number.
    public let number: Int
    /// Its name.
    public let name: String
    /// When.
    public let appliedAt: KnowledgeTime
    /// How signals are kept since.
    public let storage: SignalStorage
    let checksum: String
  }

  private let database: any Database
  private let migrations: [Migration]

  /// Migrations of a database.
  public init(_ database: any Database) { self.init(database, Schema.migrations) }

  init(_ database: any Database, _ migrations: [Migration]) {
    self.database = database
    self.migrations = migrations
  }

  /// What was applied, in order.
  public func applied() throws(DatabaseError) -> [Applied] {
    guard try SchemaCatalog(database).hasTable("schema_migrations") else { return [] }
    let rows = try database.rows(
      "select version, name, applied_at, storage, checksum from schema_migrations order by version")
    var list: [Applied] = []
    while try rows.next() {
      guard let number = try rows.integer(0), let name = try rows.text(1), let time = try rows.instant(2),
        let storage = try rows.text(3).flatMap(SignalStorage.init(rawValue:)), let checksum = try rows.text(4)
      else { throw database.error(.halfApplied, "schema_migrations holds a row that no version of the program writes") }
      list.append(Applied(number: number, name: name, appliedAt: time, storage: storage, checksum: checksum))
    }
    return list
  }

  /// What is not applied yet.
  public func pending() throws(DatabaseError) -> [Migration] {
    let last = try applied().last?.number ?? 0
    return migrations.filter { $0.number > last }
  }

  /// Fails where the schema is not the one that this program reads and writes.
  public func requireCurrent() throws(DatabaseError) {
    let applied = try applied()
    try requireKnown(applied)
    let wanted = migrations.last?.number ?? 0
    let last = applied.last?.number ?? 0
    if last == wanted { return }
    throw database.error(
      .notMigrated,
      last == 0 ? "has no tables of strat yet" : "has schema \(last), and schema \(wanted) is needed")
  }

  /// Applies what is pending and gives it. Where a migration fails, nothing of any is left behind.
  ///
  /// - Parameter storage: how signals are to be kept; `nil` leaves it to the first migration, which takes TimescaleDB
  ///   where its extension is installed.
  @discardableResult public func migrate(storage: SignalStorage? = nil) throws(DatabaseError) -> [Migration] {
    try database.transaction { () throws(DatabaseError) in
      try lock()
      return try applyPending(storage)
    }
  }

  /// Makes the tables in a database that has none of anybody, and brings those of a file up to date; elsewhere nothing.
  ///
  /// Another program that makes them is waited for, and what it has made is looked at then.
  fileprivate func migrateWhereThatIsOurs() throws(DatabaseError) {
    try database.transaction { () throws(DatabaseError) in
      try lock()
      var isOurs = false
      if database.dialect == .sqlite { isOurs = try !applied().isEmpty }
      if !isOurs { isOurs = try SchemaCatalog(database).isEmpty() }
      if isOurs { _ = try applyPending(nil) }
    }
  }

  /// Undoes the last migrations, newest first, down to a version, and gives them.
  ///
  /// - Parameter discards: whether rows may be deleted with their tables.
  @discardableResult public func rollback(to version: Int, discards: Bool) throws(DatabaseError) -> [Migration] {
    var done: [Migration] = []
    while let next = try stepBack(to: version, discards) { done.append(next) }
    return done
  }

  /// Needs the lock.
  private func applyPending(_ wanted: SignalStorage?) throws(DatabaseError) -> [Migration] {
    try makeLedger()
    let applied = try applied()
    try requireKnown(applied)
    let storage = try storage(wanted, applied)
    let pending = migrations.filter { $0.number > applied.last?.number ?? 0 }
    for next in pending {
      try apply(next, next.up(SchemaWords(dialect: database.dialect, storage: storage)))
      try database.execute(
        "insert into schema_migrations (version, name, applied_at, storage, checksum) values ($1, $2, $3, $4, $5)",
        [
          .integer(next.number), .text(next.name), .instant(.now), .text(storage.rawValue), .text(next.checksum),
        ])
    }
    return pending
  }

  private func stepBack(to version: Int, _ discards: Bool) throws(DatabaseError) -> Migration? {
    try database.transaction { () throws(DatabaseError) in
      try lock()
      let applied = try applied()
      try requireKnown(applied)
      guard let last = applied.last, last.number > version,
        let migration = migrations.first(where: { $0.number == last.number })
      else { return nil }
      // All that will be undone is looked at before anything is, so that a refusal leaves the schema as it was.
      for undone in migrations.reversed() where !discards && undone.number > version && undone.number <= last.number {
        try requireEmpty(undone)
      }
      try apply(migration, migration.down(SchemaWords(dialect: database.dialect, storage: last.storage)))
      try database.execute("delete from schema_migrations where version = $1", [.integer(last.number)])
      // Without migrations nothing of the program is left in the database.
      if last.number == 1 { try database.run(script: "drop table schema_migrations") }
      return migration
    }
  }

  /// Waits for other migrators. SQLite's transaction holds the write lock already.
  private func lock() throws(DatabaseError) {
    if database.dialect == .postgres { _ = try database.rows("select pg_advisory_xact_lock(7310273201)") }
  }

  private func makeLedger() throws(DatabaseError) {
    let words = SchemaWords(dialect: database.dialect, storage: .plain)
    try database.run(
      script: words.fill(
        """
        create table if not exists schema_migrations (
          version {integer} primary key,
          name text not null,
          applied_at {instant} not null,
          storage text not null,
          checksum text not null
        ){table}
        """))
  }

  private func apply(_ migration: Migration, _ script: String) throws(DatabaseError) {
    do throws(DatabaseError) {
      try database.run(script: script)
    } catch {
      // What the schema does not expect is somebody else's table; the rest is as it is.
      guard error.kind == .statement else { throw error }
      throw database.error(
        .halfApplied, "cannot go through migration \(migration.number) (\(migration.name)): \(error.message)")
    }
  }

  /// The way signals are kept: what was recorded, else what is wanted, else what the database offers.
  private func storage(_ wanted: SignalStorage?, _ applied: [Applied]) throws(DatabaseError) -> SignalStorage {
    let catalog = SchemaCatalog(database)
    let isInstalled = try catalog.hasTimescale()
    guard let recorded = applied.last?.storage else {
      let offered: SignalStorage = database.dialect == .sqlite ? .plain : isInstalled ? .timescaledb : .partitions
      let chosen = wanted ?? offered
      let isPossible = database.dialect == .sqlite ? chosen == .plain : chosen != .plain
      guard isPossible, chosen != .timescaledb || isInstalled else {
        let reason =
          isPossible ? "the extension timescaledb is not installed in it" : "that is for another kind of database"
        throw database.error(.mixedStorage, "cannot keep signals as `\(chosen.rawValue)`: \(reason)")
      }
      return chosen
    }
    if let wanted, wanted != recorded {
      throw database.error(
        .mixedStorage, "keeps signals as `\(recorded.rawValue)`; they cannot become `\(wanted.rawValue)` in place")
    }
    if let found = try catalog.signalStorage(), found != recorded {
      throw database.error(
        .mixedStorage, "keeps signals as `\(found.rawValue)`, but `\(recorded.rawValue)` is recorded")
    }
    return recorded
  }

  /// Fails where a migration is applied that this program does not know, or does not know so.
  private func requireKnown(_ applied: [Applied]) throws(DatabaseError) {
    for (place, entry) in applied.enumerated() {
      guard let known = migrations.first(where: { $0.number == entry.number }) else {
        throw database.error(
          .newerSchema, "has schema \(applied.last?.number ?? 0); this program knows schemas up to \(Schema.version)")
      }
      guard known.checksum == entry.checksum, entry.number == place + 1 else {
        throw database.error(
          .halfApplied, "records another migration \(entry.number) (\(entry.name)) than the one of this program")
      }
    }
  }

  private func requireEmpty(_ migration: Migration) throws(DatabaseError) {
    for table in migration.tables {
      guard try SchemaCatalog(database).hasTable(table) else { continue }
      let count = try database.integer("select count(*) from \(table)") ?? 0
      if count > 0 {
        throw database.error(
          .wouldDelete,
          "rolling back migration \(migration.number) (\(migration.name)) would delete \(count) rows of \(table)")
      }
    }
  }
}

extension Database {
  /// Makes the database ready for use: one that is new gets its tables, a file of an older version is migrated. Whoever
  /// is at that already is waited for.
  ///
  /// A server belongs to a team, and its schema to whoever migrates it: tables of an older version stay as they are,
  /// and where others keep tables of theirs, `strat db migrate` says that ours are wanted there.
  public func prepare() throws(DatabaseError) {
    let migrator = Migrator(self)
    if try !migrator.pending().isEmpty { try migrator.migrateWhereThatIsOurs() }
    try migrator.requireCurrent()
  }
}
