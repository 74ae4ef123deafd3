import Diagnostics

/// How many brackets and braces of a text are still open, told line by line from its words and signs alone.
///
/// Costs what the line costs, where the parser would read the whole text again. It may be wrong about a text that is
/// wrong itself, and about strings over several lines, which the language does not have.
public struct OpenBrackets: Sendable {
  /// Those open at the end of the lines that were taken; below 0 where more were closed than opened.
  public private(set) var count = 0

  /// Those of an empty text.
  public init() {}

  /// Takes the next line.
  public mutating func take(_ line: String) {
    var lexer = Lexer(SourceFile(name: "", text: line))
    for token in lexer.tokens() {
      guard case .symbol(let symbol) = token.kind else { continue }
      switch symbol {
      case .leftParenthesis, .leftBracket, .leftBrace: count += 1
      case .rightParenthesis, .rightBracket, .rightBrace: count -= 1
      default: break
      }
    }
  }
}
