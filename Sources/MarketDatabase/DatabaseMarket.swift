public import Databases
import Diagnostics
public import MarketData
import MarketModel

/// A data set in a database: read through the same checks as a data folder, so that the same rows give the same data
/// set, bit for bit.
public struct DatabaseMarket {
  private let database: any Database
  private let name: String?

  /// A data set of an open database: the one that the location names, else the first.
  public init(_ database: any Database) {
    self.database = database
    name = database.location.dataset
  }

  /// Opens a database and loads the data set that its location names, else the first.
  public static func load(
    _ location: DatabaseLocation, _ options: DataFolder.Options = DataFolder.Options()
  ) throws(DataLoadingFailure) -> LoadedData {
    let tables: MarketTables
    do throws(DatabaseError) {
      let database = try location.open(.read)
      try Migrator(database).requireCurrent()
      tables = try DatabaseMarket(database).tablesAtOnce()
    } catch { throw DataLoadingFailure(error.diagnostic) }
    guard tables.rowCount > 0 else {
      throw DataLoadingFailure(.emptyDataSet(location.description, location.dataset))
    }
    return try tables.withLag(options.releaseLag).makeStore(strict: options.strict)
  }

  /// All rows as they stood at one moment, whatever others write meanwhile.
  func tablesAtOnce() throws(DatabaseError) -> MarketTables {
    try database.run(
      script: database.dialect == .sqlite ? "begin" : "begin transaction isolation level repeatable read, read only")
    defer { database.rollback() }
    return try tables()
  }

  /// All rows. Needs an open transaction.
  func tables() throws(DatabaseError) -> MarketTables {
    var tables = MarketTables(settings: DataSettings(name: name ?? "data"))
    guard let number = try number() else { return tables }
    try readSettings(number, &tables)
    try readPrices(number, &tables)
    try readSeries(number, .macro, &tables)
    try readSeries(number, .flow, &tables)
    try readCurves(number, &tables)
    try readMembers(number, &tables)
    try readActions(number, &tables)
    return tables
  }

  /// The number of the data set; `nil` if there is none of the name, or none at all.
  func number() throws(DatabaseError) -> Int? {
    if let name { return try database.integer("select id from data_sets where name = $1", [.text(name)]) }
    return try database.integer("select min(id) from data_sets")
  }

  // MARK: - Settings

  private func readSettings(_ number: Int, _ tables: inout MarketTables) throws(DatabaseError) {
    let rows = try database.rows(
      "select title, decision_time, calendar, adjusts_from_actions, name from data_sets where id = $1",
      [.integer(number)])
    if try rows.next() {
      var title = try rows.text(0)
      if title == nil { title = try rows.text(4) }
      if let title { tables.settings.name = title }
      if let time = try rows.text(1) {
        tables.settings.decisionTime = DecisionTime(time)
        if tables.settings.decisionTime == nil { tables.report(.badStoredSetting("decision_time", time)) }
      }
      if let calendar = try rows.text(2) { tables.settings.calendar = CalendarRule(calendar) }
      tables.settings.adjustFromActions = try rows.integer(3) == 1
    }
    let aliases = try database.rows(
      "select alias, ticker from ticker_aliases where data_set = $1 order by alias", [.integer(number)])
    while try aliases.next() {
      guard let alias = try aliases.text(0), let ticker = try aliases.text(1) else { continue }
      tables.settings.aliases.append(Alias(name: alias, ticker: ticker))
    }
    let lags = try database.rows(
      "select series, release_lag from series_metadata "
        + "where data_set = $1 and kind = 'series' and release_lag is not null order by series", [.integer(number)])
    while try lags.next() {
      guard let series = try lags.text(0), let text = try lags.text(1) else { continue }
      if let lag = ReleaseLag(text) {
        tables.settings.releaseLags.append(SeriesReleaseLag(series: series, lag: lag))
      } else {
        tables.report(.badStoredSetting("release_lag", text))
      }
    }
  }

  // MARK: - Rows

  private func readPrices(_ number: Int, _ tables: inout MarketTables) throws(DatabaseError) {
    let rows = try database.stream(
      "select ticker, trade_date, open, high, low, close, volume, adjusted_close from market_data "
        + "where data_set = $1 order by ticker, trade_date", [.integer(number)])
    while try rows.next() {
      guard let ticker = try rows.text(0), let day = try rows.day(1) else { continue }
      tables.addPrice(
        ticker, day, open: try rows.real(2), high: try rows.real(3), low: try rows.real(4), close: try rows.real(5),
        volume: try rows.real(6), adjustedClose: try rows.real(7))
    }
  }

  private func readSeries(
    _ number: Int, _ kind: SeriesKind, _ tables: inout MarketTables
  ) throws(DatabaseError) {
    let (table, given) = kind == .macro ? ("macro_series", "release_given") : ("flow_data", "1")
    let rows = try database.stream(
      "select series, observation_date, release_time, revision_number, value, \(given) from \(table) "
        + "where data_set = $1 order by series, observation_date, release_time, revision_number", [.integer(number)])
    while try rows.next() {
      guard let code = try rows.text(0), let observation = try rows.day(1) else { continue }
      let release = try rows.integer(5) == 0 ? nil : try rows.instant(2)
      tables.addRelease(
        kind, code, observation, release: release, revision: try rows.integer(3) ?? 0, value: try rows.real(4))
    }
  }

  private func readCurves(_ number: Int, _ tables: inout MarketTables) throws(DatabaseError) {
    let rows = try database.stream(
      "select curve_id, curve_date, tenor_days, rate, release_time from curves "
        + "where data_set = $1 order by curve_id, curve_date, tenor_days, release_time", [.integer(number)])
    while try rows.next() {
      guard let curve = try rows.text(0), let date = try rows.day(1), let tenor = try rows.integer(2) else { continue }
      tables.addCurvePoint(curve, date, tenorDays: tenor, rate: try rows.real(3), release: try rows.instant(4))
    }
  }

  private func readMembers(_ number: Int, _ tables: inout MarketTables) throws(DatabaseError) {
    let rows = try database.stream(
      "select universe, ticker, start_date, end_date from universe_members "
        + "where data_set = $1 order by universe, ticker, start_date, end_date", [.integer(number)])
    while try rows.next() {
      guard let universe = try rows.text(0), let ticker = try rows.text(1) else { continue }
      tables.addMembership(universe, ticker, start: try rows.day(2), end: try rows.day(3))
    }
  }

  private func readActions(_ number: Int, _ tables: inout MarketTables) throws(DatabaseError) {
    let adjusts = tables.settings.adjustFromActions
    let rows = try database.stream(
      "select ticker, ex_date, split_ratio, cash_dividend, delisting_price from corporate_actions "
        + "where data_set = $1 order by ticker, ex_date", [.integer(number)])
    while try rows.next() {
      guard let ticker = try rows.text(0), let exDate = try rows.day(1) else { continue }
      tables.addAction(
        ticker, exDate: exDate, splitRatio: adjusts ? try rows.real(2) ?? 1 : nil,
        cashDividend: adjusts ? try rows.real(3) ?? 0 : nil, delistingPrice: try rows.real(4))
    }
  }
}
