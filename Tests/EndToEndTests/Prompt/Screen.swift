/// What a terminal of some rows and columns shows: enough of an xterm to see what a person at the prompt sees.
struct Screen {
  /// A place on the screen.
  struct Cell: Equatable {
    var character: Character = " "
    /// The codes of its colours and weights, as in `ESC [ 1;32 m`; empty for none.
    var style = ""
    /// The right half of a wide character.
    var isContinuation = false
  }

  private(set) var rows: Int
  private(set) var columns: Int
  private(set) var cells: [[Cell]]
  /// The lines that have left the screen at its top, oldest first.
  private(set) var scrolled: [[Cell]] = []
  private(set) var row = 0
  private(set) var column = 0
  /// A character stands in the last column, and the next one goes to the next row.
  private var mustWrap = false
  private var style = ""
  private var saved = (row: 0, column: 0)
  /// Bytes of a sequence or a character that has not come whole yet.
  private var pending: [UInt8] = []
  /// How often a text went on in the next row because its row was full.
  private(set) var wraps = 0
  /// How often the bell rang.
  private(set) var bells = 0
  /// Whether pasted text is asked to be marked.
  private(set) var isPasteMarked = false

  init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    cells = Array(repeating: Array(repeating: Cell(), count: columns), count: rows)
  }

  // MARK: What is seen

  /// The text of a row, without blanks at its end.
  func line(_ row: Int) -> String { Screen.text(cells[row]) }

  /// All rows up to the last that holds something, and before them what has left the screen.
  var lines: [String] {
    var lines = (scrolled + cells).map(Screen.text)
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The whole as one text.
  var text: String { lines.joined(separator: "\n") }

  /// The row that the cursor is in, up to the cursor, blanks included.
  var beforeCursor: String { String(cells[row][..<column].filter { !$0.isContinuation }.map(\.character)) }

  /// The styles of a text where it is first seen on the screen.
  func style(of text: String) -> String? {
    for line in cells {
      let characters = line.map(\.character)
      let wanted = Array(text)
      for start in characters.indices.dropLast(wanted.count - 1)
      where Array(characters[start..<start + wanted.count]) == wanted { return line[start].style }
    }
    return nil
  }

  private static func text(_ cells: [Cell]) -> String {
    var text = String(cells.filter { !$0.isContinuation }.map(\.character))
    while text.last == " " { text.removeLast() }
    return text
  }

  // MARK: What comes

  mutating func resize(rows: Int, columns: Int) {
    while cells.count > rows {
      if row > 0 {
        scrolled.append(cells.removeFirst())
        row -= 1
      } else {
        cells.removeLast()
      }
    }
    while cells.count < rows { cells.append([]) }
    for index in cells.indices {
      cells[index] = Array(cells[index].prefix(columns))
      cells[index] += Array(repeating: Cell(), count: columns - cells[index].count)
    }
    self.rows = rows
    self.columns = columns
    column = min(column, columns - 1)
    mustWrap = false
  }

  mutating func feed(_ bytes: some Sequence<UInt8>) {
    pending += bytes
    while let first = pending.first {
      let used: Int?
      switch first {
      case 0x1B: used = escape()
      case 0..<0x20, 0x7F:
        control(first)
        used = 1
      default: used = character()
      }
      guard let used else { return }
      pending.removeFirst(used)
    }
  }

  private mutating func control(_ byte: UInt8) {
    switch byte {
    case 0x07: bells += 1
    case 0x08:
      column = max(0, column - 1)
      mustWrap = false
    case 0x09: column = min(columns - 1, (column / 8 + 1) * 8)
    case 0x0A: lineFeed()
    case 0x0D:
      column = 0
      mustWrap = false
    default: break
    }
  }

  private mutating func lineFeed() {
    mustWrap = false
    if row < rows - 1 {
      row += 1
    } else {
      scrolled.append(cells.removeFirst())
      cells.append(Array(repeating: Cell(), count: columns))
    }
  }

  /// A character; `nil` where it is not whole.
  private mutating func character() -> Int? {
    let first = pending[0]
    let length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard pending.count >= length else { return nil }
    for scalar in String(decoding: pending[..<length], as: UTF8.self).unicodeScalars { put(scalar) }
    return length
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = Screen.width(scalar)
    if width == 0 {
      guard column > 0 || mustWrap else { return }
      let place = mustWrap ? column : column - 1
      // What does not join the character before it, as what turns the order of reading, is not seen.
      let joined = String(cells[row][place].character) + String(scalar)
      if joined.count == 1 { cells[row][place].character = Character(joined) }
      return
    }
    if mustWrap || column + width > columns {
      wraps += 1
      lineFeed()
      column = 0
    }
    cells[row][column] = Cell(character: Character(scalar), style: style)
    if width == 2 { cells[row][column + 1] = Cell(character: " ", style: style, isContinuation: true) }
    column += width
    if column >= columns {
      column = columns - 1
      mustWrap = true
    }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFF60, 0x1F300...0x1FAFF:
      return 2
    default: return 1
    }
  }

  // MARK: Sequences

  /// What begins with ESC; `nil` where it is not whole.
  private mutating func escape() -> Int? {
    guard pending.count > 1 else { return nil }
    switch pending[1] {
    case 0x5B: return controlSequence()
    case 0x5D:
      // The title of a window, up to BEL or ESC \.
      guard let end = pending.firstIndex(of: 0x07) else { return nil }
      return end + 1
    case 0x28, 0x29: return pending.count > 2 ? 3 : nil
    case 0x37: saved = (row, column)
    case 0x38: (row, column) = saved
    case 0x4D: row = max(0, row - 1)
    default: break
    }
    return 2
  }

  private mutating func controlSequence() -> Int? {
    guard let end = pending.indices.dropFirst(2).first(where: { (0x40...0x7E).contains(pending[$0]) }) else {
      return nil
    }
    let inside = String(decoding: pending[2..<end], as: UTF8.self)
    let numbers = inside.drop { $0 == "?" }.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
    let count = max(1, (numbers.first ?? nil) ?? 1)
    apply(Character(Unicode.Scalar(pending[end])), inside, numbers, count)
    return end + 1
  }

  private mutating func apply(_ final: Character, _ inside: String, _ numbers: [Int?], _ count: Int) {
    if final != "m" { mustWrap = false }
    switch final {
    case "A": row = max(0, row - count)
    case "B": row = min(rows - 1, row + count)
    case "C": column = min(columns - 1, column + count)
    case "D": column = max(0, column - count)
    case "G": column = min(columns, count) - 1
    case "d": row = min(rows, count) - 1
    case "H", "f":
      row = min(rows, count) - 1
      column = min(columns, max(1, (numbers.count > 1 ? numbers[1] : nil) ?? 1)) - 1
    case "J": eraseScreen((numbers.first ?? nil) ?? 0)
    case "K": eraseLine((numbers.first ?? nil) ?? 0)
    case "P":
      cells[row].removeSubrange(column..<min(columns, column + count))
      cells[row] += Array(repeating: Cell(), count: columns - cells[row].count)
    case "@":
      cells[row].insert(contentsOf: Array(repeating: Cell(), count: count), at: column)
      cells[row].removeLast(cells[row].count - columns)
    case "X": for place in column..<min(columns, column + count) { cells[row][place] = Cell() }
    case "m": style = inside == "0" || inside.isEmpty ? "" : style.isEmpty ? inside : style + ";" + inside
    case "h" where inside == "?2004": isPasteMarked = true
    case "l" where inside == "?2004": isPasteMarked = false
    default: break
    }
  }

  private mutating func eraseLine(_ mode: Int) {
    let range = mode == 0 ? column..<columns : mode == 1 ? 0..<column + 1 : 0..<columns
    for place in range { cells[row][place] = Cell() }
  }

  private mutating func eraseScreen(_ mode: Int) {
    let blank = Array(repeating: Cell(), count: columns)
    switch mode {
    case 0:
      eraseLine(0)
      for index in (row + 1)..<max(row + 1, rows) { cells[index] = blank }
    case 1:
      eraseLine(1)
      for index in 0..<row { cells[index] = blank }
    default: cells = Array(repeating: blank, count: rows)
    }
  }
}
