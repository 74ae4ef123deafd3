/// The ways to write a command of the prompt: behind a colon, by a question mark, and as the words that other prompts
/// have taught.
enum PlainCommand {
  /// The command that an entry is, without its colon; `nil` for the language.
  ///
  /// - Parameter isBound: whether the session has a name of its own, which means that name and no command.
  static func text(_ entry: String, isBound: (String) -> Bool) -> String? {
    let text = MetaArguments.trimmed(entry)
    if text.hasPrefix(":") { return String(text.dropFirst()) }
    if text.hasPrefix("??") { return "source " + text.dropFirst(2) }
    if text.hasPrefix("?") { return text.count == 1 ? "help" : "doc " + text.dropFirst() }
    return asked(text) ?? word(text, isBound)
  }

  /// `name?` looks a name up, `name??` shows its text.
  private static func asked(_ text: String) -> String? {
    guard text.hasSuffix("?") else { return nil }
    // `x ??` goes on in the next line.
    let name = text.hasSuffix("??") ? String(text.dropLast(2)) : MetaArguments.trimmed(String(text.dropLast()))
    guard isName(name) else { return nil }
    return (text.hasSuffix("??") ? "source " : "doc ") + name
  }

  /// `exit`, `quit` and `help`, also with parentheses, and `help NAME`.
  private static func word(_ text: String, _ isBound: (String) -> Bool) -> String? {
    let word = text.prefix { $0.isLetter || $0 == "_" }
    guard let command = ["exit": "quit", "quit": "quit", "help": "help"][String(word)], !isBound(String(word)) else {
      return nil
    }
    let rest = MetaArguments.trimmed(String(text.dropFirst(word.count)))
    let isCall = rest.hasPrefix("(") && rest.hasSuffix(")")
    let inside = isCall ? rest.dropFirst().dropLast() : rest[...]
    let topic = MetaArguments.trimmed(inside.filter { $0 != "\"" })
    if topic.isEmpty { return command }
    let name = topic.hasPrefix(":") ? topic.dropFirst() : topic[...]
    let isApart = isCall || text.dropFirst(word.count).first?.isWhitespace ?? false
    return command == "help" && isApart && isName(name) ? "help " + topic : nil
  }

  /// A name, or one behind the name of a module.
  private static func isName(_ text: some StringProtocol) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count <= 2
      && parts.allSatisfy { part in
        guard let first = part.first, first.isLetter || first == "_" else { return false }
        return part.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      }
  }
}
