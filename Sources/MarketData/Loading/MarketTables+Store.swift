import Diagnostics
import MarketModel

extension MarketTables {
  /// Checks the rows and builds the data set.
  ///
  /// - Parameter strict: whether defects are errors.
  public consuming func makeStore(strict: Bool = false) throws(DataLoadingFailure) -> LoadedData {
    var tables = self
    var settings = tables.settings
    settings.aliases.sort { $0.name.precedesInBytes($1.name) }
    settings.releaseLags.sort { $0.series.precedesInBytes($1.series) }
    let log = tables.log
    tables.log = LoadingLog()
    var assembly = StoreAssembly(settings: settings, log: log)
    let store = assembly.build(tables)
    return LoadedData(store: store, report: try assembly.log.finish(strict: strict))
  }
}

/// Builds a store from rows and notes what is wrong with them.
struct StoreAssembly {
  let settings: DataSettings
  var log: LoadingLog
  /// Series of which every release lies before its observation date.
  var swappedSeries: [String] = []

  mutating func build(_ tables: consuming MarketTables) -> MarketStore {
    let actions = orderedActions(tables.actions.rows)
    var prices = PriceAssembly(
      tables.prices, actions: actions, settings: settings, barPeriods: tables.barPeriods)
    prices.order(&log)
    let names = Set(prices.tickers.map(\.name)).union(tables.memberships.rows.map(\.ticker))
    let tickers = names.sorted { $0.precedesInBytes($1) }
    let identifiers = Dictionary(uniqueKeysWithValues: tickers.enumerated().map { ($1, TickerID($0)) })
    let histories = prices.histories(tickers, &log)
    let macro = seriesHistories(.macro, tables.series[0])
    let flows = seriesHistories(.flow, tables.series[1])
    checkSettings(tickers: names, series: macro + flows)
    let store = MarketStore(
      settings: settings,
      instruments: tickers.enumerated().map { place, name in
        Instrument(id: TickerID(place), ticker: name, hasPrices: histories[place].count > 0)
      },
      histories: histories, macro: macro, flows: flows, curves: curveHistories(tables.curves),
      universes: universes(tables.memberships.rows, identifiers), actions: actions.map(\.action),
      unexplainedAdjustments: prices.unexplainedAdjustments)
    noteGaps(store, prices)
    noteWhole(store)
    return store
  }

  /// Notes what holds of the data set as a whole.
  private mutating func noteWhole(_ store: MarketStore) {
    if !swappedSeries.isEmpty { log.note(LoadingNote(.datesSwapped, swappedSeries)) }
    if !store.unexplainedAdjustments.isEmpty {
      log.note(LoadingNote(.adjustedCloseUnread, store.unexplainedAdjustments))
    }
  }

  private mutating func checkSettings(tickers: Set<String>, series: [SeriesHistory]) {
    for alias in settings.aliases {
      if tickers.contains(alias.name) { log.error(.aliasIsTicker(alias.name), at: .nowhere) }
      if !tickers.contains(alias.ticker) { log.error(.aliasWithoutTicker(alias), at: .nowhere) }
    }
    for lag in settings.releaseLags where lag.series != "*" && !series.contains(where: { $0.code == lag.series }) {
      log.error(.unknownLagSeries(lag.series), at: .nowhere)
    }
  }

  // MARK: - Actions

  private mutating func orderedActions(_ rows: [ActionRow]) -> [(action: CorporateAction, place: RowPlace)] {
    let sorted = rows.sorted { left, right in
      if left.ticker != right.ticker { return left.ticker.precedesInBytes(right.ticker) }
      return left.exDate != right.exDate ? left.exDate < right.exDate : left.place < right.place
    }
    var result: [(action: CorporateAction, place: RowPlace)] = []
    for row in sorted {
      let action = CorporateAction(
        ticker: row.ticker, exDate: row.exDate, splitRatio: row.splitRatio, cashDividend: row.cashDividend,
        delistingPrice: row.delistingPrice)
      check(action, row.place)
      guard let last = result.last, last.action.ticker == row.ticker, last.action.exDate == row.exDate else {
        result.append((action, row.place))
        continue
      }
      note(isRepetition: last.action == action, row.place, last.place, row.ticker, row.exDate)
    }
    return result
  }

  private mutating func check(_ action: CorporateAction, _ place: RowPlace) {
    let location = log.location(place)
    func isNegative(_ value: Double) -> Bool { !(value >= 0 && value.isFinite) }
    if !(action.splitRatio > 0 && action.splitRatio.isFinite) {
      log.error(.badAction("split ratio", action.ticker, action.splitRatio, at: location), at: place)
    }
    if isNegative(action.cashDividend) {
      log.error(.badAction("cash dividend", action.ticker, action.cashDividend, at: location), at: place)
    }
    if let price = action.delistingPrice, isNegative(price) {
      log.error(.badAction("delisting price", action.ticker, price, at: location), at: place)
    }
  }

  /// A second row with the key of a first: counted if it repeats it, else an error.
  mutating func note(isRepetition: Bool, _ place: RowPlace, _ first: RowPlace, _ name: String, _ day: Day?) {
    if isRepetition {
      log.defect(.duplicateRow, at: place, name, day)
    } else {
      let key = "`\(name)`" + (day.map { " on \($0)" } ?? "")
      log.error(.conflictingRows(key, at: log.location(place), first: log.location(first)), at: place)
    }
  }

  // MARK: - Universes

  private mutating func universes(_ rows: [MembershipRow], _ identifiers: [String: TickerID]) -> [Universe] {
    let sorted = rows.sorted { left, right in
      if left.universe != right.universe { return left.universe.precedesInBytes(right.universe) }
      if left.ticker != right.ticker { return left.ticker.precedesInBytes(right.ticker) }
      if left.start != right.start { return left.start < right.start }
      return left.end != right.end ? (left.end ?? .latest) < (right.end ?? .latest) : left.place < right.place
    }
    var result: [(name: String, memberships: [Membership])] = []
    for row in sorted {
      if let end = row.end, end < row.start {
        log.error(.membershipEndsEarly(row.ticker, row.start, end, at: log.location(row.place)), at: row.place)
      }
      // Every member is a known name.
      guard let ticker = identifiers[row.ticker] else { continue }
      let membership = Membership(ticker: ticker, start: row.start, end: row.end)
      if result.last?.name != row.universe { result.append((row.universe, [])) }
      if result[result.count - 1].memberships.last == membership {
        log.defect(.duplicateRow, at: row.place, row.ticker, row.start)
      } else {
        result[result.count - 1].memberships.append(membership)
      }
    }
    return result.map { Universe(name: $0.name, memberships: $0.memberships) }
  }
}
