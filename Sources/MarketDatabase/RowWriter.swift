import Databases
import MarketData
import MarketModel

/// Writes rows into the tables of one data set. Needs an open transaction.
struct RowWriter {
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
      guard let release = rows.storedRelease(row) else { continue }
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
    let adjusts = rows.settings.adjustFromActions
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
      // Only where prices are adjusted from them do they say anything.
      writer.real(orNull: adjusts ? row.splitRatio : nil)
      writer.real(orNull: adjusts ? row.cashDividend : nil)
      writer.real(orNull: row.delistingPrice)
      try writer.endRow()
    }
    try writer.finish()
  }
}

extension MarketTables {
  /// The release time that a database keeps of a macro figure.
  func storedRelease(_ row: Release) -> KnowledgeTime? {
    // Without a release time there is a lag, or the rows would not have passed their checks.
    let lagged = settings.releaseLag(of: row.code)?.release(of: row.observation)
    // What is reckoned is reckoned again when it is read; a column just cannot hold a later day.
    return row.release ?? lagged.map { min($0, KnowledgeTime(endOf: .latest)) }
  }
}
