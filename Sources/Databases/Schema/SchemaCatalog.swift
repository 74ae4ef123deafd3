public import MarketModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a database says about its own tables.
struct SchemaCatalog {
  private let database: any Database

  init(_ database: any Database) { self.database = database }

  /// Whether there is a table.
  func hasTable(_ name: String) throws(DatabaseError) -> Bool {
    switch database.dialect {
    case .sqlite:
      try database.integer("select 1 from sqlite_schema where type = 'table' and name = $1", [.text(name)]) == 1
    case .postgres: try database.integer("select 1 where to_regclass($1) is not null", [.text(name)]) == 1
    }
  }

  /// Whether there is no table at all, nor a view; what belongs to an extension of the server does not count.
  func isEmpty() throws(DatabaseError) -> Bool {
    switch database.dialect {
    case .sqlite: try database.integer("select count(*) from sqlite_schema") == 0
    case .postgres:
      try database.integer(
        """
        select count(*) from pg_class
        where relnamespace = (select oid from pg_namespace where nspname = current_schema())
          and relkind in ('r', 'p', 'v', 'm', 'f') and not exists (
            select 1 from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e')
        """) == 0
    }
  }

  /// The columns of a table as `name type` in their order, types in SQLite's words; empty if there is no such table.
  func columns(of table: String) throws(DatabaseError) -> [String] {
    let sql =
      switch database.dialect {
      case .sqlite: "select name, lower(type) from pragma_table_info($1) order by cid"
      case .postgres:
        """
        select attname::text, case format_type(atttypid, null) when 'bigint' then 'integer'
          when 'double precision' then 'real' when 'date' then 'text' when 'json' then 'text'
          when 'timestamp with time zone' then 'text' else format_type(atttypid, null) end
        from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped order by attnum
        """
      }
    let rows = try database.rows(sql, [.text(table)])
    var columns: [String] = []
    while try rows.next() { columns.append("\(try rows.text(0) ?? "") \(try rows.text(1) ?? "")") }
    return columns
  }

  /// Whether TimescaleDB is installed in this database, not only available on the server.
  func hasTimescale() throws(DatabaseError) -> Bool {
    guard database.dialect == .postgres else { return false }
    return try database.integer("select 1 from pg_extension where extname = 'timescaledb'") == 1
  }

  /// How `strategy_signals` is kept; `nil` if there is no such table.
  func signalStorage() throws(DatabaseError) -> SignalStorage? {
    if database.dialect == .sqlite { return try hasTable("strategy_signals") ? .plain : nil }
    let kind = try database.text(
      "select relkind::text from pg_class where oid = to_regclass('strategy_signals')")
    guard let kind else { return nil }
    return kind == "p" ? .partitions : .timescaledb
  }
}

extension KnowledgeTime {
  /// The present, to the microsecond; for records of when something was kept, never for results.
  public static var now: KnowledgeTime {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return KnowledgeTime(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }
}
