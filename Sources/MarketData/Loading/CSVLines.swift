/// Walks the lines of a CSV text in memory and splits each into cells, without making strings.
///
/// Blank lines are skipped, a byte-order mark and `\r\n` are accepted, a cell may stand in double quotes (doubled
/// inside), and blanks around a cell do not count. The text outlives the walk.
struct CSVLines {
  /// What the walk came upon.
  enum Step {
    case row, openQuote, end
  }

  /// The place of a cell in the text.
  struct Cell {
    var start: Int
    var end: Int
    var hasEscapes = false
  }

  private let text: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var lineStart = 0
  /// The 1-based number of the line last read.
  private(set) var line: Int32 = 0
  /// The cells of the line last read.
  private(set) var cells: [Cell] = []

  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    if text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { position = 3 }
  }

  /// Reads the next line that is not blank.
  mutating func next() -> Step {
    while position < text.count {
      line &+= 1
      lineStart = position
      cells.removeAll(keepingCapacity: true)
      let isWhole = split()
      if !isWhole { return .openQuote }
      if cells.count > 1 || cells[0].start < cells[0].end { return .row }
    }
    return .end
  }

  private mutating func split() -> Bool {
    var start = position
    while true {
      if position < text.count, text[position] == 0x22, isBlank(start..<position) {
        guard quoted() else { return false }
        start = position
        if position >= text.count { return true }
        let byte = text[position]
        position += 1
        if byte == 0x0A { return true }
        start = position
        continue
      }
      if position == text.count || text[position] == 0x0A || text[position] == 0x2C {
        cells.append(trimmed(start, position))
        if position == text.count { return true }
        position += 1
        if text[position - 1] == 0x0A { return true }
        start = position
        continue
      }
      position += 1
    }
  }

  /// Reads a quoted cell up to the comma or line end after it.
  private mutating func quoted() -> Bool {
    var cell = Cell(start: position + 1, end: position + 1)
    position += 1
    while position < text.count, text[position] != 0x0A {
      if text[position] == 0x22 {
        if position + 1 < text.count, text[position + 1] == 0x22 {
          cell.hasEscapes = true
          position += 2
          continue
        }
        cell.end = position
        position += 1
        while position < text.count, text[position] == 0x20 || text[position] == 0x0D { position += 1 }
        guard position == text.count || text[position] == 0x2C || text[position] == 0x0A else { break }
        cells.append(cell)
        return true
      }
      position += 1
    }
    while position < text.count, text[position] != 0x0A { position += 1 }
    if position < text.count { position += 1 }
    return false
  }

  private func isBlank(_ range: Range<Int>) -> Bool { range.allSatisfy { text[$0] == 0x20 } }

  private func trimmed(_ from: Int, _ to: Int) -> Cell {
    var (start, end) = (from, to)
    while start < end, text[start] == 0x20 || text[start] == 0x09 { start += 1 }
    while end > start, text[end - 1] == 0x20 || text[end - 1] == 0x0D || text[end - 1] == 0x09 { end -= 1 }
    return Cell(start: start, end: end)
  }

  /// The bytes of a cell; a doubled quote is still doubled.
  func bytes(_ cell: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: text[cells[cell].start..<cells[cell].end])
  }

  /// The text of a cell.
  func string(_ cell: Int) -> String {
    let raw = String(decoding: bytes(cell), as: UTF8.self)
    guard cells[cell].hasEscapes else { return raw }
    var result = ""
    var wasQuote = false
    for character in raw.unicodeScalars {
      // Of each doubled quote the second is dropped.
      if character == "\"", wasQuote {
        wasQuote = false
        continue
      }
      wasQuote = character == "\""
      result.unicodeScalars.append(character)
    }
    return result
  }

  /// The 1-based column at which a cell begins.
  func column(_ cell: Int) -> Int { cell < cells.count ? cells[cell].start - lineStart + 1 : 1 }
}
