import Diagnostics
import MarketModel

/// A token: its kind, where it stands, and whether a line ends before it.
struct Token {
  var kind: TokenKind
  var span: Span
  /// A newline stands between the previous token and this one.
  var startsLine: Bool
  /// The `##` lines directly above, joined.
  var documentation: String?
}

/// The kinds of tokens.
enum TokenKind {
  case name(String)
  case keyword(Keyword)
  case number(Double)
  case duration(CalendarDuration)
  case date(Day)
  case string(StringToken)
  case symbol(Symbol)
  case end
  /// The end of a line that ends a statement: made by the parser, which knows the brackets.
  case newline
  /// What could not be read; a diagnostic says why. Stands for an operand.
  case invalid
}

/// A string token: texts, and the tokens of each interpolation.
struct StringToken {
  enum Piece {
    case text(String)
    case tokens([Token], format: FormatText?)
  }
  var pieces: [Piece]
}

/// The reserved words.
enum Keyword: String, CaseIterable {
  case and, assert, at, `break`, `continue`, `else`, `false`, fn, `for`, `if`, `import`, `in`, `let`, na, none, not, or,
    param, `return`, state, step, strategy, test, `true`, `var`, `while`, `as`
}

/// Operators and punctuation.
enum Symbol: String, CaseIterable {
  case leftParenthesis = "("
  case rightParenthesis = ")"
  case leftBracket = "["
  case rightBracket = "]"
  case leftBrace = "{"
  case rightBrace = "}"
  case comma = ","
  case colon = ":"
  case semicolon = ";"
  case dot = "."
  case range = ".."
  case halfOpenRange = "..<"
  case arrow = "->"
  case set = "="
  case addSet = "+="
  case subtractSet = "-="
  case multiplySet = "*="
  case divideSet = "/="
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case plus = "+"
  case minus = "-"
  case star = "*"
  case slash = "/"
  case percent = "%"
  case power = "**"
  case coalesce = "??"
  case question = "?"
  // Spellings of other languages, read so that they can be answered.
  case bang = "!"
  case ampersands = "&&"
  case bars = "||"
  case walrus = ":="
  case slashes = "//"
  case fatArrow = "=>"
  case pipe = "|>"
  case ampersand = "&"
  case bar = "|"
  case caret = "^"
  case tilde = "~"
  case at = "@"
  case strictEqual = "==="
  case strictNotEqual = "!=="
  case angles = "<>"
}
