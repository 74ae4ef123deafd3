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

/// A price row as parsed: bad fields already missing.
struct PriceRow {
  var ticker: Int32
  var day: Int32
  var open: Double
  var high: Double
  var low: Double
  var close: Double
  var volume: Double
  var adjustedClose: Double
  var place: RowPlace

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

/// Price rows of any order.
struct PriceTable {
  var names = NameTable()
  var rows: [PriceRow] = []

  mutating func append(_ row: PriceRow) { rows.append(row) }

  /// Makes room for the rows of a file of so many bytes: no row is shorter than 32, and room that is not used is no
  /// memory.
  mutating func reserve(rowsOf bytes: Int) {
    let needed = rows.count + bytes / 32
    if needed > rows.capacity { rows.reserveCapacity(max(needed, 2 * rows.capacity)) }
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
