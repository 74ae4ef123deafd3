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
  ///
  /// - Parameter adjusted: whether the adjusted closes count.
  func agrees(with other: PriceRow, adjusted: Bool = true) -> Bool {
    open.isSame(other.open) && high.isSame(other.high) && low.isSame(other.low) && close.isSame(other.close)
      && volume.isSame(other.volume) && (!adjusted || adjustedClose.isSame(other.adjustedClose))
  }
}

extension Double {
  /// Equal numbers, or both missing.
  func isSame(_ other: Double) -> Bool { self == other || (isNaN && other.isNaN) }
}

/// Price rows: those of each ticker in the order in which they came.
struct PriceTable {
  var names = NameTable()
  private var pieces = PriceRowPieces()

  /// How many rows there are.
  var count: Int { pieces.count }

  /// Adds a row to those of a ticker, by the number of its name.
  mutating func append(_ row: PriceRow, of ticker: Int32) { ownPieces().append(row, of: ticker) }

  /// The rows' memory, which nobody else has: to add many rows to at once, not to be kept.
  mutating func ownPieces() -> PriceRowPieces {
    if !isKnownUniquelyReferenced(&pieces) { pieces = PriceRowPieces(pieces) }
    return pieces
  }

  /// The rows of a ticker.
  func rows(of ticker: Int32) -> [PriceRow] {
    var rows: [PriceRow] = []
    read(ticker, into: &rows)
    return rows
  }

  /// Puts the rows of a ticker in the place of others.
  func read(_ ticker: Int32, into rows: inout [PriceRow]) {
    rows.removeAll(keepingCapacity: true)
    pieces.forEachPiece(ticker) { rows.append(contentsOf: $0) }
  }

  /// Where a row of a ticker came from.
  func place(ofRow row: Int, of ticker: Int32) -> RowPlace {
    var rest = row
    var place = RowPlace.nowhere
    pieces.forEachPiece(ticker) { rows in
      if rows.indices.contains(rest) { place = rows[rest].place }
      rest -= rows.count
    }
    return place
  }

  /// The rows of each ticker, by the numbers of their names.
  var tickers: some Sequence<[PriceRow]> { names.names.indices.lazy.map { rows(of: Int32($0)) } }
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
