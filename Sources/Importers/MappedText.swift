import Diagnostics
import MarketData

/// A text whose header has the names of fields in the place of those of columns, as a mapping says.
struct MappedText {
  let text: [UInt8]
  /// The columns that stand for nothing.
  let leftAside: [String]

  /// A comma, a tab, a semicolon, a bar.
  private static let separators: [UInt8] = [0x2C, 0x09, 0x3B, 0x7C]

  /// Renames the columns of a file; the lines before its header become blank, so that the number of every line stays.
  init(_ given: [UInt8], path: String, _ mapping: ColumnMapping) throws(Diagnostic) {
    var text = given
    let start = MappedText.offset(ofLine: mapping.skip, in: text)
    for place in text[..<start].indices where text[place] != 0x0A { text[place] = 0x20 }
    guard let line = MappedText.firstLine(of: text, from: start) else {
      throw .columnNotInFile(mapping.columns[0].source, path, header: [], skip: mapping.skip)
    }
    let (header, separator) = MappedText.header(Array(text[line]), mapping)
    var names = Array(repeating: "", count: header.count)
    for column in mapping.columns {
      guard let place = column.place(in: header) else {
        throw .columnNotInFile(column.source, path, header: header, skip: mapping.skip)
      }
      if !names[place].isEmpty { throw .columnForTwo(header[place], names[place], column.field) }
      names[place] = column.field
    }
    leftAside = header.indices.filter { names[$0].isEmpty && !header[$0].isEmpty }.map { header[$0] }
    let renamed = names.joined(separator: String(UnicodeScalar(separator)))
    self.text = text[..<line.lowerBound] + Array(renamed.utf8) + text[line.upperBound...]
  }

  /// Where a line begins, after as many others.
  private static func offset(ofLine count: Int, in text: [UInt8]) -> Int {
    var rest = count
    if rest == 0 { return 0 }
    for place in text.indices where text[place] == 0x0A {
      rest -= 1
      if rest == 0 { return place + 1 }
    }
    return text.count
  }

  /// The first line that is not blank, without its end.
  private static func firstLine(of text: [UInt8], from start: Int) -> Range<Int>? {
    guard let first = text[start...].firstIndex(where: { $0 > 0x20 }) else { return nil }
    let begin = text[..<first].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return begin..<(text[first...].firstIndex(of: 0x0A) ?? text.count)
  }

  /// The cells of a header between those separators that make the most of the mapping's columns.
  private static func header(_ line: [UInt8], _ mapping: ColumnMapping) -> (cells: [String], separator: UInt8) {
    var best: (cells: [String], separator: UInt8, found: Int) = ([], 0x2C, -1)
    for separator in separators {
      let text = separator == 0x2C ? line : line.withUnsafeBufferPointer { ImportText.separatedByCommas($0, separator) }
      let cells = text.withUnsafeBufferPointer { bytes in
        var lines = CSVLines(bytes)
        return lines.next() == .row ? (0..<lines.count).map { lines.string($0) } : []
      }
      let found = mapping.columns.count { $0.place(in: cells) != nil }
      if found > best.found || (found == best.found && cells.count > best.cells.count) {
        best = (cells, separator, found)
      }
    }
    return (best.cells, best.separator)
  }
}

extension ColumnMapping.Column {
  /// Where the column stands in a header: under its very name, else under one that differs in case or signs alone; `nil`
  /// where that is not one column.
  func place(in header: [String]) -> Int? {
    let same = header.indices.filter { header[$0] == source }
    if !same.isEmpty { return same.count == 1 ? same[0] : nil }
    let plain = FileStart.plain(source)
    let alike = header.indices.filter { FileStart.plain(header[$0]) == plain }
    return plain.isEmpty || alike.count != 1 ? nil : alike[0]
  }
}
