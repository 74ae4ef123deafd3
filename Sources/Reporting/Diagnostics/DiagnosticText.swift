public import Diagnostics

/// A diagnostic as people read it: what is wrong, where, the lines with marks below them, and what to do.
///
/// ```
/// error[E0201]: unknown name `clsoe`
///   --> momentum.strat:12:13
///    |
/// 12 |     let c = clsoe("SPY")
///    |             ^^^^^
///    = did you mean `close`?
/// help: write `close`
///    |
/// 12 |     let c = close("SPY")
///    |             ~~~~~
/// ```
///
/// Notes with a place in the same file are drawn beside their place; where there are many, as in a stack of calls, they
/// are listed below instead, because their order matters.
public struct DiagnosticText: Sendable {
  private let terminal: Terminal
  /// The most notes that are drawn into the lines.
  private static let drawnNotes = 2

  /// Texts for a terminal.
  public init(_ terminal: Terminal) { self.terminal = terminal }

  /// The lines of one diagnostic.
  public func lines(_ diagnostic: Diagnostic) -> [String] {
    let ink: Ink = diagnostic.severity == .error ? .red : diagnostic.severity == .warning ? .yellow : .cyan
    let head = terminal.paint("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", ink)
    let code = DisplayWidth.of("\(diagnostic.severity.rawValue)[\(diagnostic.code)]")
    var lines = broken(": " + diagnostic.message, first: code, next: 2).enumerated().map { place, line in
      (place == 0 ? head : "  ") + terminal.paint(line, .bold)
    }
    guard let location = diagnostic.location else {
      return lines + diagnostic.notes.flatMap { note($0, margin: 2) }
    }
    let arrow = terminal.paint("-->", .cyan) + " " + DiagnosticText.reference(location)
    guard case .source(let file, let span) = location else {
      return lines + ["  " + arrow] + diagnostic.notes.flatMap { note($0, margin: 2) }
    }
    let (drawn, listed) = DiagnosticText.split(diagnostic.notes, file)
    let labels = [SourceExcerpt.Label(span: span, ink: ink)] + drawn
    let excerpt = SourceExcerpt(file: file, labels: labels, terminal: terminal)
    let margin = excerpt.margin
    lines.append(String(repeating: " ", count: margin) + arrow)
    lines += excerpt.lines(margin: margin)
    for note in listed { lines += self.note(note, margin: margin) }
    return lines + FixPreview(file: file, fixIts: diagnostic.fixIts, terminal: terminal).lines()
  }

  /// The place of a location: file, line and column, as far as they are known.
  public static func reference(_ location: Location) -> String {
    let start = location.start
    let name = AddressText.shown(location.name)
    if start.line <= 0 { return name }
    return start.column <= 0 ? "\(name):\(start.line)" : "\(name):\(start.line):\(start.column)"
  }

  /// The notes that are drawn into the lines of a file, and the others.
  private static func split(_ notes: [Note], _ file: SourceFile) -> (drawn: [SourceExcerpt.Label], listed: [Note]) {
    var drawn: [SourceExcerpt.Label] = []
    var listed: [Note] = []
    for note in notes {
      if case .source(let other, let span) = note.location, other === file {
        drawn.append(SourceExcerpt.Label(span: span, message: note.message, mark: "-", ink: .cyan))
      } else {
        listed.append(note)
      }
    }
    return drawn.count > drawnNotes ? ([], notes) : (drawn, listed)
  }

  private func note(_ note: Note, margin: Int) -> [String] {
    let place = note.location.map { " (\(DiagnosticText.reference($0)))" } ?? ""
    let blanks = String(repeating: " ", count: margin + 1)
    return broken(note.message + place, first: margin + 3, next: margin + 3).enumerated().map { number, line in
      blanks + (number == 0 ? terminal.paint("=", .cyan) : " ") + " " + line
    }
  }

  /// A text in lines that a terminal does not break, behind so many columns of its first and of its further lines; in one
  /// line where nothing breaks it.
  private func broken(_ text: String, first: Int, next: Int) -> [String] {
    guard terminal.breaksLines, first + DisplayWidth.of(text) > terminal.width else { return [text] }
    // The first line may have less room, which a word without blanks stands for.
    let filler = String(repeating: "x", count: max(0, first - next))
    var lines = Paragraph.lines(filler + text, width: terminal.width - next)
    lines[0] = String(lines[0].dropFirst(filler.count))
    return lines
  }
}
