public import Diagnostics
public import Reporting

/// What a diagnostic's code means, as a terminal shows it.
public struct RecordPage {
  private let terminal: Terminal

  /// Pages for a terminal.
  public init(_ terminal: Terminal) { self.terminal = terminal }

  /// The lines of one record: what it means, and an example of the problem and of its remedy.
  public func lines(_ record: DiagnosticRecord) -> [String] {
    var lines = [terminal.paint(record.code, .bold) + "  " + record.title, ""]
    lines += Paragraph.lines(record.explanation, width: min(100, terminal.width))
    for (title, example) in [("The problem:", record.bad), ("Without it:", record.good)] where !example.isEmpty {
      lines += ["", title]
      lines += example.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    " + $0 }
    }
    return lines
  }
}
