import MarketModel

/// Where a row came from: a file by index (-1 for none) and a 1-based line.
struct RowPlace: Comparable {
  var file: Int32
  var line: Int32

  static let nowhere = RowPlace(file: -1, line: 0)

  /// The same place where the files are listed behind others.
  func moved(_ offset: Int32) -> RowPlace { file < 0 ? self : RowPlace(file: file + offset, line: line) }

  static func < (left: RowPlace, right: RowPlace) -> Bool {
    left.file != right.file ? left.file < right.file : left.line < right.line
  }
}

extension String {
  /// Whether the UTF-8 bytes come before those of another name.
  func precedesInBytes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

/// A price row as parsed. It fills a line of the processor's cache.
struct PriceRow {
  var day: Int32
  var place: RowPlace
  var open: Double
  var high: Double
  var low: Double
  var close: Double
  var volume: Double
  var adjustedClose: Double

  /// Whether all six numbers are the same, missing ones included.
  func agrees(with other: PriceRow) -> Bool {
    open.isSame(other.open) && high.isSame(other.high) && low.isSame(other.low) && close.isSame(other.close)
      && volume.isSame(other.volume) && adjustedClose.isSame(other.adjustedClose)
  }
}

extension Double {
  /// Equal numbers, or both missing.
  func isSame(_ other: Double) -> Bool { self == other || (isNaN && other.isNaN) }
}

/// Price rows: those of each ticker in the order in which they came.
struct PriceTable {
  var names = NameTable()
  /// By the number of the ticker's name; tickers without rows may be missing at the end.
  private(set) var tickers: [[PriceRow]] = []
  /// How many rows there are.
  private(set) var count = 0

  mutating func append(_ row: PriceRow, of ticker: Int32) {
    if Int(ticker) >= tickers.count { grow(to: ticker) }
    tickers[Int(ticker)].append(row)
    count += 1
  }

  private mutating func grow(to ticker: Int32) {
    tickers.append(contentsOf: repeatElement([], count: Int(ticker) + 1 - tickers.count))
  }

  /// The rows of a ticker.
  func rows(of ticker: Int32) -> [PriceRow] { Int(ticker) < tickers.count ? tickers[Int(ticker)] : [] }

  /// Gives the rows of a ticker away.
  mutating func take(_ ticker: Int32) -> [PriceRow] {
    guard Int(ticker) < tickers.count else { return [] }
    var rows: [PriceRow] = []
    swap(&rows, &tickers[Int(ticker)])
    count -= rows.count
    return rows
  }
}

/// A release of a series as parsed; without a release time where the source has none.
struct SeriesRow {
  var code: Int32
  var observation: Int32
  var release: Int64?
  var revision: Int64
  var value: Double
  var place: RowPlace
}

/// Releases of series, of any order.
struct SeriesTable {
  var names = NameTable()
  var rows: [SeriesRow] = []
}

/// A point of a curve as parsed.
struct CurveRow {
  var curve: Int32
  var date: Int32
  var tenor: Int32
  var release: Int64?
  var rate: Double
  var place: RowPlace
}

/// Points of curves, of any order.
struct CurveTable {
  var names = NameTable()
  var rows: [CurveRow] = []
}

/// A stretch of membership as parsed.
struct MembershipRow {
  var universe: String
  var ticker: String
  var start: Day
  var end: Day?
  var place: RowPlace
}

/// Memberships, of any order.
struct MembershipTable {
  var rows: [MembershipRow] = []
}

/// A corporate action as parsed.
struct ActionRow {
  var ticker: String
  var exDate: Day
  var splitRatio: Double
  var cashDividend: Double
  var delistingPrice: Double?
  var place: RowPlace
}

/// Corporate actions, of any order.
struct ActionTable {
  var rows: [ActionRow] = []
}
