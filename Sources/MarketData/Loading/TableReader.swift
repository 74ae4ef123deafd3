import Diagnostics
import MarketModel

/// Reads the rows of one data file into tables; notes what is malformed, with file, line and column.
///
/// The text comes in blocks of whole lines, the first of which has the header.
struct TableReader {
  /// How far the reader is.
  private enum State {
    case beforeHeader, rows
    /// The header has no rows that could be read.
    case refused
  }

  let file: FolderListing.File
  let number: Int32
  private(set) var lines = CSVLines(UnsafeBufferPointer(start: nil, count: 0))
  private(set) var header = FileHeader([], fields: [])
  /// Whether it is a prices file with a column for each ticker.
  private(set) var isWide = false
  private var state = State.beforeHeader
  private var plain: PlainPriceLines?
  // The date cell last read and its day: rows mostly repeat it.
  private var lastDate: (first: UInt64, last: UInt16, day: Int32)?

  init(_ file: FolderListing.File, number: Int32) {
    self.file = file
    self.number = number
  }

  /// Where the line last read stands.
  var place: RowPlace { RowPlace(file: number, line: lines.line) }

  /// Where a cell of the line last read stands.
  func location(_ cell: Int?) -> Location {
    .file(file.path, line: Int(lines.line), column: cell.map { lines.column($0) } ?? 1)
  }

  /// Reads the next lines.
  ///
  /// - Parameter slack: how many bytes behind the text may be looked at.
  mutating func read(_ text: UnsafeBufferPointer<UInt8>, slack: Int = 0, into tables: inout MarketTables) {
    if state == .refused { return }
    lines = CSVLines(text, after: lines.line, slack: slack)
    if state == .beforeHeader { readHeader(&tables) }
    if state == .rows { readRows(&tables) }
  }

  /// Says that there is no more text.
  mutating func finish(_ tables: inout MarketTables) {
    if state == .beforeHeader { take(header: [], &tables) }
  }

  private mutating func readHeader(_ tables: inout MarketTables) {
    switch lines.next() {
    case .end: return
    case .openQuote: take(header: [], &tables)
    case .row: take(header: (0..<lines.count).map { lines.string($0) }, &tables)
    }
  }

  private mutating func readRows(_ tables: inout MarketTables) {
    let count = header.names.count
    while true {
      plain?.read(&lines, into: &tables.prices)
      switch lines.next() {
      case .end: return
      case .openQuote: tables.log.error(.openQuote(at: location(nil)), at: place)
      case .row:
        if lines.count == count {
          readRow(&tables)
        } else {
          tables.log.error(.malformedRow(lines.count, expected: count, at: location(nil)), at: place)
        }
      }
    }
  }

  private mutating func take(header names: [String], _ tables: inout MarketTables) {
    header = FileHeader(names, fields: file.kind.fields)
    isWide = TableReader.isWide(header, file.kind)
    state = check(&tables) ? .rows : .refused
    if state == .rows, file.kind == .prices, !isWide {
      plain = PlainPriceLines(header, file: number, baseName: file.baseName)
    }
    if state == .rows, !isWide { noteColumns(&tables.log) }
  }

  /// Notes the columns that are not understood.
  private func noteColumns(_ log: inout LoadingLog) {
    let names = header.leftAside
    if file.kind == .prices, header[.ticker] == nil { log.filesWithoutTicker[number] = names }
    if !names.isEmpty { log.note(LoadingNote(.columnsLeftAside, names, file: file.path)) }
  }

  /// Whether the header has all it needs; what is wrong is noted.
  private func check(_ tables: inout MarketTables) -> Bool {
    if let (field, column) = header.twice {
      tables.log.error(.columnTwice(field.name, at: location(column)), at: place)
      return false
    }
    var missing = file.kind.required.filter { header[$0] == nil }
    if file.kind == .prices, !isWide, header[.close] == nil { missing.append(.close) }
    // Of an empty file one complaint is enough.
    if header.names.isEmpty { missing = Array(missing.prefix(1)) }
    for field in missing {
      let place = Location.file(file.path, line: 1, column: 1)
      tables.log.error(
        .missingColumn(field.name, has: header.names, at: place), at: RowPlace(file: number, line: 1))
    }
    let anyOf = file.kind.anyOf
    if !anyOf.isEmpty, anyOf.allSatisfy({ header[$0] == nil }) {
      let place = Location.file(file.path, line: 1, column: 1)
      tables.log.error(
        .missingColumns(anyOf.map(\.name), has: header.names, at: place), at: RowPlace(file: number, line: 1))
      return false
    }
    if file.kind == .actions, header[.splitRatio] != nil || header[.cashDividend] != nil {
      tables.settings.adjustFromActions = true
    }
    return missing.isEmpty
  }

  /// Whether a prices file has a column for each ticker: it has neither tickers nor closes, and a column that is no
  /// field's. A ticker may be called LOW.
  static func isWide(_ header: FileHeader, _ kind: FileKind) -> Bool {
    kind == .prices && header[.ticker] == nil && header[.close] == nil
      && header.names.indices.contains { header.isForeign($0, to: kind) }
  }

  private mutating func readRow(_ tables: inout MarketTables) {
    switch file.kind {
    case .prices: if isWide { readWideRow(&tables) } else { readPrices(&tables) }
    case .series: readRelease(&tables, table: 0)
    case .flows: readRelease(&tables, table: 1)
    case .curves: readCurvePoint(&tables)
    case .universes: readMembership(&tables)
    case .actions: readAction(&tables)
    }
  }

  // MARK: - Cells

  /// The text of a cell that names something; `nil`, noted, if it is empty.
  func key(_ field: Field, _ log: inout LoadingLog) -> String? {
    guard let column = header[field] else { return nil }
    let text = lines.string(column)
    if !text.isEmpty { return text }
    log.error(.missingKey(field.name, at: location(column)), at: place)
    return nil
  }

  /// A required date; `nil`, noted, if it is missing or malformed.
  mutating func requiredDate(_ field: Field, _ log: inout LoadingLog) -> Int32? {
    guard let column = header[field] else { return nil }
    let cell = UnsafeRawBufferPointer(lines.bytes(column))
    let isDate = cell.count == 10
    let first = isDate ? cell.loadUnaligned(fromByteOffset: 0, as: UInt64.self) : 0
    let last = isDate ? cell.loadUnaligned(fromByteOffset: 8, as: UInt16.self) : 0
    if isDate, let lastDate, lastDate.first == first, lastDate.last == last { return lastDate.day }
    switch CellText.date(lines.bytes(column)) {
    case .day(let day):
      if isDate { lastDate = (first, last, day) }
      return day
    case .missing: log.error(.missingKey(field.name, at: location(column)), at: place)
    case .malformed: noteDate(column, &log)
    case .timeOfDay: log.error(.timeOfDay(lines.string(column), header.names[column], at: location(column)), at: place)
    }
    return nil
  }

  /// A date that may be missing; the outer `nil` for a malformed one, noted.
  func optionalDate(_ field: Field, _ log: inout LoadingLog) -> Day?? {
    guard let column = header[field] else { return .some(nil) }
    switch CellText.date(lines.bytes(column)) {
    case .day(let day): return .some(Day(rawValue: day))
    case .missing: return .some(nil)
    case .malformed: noteDate(column, &log)
    case .timeOfDay: log.error(.timeOfDay(lines.string(column), header.names[column], at: location(column)), at: place)
    }
    return nil
  }

  private func noteDate(_ column: Int, _ log: inout LoadingLog) {
    log.error(.malformedDate(lines.string(column), header.names[column], at: location(column)), at: place)
  }

  /// A number, or the missing one; `nil` for a malformed one, noted.
  func number(_ field: Field, _ log: inout LoadingLog) -> Double? {
    guard let column = header[field] else { return .missing(.missingBar) }
    return number(inColumn: column, &log)
  }

  /// As `number(_:_:)`, by column.
  func number(inColumn column: Int, _ log: inout LoadingLog) -> Double? {
    let cell = lines.bytes(column)
    if let value = CellText.number(cell) { return value }
    if CellText.isMissing(cell) { return .missing(.missingBar) }
    log.error(.malformedNumber(lines.string(column), header.names[column], at: location(column)), at: place)
    return nil
  }

  /// A release time, or its absence; the outer `nil` for a malformed one, noted.
  func release(_ log: inout LoadingLog) -> Int64?? {
    guard let column = header[.releaseTime], !CellText.isMissing(lines.bytes(column)) else { return .some(nil) }
    guard let release = CellText.instant(lines.bytes(column)) else {
      log.error(.malformedReleaseTime(lines.string(column), at: location(column)), at: place)
      return nil
    }
    return .some(release)
  }
}
