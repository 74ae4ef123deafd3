import Diagnostics
import MarketData
import MarketModel

/// The rows of one file on their way into tables, with the ways to read a vendor's cells.
struct ImportReader {
  /// What the user said.
  let options: Importer.Options
  /// What the file begins with.
  let start: FileStart
  /// Where its columns stand.
  private(set) var match: FormatMatch
  /// How it writes dates and numbers.
  let habits: CellHabits
  /// The rows that were made.
  var tables: MarketTables
  /// What the user should know about the file beside its rows, in short sentences without a point.
  var remarks: [String] = []
  let path: String
  /// The whole file.
  private let bytes: UnsafeBufferPointer<UInt8>
  private var lines: CSVLines

  init(
    _ bytes: UnsafeBufferPointer<UInt8>, path: String, _ found: Recognition, options: Importer.Options,
    tables: MarketTables
  ) {
    lines = CSVLines(bytes)
    self.path = path
    self.bytes = bytes
    start = found.start
    match = found.match
    habits = CellHabits(
      bytes, dates: found.match.dates, numbers: found.match.numbers,
      order: options.dateOrder ?? found.importer.dateOrder, separator: found.separator)
    self.options = options
    self.tables = tables
    self.tables.begin(file: path)
  }

  // MARK: - Rows

  /// Calls a function for each row after the header; rows with another number of cells are noted and left out.
  mutating func forEachRow(skipping count: Int = 0, _ body: (inout ImportReader) -> Void) {
    if let question = habits.question {
      report(.openQuestion(question, at: .file(path, line: 0, column: 0)))
      return
    }
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

  /// Reads the whole file in the program's own form, its cells rewritten where they are in another.
  mutating func readOwn(_ kind: FileKind) {
    if let question = habits.question {
      report(.openQuestion(question, at: .file(path, line: 0, column: 0)))
    } else if habits.isPlain, start.isAsWritten {
      kind.read(bytes, path: path, baseName: name, releaseLag: options.releaseLag, into: &tables)
    } else {
      let text = ImportText.inOwnCells(bytes, header: start.header, match: match, habits: habits)
      text.withUnsafeBufferPointer {
        kind.read($0, path: path, baseName: name, releaseLag: options.releaseLag, into: &tables)
      }
    }
  }

  /// Where a cell stands.
  func location(_ column: Int?) -> Location {
    .file(path, line: Int(lines.line), column: column.map { lines.column($0) } ?? 1)
  }

  /// Notes a problem.
  mutating func report(_ problem: Diagnostic) { tables.report(problem) }

  // MARK: - Columns

  /// The column of a name, as the format calls it.
  func column(_ name: String) -> Int? { match[name] }

  /// Says that columns which the format has are not read in this file.
  mutating func leaveAside(_ columns: [Int]) { match.leftAside = (match.leftAside + columns).sorted() }

  /// The text of a cell.
  func text(_ column: Int) -> String { column < lines.count ? lines.string(column) : "" }

  /// A finite number, or `nil` for a missing one; a malformed one is noted and missing.
  mutating func number(_ column: Int?) -> Double? {
    guard let column, column < lines.count else { return nil }
    let cell = lines.bytes(column)
    if !habits.hasDecimalCommas, let value = CellText.number(cell) { return value }
    // A point alone is how FRED writes that there is none, a hyphen how others do.
    if CellText.isMissing(cell) || (cell.count == 1 && (cell[0] == 0x2E || cell[0] == 0x2D)) { return nil }
    if let value = VendorNumber.read(cell, hasDecimalCommas: habits.hasDecimalCommas) { return value }
    report(.malformedNumber(text(column), start.header[column], at: location(column)))
    return nil
  }

  /// A date in any of the ways that vendors write them; `nil`, noted, for anything else.
  mutating func day(_ column: Int?) -> Day? {
    guard let column, column < lines.count else { return nil }
    let reading = WrittenDate.read(lines.bytes(column), order: habits.dateOrder)
    if case .day(let day) = reading { return day }
    report(
      .notADay(reading, text(column), start.header[column], order: habits.dateOrder, at: location(column)))
    return nil
  }

  /// As `day`, but `nil` for an empty cell too.
  mutating func dayIfAny(_ column: Int?) -> Day? {
    guard let column, column < lines.count, !CellText.isMissing(lines.bytes(column)) else { return nil }
    return day(column)
  }

  /// The instant from which a figure without a release time is known, by the lag that the user gave.
  func lagged(_ observation: Day) -> KnowledgeTime? { options.releaseLag?.release(of: observation) }

  /// The name that the user gave, else the file's own.
  var name: String { options.name ?? start.baseName }
}
