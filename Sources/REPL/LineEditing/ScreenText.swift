import Reporting

/// How a prompt and what is typed behind it stand on a screen.
enum ScreenText {
  /// A prompt whose colours stand between the bytes that tell the editor that they take no column.
  static func marked(_ prompt: String) -> String {
    var result = ""
    for (text, isEscape) in parts(prompt) { result += isEscape ? "\u{1}\(text)\u{2}" : text }
    return result
  }

  /// The text without its colours.
  static func bare(_ text: String) -> String { parts(text).filter { !$0.isEscape }.map(\.text).joined() }

  /// Parts a text at sequences like `ESC [ 31 m`.
  private static func parts(_ text: String) -> [(text: String, isEscape: Bool)] {
    var parts: [(text: String, isEscape: Bool)] = []
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "\u{1B}") {
      if start > rest.startIndex { parts.append((String(rest[..<start]), false)) }
      let behind = rest[start...].dropFirst(2)
      // A sequence ends with a letter.
      let end = behind.firstIndex { $0.isLetter }.map { rest.index(after: $0) } ?? rest.endIndex
      parts.append((String(rest[start..<end]), true))
      rest = rest[end...]
    }
    if !rest.isEmpty { parts.append((String(rest), false)) }
    return parts
  }

  /// How many rows a prompt and a text take that the editor shows on a screen of so many columns. A row that is full is
  /// followed by another one, but for the last.
  static func rows(prompt: String, text: String, columns: Int) -> Int {
    var row = 0
    var column = 0
    func put(_ width: Int) {
      if column + width > columns {
        row += 1
        column = 0
      }
      column += width
      if column >= columns {
        row += 1
        column = 0
      }
    }
    for character in bare(prompt) + text {
      switch character {
      case "\n":
        row += 1
        column = 0
      case "\t": for _ in 0..<(8 - column % 8) { put(1) }
      default:
        // Control characters are shown as `^A`.
        let isControl = character.unicodeScalars.first.map { $0.value < 0x20 || $0.value == 0x7F } ?? false
        put(isControl ? 2 : DisplayWidth.of(String(character)))
      }
    }
    // Readline leaves out the line end behind an empty last row, and one more behind a second one.
    if text.hasSuffix("\n\n") { return row - 1 }
    return column == 0 && row > 0 ? row : row + 1
  }

  /// A line in as many as a width asks for, broken at spaces, further ones two columns deeper. A rule is cut, and what
  /// has no space in it stays whole.
  static func fitted(_ line: String, to width: Int) -> [String] {
    guard columns(line) > width else { return [line] }
    let indent = line.prefix { $0 == " " }
    var lines: [String] = []
    var current = ""
    var gap = String(indent)
    for word in line.dropFirst(indent.count).split(separator: " ", omittingEmptySubsequences: false) {
      if word.isEmpty {
        gap += " "
        continue
      }
      let text = isRule(word) ? String(word.prefix(max(1, width - gap.count))) : String(word)
      if !current.isEmpty, columns(current + gap + text) > width {
        lines.append(current)
        current = indent + "  " + text
      } else {
        current += gap + text
      }
      gap = " "
    }
    return lines + [current]
  }

  private static func columns(_ text: String) -> Int { DisplayWidth.of(bare(text)) }

  private static func isRule(_ word: Substring) -> Bool { word.allSatisfy { $0 == "─" || $0 == "-" } }
}
