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
    var lines = [head + terminal.paint(": " + diagnostic.message, .bold)]
    guard let location = diagnostic.location else {
      return lines + diagnostic.notes.map { note($0, margin: 2) }
    }
    let arrow = terminal.paint("-->", .cyan) + " " + DiagnosticText.reference(location)
    guard case .source(let file, let span) = location else {
      return lines + ["  " + arrow] + diagnostic.notes.map { note($0, margin: 2) }
    }
    let (drawn, listed) = DiagnosticText.split(diagnostic.notes, file)
    let labels = [SourceExcerpt.Label(span: span, ink: ink)] + drawn
    let excerpt = SourceExcerpt(file: file, labels: labels, terminal: terminal)
    let margin = excerpt.margin
    lines.append(String(repeating: " ", count: margin) + arrow)
    lines += excerpt.lines(margin: margin)
    for note in listed { lines.append(self.note(note, margin: margin)) }
    return lines + FixPreview(file: file, fixIts: diagnostic.fixIts, terminal: terminal).lines()
  }

  /// The place of a location: file, line and column, as far as they are known.
  public static func reference(_ location: Location) -> String {
    let start = location.start
    if start.line <= 0 { return location.name }
    return start.column <= 0 ? "\(location.name):\(start.line)" : "\(location.name):\(start.line):\(start.column)"
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

  private func note(_ note: Note, margin: Int) -> String {
    let place = note.location.map { " (\(DiagnosticText.reference($0)))" } ?? ""
    return String(repeating: " ", count: margin + 1) + terminal.paint("=", .cyan) + " " + note.message + place
  }
}
