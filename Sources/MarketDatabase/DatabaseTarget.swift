public import Databases
public import Diagnostics
public import Importers
public import MarketData
import MarketModel

/// A data set in a database that rows are imported into: all of an import in one transaction, or nothing.
///
/// Where there is no database yet, or one without tables, they are made with the first rows, and not before: an import
/// that fails its checks leaves nothing behind. Nothing keeps another import out until then; if one came first, what it
/// has written is read and planned for again.
public final class DatabaseTarget: ImportTarget {
  private let location: DatabaseLocation
  private let patience: Int?
  /// The database with its transaction; `nil` where there are no tables yet.
  private var database: (any Database)?

  /// Opens a database and begins the transaction.
  ///
  /// - Parameters:
  ///   - isDryRun: whether the rows are only looked at, and nothing will be appended.
  ///   - patience: milliseconds to wait for another program's write; see `DatabaseLocation.open`.
  public init(_ location: DatabaseLocation, isDryRun: Bool = false, patience: Int? = nil) throws(Diagnostic) {
    self.location = location
    self.patience = patience
    do throws(DatabaseError) { database = try opened(isDryRun) } catch { throw error.diagnostic }
  }

  deinit { database?.rollback() }

  private func opened(_ isDryRun: Bool) throws(DatabaseError) -> (any Database)? {
    let database: any Database
    do throws(DatabaseError) {
      database = try location.open(isDryRun ? .read : .write, patience: patience)
    } catch {
      // A file that is missing is made later, and then said if it cannot be.
      if error.kind == .cannotOpen, location.dialect == .sqlite { return nil }
      throw error
    }
    if try Migrator(database).applied().isEmpty { return nil }
    if isDryRun {
      try Migrator(database).requireCurrent()
      try database.run(script: "begin")
    } else {
      try database.prepare()
      try begin(database)
    }
    return database
  }

  private func begin(_ database: any Database) throws(DatabaseError) {
    try database.begin()
    // Another import waits, so that both do not add the same rows. SQLite's transaction holds the lock already.
    if database.dialect == .postgres { _ = try database.rows("select pg_advisory_xact_lock(7310273202)") }
  }

  /// The rows that are there.
  public func existing() throws(DataLoadingFailure) -> MarketTables {
    guard let database else { return MarketTables(settings: DataSettings(name: "")) }
    do throws(DatabaseError) { return try DatabaseMarket(database).tables() } catch {
      throw DataLoadingFailure(error.diagnostic)
    }
  }

  /// Makes the database and its tables where there are none, and begins the transaction.
  public func prepare() throws(Diagnostic) -> Bool {
    if database != nil { return true }
    do throws(DatabaseError) {
      let database = try location.open(.create, patience: patience)
      if database.dialect == .postgres, try Migrator(database).applied().isEmpty { try Migrator(database).migrate() }
      try database.prepare()
      try begin(database)
      self.database = database
      return try DatabaseMarket(database).tables().rowCount == 0
    } catch { throw error.diagnostic }
  }

  /// Writes rows and ends the transaction.
  public func apply(_ additions: TableAdditions) throws(Diagnostic) {
    let isAsPlanned = try prepare()
    guard let database else { return }
    defer { database.rollback() }
    do throws(DatabaseError) {
      guard isAsPlanned else { throw DatabaseError(.locked, "another import came first", at: location) }
      let number = try number(additions.rows.settings, in: database)
      var old = additions.replacements
      // They are written as the settings will be.
      old.settings = additions.rows.settings
      try StoredRowRemoval(database: database, number: number).remove(old)
      try RowWriter(database: database, number: number).write(additions.rows.joined(with: old))
      try database.commit()
    } catch { throw error.diagnostic }
  }

  /// The number of the data set with its settings brought up to date; it is made if there is none.
  private func number(_ settings: DataSettings, in database: any Database) throws(DatabaseError) -> Int {
    let market = DatabaseMarket(database)
    if try market.number() == nil {
      // The first is the one that is read where none is named.
      try database.execute(
        "insert into data_sets (name, title, edition) values ($1, $2, 0)",
        [.text(location.dataset ?? "main"), .text(settings.name)])
    }
    guard let number = try market.number() else {
      throw DatabaseError(.statement, "lost a data set while it was written", at: location)
    }
    let words: [SQLValue] = [
      .text(settings.decisionTime?.description ?? ""), .text(settings.calendar?.description ?? ""),
      .integer(settings.adjustFromActions ? 1 : 0), .integer(number), .text(settings.barDates?.rawValue ?? ""),
    ]
    try database.execute(
      "update data_sets set decision_time = nullif($1, ''), calendar = nullif($2, ''), adjusts_from_actions = $3, "
        + "bar_dates = nullif($5, ''), title = nullif(title, ''), edition = edition + 1 where id = $4", words)
    return number
  }
}
