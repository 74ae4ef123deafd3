import LanguageService
public import Reporting
import Syntax

/// Shows code in colours that can be read on light and dark grounds alike.
public enum SourcePainter {
  /// The code in colours, where the terminal shows them; else as it is.
  public static func paint(_ text: String, _ terminal: Terminal) -> String {
    guard terminal.usesColour else { return text }
    return highlight(text).map { run in
      // Colours end with their line, so that a pager or a cut keeps the others.
      run.text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { terminal.paint(String($0), run.kind.flatMap(ink)) }.joined(separator: "\n")
    }.joined()
  }

  private static func ink(_ kind: ColoredText.Kind) -> Ink? {
    switch kind {
    case .comment, .documentation: .dim
    case .keyword: .bold
    case .string: .green
    case .number, .date, .duration, .constant: .cyan
    case .invalid: .red
    case .name, .function, .member, .interpolation, .sign: nil
    }
  }
}
