public import Databases
public import Diagnostics
public import Importers
public import MarketData
import MarketModel

/// A data set in a database that rows are imported into: all of an import in one transaction, or nothing.
public final class DatabaseTarget: ImportTarget {
  private let database: any Database
  private let market: DatabaseMarket

  /// Opens a database, makes or updates its schema, and begins the transaction.
  public init(_ location: DatabaseLocation) throws(Diagnostic) {
    do throws(DatabaseError) {
      database = try location.open(.create)
      try Migrator(database).migrate()
      market = DatabaseMarket(database)
      try database.begin()
      // Another import waits, so that both do not add the same rows.
      if database.dialect == .postgres { _ = try database.rows("select pg_advisory_xact_lock(7310273202)") }
    } catch { throw error.diagnostic }
  }

  deinit { database.rollback() }

  /// The rows that are there.
  public func existing() throws(DataLoadingFailure) -> MarketTables {
    do throws(DatabaseError) { return try market.tables() } catch { throw DataLoadingFailure(error.diagnostic) }
  }

  /// Adds rows and ends the transaction.
  public func append(_ rows: MarketTables) throws(Diagnostic) {
    do throws(DatabaseError) {
      let number = try number(rows.settings)
      let writer = RowWriter(database: database, number: number)
      try writer.write(rows)
      try database.commit()
    } catch {
      database.rollback()
      throw error.diagnostic
    }
  }

  /// The number of the data set with its settings brought up to date; it is made if there is none.
  private func number(_ settings: DataSettings) throws(DatabaseError) -> Int {
    if try market.number() == nil {
      let name = database.location.dataset ?? "main"
      // The first is the one that is read where none is named.
      try database.execute(
        "insert into data_sets (name, title, edition) values ($1, $2, 0)", [.text(name), .text(settings.name)])
    }
    guard let number = try market.number() else {
      throw DatabaseError(.statement, "lost a data set while it was written", at: database.location)
    }
    try database.execute(
      "update data_sets set decision_time = $1, calendar = $2, adjusts_from_actions = $3, edition = edition + 1 "
        + "where id = $4",
      [
        settings.decisionTime.map { .text($0.description) } ?? .null,
        settings.calendar.map { .text($0.description) } ?? .null, .integer(settings.adjustFromActions ? 1 : 0),
        .integer(number),
      ])
    return number
  }
}

/// Writes rows into the tables of one data set.
private struct RowWriter {
  let database: any Database
  let number: Int

  func write(_ rows: MarketTables) throws(DatabaseError) {
    try writeSettings(rows)
    try writePrices(rows)
    try writeMacro(rows)
    try writeFlows(rows)
    try writeCurves(rows)
    try writeMembers(rows)
    try writeActions(rows)
  }

  private func append(
    to table: String, _ columns: [BulkColumn], conflicts: ConflictRule = .fail
  ) throws(DatabaseError) -> any BulkWriter {
    try database.append(to: table, [BulkColumn("data_set", .integer)] + columns, conflicts: conflicts)
  }

  private func writeSettings(_ rows: MarketTables) throws(DatabaseError) {
    let names = try append(to: "instruments", [BulkColumn("ticker", .text)], conflicts: .keepFirst)
    for name in rows.instrumentNames {
      names.integer(number)
      names.text(name)
      try names.endRow()
    }
    try names.finish()
    for alias in rows.settings.aliases {
      try database.execute(
        "insert into ticker_aliases (data_set, alias, ticker) values ($1, $2, $3) on conflict do nothing",
        [.integer(number), .text(alias.name), .text(alias.ticker)])
    }
    for lag in rows.settings.releaseLags {
      try database.execute(
        "insert into series_metadata (data_set, kind, series, release_lag) values ($1, 'series', $2, $3) "
          + "on conflict (data_set, kind, series) do update set release_lag = excluded.release_lag",
        [.integer(number), .text(lag.series), .text(lag.lag.description)])
    }
  }

  private func writePrices(_ rows: MarketTables) throws(DatabaseError) {
    let numbers = ["open", "high", "low", "close", "volume", "adjusted_close"].map { BulkColumn($0, .real) }
    let writer = try append(
      to: "market_data", [BulkColumn("ticker", .text), BulkColumn("trade_date", .day)] + numbers)
    for row in rows.priceRows {
      writer.integer(number)
      writer.text(row.ticker)
      writer.day(row.day)
      for value in row.numbers { writer.real(value) }
      try writer.endRow()
    }
    try writer.finish()
  }

  private func writeMacro(_ rows: MarketTables) throws(DatabaseError) {
    let writer = try append(
      to: "macro_series",
      [
        BulkColumn("series", .text), BulkColumn("observation_date", .day), BulkColumn("value", .real),
        BulkColumn("release_time", .instant), BulkColumn("revision_number", .integer),
        BulkColumn("release_given", .integer),
      ])
    for row in rows.releaseRows(.macro) {
      // Without a release time there is a lag, or the rows would not have passed their checks.
      let lagged = rows.settings.releaseLag(of: row.code)?.release(of: row.observation)
      guard let release = row.release ?? lagged else { continue }
      writer.integer(number)
      writer.text(row.code)
      writer.day(row.observation)
      writer.real(row.value)
      writer.instant(release)
      writer.integer(row.revision)
      writer.integer(row.release == nil ? 0 : 1)
      try writer.endRow()
    }
    try writer.finish()
  }

  private func writeFlows(_ rows: MarketTables) throws(DatabaseError) {
    let writer = try append(
      to: "flow_data",
      [
        BulkColumn("series", .text), BulkColumn("observation_date", .day), BulkColumn("value", .real),
        BulkColumn("release_time", .instant), BulkColumn("revision_number", .integer),
      ])
    for row in rows.releaseRows(.flow) {
      writer.integer(number)
      writer.text(row.code)
      writer.day(row.observation)
      writer.real(row.value)
      writer.instant(orNull: row.release)
      writer.integer(row.revision)
      try writer.endRow()
    }
    try writer.finish()
  }

  private func writeCurves(_ rows: MarketTables) throws(DatabaseError) {
    let writer = try append(
      to: "curves",
      [
        BulkColumn("curve_id", .text), BulkColumn("curve_date", .day), BulkColumn("tenor_days", .integer),
        BulkColumn("rate", .real), BulkColumn("release_time", .instant),
      ])
    for row in rows.pointRows {
      writer.integer(number)
      writer.text(row.curve)
      writer.day(row.date)
      writer.integer(row.tenorDays)
      writer.real(row.rate)
      writer.instant(orNull: row.release)
      try writer.endRow()
    }
    try writer.finish()
  }

  private func writeMembers(_ rows: MarketTables) throws(DatabaseError) {
    let writer = try append(
      to: "universe_members",
      [
        BulkColumn("universe", .text), BulkColumn("ticker", .text), BulkColumn("start_date", .day),
        BulkColumn("end_date", .day),
      ])
    for row in rows.membershipRows {
      writer.integer(number)
      writer.text(row.universe)
      writer.text(row.ticker)
      writer.day(row.start)
      writer.day(orNull: row.end)
      try writer.endRow()
    }
    try writer.finish()
  }

  private func writeActions(_ rows: MarketTables) throws(DatabaseError) {
    let writer = try append(
      to: "corporate_actions",
      [
        BulkColumn("ticker", .text), BulkColumn("ex_date", .day), BulkColumn("split_ratio", .real),
        BulkColumn("cash_dividend", .real), BulkColumn("delisting_price", .real),
      ])
    for row in rows.actionRows {
      writer.integer(number)
      writer.text(row.ticker)
      writer.day(row.exDate)
      writer.real(row.splitRatio)
      writer.real(row.cashDividend)
      writer.real(orNull: row.delistingPrice)
      try writer.endRow()
    }
    try writer.finish()
  }
}
