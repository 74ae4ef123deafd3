import MarketModel
import Testing

@testable import Databases

/// `strat db check` looks at every value.
@Suite struct ValueCheckTests {
  private static let run = """
    insert into backtest_results (run_key, strategy_id, start_date, end_date, initial_capital, final_equity, equity_curve,
      monthly_returns, config_json, params_json, metrics_json, modules_json, script_sha256, data_fingerprint,
      engine_version, fills_json, round_trips_json, tracks_json, warnings_json, created_at)
    values ('k', 's', '2020-01-01', '2020-12-31', 1, 1, '[]', '{}', '{}', '{}', '{}', '{}', 'a', 'b', 'c', '[]', '[]',
      '{}', '[]', '2020-12-31 10:00:00')
    """

  private func made(_ backend: Backend, _ statements: String...) throws -> (Scratch, any Database) {
    let scratch = try backend.make()
    let database = try scratch.open()
    try Migrator(database).migrate()
    for statement in statements { try database.execute(statement) }
    return (scratch, database)
  }

  @Test(arguments: Backend.available) func whatIsWholeIsNotAccused(_ backend: Backend) throws {
    let (_, database) = try made(
      backend, Self.run, "insert into market_data (ticker, trade_date, close) values ('A', '2020-01-01', 1.5)",
      "insert into macro_series (series, observation_date, value, release_time) "
        + "values ('X', '2020-01-01', null, '2020-02-01 12:00:00')")
    #expect(try SchemaCheck(database).problems() == [])
  }

  @Test(arguments: [
    ("config_json = 'garbage'", "backtest_results.config_json holds no JSON in 1 row; the first is that of id 1"),
    ("equity_curve = '[1, 2'", "backtest_results.equity_curve holds no JSON in 1 row; the first is that of id 1"),
    ("warnings_json = ''", "backtest_results.warnings_json holds no JSON in 1 row; the first is that of id 1"),
    (
      "metrics_json = '{\"a\":1e999}'",
      "backtest_results.metrics_json holds no JSON in 1 row; the first is that of id 1"
    ),
    ("end_date = '2020-13-01'", "backtest_results.end_date holds no day in 1 row; the first is that of id 1"),
    ("ended_early = 'soon'", "backtest_results.ended_early holds no day in 1 row; the first is that of id 1"),
    ("created_at = 'yesterday'", "backtest_results.created_at holds no instant in 1 row; the first is that of id 1"),
    (
      "final_equity = 9e999", "backtest_results.final_equity holds no finite number in 1 row; the first is that of id 1"
    ),
  ])
  func everyColumnOfAFileIsLookedAt(change: String, problem: String) throws {
    let (_, database) = try made(.sqlite, Self.run)
    try database.execute("update backtest_results set \(change)")
    #expect(try SchemaCheck(database).problems() == [problem])
  }

  @Test func tablesWithoutANumberNameTheirRowByItsKey() throws {
    let (_, database) = try made(
      .sqlite, "insert into market_data (ticker, trade_date, close) values ('A', 'x', 1), ('B', 'y', 2)",
      "insert into series_metadata (series, metadata_json) values ('X', 'nothing')")
    #expect(
      try SchemaCheck(database).problems() == [
        "market_data.trade_date holds no day in 2 rows; the first is that of data_set 1, ticker A, trade_date unreadable",
        "series_metadata.metadata_json holds no JSON in 1 row; the first is that of data_set 1, kind series, series X",
      ])
  }

  @Test(arguments: Backend.available) func numbersThatAreNotFiniteAreFound(_ backend: Backend) throws {
    let infinite = backend == .sqlite ? "9e999" : "'infinity'"
    let (_, database) = try made(
      backend, "insert into market_data (ticker, trade_date, close) values ('A', '2020-01-01', \(infinite))")
    #expect(
      try SchemaCheck(database).problems() == [
        "market_data.close holds no finite number in 1 row; the first is that of data_set 1, ticker A, "
          + "trade_date 2020-01-01"
      ])
  }

  @Test(arguments: Backend.available) func rowsWithoutWhatTheyBelongToAreFound(_ backend: Backend) throws {
    let (_, database) = try made(
      backend, Self.run, "insert into market_data (data_set, ticker, trade_date) values (7, 'A', '2020-01-01')",
      "insert into strategy_signals (run_id, strategy_id, signal_date, ticker, weight, ordinal) "
        + "values (1, 's', '2020-01-01', 'A', 1, 0)")
    #expect(
      try SchemaCheck(database).problems() == [
        "1 rows of strategy_signals belong to no decision", "1 rows of market_data belong to no data set",
      ])
  }

  @Test func everyColumnOfTheSchemaIsKnown() throws {
    let scratch = try Backend.sqlite.make()
    let database = try scratch.open()
    try Migrator(database).migrate()
    let tables = Schema.migrations.tableColumns
    #expect(tables.map(\.table) == Schema.migrations.flatMap(\.tables))
    for (table, columns) in tables {
      let names = try SchemaCatalog(database).columns(of: table).map { String($0.split(separator: " ")[0]) }
      #expect(columns.map(\.name) == names, "\(table)")
    }
    let json = tables.flatMap { table in table.columns.filter { $0.kind == .json }.map { "\(table.table).\($0.name)" } }
    #expect(json.count == 18)
  }
}
