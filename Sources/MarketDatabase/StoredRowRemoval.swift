import Databases
import MarketData
import MarketModel

/// Removes the stored rows with the keys of others, which are to take their places. Needs an open transaction.
struct StoredRowRemoval {
  let database: any Database
  let number: Int

  /// Removes the rows of all kinds but memberships, whose key is all of them.
  func remove(_ rows: MarketTables) throws(DatabaseError) {
    try remove(
      from: "market_data", [BulkColumn("ticker", .text), BulkColumn("trade_date", .day)], rows.priceRows
    ) { writer, row in
      writer.text(row.ticker)
      writer.day(row.day)
    }
    try removeReleases(rows)
    try remove(
      from: "curves",
      [
        BulkColumn("curve_id", .text), BulkColumn("curve_date", .day), BulkColumn("tenor_days", .integer),
        BulkColumn("release_time", .instant),
      ], rows.pointRows
    ) { writer, row in
      writer.text(row.curve)
      writer.day(row.date)
      writer.integer(row.tenorDays)
      writer.instant(orNull: row.release)
    }
    try remove(
      from: "corporate_actions", [BulkColumn("ticker", .text), BulkColumn("ex_date", .day)], rows.actionRows
    ) { writer, row in
      writer.text(row.ticker)
      writer.day(row.exDate)
    }
  }

  private func removeReleases(_ rows: MarketTables) throws(DatabaseError) {
    let columns = [
      BulkColumn("series", .text), BulkColumn("observation_date", .day), BulkColumn("release_time", .instant),
      BulkColumn("revision_number", .integer),
    ]
    try remove(
      from: "macro_series", columns + [BulkColumn("release_given", .integer)], rows.releaseRows(.macro)
    ) { writer, row in
      writer.text(row.code)
      writer.day(row.observation)
      writer.instant(orNull: rows.storedRelease(row))
      writer.integer(row.revision)
      writer.integer(row.release == nil ? 0 : 1)
    }
    try remove(from: "flow_data", columns, rows.releaseRows(.flow)) { writer, row in
      writer.text(row.code)
      writer.day(row.observation)
      writer.instant(orNull: row.release)
      writer.integer(row.revision)
    }
  }

  /// Removes the rows of a table whose key is among those of others.
  ///
  /// The keys go to a table of the transaction first, so that one statement finds all of them.
  private func remove<Rows: Sequence>(
    from table: String, _ key: [BulkColumn], _ rows: Rows, _ write: (any BulkWriter, Rows.Element) -> Void
  ) throws(DatabaseError) {
    if rows.first(where: { _ in true }) == nil { return }
    let names = key.map(\.name).joined(separator: ", ")
    let keys = "strat_replaced_" + table
    try database.run(script: "create temporary table \(keys) as select \(names) from \(table) where 1 = 0")
    let writer = try database.append(to: keys, key, conflicts: .fail)
    for row in rows {
      write(writer, row)
      try writer.endRow()
    }
    _ = try writer.finish()
    // A time that is missing is equal to no other, but the same key.
    let never = database.dialect == .sqlite ? "''" : "timestamptz '-infinity'"
    let compared = key.map { $0.kind == .instant ? "coalesce(\($0.name), \(never))" : $0.name }.joined(separator: ", ")
    try database.execute(
      "delete from \(table) where data_set = $1 and (\(compared)) in (select \(compared) from \(keys))",
      [.integer(number)])
    try database.run(script: "drop table \(keys)")
  }
}
