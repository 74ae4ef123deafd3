extension Database {
  /// Makes the partitions of `strategy_signals` for years that will be written, where it is partitioned by year.
  ///
  /// Partitions are for speed: a year whose partition cannot be made, because the table for what fits none holds rows
  /// of it already or the user may not make tables, goes there.
  public func prepareSignals(years: some Sequence<Int>) throws(DatabaseError) {
    guard dialect == .postgres, try SchemaCatalog(self).signalStorage() == .partitions else { return }
    let missing = try Set(years.filter { (1...9998).contains($0) }).subtracting(partitionedYears()).sorted()
    if missing.isEmpty { return }
    do throws(DatabaseError) {
      try transaction { () throws(DatabaseError) in
        // Two that make the same partition at once would stand in each other's way.
        _ = try rows("select pg_advisory_xact_lock(7310273202)")
        for year in missing { try makePartition(year) }
      }
    } catch {
      guard error.kind == .constraint || error.kind == .refused else { throw error }
    }
  }

  private func partitionedYears() throws(DatabaseError) -> Set<Int> {
    let rows = try rows(
      """
      select substr(child.relname::text, 18) from pg_inherits
      join pg_class as child on child.oid = inhrelid where inhparent = to_regclass('strategy_signals')
      """)
    var years: Set<Int> = []
    while try rows.next() {
      if let year = try rows.text(0).flatMap({ Int($0) }) { years.insert(year) }
    }
    let strays = try self.rows("select distinct extract(year from signal_date)::bigint from strategy_signals_default")
    while try strays.next() {
      if let year = try strays.integer(0) { years.insert(year) }
    }
    return years
  }

  private func makePartition(_ year: Int) throws(DatabaseError) {
    func first(_ year: Int) -> String {
      String(repeating: "0", count: max(0, 4 - String(year).count)) + "\(year)-01-01"
    }
    try run(
      script: """
        create table if not exists strategy_signals_\(year) partition of strategy_signals
          for values from ('\(first(year))') to ('\(first(year + 1))')
        """)
  }
}
