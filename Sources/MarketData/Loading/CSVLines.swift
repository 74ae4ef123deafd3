/// Walks the lines of a CSV text in memory and splits each into cells, without making strings.
///
/// Blank lines are skipped, a byte-order mark and `\r\n` are accepted, a cell may stand in double quotes (doubled
/// inside), and blanks around a cell do not count. The text outlives the walk.
package struct CSVLines {
  /// What the walk came upon.
  package enum Step {
    case row, openQuote, end
  }

  /// The place of a cell in the text.
  package struct Cell {
    package var start: Int
    package var end: Int
    var hasEscapes = false
  }

  private let text: UnsafeBufferPointer<UInt8>
  /// Where the last line ends that has sixteen bytes or more behind its end.
  private let boundedEnd: Int
  private var position = 0
  private var lineStart = 0
  private let buffer = CellBuffer()
  /// The 1-based number of the line last read.
  package private(set) var line: Int32
  /// How many cells the line last read has.
  package private(set) var count = 0

  /// Begins a walk.
  ///
  /// - Parameters:
  ///   - line: How many lines there are before the text.
  ///   - slack: How many bytes behind the text may be looked at.
  package init(_ text: UnsafeBufferPointer<UInt8>, after line: Int32 = 0, slack: Int = 0) {
    self.text = text
    self.line = line
    boundedEnd = text.dropLast(max(0, 16 - slack)).lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    if line == 0, text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { position = 3 }
  }

  /// Reads the next line that is not blank.
  package mutating func next() -> Step {
    while position < text.count {
      line &+= 1
      lineStart = position
      count = 0
      let isWhole = split()
      if !isWhole { return .openQuote }
      if count > 1 || self[0].start < self[0].end { return .row }
    }
    return .end
  }

  /// Lets somebody else read lines from the next one on.
  ///
  /// - Parameter body: given the text, where the next line begins, the end of the last line that it may read, and the
  ///   number of the line last read. It gives where the first line begins that it did not read, and counts the others.
  ///   Each of its lines has an end, with sixteen bytes or more behind it.
  mutating func skim(_ body: (UnsafePointer<UInt8>, Int, Int, inout Int32) -> Int) {
    guard let start = text.baseAddress, position < boundedEnd else { return }
    let next = body(start, position, boundedEnd, &line)
    precondition(next >= position && next <= boundedEnd, "lines are read forwards")
    if next > position { count = 0 }
    position = next
  }

  /// The place of a cell of the line last read.
  package subscript(cell: Int) -> Cell {
    precondition(cell >= 0 && cell < count, "cell out of range")
    return buffer.cells[cell]
  }

  private mutating func add(_ cell: Cell) {
    if count == buffer.capacity { buffer.grow() }
    buffer.cells[count] = cell
    count += 1
  }

  private mutating func split() -> Bool {
    while true {
      let start = position
      let first = start < text.count ? text[start] : 0
      if first == 0x22 || (first == 0x20 && opensQuote(start)) {
        guard quoted() else { return false }
        if position >= text.count { return true }
        position += 1
        if text[position - 1] == 0x0A { return true }
        continue
      }
      let end = separator(from: start)
      add(trimmed(start, end))
      position = end
      if end == text.count { return true }
      position += 1
      if text[end] == 0x0A { return true }
    }
  }

  /// The place of the next comma or line end, or of the end of the text.
  private func separator(from start: Int) -> Int {
    guard let memory = UnsafeRawPointer(text.baseAddress) else { return start }
    var place = start
    while place + 8 <= text.count {
      let word = memory.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      let found = CSVLines.separators(word)
      if found != 0 { return place + found.trailingZeroBitCount >> 3 }
      place += 8
    }
    while place < text.count, text[place] != 0x2C, text[place] != 0x0A { place += 1 }
    return place
  }

  /// The high bit of the first comma or line end of eight bytes; above it there may be more.
  @inline(__always)
  static func separators(_ memory: UInt64) -> UInt64 {
    let word = UInt64(littleEndian: memory)
    return zeros(word ^ 0x2C2C_2C2C_2C2C_2C2C) | zeros(word ^ 0x0A0A_0A0A_0A0A_0A0A)
  }

  /// The high bit of each zero byte; above the lowest one there may be more.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  /// Whether nothing but blanks stands before a quote.
  private mutating func opensQuote(_ start: Int) -> Bool {
    var place = start
    while place < text.count, text[place] == 0x20 { place += 1 }
    guard place < text.count, text[place] == 0x22 else { return false }
    position = place
    return true
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
        add(cell)
        return true
      }
      position += 1
    }
    while position < text.count, text[position] != 0x0A { position += 1 }
    if position < text.count { position += 1 }
    return false
  }

  private func trimmed(_ from: Int, _ to: Int) -> Cell {
    var (start, end) = (from, to)
    // A cell hardly ever has blanks around it.
    if start < end, text[start] > 0x20, text[end - 1] > 0x20 { return Cell(start: start, end: end) }
    while start < end, text[start] == 0x20 || text[start] == 0x09 { start += 1 }
    while end > start, text[end - 1] == 0x20 || text[end - 1] == 0x0D || text[end - 1] == 0x09 { end -= 1 }
    return Cell(start: start, end: end)
  }

  /// The bytes of a cell; a doubled quote is still doubled.
  package func bytes(_ cell: Int) -> UnsafeBufferPointer<UInt8> {
    let place = self[cell]
    return UnsafeBufferPointer(rebasing: text[place.start..<place.end])
  }

  /// The text of a cell.
  package func string(_ cell: Int) -> String {
    let raw = String(decoding: bytes(cell), as: UTF8.self)
    guard self[cell].hasEscapes else { return raw }
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
  package func column(_ cell: Int) -> Int { cell < count ? self[cell].start - lineStart + 1 : 1 }
}

/// Memory for the cells of a line.
private final class CellBuffer {
  private(set) var capacity = 32
  private(set) var cells = UnsafeMutablePointer<CSVLines.Cell>.allocate(capacity: 32)

  func grow() {
    let larger = UnsafeMutablePointer<CSVLines.Cell>.allocate(capacity: 2 * capacity)
    larger.moveInitialize(from: cells, count: capacity)
    cells.deallocate()
    cells = larger
    capacity *= 2
  }

  deinit { cells.deallocate() }
}
