import Diagnostics
import MarketModel

/// Price rows on their way to histories: by ticker, in order of date, without repetitions, odd fields noted.
struct PriceAssembly {
  /// A ticker's rows in order.
  struct Ticker {
    var name: String
    var rows: TickerRows
    /// How long its bars are, where they are longer than a day.
    var period: BarPeriod?
  }

  private(set) var tickers: [Ticker] = []
  /// The tickers with an adjusted close that the actions do not explain, ascending.
  private(set) var unexplainedAdjustments: [String] = []
  private let table: PriceTable
  private let actionsByTicker: [String: [(action: CorporateAction, place: RowPlace)]]
  private let settings: DataSettings
  private let barPeriods: [String: BarPeriod]?
  private var placesByName: [String: Int] = [:]
  private var columns: NumberColumns
  // Asked for once, and only where weekly quotes lie on Mondays.
  private var quotesMove: Bool?

  init(
    _ table: consuming PriceTable, actions: [(action: CorporateAction, place: RowPlace)], settings: DataSettings,
    barPeriods: [String: BarPeriod]?
  ) {
    // Six numbers a row, and a day.
    columns = NumberColumns(expected: 52 * table.count)
    self.table = table
    actionsByTicker = Dictionary(grouping: actions, by: \.action.ticker)
    self.settings = settings
    self.barPeriods = barPeriods
  }

  /// Where a row of a ticker came from.
  func place(_ ticker: String, _ row: Int) -> RowPlace {
    placesByName[ticker].map { tickers[$0].rows.place(row) } ?? .nowhere
  }

  /// Sorts the rows and drops repetitions; notes conflicts and odd fields.
  mutating func order(_ log: inout LoadingLog) {
    var rows: [PriceRow] = []
    for number in table.names.sorted {
      let name = table.names.names[Int(number)]
      table.read(number, into: &rows)
      let given = rows.count
      let period = dateBars(&rows, name, &log)
      let areSound = areSound(rows)
      if !areSound { rows = checked(rows, name, &log) }
      if rows.isEmpty { continue }
      placesByName[name] = tickers.count
      let places = areSound && rows.count == given ? .table(table, number) : TickerRows.Places(rows)
      tickers.append(Ticker(name: name, rows: TickerRows(rows, places, &columns), period: period))
    }
  }

  /// Dates the rows of bars longer than a day at the ends of their periods; gives how long the bars are.
  private mutating func dateBars(_ rows: inout [PriceRow], _ name: String, _ log: inout LoadingLog) -> BarPeriod? {
    if let barPeriods { return barPeriods[name] }
    guard let dating = BarDating(rows) else { return nil }
    let ends = BarEnds(dating.period, settings)
    if !dating.isStartDated {
      rows = ends.endDated(rows)
    } else if settings.barDates == .start {
      rows = ends.redated(rows, name, &log)
    } else if settings.barDates == nil, !(dating.isOfQuotes && weeklyQuotesMove()) {
      let place = rows.first?.place ?? .nowhere
      log.error(.startDatedBars(name, dating.period, at: log.location(place)), at: place)
    }
    return dating.period
  }

  /// Whether weekly quotes, closes without a range, shun a day without trading: some ticker has one before its last that
  /// is not of a Monday. Then all of them are prices of one day a week, known on that day, and no bars of a week.
  private mutating func weeklyQuotesMove() -> Bool {
    if let known = quotesMove { return known }
    let move = table.names.names.indices.contains { number in
      BarDating(table.rows(of: Int32(number))).map { $0.isOfQuotes && $0.hasStrays } ?? false
    }
    quotesMove = move
    return move
  }

  /// Whether a ticker's rows can be taken as they are.
  private func areSound(_ rows: [PriceRow]) -> Bool {
    var last = Int32.min
    for row in rows {
      if row.isOdd || row.day <= last { return false }
      last = row.day
    }
    return true
  }

  /// A ticker's rows in order, without repetitions; what is odd is noted.
  private func checked(_ given: [PriceRow], _ name: String, _ log: inout LoadingLog) -> [PriceRow] {
    var rows: [PriceRow] = []
    rows.reserveCapacity(given.count)
    var isSorted = true
    var above: PriceRow?
    for var row in given {
      if let above, above.day > row.day, above.place.file == row.place.file {
        log.defect(.unordered, at: row.place, name, Day(rawValue: row.day))
      }
      above = row
      if row.isOdd, !note(&row, name, &log) { continue }
      if let last = rows.last, last.day >= row.day { isSorted = false }
      rows.append(row)
    }
    return isSorted ? rows : distinct(rows, name, &log)
  }

  /// Notes a row's oddities and makes its bad fields missing; `false` if the row is not loaded.
  private func note(_ row: inout PriceRow, _ name: String, _ log: inout LoadingLog) -> Bool {
    let day = Day(rawValue: row.day)
    if row.close.isNaN {
      log.defect(.noClose, at: row.place, name, day)
      return false
    }
    if row.close <= 0 {
      log.defect(.badPrice, at: row.place, name, day, DefectSize(row.close, "close"))
      return false
    }
    if row.adjustedClose <= 0, !settings.adjustFromActions {
      log.defect(.badPrice, at: row.place, name, day, DefectSize(row.adjustedClose, "adjusted_close"))
      return false
    }
    func clean(_ value: inout Double, _ field: Field, isBad: Bool) {
      if !isBad { return }
      log.defect(.badValue, at: row.place, name, day, DefectSize(value, field.name))
      value = .missing(.badValue)
    }
    clean(&row.open, .open, isBad: row.open <= 0)
    clean(&row.high, .high, isBad: row.high <= 0)
    clean(&row.low, .low, isBad: row.low <= 0)
    clean(&row.volume, .volume, isBad: row.volume < 0)
    if row.volume == 0 { log.defect(.zeroVolume, at: row.place, name, day) }
    if row.isContradictory { log.defect(.ohlc, at: row.place, name, day) }
    if !day.isWeekday { log.defect(.weekend, at: row.place, name, day) }
    return true
  }

  private func distinct(_ rows: [PriceRow], _ name: String, _ log: inout LoadingLog) -> [PriceRow] {
    let order = rows.indices.sorted { rows[$0].day != rows[$1].day ? rows[$0].day < rows[$1].day : $0 < $1 }
    var result: [PriceRow] = []
    result.reserveCapacity(rows.count)
    for place in order {
      let row = rows[place]
      guard let last = result.last, last.day == row.day else {
        result.append(row)
        continue
      }
      if last.agrees(with: row, adjusted: !settings.adjustFromActions) {
        log.defect(.duplicateRow, at: row.place, name, Day(rawValue: row.day))
      } else {
        noteConflict(row, last, name, &log)
      }
    }
    return result
  }

  /// Notes two rows of a ticker and day that differ: they are likely of several tickers, where no column tells.
  private func noteConflict(_ row: PriceRow, _ first: PriceRow, _ name: String, _ log: inout LoadingLog) {
    if row.place.file == first.place.file, let columns = log.filesWithoutTicker[row.place.file] {
      let places = (log.location(row.place), log.location(first.place))
      log.errorOfFile(
        .noTickerColumn(Day(rawValue: row.day), leftAside: columns, at: places.0, first: places.1), at: row.place)
      return
    }
    let key = "`\(name)` on \(Day(rawValue: row.day))"
    log.error(.conflictingRows(key, at: log.location(row.place), first: log.location(first.place)), at: row.place)
  }

  /// The histories of all known tickers, in their order.
  mutating func histories(_ known: [String], _ log: inout LoadingLog) -> [PriceHistory] {
    var result: [PriceHistory] = []
    result.reserveCapacity(known.count)
    for (place, name) in known.enumerated() {
      guard let ticker = placesByName[name].map({ tickers[$0] }) else {
        result.append(PriceHistory(without: TickerID(place)))
        continue
      }
      let rows = ticker.rows
      var levels = LevelWalk(
        name, rows, actionsByTicker[name] ?? [], settings.adjustFromActions, period: ticker.period)
      levels.run(&log)
      result.append(
        PriceHistory(
          ticker: TickerID(place), raw: raw(rows, levels, name),
          adjusted: AdjustedColumns(rows.columns, levels, &columns),
          listings: levels.listings, period: ticker.period))
    }
    return result
  }

  /// The columns as loaded: without adjusted closes where the actions adjust, noted if these do not explain them.
  private mutating func raw(_ rows: TickerRows, _ levels: LevelWalk, _ name: String) -> PriceColumns {
    var raw = rows.columns
    guard settings.adjustFromActions, raw.adjustedClose.buffer.contains(where: { !$0.isNaN }) else { return raw }
    if !levels.explains(raw.adjustedClose) { unexplainedAdjustments.append(name) }
    raw.adjustedClose = columns.column(of: .missing(.missingBar), count: rows.count)
    return raw
  }
}

extension PriceRow {
  /// Whether there may be something to note about the row.
  fileprivate var isOdd: Bool {
    // Comparisons with a missing number are false, so a row without oddities passes all of them.
    !(close > 0) || adjustedClose <= 0 || open <= 0 || high <= 0 || low <= 0 || volume <= 0 || isContradictory
      || !Day(rawValue: day).isWeekday
  }

  /// Whether the high lies below, or the low above, another known price of the row.
  fileprivate var isContradictory: Bool {
    // Comparisons with a missing number are false.
    high < open || high < low || high < close || low > open || low > close
  }
}

extension AdjustedColumns {
  fileprivate init(_ raw: PriceColumns, _ levels: LevelWalk, _ columns: inout NumberColumns) {
    level = levels.isRaw ? raw.close : Column(levels.level)
    splitFactor =
      levels.hasSplits ? Column(levels.splitFactor) : columns.column(of: 1, count: raw.days.count)
    listingStart = columns.starts(levels.listings, count: raw.days.count)
    hasSplits = levels.hasSplits
  }
}
