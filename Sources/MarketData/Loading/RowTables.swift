import MarketModel

/// Where a row came from: a file by index (-1 for none) and a 1-based line.
struct RowPlace: Comparable {
  var file: Int32
  var line: Int32

  static let nowhere = RowPlace(file: -1, line: 0)

  static func < (left: RowPlace, right: RowPlace) -> Bool {
    left.file != right.file ? left.file < right.file : left.line < right.line
  }
}

/// Names seen in rows, each with a number in order of appearance.
struct NameTable {
  private(set) var names: [String] = []
  private var numbers: [String: Int32] = [:]
  private var lastBytes: [UInt8] = []
  private var lastNumber: Int32 = -1

  mutating func intern(_ name: String) -> Int32 {
    if let number = numbers[name] { return number }
    let number = Int32(names.count)
    names.append(name)
    numbers[name] = number
    return number
  }

  /// The number of a name given as UTF-8; rows mostly repeat the name of the row before.
  mutating func intern(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    if lastNumber >= 0, bytes.count == lastBytes.count, lastBytes.elementsEqual(bytes) { return lastNumber }
    let number = intern(String(decoding: bytes, as: UTF8.self))
    lastBytes = Array(bytes)
    lastNumber = number
    return number
  }

  /// The numbers in ascending order of the names' bytes.
  var sorted: [Int32] { (0..<Int32(names.count)).sorted { names[Int($0)].precedesInBytes(names[Int($1)]) } }
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
