public import Diagnostics

/// A diagnostic as people read it: what is wrong, where, the line with a caret below it, and what to do.
///
/// ```
/// error[E0201]: nothing is named `clsoe`
///   --> momentum.strat:12:9
///    |
/// 12 |     let c = clsoe("SPY")
///    |             ^^^^^
///    = did you mean `close`?
/// ```
public struct DiagnosticText: Sendable {
  private let terminal: Terminal

  /// Texts for a terminal.
  public init(_ terminal: Terminal) { self.terminal = terminal }

  /// The lines of one diagnostic.
  public func lines(_ diagnostic: Diagnostic) -> [String] {
    let ink: Ink = diagnostic.severity == .error ? .red : diagnostic.severity == .warning ? .yellow : .cyan
    let head = terminal.paint("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", ink)
    var lines = [head + terminal.paint(": " + diagnostic.message, .bold)]
    if let location = diagnostic.location { lines += place(location, ink) }
    for note in diagnostic.notes { lines += self.note(note) }
    for fix in diagnostic.fixIts { lines += self.fix(fix, in: diagnostic.location) }
    return lines
  }

  /// The place of a location: file, line and column, as far as they are known.
  public static func reference(_ location: Location) -> String {
    let start = location.start
    if start.line <= 0 { return location.name }
    return start.column <= 0 ? "\(location.name):\(start.line)" : "\(location.name):\(start.line):\(start.column)"
  }

  private func place(_ location: Location, _ ink: Ink) -> [String] {
    let arrow = terminal.paint("-->", .cyan) + " " + DiagnosticText.reference(location)
    guard case .source(let file, let span) = location else { return ["  " + arrow] }
    return ["  " + arrow] + excerpt(file, span, ink)
  }

  private func excerpt(_ file: SourceFile, _ span: Span, _ ink: Ink) -> [String] {
    let start = file.position(of: Int(span.lower))
    let end = file.position(of: Int(span.upper))
    let text = String(decoding: file.line(start.line), as: UTF8.self)
    let scalars = Array(text.unicodeScalars)
    let before = scalars.prefix(start.column - 1)
    let under = end.line == start.line ? end.column - start.column : scalars.count - start.column + 1
    let marked = String(String.UnicodeScalarView(scalars.dropFirst(start.column - 1).prefix(max(0, under))))
    // Tabs stay tabs, so that the caret stands below its text however wide they are.
    let indent = before.map { $0 == "\t" ? "\t" : String(repeating: " ", count: DisplayWidth.of(String($0))) }.joined()
    let carets = String(repeating: "^", count: max(1, DisplayWidth.of(marked)))
    let number = String(start.line)
    let margin = String(repeating: " ", count: number.utf8.count)
    let bar = terminal.paint("|", .cyan)
    return [
      "\(margin) \(bar)", "\(terminal.paint(number, .cyan)) \(bar) \(shown(text))",
      "\(margin) \(bar) \(indent)\(terminal.paint(carets, ink))",
    ]
  }

  /// A source line without the control characters that could move the terminal's cursor.
  private func shown(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0 == "\t" || ($0.value >= 0x20 && $0.value != 0x7F) ? $0 : "\u{FFFD}" }))
  }

  private func note(_ note: Note) -> [String] {
    let place = note.location.map { " (\(DiagnosticText.reference($0)))" } ?? ""
    return ["   " + terminal.paint("=", .cyan) + " " + note.message + place]
  }

  private func fix(_ fix: FixIt, in location: Location?) -> [String] {
    let mark = "   " + terminal.paint("=", .cyan)
    guard case .source(let file, _) = location else { return [] }
    let old = file.text(fix.span)
    if old.contains("\n") || fix.text.contains("\n") { return [] }
    if old.isEmpty { return ["\(mark) fix: insert `\(fix.text)`"] }
    return [fix.text.isEmpty ? "\(mark) fix: remove `\(old)`" : "\(mark) fix: write `\(fix.text)` for `\(old)`"]
  }
}
