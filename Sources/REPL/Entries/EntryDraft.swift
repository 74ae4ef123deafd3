import Interpreter
import Syntax

/// The lines of an entry that is not whole yet.
struct EntryDraft {
  /// The lines so far.
  private(set) var text = ""
  private var brackets = OpenBrackets()
  private var lines = 0
  /// How many lines there were when the parser was last asked.
  private var askedLines = 0

  /// Up to so many lines the parser is asked after each.
  private static let shortEntry = 64

  /// Whether nothing was taken.
  var isEmpty: Bool { text.isEmpty }

  /// Takes what was read next, a line or more.
  mutating func take(_ more: String) {
    if !text.isEmpty { text += "\n" }
    text += more
    brackets.take(more)
    lines += 1
  }

  /// Whether the text is a beginning, right as far as it goes.
  ///
  /// The parser reads the whole each time. In a long entry it is asked only where all brackets are closed, and now and
  /// then, so that a mistake is told before all the rest is taken for its continuation.
  mutating func isIncomplete() -> Bool {
    if lines > Self.shortEntry, brackets.count > 0, lines < askedLines + askedLines / 2 { return true }
    askedLines = lines
    return PromptSession.isIncomplete(text)
  }
}
