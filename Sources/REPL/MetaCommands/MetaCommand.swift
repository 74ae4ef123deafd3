import Backtest
import Diagnostics
public import LanguageService

/// A command of the prompt: everything said about it, and what it does. Help, completion and suggestions are made from
/// these records.
public struct MetaCommand: Sendable {
  /// A flag.
  public struct Flag: Sendable {
    /// Its name, without dashes.
    public let name: String
    /// What its value is, for people; `nil` for one that takes none.
    public let value: String?

    init(_ name: String, _ value: String? = nil) {
      self.name = name
      self.value = value
    }
  }

  /// The word behind the colon.
  public let name: String
  /// What follows, for people: `FILE`, `[KEY=VALUE]`.
  public let usage: String
  /// What it does, in one line.
  public let meaning: String
  /// Further facts, a paragraph each.
  public let details: [String]
  /// A line that one may type.
  public let example: String
  /// What it takes.
  public let argument: PromptCommand.Argument
  /// Its flags.
  public let flags: [Flag]
  /// Any flag goes, and names a key of the configuration.
  let takesSettings: Bool
  let run: @Sendable (Workbench, MetaArguments) throws(PromptProblem) -> Void

  init(
    _ name: String, _ usage: String = "", _ meaning: String, details: [String] = [], example: String,
    takes argument: PromptCommand.Argument = .nothing, flags: [Flag] = [], takesSettings: Bool = false,
    run: @escaping @Sendable (Workbench, MetaArguments) throws(PromptProblem) -> Void
  ) {
    self.name = name
    self.usage = usage
    self.meaning = meaning
    self.details = details
    self.example = example
    self.argument = argument
    self.flags = flags
    self.takesSettings = takesSettings
    self.run = run
  }

  /// All commands, in the order of the help.
  public static let all: [MetaCommand] = time + strategy + values + explanations + data + session

  /// The command of a name, or of a beginning that only one has.
  static func named(_ name: String) throws(PromptProblem) -> MetaCommand {
    if let exact = all.first(where: { $0.name == name }) { return exact }
    let short = ["q": "quit", "exit": "quit", "h": "help", "asof": "as_of", "t": "time", "l": "load", "r": "reload"]
    if let long = short[name], let command = all.first(where: { $0.name == long }) { return command }
    let beginning = all.filter { !name.isEmpty && $0.name.hasPrefix(name) }
    if beginning.count == 1 { return beginning[0] }
    let close = beginning.isEmpty ? Suggestions.close(to: name, among: all.map(\.name)) : beginning.map(\.name)
    throw .usage(.unknownMeta(name, similar: close))
  }

  /// Its name with what follows: `:load FILE`.
  var heading: String {
    let shown = flags.map { flag in flag.value.map { " [--\(flag.name) \($0)]" } ?? " [--\(flag.name)]" }
    return ":" + name + (usage.isEmpty ? "" : " " + usage) + shown.joined()
  }

  /// What completion knows of it.
  var completed: PromptCommand {
    let keys = takesSettings ? ConfigKey.all.map(\.flag) : []
    return PromptCommand(
      name, usage: usage, meaning: meaning, argument: argument, flags: (flags.map(\.name) + keys).map { "--" + $0 })
  }
}
