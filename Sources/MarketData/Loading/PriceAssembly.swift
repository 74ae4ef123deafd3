import Diagnostics
import MarketModel

/// Price rows on their way to histories: by ticker, in order of date, without repetitions, odd fields noted.
struct PriceAssembly {
  /// A ticker's rows in order.
  struct Ticker {
    var name: String
    var rows: [PriceRow]
  }

  private(set) var tickers: [Ticker] = []
  private var table: PriceTable
  private let actionsByTicker: [String: [(action: CorporateAction, place: RowPlace)]]
  private let adjustFromActions: Bool
  private var placesByName: [String: Int] = [:]

  init(
    _ table: consuming PriceTable, actions: [(action: CorporateAction, place: RowPlace)], adjustFromActions: Bool
  ) {
    self.table = table
    actionsByTicker = Dictionary(grouping: actions, by: \.action.ticker)
    self.adjustFromActions = adjustFromActions
  }

  /// Where a row of a ticker came from.
  func place(_ ticker: String, _ row: Int) -> RowPlace {
    placesByName[ticker].map { tickers[$0].rows[row].place } ?? .nowhere
  }

  /// Sorts the rows and drops repetitions; notes conflicts and odd fields.
  mutating func order(_ log: inout LoadingLog) {
    let groups = Groups(table.rows.map(\.ticker), count: table.names.names.count)
    for number in table.names.sorted {
      let name = table.names.names[Int(number)]
      var rows: [PriceRow] = []
      let places = groups.places(of: number)
      rows.reserveCapacity(places.count)
      var isSorted = true
      for place in places {
        var row = table.rows[Int(place)]
        if adjustFromActions { row.adjustedClose = .missing(.missingBar) }
        guard note(&row, name, &log) else { continue }
        if let last = rows.last, last.day >= row.day {
          isSorted = false
          if last.day > row.day, last.place.file == row.place.file {
            log.defect(.unordered, at: row.place, name, Day(rawValue: row.day))
          }
        }
        rows.append(row)
      }
      if rows.isEmpty { continue }
      if !isSorted { rows = distinct(rows, name, &log) }
      placesByName[name] = tickers.count
      tickers.append(Ticker(name: name, rows: rows))
    }
    table = PriceTable()
  }

  /// Notes a row's oddities and makes its bad fields missing; `false` if the row is not loaded.
  private func note(_ row: inout PriceRow, _ name: String, _ log: inout LoadingLog) -> Bool {
    let day = Day(rawValue: row.day)
    if row.close.isNaN {
      log.defect(.noClose, at: row.place, name, day)
      return false
    }
    if row.place.file < 0 {
      if !(row.close > 0) { log.error(.priceNotPositive("close", name, row.close, at: nil), at: row.place) }
      if row.adjustedClose <= 0 {
        log.error(.priceNotPositive("adjusted_close", name, row.adjustedClose, at: nil), at: row.place)
      }
    }
    func clean(_ field: inout Double, isBad: Bool) {
      if !isBad { return }
      log.defect(.badValue, at: row.place, name, day, field)
      field = .missing(.badValue)
    }
    clean(&row.open, isBad: row.open <= 0)
    clean(&row.high, isBad: row.high <= 0)
    clean(&row.low, isBad: row.low <= 0)
    clean(&row.volume, isBad: row.volume < 0)
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
      if last.agrees(with: row) {
        log.defect(.duplicateRow, at: row.place, name, Day(rawValue: row.day))
      } else {
        let key = "`\(name)` on \(Day(rawValue: row.day))"
        log.error(
          .conflictingRows(key, at: log.location(row.place), first: log.location(last.place)), at: row.place)
      }
    }
    return result
  }

  /// The histories of all known tickers, in their order.
  func histories(_ known: [String], _ log: inout LoadingLog) -> [PriceHistory] {
    known.enumerated().map { place, name in
      let rows = placesByName[name].map { tickers[$0].rows } ?? []
      let raw = PriceColumns(rows)
      var levels = LevelWalk(name, rows, actionsByTicker[name] ?? [], adjustFromActions)
      levels.run(&log)
      return PriceHistory(
        ticker: TickerID(place), raw: raw, adjusted: AdjustedColumns(raw, levels), listings: levels.listings)
    }
  }
}

extension PriceRow {
  /// Whether the high lies below, or the low above, another known price of the row.
  fileprivate var isContradictory: Bool {
    // Comparisons with a missing number are false.
    high < open || high < low || high < close || low > open || low > close
  }
}

extension PriceColumns {
  fileprivate init(_ rows: [PriceRow]) {
    days = Column(rows.lazy.map(\.day))
    open = Column(rows.lazy.map(\.open))
    high = Column(rows.lazy.map(\.high))
    low = Column(rows.lazy.map(\.low))
    close = Column(rows.lazy.map(\.close))
    volume = Column(rows.lazy.map(\.volume))
    adjustedClose = Column(rows.lazy.map(\.adjustedClose))
  }
}

extension AdjustedColumns {
  fileprivate init(_ raw: PriceColumns, _ levels: LevelWalk) {
    listingStart = Column(levels.listingStart)
    splitFactor = Column(levels.splitFactor)
    volumeLevel =
      levels.hasSplits ? Column(zip(raw.volume.buffer, levels.splitFactor).map { $0.isNaN ? $0 : $0 / $1 }) : raw.volume
    if zip(levels.level, raw.close.buffer).allSatisfy({ $0 == $1 }) {
      (level, openLevel, highLevel, lowLevel) = (raw.close, raw.open, raw.high, raw.low)
      return
    }
    level = Column(levels.level)
    let ratio = zip(levels.level, raw.close.buffer).map { $0 / $1 }
    openLevel = Column(zip(raw.open.buffer, ratio).map { $0.isNaN ? $0 : $0 * $1 })
    highLevel = Column(zip(raw.high.buffer, ratio).map { $0.isNaN ? $0 : $0 * $1 })
    lowLevel = Column(zip(raw.low.buffer, ratio).map { $0.isNaN ? $0 : $0 * $1 })
  }
}
