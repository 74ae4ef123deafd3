import Diagnostics
import Interpreter
public import LanguageService
import MarketModel
import Reporting
import Scripting

/// The prompt: reads entries, has them evaluated, shows what comes of them.
///
/// With somebody at a terminal it goes on whatever happens. Without one it behaves as a program does that is given a
/// file: it prints answers only, and ends at the first error with a status that says whose it is.
public final class PromptLoop {
  private let reader: any LineReader
  private let data: SessionData
  private let options: PromptOptions
  private let output: PromptOutput
  /// Lines that were read and not yet looked at.
  private var pending: [String] = []
  private var hasEnded = false
  private var status: Int32 = 0
  /// Told what there is to complete whenever the session may have changed.
  private let onChange: (CompletionScope) -> Void

  /// A prompt.
  ///
  /// - Parameter onChange: told of the session after each entry, for completion and colours.
  public init(
    _ reader: any LineReader, data: SessionData, options: PromptOptions, output: PromptOutput,
    onChange: @escaping (CompletionScope) -> Void = { _ in }
  ) {
    self.reader = reader
    self.data = data
    self.options = options
    self.output = output
    self.onChange = onChange
  }

  /// Runs until the user leaves. The thread should have a large stack.
  ///
  /// - Returns: the exit status: 0, or that of the first error of a session without a terminal: 1 an input failed, 2 a
  ///   command was wrong, 3 the data are to blame.
  public func run() -> Int32 {
    defer { reader.close() }
    let bench: Workbench
    do throws(PromptProblem) { bench = try Workbench(data, options, output, reader) } catch {
      Workbench.report(error.diagnostics, output)
      return error.cause.rawValue
    }
    greet(bench)
    attempt(bench) { () throws(PromptProblem) in
      for (place, file) in options.files.enumerated() {
        try bench.load(file)
        if place == 0 { try bench.setParams() }
      }
      if options.opensAtFailure { try bench.goToFailure() }
    }
    while !bench.isDone, !isOver {
      if output.isInteractive { onChange(bench.scope) }
      guard let entry = nextEntry(bench) else { break }
      attempt(bench) { () throws(PromptProblem) in try execute(entry, bench) }
    }
    return status
  }

  private var isOver: Bool { status != 0 && !output.isInteractive && !options.keepsGoing }

  private func greet(_ bench: Workbench) {
    guard output.isInteractive else { return }
    output.tell(["strat \(options.version)  \(data.name)", "`:help` says what there is; Ctrl-D leaves"])
  }

  private func attempt(_ bench: Workbench, _ work: () throws(PromptProblem) -> Void) {
    do throws(PromptProblem) { try work() } catch {
      bench.lastProblems = error.diagnostics
      bench.report(error.diagnostics)
      if status == 0, !output.isInteractive { status = error.cause.rawValue }
    }
  }

  // MARK: Entries

  /// Does what an entry says.
  private func execute(_ entry: String, _ bench: Workbench) throws(PromptProblem) {
    guard let line = PromptLoop.command(entry) else { return try bench.enter(entry) }
    let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true).map(String.init)
    let command = try MetaCommand.named(parts.first ?? "")
    let rest = parts.count > 1 ? MetaArguments.trimmed(parts[1]) : ""
    try command.run(bench, try MetaArguments(rest, of: command))
  }

  /// The command that an entry is, without its colon; `nil` for the language.
  static func command(_ entry: String) -> String? {
    let text = MetaArguments.trimmed(entry)
    if text.hasPrefix("??") { return "source " + text.dropFirst(2) }
    if text.hasPrefix("?") { return text.count == 1 ? "help" : "doc " + text.dropFirst() }
    return text.hasPrefix(":") ? String(text.dropFirst()) : nil
  }

  /// The next whole entry; `nil` at the end.
  private func nextEntry(_ bench: Workbench) -> String? {
    var entry = ""
    let date = bench.session.asOf.description
    let prompt = output.terminal.paint(date, .cyan) + "> "
    let more = String(repeating: " ", count: date.count - 2) + "... "
    while true {
      switch nextLines(prompt: entry.isEmpty ? prompt : more, after: entry) {
      case .interrupted: entry = ""
      case .end:
        if entry.isEmpty { return nil }
        reader.remember(entry)
        return entry
      case .text(let text):
        if entry.isEmpty, MetaArguments.trimmed(text).isEmpty { continue }
        entry += entry.isEmpty ? text : "\n" + text
        if PromptLoop.command(entry) == nil, wantsMore(entry) { continue }
        reader.remember(entry)
        return entry
      }
    }
  }

  /// Whether an entry goes on: by the parser's word, after a documentation comment, and where no one is there to be
  /// kept waiting, if the next line says that it continues this one.
  private func wantsMore(_ entry: String) -> Bool {
    if PromptSession.isIncomplete(entry) { return true }
    let last = entry.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    if MetaArguments.trimmed(String(last)).hasPrefix("##") { return !hasEnded }
    guard !output.isInteractive else { return false }
    return followingLine().map { PromptLoop.continues($0) } ?? false
  }

  /// Whether a line belongs to the statement above it.
  private static func continues(_ line: String) -> Bool {
    let text = MetaArguments.trimmed(line)
    if text.hasPrefix("??") { return text.dropFirst(2).first.map { $0 == " " } ?? false }
    if text.hasPrefix(".") { return text.dropFirst().first?.isLetter ?? false }
    let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return word == "else" || word == "and" || word == "or"
  }

  // MARK: Lines

  private func nextLines(prompt: String, after entry: String) -> LineEvent {
    if !pending.isEmpty { return .text(pending.removeFirst()) }
    if hasEnded { return .end }
    let event = reader.read(prompt: prompt, after: entry)
    switch event {
    case .text(let text):
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      // A paste is one entry unless there are commands in it.
      guard lines.count > 1, lines.contains(where: { PromptLoop.command($0) != nil }) else { return event }
      pending = Array(lines.dropFirst())
      return .text(lines[0])
    case .interrupted: return event
    case .end:
      hasEnded = true
      return event
    }
  }

  /// The next line that is neither blank nor comment, which stays to be read; `nil` if it is not there yet.
  private func followingLine() -> String? {
    var place = 0
    while true {
      if place == pending.count {
        guard !hasEnded else { return nil }
        // Who waits for an answer before the next line would wait for ever.
        guard reader.isReady else { return nil }
        guard case .text(let text) = reader.read(prompt: "") else {
          hasEnded = true
          return nil
        }
        pending.append(text)
      }
      let text = MetaArguments.trimmed(pending[place])
      if !text.isEmpty, !text.hasPrefix("#") { return pending[place] }
      place += 1
    }
  }
}
