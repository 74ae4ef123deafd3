import MarketModel

/// Builds a data set from a cache file: columns are views of the mapped file, nothing is copied.
struct CachedData {
  /// The files that the data set was read from.
  let sources: SourceFiles
  private let file: CacheFile
  private var reader: DirectoryReader

  /// Opens a cache; `nil` if there is none.
  init?(_ path: String) throws(CacheFormat.Damage) {
    guard var file = try CacheFile(path) else { return nil }
    var reader = try file.directory()
    sources = try SourceFiles(&reader)
    self.file = file
    self.reader = reader
  }

  /// The data set.
  mutating func load() throws(CacheFormat.Damage) -> LoadedData {
    let settings = try settings()
    let facts = try facts(settings)
    var instruments: [Instrument] = []
    var histories: [PriceHistory] = []
    for place in 0..<(try reader.count()) {
      let name = try reader.text()
      // Names are looked up by their order, and none stands twice.
      guard instruments.last.map({ $0.ticker.precedesInBytes(name) }) ?? true else { throw .directory }
      let history = try history(TickerID(place))
      instruments.append(Instrument(id: TickerID(place), ticker: name, hasPrices: history.count > 0))
      histories.append(history)
    }
    let macro = try list { (data) throws(CacheFormat.Damage) in try data.series() }
    let flows = try list { (data) throws(CacheFormat.Damage) in try data.series() }
    let curves = try list { (data) throws(CacheFormat.Damage) in try data.curve(settings) }
    let universes = try list { (data) throws(CacheFormat.Damage) in try data.universe(instruments.count) }
    let actions = try list { (data) throws(CacheFormat.Damage) in try data.action() }
    let codes = [macro.map(\.code), flows.map(\.code)]
    guard reader.isAtEnd, codes.allSatisfy(CachedData.isAscending) else { throw .directory }
    let store = MarketStore(
      settings: settings, instruments: instruments, histories: histories, macro: macro, flows: flows, curves: curves,
      universes: universes, actions: actions, unexplainedAdjustments: facts.unexplainedAdjustments,
      facts: facts.prices)
    store.note(fingerprint: facts.fingerprint)
    store.note(facts.calendar)
    return LoadedData(store: store, report: LoadingReport(counts: facts.defects, notes: facts.notes))
  }

  private static func isAscending(_ names: [String]) -> Bool {
    zip(names, names.dropFirst()).allSatisfy { $0.precedesInBytes($1) }
  }

  private mutating func list<Element>(
    _ read: (inout CachedData) throws(CacheFormat.Damage) -> Element
  ) throws(CacheFormat.Damage) -> [Element] {
    var result: [Element] = []
    for _ in 0..<(try reader.count()) { result.append(try read(&self)) }
    return result
  }

  private mutating func names() throws(CacheFormat.Damage) -> [String] {
    try list { (data) throws(CacheFormat.Damage) in try data.reader.text() }
  }

  private mutating func column<Element>(_ count: Int) throws(CacheFormat.Damage) -> Column<Element> {
    try file.column(try reader.number(), count: count)
  }

  // MARK: - Settings and facts

  private mutating func settings() throws(CacheFormat.Damage) -> DataSettings {
    var settings = DataSettings(name: try reader.text())
    let time = try reader.text()
    if !time.isEmpty {
      guard let decision = DecisionTime(time) else { throw .directory }
      settings.decisionTime = decision
    }
    let calendar = try reader.text()
    if !calendar.isEmpty { settings.calendar = CalendarRule(calendar) }
    settings.barDates = try word(of: BarDates.self)
    settings.adjustFromActions = try reader.flag()
    settings.aliases = try list { (data) throws(CacheFormat.Damage) in
      Alias(name: try data.reader.text(), ticker: try data.reader.text())
    }
    settings.releaseLags = try list { (data) throws(CacheFormat.Damage) in
      let series = try data.reader.text()
      guard let lag = ReleaseLag(try data.reader.text()) else { throw .directory }
      return SeriesReleaseLag(series: series, lag: lag)
    }
    return settings
  }

  /// A word of a setting; empty where it says nothing.
  private mutating func word<Word: RawRepresentable>(of type: Word.Type) throws(CacheFormat.Damage) -> Word?
  where Word.RawValue == String {
    let text = try reader.text()
    if text.isEmpty { return nil }
    guard let word = Word(rawValue: text) else { throw .directory }
    return word
  }

  private struct Facts {
    var fingerprint: String
    var defects: [(kind: DefectKind, count: Int)]
    var notes: [LoadingNote]
    var unexplainedAdjustments: [String]
    var prices: PriceFacts
    var calendar: TradingCalendar
  }

  private mutating func facts(_ settings: DataSettings) throws(CacheFormat.Damage) -> Facts {
    let fingerprint = try reader.text()
    let defects = try list { (data) throws(CacheFormat.Damage) in
      guard let kind = DefectKind(rawValue: try data.reader.text()) else { throw .directory }
      return (kind: kind, count: try data.reader.number())
    }
    let notes = try list { (data) throws(CacheFormat.Damage) in
      guard let kind = LoadingNote.Kind(rawValue: try data.reader.text()) else { throw .directory }
      let file = try data.reader.text()
      return LoadingNote(kind, try data.names(), file: file.isEmpty ? nil : file)
    }
    let unexplained = try names()
    let hasPrices = try reader.flag()
    let (first, last) = (Day(rawValue: try reader.number32()), Day(rawValue: try reader.number32()))
    guard first <= last else { throw .directory }
    let prices = PriceFacts(
      span: hasPrices ? first...last : nil, hasOpens: try reader.flag(), hasWeekendRows: try reader.flag())
    let sessions: Column<Int32> = try column(try reader.number())
    guard zip(sessions.buffer, sessions.buffer.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .directory }
    return Facts(
      fingerprint: fingerprint, defects: defects, notes: notes, unexplainedAdjustments: unexplained, prices: prices,
      calendar: TradingCalendar(rule: settings.calendar ?? .sessions, sessions: Array(sessions.buffer)))
  }

  // MARK: - Rows

  private mutating func history(_ ticker: TickerID) throws(CacheFormat.Damage) -> PriceHistory {
    let count = try reader.number()
    if count == 0 { return PriceHistory(without: ticker) }
    let (days, listingStart): (Column<Int32>, Column<Int32>) = (try column(count), try column(count))
    var columns: [Column<Double>] = []
    for _ in 0..<8 { columns.append(try column(count)) }
    let isRaw = try reader.flag()
    let hasSplits = try reader.flag()
    let period = try period()
    let listings = try list { (data) throws(CacheFormat.Damage) in try data.listing(of: count) }
    return PriceHistory(
      ticker: ticker,
      raw: PriceColumns(
        days: days, open: columns[0], high: columns[1], low: columns[2], close: columns[3], volume: columns[4],
        adjustedClose: columns[5]),
      adjusted: AdjustedColumns(
        level: isRaw ? columns[3] : columns[6], splitFactor: columns[7], listingStart: listingStart,
        hasSplits: hasSplits), listings: listings, period: period)
  }

  private mutating func period() throws(CacheFormat.Damage) -> BarPeriod? {
    let number = try reader.number()
    if number == 0 { return nil }
    guard let period = UInt8(exactly: number).flatMap(BarPeriod.init(rawValue:)) else { throw .directory }
    return period
  }

  private mutating func listing(of count: Int) throws(CacheFormat.Damage) -> Listing {
    let (start, end) = (try reader.number(), try reader.number())
    guard 0 <= start, start <= end, end <= count else { throw .directory }
    let isDelisted = try reader.flag()
    let delisting = Delisting(exDate: Day(rawValue: try reader.number32()), price: try reader.double())
    return Listing(rows: start..<end, delisting: isDelisted ? delisting : nil)
  }

  private mutating func series() throws(CacheFormat.Damage) -> SeriesHistory {
    let code = try reader.text()
    let count = try reader.number()
    return SeriesHistory(
      code: code, observations: try column(count), releases: try column(count), values: try column(count),
      revisionNumbers: try column(count), isGiven: try column(count), knownDays: try column(count))
  }

  private mutating func curve(_ settings: DataSettings) throws(CacheFormat.Damage) -> CurveHistory {
    let name = try reader.text()
    let dateCount = try reader.number()
    guard dateCount >= 0, dateCount < Int.max else { throw .directory }
    let (dates, starts): (Column<Int32>, Column<Int32>) = (try column(dateCount), try column(dateCount + 1))
    let firstReleases: Column<Int64> = try column(dateCount)
    let count = try reader.number()
    guard starts[dateCount] == count, zip(starts.buffer, starts.buffer.dropFirst()).allSatisfy({ $0 <= $1 }),
      starts[0] >= 0
    else { throw .directory }
    return CurveHistory(
      name: name, dates: dates, starts: starts, firstReleases: firstReleases, tenors: try column(count),
      rates: try column(count), releases: try column(count), isGiven: try column(count), settings: settings)
  }

  private mutating func universe(_ tickers: Int) throws(CacheFormat.Damage) -> Universe {
    let name = try reader.text()
    let memberships = try list { (data) throws(CacheFormat.Damage) in
      let ticker = try data.reader.number32()
      guard ticker >= 0, ticker < tickers else { throw .directory }
      let (start, hasEnd) = (Day(rawValue: try data.reader.number32()), try data.reader.flag())
      let end = Day(rawValue: try data.reader.number32())
      return Membership(ticker: TickerID(rawValue: ticker), start: start, end: hasEnd ? end : nil)
    }
    return Universe(name: name, memberships: memberships)
  }

  private mutating func action() throws(CacheFormat.Damage) -> CorporateAction {
    let (ticker, exDate) = (try reader.text(), Day(rawValue: try reader.number32()))
    let (split, dividend) = (try reader.double(), try reader.double())
    let (isDelisting, price) = (try reader.flag(), try reader.double())
    return CorporateAction(
      ticker: ticker, exDate: exDate, splitRatio: split, cashDividend: dividend,
      delistingPrice: isDelisting ? price : nil)
  }
}
