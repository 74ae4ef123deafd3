import ArgumentParser
import Diagnostics

/// A word where a command is expected and that names none: answered with those that are close.
enum UnknownCommand {
  /// What is wrong with the commands that arguments name; `nil` if they are there.
  static func problem(_ arguments: [String]) -> Diagnostic? {
    var command: any ParsableCommand.Type = Strat.self
    var path = ["strat"]
    for word in arguments {
      let known = command.configuration.subcommands
      if known.isEmpty || word.hasPrefix("-") || word == "help" { return nil }
      guard let next = known.first(where: { name($0) == word }) else {
        return .unknownCommand(word, in: path.joined(separator: " "), known: known.map(name))
      }
      command = next
      path.append(word)
    }
    return nil
  }

  private static func name(_ command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? "\(command)".lowercased()
  }
}

extension DiagnosticRecord {
  static let unknownCommand = DiagnosticRecord(
    "E0949", "unknown command",
    explanation:
      "The first word after `strat` is a command; `strat --help` lists them, and `strat COMMAND --help` says "
      + "what each takes. A script is run by `strat run FILE`.",
    bad: "strat rnu momentum.strat", good: "strat run momentum.strat")
}

extension Diagnostic {
  static func unknownCommand(_ word: String, in path: String, known: [String]) -> Diagnostic {
    let close = Suggestions.close(to: word, among: known)
    let remedy =
      word.hasSuffix(".strat")
      ? Note("a script is run by `strat run \(word)`") : Note("the commands are \(known.joined(separator: ", "))")
    return Diagnostic(
      .unknownCommand, "`\(path)` has no command `\(word)`", notes: close.isEmpty ? [remedy] : Note.didYouMean(close))
  }
}
