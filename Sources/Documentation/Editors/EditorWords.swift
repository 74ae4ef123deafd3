import Interpreter
import Syntax

/// The words that editors colour, from the records of lexer and builtins.
struct EditorWords {
  /// Words of declarations.
  let declarations = ReservedWords.words(.declaration)
  /// Words that direct what runs.
  let control = ReservedWords.words(.control)
  /// Operators that are words.
  let operators = ReservedWords.words(.operation)
  /// Values that are reserved words.
  let constants = ReservedWords.words(.constant)
  /// Names that mean a value everywhere.
  let values = ["as_of", "flat", "hold"]
  /// The builtins, ascending.
  let builtins: [String]

  init(_ library: BuiltinLibrary) { builtins = library.names.sorted() }

  /// Alternatives of a regular expression; longer words first, so that none is cut short.
  static func alternatives(_ words: [String]) -> String {
    words.sorted { ($0.utf8.count, $1) > ($1.utf8.count, $0) }.joined(separator: "|")
  }
}
