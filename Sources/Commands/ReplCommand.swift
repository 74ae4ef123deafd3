import ArgumentParser
import Diagnostics
import Interpreter
import LanguageService
import MarketModel
import REPL
import Reporting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `strat repl`: a session at a prompt.
struct ReplCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl", abstract: "Work at a prompt: evaluate, define, plot, travel in time.",
    discussion: """
      EXAMPLE:
        strat repl Scripts/momentum_12_1.strat --as-of 2008-09-15
        strat repl < session.strat

      Without a terminal it reads plain lines, prints answers only, and ends at the first error. `:help` at the prompt \
      lists its commands.
      """)

  @Argument(help: ArgumentHelp("Scripts to load.", valueName: "files"))
  var files: [String] = []

  @Option(help: ArgumentHelp("The day whose knowledge counts; by default the market's last.", valueName: "date"))
  var asOf: String?

  @Flag(help: "Run the script, and open where its run fails.")
  var atFailure = false

  @Flag(help: "Without a terminal, go on after an error.")
  var keepGoing = false

  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Script") var scripting: ScriptOptions
  @OptionGroup(title: "Configuration") var configuration: ConfigOptions

  func run() throws {
    let options = try promptOptions()
    let source = try data.sessionData()
    let isInteractive = isatty(0) == 1
    let output = PromptOutput(
      terminal: Terminal(descriptor: 1), messages: Terminal(descriptor: 2), isInteractive: isInteractive,
      write: { Console.write($0) }, note: { Console.noteRaw(SecretWords.hidden($0)) }, isWhole: { Console.isWhole })
    listen(isInteractive)
    let status = try LargeStack.run {
      guard isInteractive, let reader = TerminalReader(Console.output, history: Self.history()) else {
        return PromptLoop(PipeReader(), data: source, options: options, output: output).run()
      }
      return PromptLoop(reader, data: source, options: options, output: output) { scope in
        reader.complete = { entry, offset in complete(entry, at: offset, in: scope) }
      }.run()
    }
    guard status == 0 else { throw CommandEnd(status: ExitStatus(rawValue: status) ?? .failed) }
  }

  /// What was typed before; a damaged or unwritable file is a warning.
  private static func history() -> History {
    History(environment: Terminal.environment) { Console.report([$0]) }
  }

  private func promptOptions() throws -> PromptOptions {
    var options = PromptOptions(catalog: Catalog.all, version: Version.text)
    options.files = files
    if let asOf {
      guard let day = Day(iso: asOf) else { throw CommandFailure.usage(.badDateOption("--as-of", asOf)) }
      options.asOf = day
    }
    if atFailure, files.isEmpty { throw CommandFailure.usage(.failureWithoutScript()) }
    options.opensAtFailure = atFailure
    options.keepsGoing = keepGoing
    options.paths = scripting.paths
    options.limits = try scripting.evaluationLimits()
    options.params = try scripting.assignments()
    options.settings = try configuration.checked()
    options.cancellation = Interruption.cancellation
    options.edit = { TextEditor.edit($0) }
    return options
  }

  /// At a terminal Ctrl-C stops an evaluation, however often; without one the second ends the program.
  private func listen(_ isInteractive: Bool) {
    guard isInteractive else { return Interruption.listen() }
    Interruption.cancellation.clear()
    signal(SIGINT) { _ in Interruption.cancellation.request() }
  }
}

/// The user's editor.
enum TextEditor {
  /// Runs it on a file and waits; false if there is none or it failed.
  static func edit(_ path: String) -> Bool {
    guard let editor = Terminal.environment("VISUAL") ?? Terminal.environment("EDITOR"), !editor.isEmpty else {
      return false
    }
    // An editor expects that signals are as the shell has them.
    signal(SIGPIPE, SIG_DFL)
    defer { signal(SIGPIPE, SIG_IGN) }
    // The variables hold a command with its options, as every program that uses them expects.
    let status = system(editor + " " + Shell.quoted(path))
    return status == 0
  }
}
