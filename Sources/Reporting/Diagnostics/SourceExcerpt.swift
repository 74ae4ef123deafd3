import Diagnostics

/// The lines of a file that a diagnostic is about, with marks under the places in question.
///
/// ```
///    |
/// 3  | let a = 1
///    |     - it is declared here
/// ...
/// 12 | let a = 2
///    |     ^
/// ```
struct SourceExcerpt {
  /// A marked place.
  struct Label {
    var span: Span
    /// What is said beside the mark; empty for the place itself.
    var message = ""
    /// What the mark is made of: `^` for the place, `-` for others, `~` and `+` for changes.
    var mark: Character = "^"
    var ink: Ink = .red
  }

  let file: SourceFile
  let labels: [Label]
  let terminal: Terminal
  /// The number under which the file's first line is shown.
  var firstLine = 1

  /// The columns that numbers of lines take.
  var margin: Int { String((marks.map(\.line).max() ?? 1) + firstLine - 1).utf8.count }

  /// The lines, the first one an empty margin.
  func lines(margin: Int) -> [String] {
    let blank = String(repeating: " ", count: margin)
    let bar = terminal.paint("|", .cyan)
    var result = ["\(blank) \(bar)"]
    var last = 0
    let marks = self.marks
    for number in Set(marks.map(\.line)).sorted() {
      if last > 0, number > last + 1 { result.append(terminal.paint("...", .cyan)) }
      last = number
      let own = marks.filter { $0.line == number }
      let shown = line(number, focus: own[0].range)
      let digits = String(number + firstLine - 1)
      let pad = String(repeating: " ", count: margin - digits.utf8.count)
      result.append("\(terminal.paint(digits, .cyan))\(pad) \(bar) \(shown.text)".trimmingEnd())
      for mark in own {
        if mark.label.mark == " " { continue }
        let columns = shown.columns(of: mark.range)
        let carets = String(repeating: String(mark.label.mark), count: columns.count)
        let said = mark.message.isEmpty ? "" : " " + mark.message
        let indent = String(repeating: " ", count: columns.lowerBound)
        result.append("\(blank) \(bar) \(indent)\(terminal.paint(carets + said, mark.label.ink))")
      }
    }
    return result
  }

  /// The part of a label that lies in one line.
  private struct Mark {
    var line: Int
    var range: Range<Int>
    var label: Label
    var message: String
  }

  /// A label over several lines marks its first and its last one.
  private var marks: [Mark] {
    labels.flatMap { label -> [Mark] in
      let (lower, upper) = (Int(label.span.lower), Int(label.span.upper))
      let first = file.lineNumber(of: lower)
      let last = upper > lower ? file.lineNumber(of: upper - 1) : first
      guard last > first else {
        return [Mark(line: first, range: lower..<upper, label: label, message: label.message)]
      }
      let end = file.line(first).endIndex
      let bytes = file.line(last)
      let start = bytes.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? bytes.startIndex
      return [
        Mark(line: first, range: lower..<max(lower, end), label: label, message: ""),
        Mark(line: last, range: start..<max(start, min(upper, bytes.endIndex)), label: label, message: label.message),
      ]
    }
  }

  private func line(_ number: Int, focus: Range<Int>) -> ShownLine {
    ShownLine(
      file.line(number), focus: focus, width: max(100, terminal.width) - margin - 3, ellipsis: terminal.ellipsis)
  }
}

extension String {
  fileprivate func trimmingEnd() -> String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
