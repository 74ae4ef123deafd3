import Diagnostics
import MarketModel

/// What stands behind a command: a text, and flags at its end or beginning.
struct MetaArguments {
  /// The command it belongs to.
  let command: MetaCommand
  /// The text without the flags.
  let text: String
  private let flags: [(name: String, value: String)]

  /// Reads what stands behind a command; a flag that it does not have is wrong usage.
  init(_ text: String, of command: MetaCommand) throws(PromptProblem) {
    self.command = command
    var rest: [String] = []
    var flags: [(name: String, value: String)] = []
    var words = MetaArguments.words(text)[...]
    while let word = words.popFirst() {
      guard word.hasPrefix("--"), word.count > 2 else {
        rest.append(word)
        continue
      }
      let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1).map(String.init)
      guard let name = parts.first else { continue }
      let known = command.flags.first { $0.name == name }
      guard known != nil || command.takesSettings else {
        let close = Suggestions.close(to: name, among: command.flags.map(\.name))
        throw .usage(.unknownMetaFlag(name, command.name, similar: close))
      }
      var value = parts.count > 1 ? parts[1] : ""
      if parts.count == 1, known.map({ $0.value != nil }) ?? true {
        guard let next = words.popFirst() else { throw .usage(.metaFlagWithoutValue(name, command.name)) }
        value = next
      }
      flags.append((name, value))
    }
    self.text = rest.joined(separator: " ")
    self.flags = flags
  }

  /// The value of a flag; empty for one without; `nil` where it is not given.
  func flag(_ name: String) -> String? { flags.last { $0.name == name }?.value }

  /// All flags but those that the command itself has.
  var settings: [(name: String, value: String)] {
    flags.filter { flag in !command.flags.contains { $0.name == flag.name } }
  }

  /// The words of the text.
  var words: [String] { MetaArguments.words(text) }

  /// The text, which must not be empty.
  func required() throws(PromptProblem) -> String {
    guard !text.isEmpty else { throw .usage(.metaUsage(command.heading)) }
    return text
  }

  /// Nothing stands behind the command.
  func none() throws(PromptProblem) { if !text.isEmpty { throw .usage(.metaUsage(command.heading)) } }

  /// A day.
  func day(_ text: String) throws(PromptProblem) -> Day {
    guard let day = Day(iso: text) else { throw .usage(.metaNoDate(text)) }
    return day
  }

  /// Expressions with commas between them.
  var expressions: [String] {
    var parts = [""]
    MetaArguments.walk(text) { character, depth, isQuoted in
      if character == ",", depth == 0, !isQuoted { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts.map { MetaArguments.trimmed($0) }.filter { !$0.isEmpty }
  }

  /// The words of a text: what has no space in it but in brackets and quotes.
  private static func words(_ text: String) -> [String] {
    var words = [""]
    walk(text) { character, depth, isQuoted in
      if character == " " || character == "\t", depth == 0, !isQuoted {
        if !(words.last ?? "").isEmpty { words.append("") }
      } else {
        words[words.count - 1].append(character)
      }
    }
    return words.filter { !$0.isEmpty }
  }

  /// Every character with how many brackets are open around it and whether it is in a string.
  private static func walk(_ text: String, _ visit: (Character, Int, Bool) -> Void) {
    var depth = 0
    var isQuoted = false
    var isEscaped = false
    for character in text {
      if isQuoted {
        visit(character, depth, true)
        if !isEscaped, character == "\"" { isQuoted = false }
        isEscaped = !isEscaped && character == "\\"
        continue
      }
      if ")]}".contains(character) { depth = max(0, depth - 1) }
      visit(character, depth, false)
      if "([{".contains(character) { depth += 1 }
      if character == "\"" { isQuoted = true }
    }
  }

  /// A text without the blanks at its ends; costs what the blanks cost, since whole entries are asked about.
  static func trimmed(_ text: String) -> String {
    guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(text[...last].drop { $0.isWhitespace })
  }
}
