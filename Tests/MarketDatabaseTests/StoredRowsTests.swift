import Databases
import Diagnostics
import MarketData
import MarketDatabase
import MarketModel
import Testing

/// Rows that somebody wrote into the tables by hand: the same problems as in a data folder.
@Suite struct StoredRowsTests {
  /// One row of a folder and of a database, and the code of what is wrong with it.
  struct Case: Sendable, CustomTestStringConvertible {
    let code: String
    let statement: String
    let file: String
    let text: String
    var testDescription: String { code + " " + statement }

    init(_ code: String, _ statement: String, _ file: String, _ text: String) {
      self.code = code
      self.statement = statement
      self.file = file
      self.text = text
    }
  }

  private static let cases = [
    Case(
      "E0706", "insert into market_data (ticker, trade_date, close) values ('A', '2020-01-02', $inf)", "prices/p.csv",
      "ticker,date,close\nA,2020-01-02,inf\n"),
    Case(
      "E0709", "insert into market_data (ticker, trade_date, close) values ('', '2020-01-02', 1)", "prices/p.csv",
      "ticker,date,close\n,2020-01-02,1\n"),
    Case(
      "E0714",
      "insert into macro_series (series, observation_date, release_time, value, release_given) "
        + "values ('X', '2020-01-03', '2020-02-01 23:59:59', 1, 0)",
      "series/s.csv", "series,observation_date,release_time,value\nX,2020-01-03,,1\n"),
    Case(
      "E0706",
      "insert into flow_data (series, observation_date, value) values ('X', '2020-01-03', $inf)",
      "flows/f.csv", "series,observation_date,value\nX,2020-01-03,inf\n"),
    Case(
      "E0724", "insert into curves (curve_id, curve_date, tenor_days, rate) values ('C', '2020-01-03', -1, 1)",
      "curves/c.csv", "curve,date,tenor_days,rate\nC,2020-01-03,-1,1\n"),
    Case(
      "E0724", "insert into curves (curve_id, curve_date, tenor_days, rate) values ('C', '2020-01-03', 3000000000, 1)",
      "curves/c.csv", "curve,date,tenor_days,rate\nC,2020-01-03,3000000000,1\n"),
    Case(
      "E0713",
      "insert into universe_members (universe, ticker, start_date, end_date) "
        + "values ('U', 'A', '2020-01-03', '2020-01-02')",
      "universes/u.csv", "universe,ticker,start,end\nU,A,2020-01-03,2020-01-02\n"),
    Case(
      "E0720", "insert into corporate_actions (ticker, ex_date, split_ratio) values ('A', '2020-01-03', -2)",
      "actions/a.csv", "ticker,ex_date,split_ratio\nA,2020-01-03,-2\n"),
    Case(
      "E0782", "insert into corporate_actions (ticker, ex_date, split_ratio) values ('A', '2020-01-03', 0)",
      "actions/a.csv", "ticker,ex_date,split_ratio\nA,2020-01-03,0\n"),
    Case(
      "E0780",
      "insert into market_data (ticker, trade_date, close) values ('M', '2020-01-01', 1), ('M', '2020-02-01', 1), "
        + "('M', '2020-03-02', 1)",
      "prices/p.csv", "ticker,date,close\nM,2020-01-01,1\nM,2020-02-01,1\nM,2020-03-02,1\n"),
    Case(
      "E0718", "insert into ticker_aliases (alias, ticker) values ('B', 'A')", "dataset.yaml", "aliases: {B: A}\n"),
  ]

  @Test(arguments: Backend.available, cases) func wrongRowsAreRefused(_ backend: Backend, _ wrong: Case) throws {
    let scratch = try Scratch(backend)
    let infinity = backend == .sqlite ? "9e999" : "'Infinity'"
    // Something that is right, so that the data set is not empty.
    try scratch.run(
      "insert into macro_series (series, observation_date, release_time, value) "
        + "values ('OK', '2020-01-03', '2020-02-01 23:59:59', 1)",
      wrong.statement.split(separator: "$inf", omittingEmptySubsequences: false).joined(separator: infinity))
    #expect(codes { _ = try scratch.load() } == [wrong.code])
    let folder = try scratch.write([
      "series/ok.csv": "series,observation_date,release_time,value\nOK,2020-01-03,2020-02-01,1\n",
      wrong.file: wrong.text,
    ])
    #expect(codes { _ = try DataFolder(folder).load() } == [wrong.code])
  }

  @Test(arguments: Backend.available) func rowsWithoutADataSetAreThoseOfTheFirst(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    try scratch.run("insert into market_data (ticker, trade_date, close) values ('A', '2020-01-02', 1)")
    #expect(try scratch.load().store.tickerNames == ["A"])
    #expect(codes { _ = try scratch.load("named") } == ["E0733"])
  }

  @Test(arguments: Backend.available) func splitsThatAreThereAreSplits(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    try scratch.run(
      "insert into market_data (ticker, trade_date, close) values ('A', '2020-01-02', 100), ('A', '2020-01-03', 50)",
      "insert into corporate_actions (ticker, ex_date, split_ratio) values ('A', '2020-01-03', 2)")
    let folder = try scratch.write([
      "prices/p.csv": "ticker,date,close\nA,2020-01-02,100\nA,2020-01-03,50\n",
      "actions/a.csv": "ticker,ex_date,split_ratio\nA,2020-01-03,2\n", "dataset.yaml": "name: data\n",
    ])
    #expect(try image(scratch.load().store) == image(DataFolder(folder).load().store))
  }

  @Test(arguments: [
    "update market_data set trade_date = '2020-02-31'", "update market_data set trade_date = 'yesterday'",
    "update market_data set trade_date = '2020-01-02 10:00:00'",
  ])
  func aDayThatIsNoneIsSaid(_ statement: String) throws {
    // PostgreSQL's own types keep such things out.
    let scratch = try Scratch(.sqlite)
    try scratch.run("insert into market_data (ticker, trade_date, close) values ('A', '2020-01-02', 1)", statement)
    #expect(codes { _ = try scratch.load() } == ["E1016"])
  }

  /// Days that a database holds and the calendar of the language does not, in every column of days.
  @Test(arguments: Backend.available) func daysOutsideOfTheCalendarAreSaid(_ backend: Backend) throws {
    let days =
      backend == .sqlite
      ? ["0000-12-31", "10000-01-01", "-0001-01-01", "99999-12-31"]
      : ["10000-01-01", "0001-12-31 BC", "infinity", "-infinity"]
    let instant = "'2020-02-01 23:59:59'"
    for day in days {
      for statement in [
        "insert into market_data (ticker, trade_date, close) values ('A', '\(day)', 1)",
        "insert into macro_series (series, observation_date, release_time, value) values ('X', '\(day)', \(instant), 1)",
        "insert into macro_series (series, observation_date, release_time, value) values ('X', '2020-01-01', '\(day)', 1)",
        "insert into flow_data (series, observation_date, release_time, value) values ('X', '\(day)', \(instant), 1)",
        "insert into curves (curve_id, curve_date, tenor_days, rate) values ('C', '\(day)', 30, 1)",
        "insert into universe_members (universe, ticker, start_date) values ('U', 'A', '\(day)')",
        "insert into corporate_actions (ticker, ex_date, split_ratio) values ('A', '\(day)', 2)",
      ] {
        let scratch = try Scratch(backend)
        try scratch.run("insert into market_data (ticker, trade_date, close) values ('A', '2020-01-02', 1)", statement)
        #expect(codes { _ = try scratch.load() } == ["E1016"], "\(statement)")
      }
    }
  }

  @Test(arguments: Backend.available) func anEmptyDatabaseIsSaid(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    _ = try scratch.location().open(.create)
    #expect(codes { _ = try scratch.load() } == ["E1011"])
    try scratch.run()
    #expect(codes { _ = try scratch.load() } == ["E0733"])
  }

  @Test(arguments: Backend.available) func settingsThatCannotBeReadAreSaid(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    try scratch.run(
      "insert into data_sets (name, decision_time) values ('a', '25:00 UTC')",
      "insert into series_metadata (series, release_lag) values ('*', 'soon')",
      "insert into market_data (ticker, trade_date, close) values ('A', '2020-01-02', 1)")
    #expect(codes { _ = try scratch.load() } == ["E0734", "E0734"])
  }
}
