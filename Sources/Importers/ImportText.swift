import FileSystem
import MarketData

/// A vendor's text, brought into the form in which all readers take it: lines that end in `\n`, cells between commas,
/// nothing before the header.
///
/// The number of every line stays, so that what is said about a row names its place in the file.
enum ImportText {
  /// The longest first line of a table, in bytes: thousands of names of columns.
  private static let longestHeader = 1 << 20
  /// What a file with a longer one is.
  static let noHeader = "no table: its first line has more than a million bytes"

  /// Whether the first line is longer than that of any table. To look for columns in it would take long, and to show it
  /// too.
  static func beginsWithoutEnd(_ text: [UInt8]) -> Bool {
    text.count > longestHeader && !text[..<longestHeader].contains(0x0A)
  }

  /// The text without a byte-order mark, its lines ended by line feeds.
  static func withLineFeeds(_ text: [UInt8]) -> [UInt8] {
    LineEnds.unified(text.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(text.dropFirst(3)) : text)
  }

  /// The text with commas between its cells.
  static func separatedByCommas(_ text: UnsafeBufferPointer<UInt8>, _ separator: UInt8) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count + text.count / 8)
    var cell: [UInt8] = []
    var isQuoted = false
    func finish(_ end: UInt8?) {
      if cell.contains(0x2C), cell.first(where: { $0 != 0x20 }) != 0x22 {
        result.append(0x22)
        for byte in cell {
          if byte == 0x22 { result.append(byte) }
          result.append(byte)
        }
        result.append(0x22)
      } else {
        result += cell
      }
      cell.removeAll(keepingCapacity: true)
      if let end { result.append(end) }
      isQuoted = false
    }
    for byte in text {
      if byte == 0x0A {
        finish(byte)
      } else if byte == separator, !isQuoted {
        finish(0x2C)
      } else if byte != 0x0D {
        if byte == 0x22, isQuoted || cell.isEmpty { isQuoted.toggle() }
        cell.append(byte)
      }
    }
    finish(nil)
    return result
  }

  /// The text with blank lines in the place of the first ones that are not blank.
  static func withoutPreamble(_ text: [UInt8], lines count: Int) -> [UInt8] {
    let place = text.withUnsafeBufferPointer { bytes in
      var lines = CSVLines(bytes)
      var rest = count
      while rest > 0, lines.next() != .end { rest -= 1 }
      return Int(lines.line)
    }
    var lineFeeds = place
    guard
      let end = text.firstIndex(where: { byte in
        if byte == 0x0A { lineFeeds -= 1 }
        return lineFeeds == 0
      }), count > 0
    else { return text }
    return [UInt8](repeating: 0x0A, count: place) + text[(end + 1)...]
  }

  /// The text in the cells of data folders: dates `YYYY-MM-DD`, numbers with a point and nothing else; what cannot be
  /// rewritten stays as it is.
  static func inOwnCells(
    _ text: UnsafeBufferPointer<UInt8>, header: [String], match: FormatMatch, habits: CellHabits
  ) -> [UInt8] {
    let (dates, numbers) = (Set(match.dates), Set(match.numbers))
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var lines = CSVLines(text)
    var line = 0
    var isHeader = true
    while true {
      let step = lines.next()
      guard step != .end else { return result }
      while line < Int(lines.line) - 1 {
        result.append(0x0A)
        line += 1
      }
      if step == .row {
        for column in 0..<lines.count {
          if column > 0 { result.append(0x2C) }
          let cell = lines.bytes(column)
          if isHeader {
            append(column < header.count ? header[column] : "", to: &result)
          } else if dates.contains(column), case .day(let day) = WrittenDate.read(cell, order: habits.dateOrder) {
            result += "\(day)".utf8
          } else if numbers.contains(column), CellText.number(cell) == nil,
            let value = VendorNumber.read(cell, hasDecimalCommas: habits.hasDecimalCommas)
          {
            result += "\(value)".utf8
          } else {
            append(lines.string(column), to: &result)
          }
        }
      } else {
        // Left open, so that the reader says it.
        result.append(0x22)
      }
      result.append(0x0A)
      line = Int(lines.line)
      isHeader = false
    }
  }

  private static func append(_ cell: String, to text: inout [UInt8]) {
    guard cell.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 }) else {
      text += cell.utf8
      return
    }
    text.append(0x22)
    for byte in cell.utf8 {
      if byte == 0x22 { text.append(byte) }
      text.append(byte)
    }
    text.append(0x22)
  }
}
