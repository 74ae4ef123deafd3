import Diagnostics
import MarketData
import MarketModel

/// The rows of one file on their way into tables, with the ways to read a vendor's cells.
struct ImportReader {
  /// What the user said.
  let options: Importer.Options
  /// What the file begins with.
  let start: FileStart
  /// The rows that were made.
  var tables: MarketTables
  let path: String
  /// The whole file.
  let bytes: UnsafeBufferPointer<UInt8>
  private var lines: CSVLines
  private var columnsByName: [String: Int] = [:]

  init(
    _ bytes: UnsafeBufferPointer<UInt8>, path: String, start: FileStart, options: Importer.Options,
    tables: MarketTables
  ) {
    lines = CSVLines(bytes)
    self.path = path
    self.bytes = bytes
    self.start = start
    self.options = options
    self.tables = tables
    self.tables.begin(file: path)
    for (place, name) in start.plain.enumerated().reversed() { columnsByName[name] = place }
  }

  // MARK: - Rows

  /// Calls a function for each row after the header; rows with another number of cells are noted and left out.
  mutating func forEachRow(skipping count: Int = 0, _ body: (inout ImportReader) -> Void) {
    var isHeader = true
    var rest = count
    while true {
      switch lines.next() {
      case .end: return
      case .openQuote:
        tables.begin(line: Int(lines.line))
        report(.openQuote(at: location(nil)))
      case .row:
        tables.begin(line: Int(lines.line))
        if isHeader {
          isHeader = false
        } else if rest > 0 {
          rest -= 1
        } else if cellCount == start.header.count {
          body(&self)
        } else {
          report(.malformedRow(cellCount, expected: start.header.count, at: location(nil)))
        }
      }
    }
  }

  /// How many cells the row has; an empty one after a comma at the line's end is none if the header lacks it.
  private var cellCount: Int {
    let count = lines.count
    return count == start.header.count + 1 && lines.bytes(count - 1).isEmpty ? count - 1 : count
  }

  /// Where a cell stands.
  func location(_ column: Int?) -> Location {
    .file(path, line: Int(lines.line), column: column.map { lines.column($0) } ?? 1)
  }

  /// Notes a problem.
  mutating func report(_ problem: Diagnostic) { tables.report(problem) }

  // MARK: - Columns

  /// The column of a name, written in lower case with letters and digits alone.
  func column(_ names: String...) -> Int? { names.lazy.compactMap { columnsByName[$0] }.first }

  /// The text of a cell.
  func text(_ column: Int) -> String { lines.string(column) }

  /// A finite number, or `nil` for a missing one; a malformed one is noted and missing.
  mutating func number(_ column: Int?) -> Double? {
    guard let column else { return nil }
    let cell = lines.bytes(column)
    if let value = CellText.number(cell) { return value }
    // A point alone is how FRED writes that there is none.
    if CellText.isMissing(cell) || (cell.count == 1 && cell[0] == 0x2E) { return nil }
    report(.malformedNumber(text(column), start.header[column], at: location(column)))
    return nil
  }

  /// A date in one of the ways that vendors write them; `nil`, noted, for anything else.
  mutating func day(_ column: Int?, _ format: ImportDate) -> Day? {
    guard let column else { return nil }
    if let day = format.day(text(column)) { return day }
    report(.malformedDate(text(column), start.header[column], at: location(column), expected: format.shown))
    return nil
  }

  /// The instant from which a figure without a release time is known, by the lag that the user gave.
  func lagged(_ observation: Day) -> KnowledgeTime? { options.releaseLag?.release(of: observation) }

  /// The name that the user gave, else the file's own.
  var name: String { options.name ?? start.baseName }
}

/// A way to write a date.
enum ImportDate {
  /// `2020-01-31`, with or without a midnight time.
  case iso
  /// `1/31/2020` or `01/31/20`, with or without a midnight time.
  case american
  /// `20200131`.
  case digits

  var shown: String {
    switch self {
    case .iso: "YYYY-MM-DD"
    case .american: "MM/DD/YYYY"
    case .digits: "YYYYMMDD"
    }
  }

  func day(_ text: String) -> Day? {
    switch self {
    case .iso:
      let parts = text.split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "T" })
      guard let date = parts.first, parts.count == 1 || ImportDate.isMidnight(parts[1]) else { return nil }
      return Day(iso: date)
    case .american:
      let parts = text.split(separator: " ", maxSplits: 1)
      guard let date = parts.first, parts.count == 1 || ImportDate.isMidnight(parts[1]) else { return nil }
      let numbers = date.split(separator: "/", omittingEmptySubsequences: false).map { ImportDate.whole($0) }
      guard numbers.count == 3, let month = numbers[0], let day = numbers[1], let year = numbers[2] else { return nil }
      // Two digits are years from 1950 to 2049.
      return Day(year: year < 50 ? year + 2000 : year < 100 ? year + 1900 : year, month: month, day: day)
    case .digits:
      guard text.utf8.count == 8, let number = ImportDate.whole(text[...]) else { return nil }
      return Day(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }
  }

  private static func whole(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.count <= 8, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)
  }

  private static func isMidnight(_ text: Substring) -> Bool {
    ["00:00:00", "00:00", "12:00:00 AM", "12:00 AM", "00:00:00.000", "00:00:00Z"].contains(text)
  }
}
