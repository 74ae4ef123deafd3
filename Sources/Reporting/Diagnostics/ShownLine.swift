/// A line of source as a terminal shows it: tabs as spaces, nothing that moves the cursor, and of a long line only what
/// surrounds the place in question.
///
/// Places are byte offsets of the line's file; columns count from 0. However long the line is, only the bytes near the
/// place are looked at.
struct ShownLine {
  /// What is shown.
  let text: String
  /// The shown characters with the columns at which they begin.
  private var cells: [Cell] = []
  /// The column behind the last shown character.
  private var end = 0
  /// The byte behind the last shown character.
  private var endOffset: Int

  private struct Cell {
    var offset: Int
    var column: Int
    var text: String
  }

  /// Makes the line.
  ///
  /// - Parameters:
  ///   - bytes: the line without its end.
  ///   - focus: the bytes that must be seen, at least where they begin.
  ///   - width: the columns there are.
  ///   - ellipsis: what stands for what was cut off.
  init(_ bytes: ArraySlice<UInt8>, focus: Range<Int>, width: Int, ellipsis: String) {
    let start = min(max(focus.lowerBound, bytes.startIndex), bytes.endIndex)
    let reach = width * 4
    let near = ShownLine.near(start, reach: reach, in: bytes)
    endOffset = near.upperBound
    var all = ShownLine.cells(of: bytes[near])
    let total = all.last.map { $0.column + DisplayWidth.of($0.text) } ?? 0
    var (before, after) = (near.lowerBound > bytes.startIndex, near.upperBound < bytes.endIndex)
    if before || after || total > width {
      let mark = DisplayWidth.of(ellipsis)
      let place = all.last { $0.offset <= start }?.column ?? 0
      let room = max(8, width - 2 * mark)
      let left = max(0, min(place - room / 3, total - room))
      before = before || left > 0
      after = after || total > left + room
      let kept = all.filter { $0.column >= left && $0.column + DisplayWidth.of($0.text) <= left + room }
      if let next = all.first(where: { $0.offset > (kept.last?.offset ?? 0) }), after { endOffset = next.offset }
      let shift = (before ? mark : 0) - (kept.first?.column ?? 0)
      all = kept.map { Cell(offset: $0.offset, column: $0.column + shift, text: $0.text) }
    }
    cells = all
    end = all.last.map { $0.column + DisplayWidth.of($0.text) } ?? 0
    text = (before ? ellipsis : "") + all.map(\.text).joined() + (after ? ellipsis : "")
  }

  /// The columns that bytes take, at least one; what was cut off counts as the line's rim.
  func columns(of range: Range<Int>) -> Range<Int> {
    let lower = column(of: range.lowerBound)
    return lower..<max(lower + 1, column(of: range.upperBound))
  }

  private func column(of offset: Int) -> Int {
    if offset >= endOffset { return end }
    return cells.last { $0.offset <= offset }?.column ?? cells.first?.column ?? 0
  }

  /// The bytes within reach of a place, from one code point's start to another's.
  private static func near(_ place: Int, reach: Int, in bytes: ArraySlice<UInt8>) -> Range<Int> {
    var lower = max(bytes.startIndex, place - reach)
    var upper = min(bytes.endIndex, place + reach)
    while lower > bytes.startIndex, lower < bytes.endIndex, bytes[lower] & 0xC0 == 0x80 { lower -= 1 }
    while upper < bytes.endIndex, bytes[upper] & 0xC0 == 0x80 { upper += 1 }
    return lower..<upper
  }

  private static func cells(of bytes: ArraySlice<UInt8>) -> [Cell] {
    // Bytes that are no text keep their number, so that places stay right.
    let text =
      String(validating: bytes, as: UTF8.self)
      ?? String(decoding: bytes.map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
    var result: [Cell] = []
    var (offset, column) = (bytes.startIndex, 0)
    for character in text {
      let shown = ShownLine.shown(character, at: column)
      result.append(Cell(offset: offset, column: column, text: shown))
      offset += character.utf8.count
      column += DisplayWidth.of(shown)
    }
    return result
  }

  private static func shown(_ character: Character, at column: Int) -> String {
    if character == "\t" { return String(repeating: " ", count: 4 - column % 4) }
    return ControlText.line(String(character))
  }
}
