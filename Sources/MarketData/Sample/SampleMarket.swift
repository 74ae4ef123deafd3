import MarketModel

/// A deterministic synthetic market that resembles a US data folder: equities with sectors, splits, dividends and
/// delistings, ETFs, volatility, macro vintages, a Treasury curve, positioning and an index's members, 2005 to 2019.
///
/// All names are those of real markets, so that scripts run on real folders too; no figure is.
public enum SampleMarket {
  /// The sample as a data set; made once a process.
  public static func store() -> MarketStore { made }

  private static let made: MarketStore = {
    do {
      let store = try load().store
      store.note(fingerprint: fingerprint)
      return store
    } catch { preconditionFailure("the sample is valid by construction") }
  }()

  /// The sample's fingerprint, kept so that it need not be taken in each process; a test compares.
  static let fingerprint = "6a013ff6ef3a5b14ee75180cfb6eb4d415ef80a6923c62b4a9de15ab3fd81129"

  /// The sample and what loading finds in it, which is nothing.
  static func load() throws(DataLoadingFailure) -> LoadedData { try tables().makeStore() }

  /// The rows of the sample.
  static func tables() -> MarketTables {
    var tables = MarketTables(settings: DataSettings(name: "sample", adjustFromActions: true))
    let factors = SampleFactors(sessions: SampleCalendar.sessions())
    for instrument in SampleInstrument.all {
      var path = SamplePath(instrument, factors)
      path.append(to: &tables)
    }
    appendVolatility(factors, &tables)
    var macro = SampleMacro()
    macro.append(to: &tables)
    appendCurve(factors, &tables)
    appendFlows(factors, &tables)
    appendMembers(&tables)
    return tables
  }

  private static func appendVolatility(_ factors: SampleFactors, _ tables: inout MarketTables) {
    let number = tables.prices.names.intern("VIX")
    var before = factors.volatility[0]
    for (place, session) in factors.sessions.enumerated() {
      let close = factors.volatility[place].rounded(decimals: 2)
      let open = ((before + close) / 2).rounded(decimals: 2)
      tables.prices.append(
        PriceRow(
          day: session.rawValue, place: .nowhere, open: open, high: (max(open, close) * 1.02).rounded(decimals: 2),
          low: (min(open, close) * 0.98).rounded(decimals: 2), close: close, volume: .missing(.missingBar),
          adjustedClose: .missing(.missingBar)), of: number)
      before = close
    }
  }

  private static func appendCurve(_ factors: SampleFactors, _ tables: inout MarketTables) {
    let number = tables.curves.names.intern("UST_PAR")
    let tenors = [30, 91, 182, 365, 730, 1095, 1825, 2555, 3650, 7300, 10_950]
    let noise = SampleRandom("curve")
    for (place, session) in factors.sessions.enumerated() {
      for (column, tenor) in tenors.enumerated() {
        let rate = factors.yield(tenor, place) + 0.01 * noise.normal(place * tenors.count + column)
        tables.curves.rows.append(
          CurveRow(
            curve: number, date: session.rawValue, tenor: Int32(tenor), release: nil,
            rate: max(0.01, rate).rounded(decimals: 2), place: .nowhere))
      }
    }
  }

  // MARK: - Positioning

  /// Weekly positions as of Tuesday, released on Friday at 15:30 in New York. Shorts are negative.
  private static func appendFlows(_ factors: SampleFactors, _ tables: inout MarketTables) {
    for contract in ["EURUSD", "GOLD", "SP500", "US10Y", "USDJPY", "WTI"] {
      appendGroup("COT_\(contract)_NONCOMM", size: 180_000, factors, &tables)
      appendOpenInterest(contract, factors, &tables)
      if contract == "GOLD" || contract == "WTI" { continue }
      appendGroup("COT_\(contract)_TFF_ASSET_MGR", size: 260_000, factors, &tables)
      appendGroup("COT_\(contract)_TFF_LEV_FUNDS", size: 120_000, factors, &tables)
    }
  }

  private static func appendGroup(
    _ group: String, size: Double, _ factors: SampleFactors, _ tables: inout MarketTables
  ) {
    let noise = SampleRandom(group)
    let numbers = ["LONG", "SHORT", "NET"].map { tables.series[1].names.intern("\(group)_\($0)") }
    var (long, short) = (size, -0.8 * size)
    var week = SampleCalendar.first + 1
    while week + 3 <= SampleCalendar.last {
      let draw = (week - SampleCalendar.first) / 7 * 2
      long = max(0.1 * size, long + 0.03 * (size - long) + 0.05 * size * noise.normal(draw))
      short = min(-0.1 * size, short + 0.03 * (-0.8 * size - short) + 0.05 * size * noise.normal(draw + 1))
      let values = [long.rounded(), short.rounded(), long.rounded() + short.rounded()]
      for (number, value) in zip(numbers, values) { append(number, week, value, &tables) }
      week = week + 7
    }
  }

  private static func appendOpenInterest(
    _ contract: String, _ factors: SampleFactors, _ tables: inout MarketTables
  ) {
    let code = "COT_\(contract)_OPEN_INTEREST"
    let number = tables.series[1].names.intern(code)
    let noise = SampleRandom(code)
    var week = SampleCalendar.first + 1
    var level = 600_000.0
    while week + 3 <= SampleCalendar.last {
      level *= 1.0008 + 0.02 * noise.normal(week - SampleCalendar.first)
      append(number, week, level.rounded(), &tables)
      week = week + 7
    }
  }

  private static func append(_ number: Int32, _ week: Day, _ value: Double, _ tables: inout MarketTables) {
    let hour: Int64 = (4...10).contains(week.civil.month) ? 19 : 20
    let release = (Int64((week + 3).rawValue) * 86_400 + hour * 3600 + 1800) * 1_000_000
    tables.series[1].rows.append(
      SeriesRow(
        code: number, observation: week.rawValue, release: release, revision: 0, value: value, place: .nowhere))
  }

  // MARK: - Members

  /// The index's members: the equities, some of which joined late, left, or came back, and one without prices.
  private static func appendMembers(_ tables: inout MarketTables) {
    let date = SampleCalendar.date
    let late = [
      "AMZN": date(2005, 11, 18), "GOOG": date(2006, 3, 31), "NFLX": date(2010, 12, 17), "FB": date(2013, 12, 23),
    ]
    let left = [
      "LEH": date(2008, 9, 17), "BSC": date(2008, 5, 30), "WB": date(2008, 12, 31), "EK": date(2010, 12, 17),
      "AET": date(2018, 11, 28),
    ]
    for instrument in SampleInstrument.all where instrument.isEquity && instrument.ticker != "AMD" {
      let name = instrument.ticker
      tables.addMembership("SP500", name, start: late[name] ?? date(1996, 1, 2), end: left[name])
    }
    tables.addMembership("SP500", "AMD", start: date(1996, 1, 2), end: date(2013, 9, 20))
    tables.addMembership("SP500", "AMD", start: date(2017, 3, 20), end: nil)
    tables.addMembership("SP500", "YHOO", start: date(1999, 12, 8), end: date(2017, 6, 19))
  }
}
