/// Compares a database with what its migrations make, and what it holds with itself.
public struct SchemaCheck {
  private let database: any Database

  /// A check of a database.
  public init(_ database: any Database) { self.database = database }

  /// Everything that is wrong, in words; nothing where all is well.
  public func problems() throws(DatabaseError) -> [String] {
    let migrator = Migrator(database)
    let applied = try migrator.applied()
    do throws(DatabaseError) {
      try migrator.requireCurrent()
    } catch {
      // Tables of another version cannot be compared.
      guard error.kind == .halfApplied else { throw error }
      return [error.message]
    }
    let tables = try tables()
    // Values are read by the names of their columns, which must be there.
    let values = tables.isEmpty ? try ValueCheck(database).problems() : []
    return try damage() + tables + storage(applied) + values + orphans()
  }

  private func damage() throws(DatabaseError) -> [String] {
    guard database.dialect == .sqlite else { return [] }
    let rows = try database.rows("pragma integrity_check(20)")
    var found: [String] = []
    while try rows.next() {
      if let text = try rows.text(0), text != "ok" { found.append("the file is damaged: \(text)") }
    }
    return found
  }

  /// The tables as they are, against those of a new database in memory.
  private func tables() throws(DatabaseError) -> [String] {
    let reference = try DatabaseLocation(file: ":memory:").open(.create)
    try Migrator(reference).migrate()
    let wanted = SchemaCatalog(reference)
    let found = SchemaCatalog(database)
    var problems: [String] = []
    for table in Schema.migrations.flatMap(\.tables) + ["schema_migrations"] {
      let columns = try found.columns(of: table)
      if columns.isEmpty {
        problems.append("the table \(table) is missing")
        continue
      }
      let expected = try wanted.columns(of: table)
      for column in expected where !columns.contains(column) {
        problems.append("\(table) lacks the column `\(column)`")
      }
      for column in columns where !expected.contains(column) {
        problems.append("\(table) has a column `\(column)` that no migration makes")
      }
    }
    return problems
  }

  private func storage(_ applied: [Migrator.Applied]) throws(DatabaseError) -> [String] {
    guard let recorded = applied.last?.storage, let found = try SchemaCatalog(database).signalStorage(),
      found != recorded
    else { return [] }
    return ["strategy_signals is kept as `\(found.rawValue)`, but `\(recorded.rawValue)` is recorded"]
  }

  /// Decisions and signals of runs that are not there.
  private func orphans() throws(DatabaseError) -> [String] {
    var problems: [String] = []
    for table in ["strategy_decisions", "strategy_signals"] {
      guard try SchemaCatalog(database).hasTable(table) else { continue }
      let count =
        try database.integer(
          """
          select count(*) from \(table) as part where run_id >= 0 and not exists
            (select 1 from backtest_results where id = part.run_id)
          or run_id < 0 and not exists (select 1 from saved_signals where id = -part.run_id)
          """) ?? 0
      if count > 0 { problems.append("\(count) rows of \(table) belong to no run") }
    }
    problems += try strayRows()
    guard try SchemaCatalog(database).hasTable("benchmark_results") else { return problems }
    let benchmarks =
      try database.integer(
        """
        select count(*) from benchmark_results as part
        where not exists (select 1 from backtest_results where id = part.run_id)
        """) ?? 0
    if benchmarks > 0 { problems.append("\(benchmarks) rows of benchmark_results belong to no run") }
    return problems
  }

  /// A run's signals without their decision (those saved alone have none), and rows of data sets that are not there; the first data set needs no row.
  private func strayRows() throws(DatabaseError) -> [String] {
    var problems: [String] = []
    let catalog = SchemaCatalog(database)
    if try catalog.hasTable("strategy_signals"), try catalog.hasTable("strategy_decisions") {
      let count =
        try database.integer(
          """
          select count(*) from strategy_signals as part where not exists
            (select 1 from strategy_decisions where run_id = part.run_id and signal_date = part.signal_date)
          and run_id >= 0 and exists (select 1 from backtest_results where id = part.run_id)
          """) ?? 0
      if count > 0 { problems.append("\(count) rows of strategy_signals belong to no decision") }
    }
    guard try catalog.hasTable("data_sets") else { return problems }
    for (table, columns) in Schema.migrations.tableColumns where columns.first?.name == "data_set" {
      guard try catalog.hasTable(table) else { continue }
      let count =
        try database.integer(
          """
          select count(*) from \(table) where data_set <> 1 and data_set not in (select id from data_sets)
          """) ?? 0
      if count > 0 { problems.append("\(count) rows of \(table) belong to no data set") }
    }
    return problems
  }
}
