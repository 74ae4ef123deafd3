import Diagnostics
import MarketModel

/// Replaces cells of some lines of a data file.
struct LineEditor {
  private let file: FileEdits
  private let text: [UInt8]
  private var header = FileHeader([], fields: [])
  private var output: [UInt8] = []
  /// Up to where the text is in the output.
  private var copied = 0

  init(_ file: FileEdits, _ text: [UInt8]) {
    self.file = file
    self.text = text
    output.reserveCapacity(text.count + text.count / 16)
  }

  /// The text with the edits; rows that the file has no columns for go to `moved`.
  mutating func edited(_ moved: inout MarketTables) throws(Diagnostic) -> [UInt8] {
    let outcome = text.withUnsafeBufferPointer { walk($0, &moved) }
    if let outcome { throw outcome }
    output.append(contentsOf: text[copied...])
    return output
  }

  private mutating func walk(_ bytes: UnsafeBufferPointer<UInt8>, _ moved: inout MarketTables) -> Diagnostic? {
    var lines = CSVLines(bytes)
    guard lines.next() == .row else { return .fileChanged(file.path, line: 1) }
    header = FileHeader((0..<lines.count).map { lines.string($0) }, fields: file.kind.fields)
    for edit in file.edits {
      while lines.line < edit.line {
        if lines.next() == .end { return .fileChanged(file.path, line: Int(edit.line)) }
      }
      guard lines.line == edit.line, lines.count == header.names.count, isOf(edit, lines) else {
        return .fileChanged(file.path, line: Int(edit.line))
      }
      apply(edit, lines, &moved)
    }
    return nil
  }

  /// Whether a line still is the row that was read there.
  private func isOf(_ edit: RowEdit, _ lines: CSVLines) -> Bool {
    guard let column = header[dateField], case .day(let day) = CellText.date(lines.bytes(column)) else { return false }
    return day == edit.day
  }

  private var dateField: Field {
    switch file.kind {
    case .prices, .curves: .date
    case .series, .flows: .observationDate
    case .actions: .exDate
    case .universes: .start
    }
  }

  private mutating func apply(_ edit: RowEdit, _ lines: CSVLines, _ moved: inout MarketTables) {
    let isWide = file.kind == .prices && header[.close] == nil
    if isWide { return applyWide(edit, lines, &moved) }
    let cells = edit.cells(file.kind)
    if cells.contains(where: { header[$0.field] == nil && !$0.isAbsent }) {
      edit.add(to: &moved)
      removeLine(lines)
      return
    }
    let places = cells.compactMap { cell in header[cell.field].map { (column: $0, cell: cell) } }
    for (column, cell) in places.sorted(by: { $0.column < $1.column }) { replace(column, cell, lines) }
  }

  /// A line of a wide file has a cell for each ticker: a close, and no more.
  private mutating func applyWide(_ edit: RowEdit, _ lines: CSVLines, _ moved: inout MarketTables) {
    let isClose = edit.cells(file.kind).allSatisfy { $0.field == .close || $0.isAbsent }
    if !isClose { edit.add(to: &moved) }
    for (column, name) in header.names.enumerated() where name == edit.name && column != header[.date] {
      let close = isClose ? edit.cells(file.kind).first { $0.field == .close } : nil
      replace(column, close ?? RowEdit.Cell(.close, .missing(.missingBar)), lines)
    }
  }

  /// Puts a number in the place of a cell, unless it is there already.
  private mutating func replace(_ column: Int, _ new: RowEdit.Cell, _ lines: CSVLines) {
    let old = CellText.number(lines.bytes(column)) ?? .missing(.missingBar)
    if old.isSame(new.value) || (old.isNaN && new.isAbsent) { return }
    let cell = lines[column]
    output.append(contentsOf: text[copied..<cell.start])
    output.append(contentsOf: CSVText.text(new.value).utf8)
    copied = cell.end
  }

  /// Leaves out a line with its end.
  private mutating func removeLine(_ lines: CSVLines) {
    let inside = lines[0].start
    let start = text[..<inside].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let end = text[inside...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
    output.append(contentsOf: text[copied..<max(copied, start)])
    copied = max(copied, end)
  }
}

extension RowEdit {
  /// A number that goes to the column of a field.
  struct Cell {
    let field: Field
    let value: Double
    /// Whether a file without the column says the same.
    let isAbsent: Bool

    init(_ field: Field, _ value: Double, absent: Double? = nil) {
      self.field = field
      self.value = value
      isAbsent = value.isNaN || value == absent
    }
  }

  /// The numbers of the row.
  fileprivate func cells(_ kind: FileKind) -> [Cell] {
    switch content {
    case .price(let row):
      [
        Cell(.open, row.open), Cell(.high, row.high), Cell(.low, row.low), Cell(.close, row.close),
        Cell(.volume, row.volume), Cell(.adjustedClose, row.adjustedClose),
      ]
    case .value(let value): [Cell(kind == .curves ? .rate : .value, value)]
    case .action(let row):
      [
        Cell(.splitRatio, row.splitRatio, absent: 1), Cell(.cashDividend, row.cashDividend, absent: 0),
        Cell(.delistingPrice, row.delistingPrice ?? .missing(.unspecified)),
      ]
    }
  }

  /// Adds the row to others.
  fileprivate func add(to tables: inout MarketTables) {
    switch content {
    case .price(let row): tables.prices.append(row, of: tables.prices.names.intern(name))
    case .action(let row): tables.actions.rows.append(row)
    // Such a row is never moved: its file has the column, or it could not be read.
    case .value: break
    }
  }
}
