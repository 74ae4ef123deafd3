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
  private var status: Int32 = 0
  /// The dates that were last told apart: of a prompt that an input was copied from, and of this one.
  private var toldDates: (String, String)?
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
    readEntries(bench)
    return status
  }

  /// Does entry by entry until the user leaves, or there are no more.
  private func readEntries(_ bench: Workbench) {
    let source = EntrySource(reader, output) { name in
      bench.session.prompt.names.contains { $0.name == name }
    }
    while !bench.isDone, !isOver {
      if output.isInteractive { onChange(bench.scope) }
      switch source.next(bench.session.asOf) {
      case .end: return
      case .abandoned: output.say(PromptLoop.abandoned)
      case .entry(let entry, let date):
        tellDate(of: entry, date, source, bench)
        attempt(bench) { () throws(PromptProblem) in try execute(entry, source, bench) }
      }
    }
  }

  private static let abandoned = "The unfinished input is given up; Ctrl-D on an empty line leaves."

  /// An error ends a session without a terminal, and so does that its answers do not arrive any more.
  private var isOver: Bool {
    !output.isInteractive && (status != 0 && !options.keepsGoing || !output.isWhole())
  }

  private func greet(_ bench: Workbench) {
    guard output.isInteractive else { return }
    output.tell(["strat \(options.version)  \(data.name)", "`:help` says what there is; Ctrl-D leaves"])
    let calendar = bench.session.calendar
    guard let first = calendar.first, let last = calendar.last, !(first...last).contains(bench.session.asOf) else {
      return
    }
    bench.tellDate()
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
  private func execute(
    _ entry: String, _ source: EntrySource, _ bench: Workbench
  ) throws(PromptProblem) {
    guard let line = source.command(entry) else { return try bench.enter(entry) }
    let parts = line.split(maxSplits: 1, omittingEmptySubsequences: true) { $0.isWhitespace }.map(String.init)
    let command = try MetaCommand.named(parts.first ?? "")
    let rest = parts.count > 1 ? MetaArguments.trimmed(parts[1]) : ""
    try command.run(bench, try MetaArguments(rest, of: command))
  }

  /// Says, where an input was copied from a prompt of another date, that it is evaluated on this one.
  private func tellDate(of entry: String, _ date: String?, _ source: EntrySource, _ bench: Workbench) {
    let here = bench.session.asOf.description
    guard let date, date != here, source.command(entry) == nil, toldDates ?? ("", "") != (date, here) else { return }
    toldDates = (date, here)
    output.say("note: copied from a prompt as of \(date), evaluated as of \(here)")
  }
}
