import Databases
import Diagnostics
import MarketData
import MarketModel

/// The rows of one data set, table by table. Each read needs an open transaction.
struct StoredRows {
  let database: any Database
  let number: Int

  // MARK: - Settings

  func readSettings(_ tables: inout MarketTables) throws(DatabaseError) {
    let rows = try database.rows(
      "select title, name, decision_time, calendar, adjusts_from_actions, bar_dates from data_sets where id = $1",
      [.integer(number)])
    if try rows.next() {
      if let name = try rows.text(1) { tables.settings.name = name }
      if let title = try rows.text(0) { tables.settings.name = title }
      if let time = try rows.text(2) {
        tables.settings.decisionTime = DecisionTime(time)
        if tables.settings.decisionTime == nil { tables.report(.badStoredSetting("decision_time", time)) }
      }
      if let calendar = try rows.text(3) { tables.settings.calendar = CalendarRule(calendar) }
      tables.settings.adjustFromActions = try rows.integer(4) == 1
      if let dates = try rows.text(5) {
        tables.settings.barDates = BarDates(rawValue: dates)
        if tables.settings.barDates == nil { tables.report(.badStoredSetting("bar_dates", dates)) }
      }
    }
    try readAliases(&tables)
    try readLags(&tables)
  }

  private func readAliases(_ tables: inout MarketTables) throws(DatabaseError) {
    let rows = try database.rows(
      "select alias, ticker from ticker_aliases where data_set = $1 order by alias", [.integer(number)])
    while try rows.next() {
      guard let alias = try rows.text(0), let ticker = try rows.text(1) else { continue }
      tables.settings.aliases.append(Alias(name: alias, ticker: ticker))
    }
  }

  private func readLags(_ tables: inout MarketTables) throws(DatabaseError) {
    let rows = try database.rows(
      "select series, release_lag from series_metadata "
        + "where data_set = $1 and kind = 'series' and release_lag is not null order by series", [.integer(number)])
    while try rows.next() {
      guard let series = try rows.text(0), let text = try rows.text(1) else { continue }
      if let lag = ReleaseLag(text) {
        tables.settings.releaseLags.append(SeriesReleaseLag(series: series, lag: lag))
      } else {
        tables.report(.badStoredSetting("release_lag", text))
      }
    }
  }

  // MARK: - Rows

  func readPrices(_ tables: inout MarketTables) throws(DatabaseError) {
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

  func readSeries(_ kind: SeriesKind, _ tables: inout MarketTables) throws(DatabaseError) {
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

  func readCurves(_ tables: inout MarketTables) throws(DatabaseError) {
    let rows = try database.stream(
      "select curve_id, curve_date, tenor_days, rate, release_time from curves "
        + "where data_set = $1 order by curve_id, curve_date, tenor_days, release_time", [.integer(number)])
    while try rows.next() {
      guard let curve = try rows.text(0), let date = try rows.day(1), let tenor = try rows.integer(2) else { continue }
      tables.addCurvePoint(curve, date, tenorDays: tenor, rate: try rows.real(3), release: try rows.instant(4))
    }
  }

  func readMembers(_ tables: inout MarketTables) throws(DatabaseError) {
    let rows = try database.stream(
      "select universe, ticker, start_date, end_date from universe_members "
        + "where data_set = $1 order by universe, ticker, start_date, end_date", [.integer(number)])
    while try rows.next() {
      guard let universe = try rows.text(0), let ticker = try rows.text(1) else { continue }
      tables.addMembership(universe, ticker, start: try rows.day(2), end: try rows.day(3))
    }
  }

  func readActions(_ tables: inout MarketTables) throws(DatabaseError) {
    let rows = try database.stream(
      "select ticker, ex_date, split_ratio, cash_dividend, delisting_price from corporate_actions "
        + "where data_set = $1 order by ticker, ex_date", [.integer(number)])
    while try rows.next() {
      guard let ticker = try rows.text(0), let exDate = try rows.day(1) else { continue }
      tables.addAction(
        ticker, exDate: exDate, splitRatio: try rows.real(2), cashDividend: try rows.real(3),
        delistingPrice: try rows.real(4))
    }
  }
}
