import Diagnostics
import Interpreter
import LanguageService
import MarketData
import MarketModel
import Reporting
import Scripting

/// A session with everything around it: its data, its output, the files that were loaded, the last error. Meta-commands
/// work on it.
final class Workbench {
  let options: PromptOptions
  let output: PromptOutput
  let data: SessionData
  let session: MarketSession
  /// The scripts that were loaded, in order, with the texts they had.
  private(set) var files: [(path: String, bytes: [UInt8])] = []
  /// The problems of the latest input that failed.
  var lastProblems: [Diagnostic] = []
  /// Asked to leave.
  var isDone = false
  /// Scripts that change on disk are loaded again before the next input.
  var reloadsOnChange = false
  /// What was entered, as messages number it, and whether it was taken.
  private(set) var inputs: [(number: Int, text: String, succeeded: Bool)] = []
  private var names: DataNames
  private let codes: [(code: String, title: String)]
  private var stamp: String?
  private var isGone = false
  private let reader: any LineReader

  init(_ data: SessionData, _ options: PromptOptions, _ output: PromptOutput, _ reader: any LineReader)
    throws(PromptProblem)
  {
    self.options = options
    self.output = output
    self.data = data
    self.reader = reader
    codes = options.catalog.records.map { ($0.code, $0.title) }
    stamp = data.stamp()
    let store: MarketStore
    do throws(SessionDataFailure) { store = try data.load() } catch { throw PromptProblem(.data, error.diagnostics) }
    session = MarketSession(
      store: store, folder: options.files.first.map(Files.folder) ?? ".", paths: options.paths, limits: options.limits,
      cancellation: options.cancellation)
    names = DataNames(store)
    if let asOf = options.asOf { session.asOf = asOf }
    do throws(Diagnostic) {
      for (key, text) in options.settings { try session.set(key, text) }
    } catch { throw .usage(error) }
  }

  /// What there is to complete.
  var scope: CompletionScope { CompletionScope(session, data: names, codes: codes) }

  /// How values are shown.
  var printer: ResultPrinter { ResultPrinter(session, output) }

  // MARK: Inputs

  /// Takes what was typed, and shows what comes of it.
  func enter(_ text: String) throws(PromptProblem) {
    checkData()
    if reloadsOnChange { _ = try reload(all: false) }
    defer { showOutput() }
    inputs.append((inputs.count + 1, text, false))
    let place = inputs.count - 1
    do throws(PromptFailure) {
      let outcome = try session.enter(text)
      inputs[place].succeeded = true
      showOutput()
      show(outcome)
    } catch { throw PromptProblem(error) }
  }

  /// The value of an expression, which changes nothing.
  ///
  /// - Parameter isSilent: what the expression prints and notes is not shown.
  func value(_ text: String, on day: Day? = nil, isSilent: Bool = false) throws(PromptProblem) -> Value {
    checkData()
    defer { if isSilent { session.prompt.machine.output = ScriptOutput() } else { showOutput() } }
    do throws(PromptFailure) {
      if let value = try session.evaluate(text, on: day) { return value }
    } catch { throw PromptProblem(error) }
    throw .usage(.noExpression(text))
  }

  /// The type of an expression by inference; `nil` where its value says more and costs nothing.
  func type(of text: String) throws(PromptProblem) -> String? {
    do throws(PromptFailure) { return try session.prompt.type(of: text) } catch { throw PromptProblem(error) }
  }

  /// What the parts of an expression give; nothing changes.
  func trace(
    _ text: String, on day: Day? = nil, _ detail: Tracer.Detail
  ) throws(PromptProblem) -> PromptTrace {
    checkData()
    defer { showOutput() }
    do throws(PromptFailure) {
      if let trace = try session.trace(text, on: day, detail) { return trace }
    } catch { throw PromptProblem(error) }
    throw .usage(.noExpression(text))
  }

  func show(_ outcome: PromptOutcome) {
    report(outcome.warnings)
    for event in outcome.events {
      switch event {
      case .result(let number, let value): if let number { output.show(printer.lines(value, number: number)) }
      case .passed(let test): output.show(["passed: \(test)"])
      case .bound, .declared: break
      }
    }
  }

  /// Shows what the script itself has printed, noted and plotted.
  private func showOutput() {
    let said = session.prompt.machine.output
    session.prompt.machine.output = ScriptOutput()
    output.show(said.printed)
    tell(notes: said.notes)
    output.show(said.tracks.map { "\($0.name): \(printer.number($0.value))" })
  }

  /// Shows notes, equal ones in one line with their count.
  func tell(notes: [String]) {
    let number = DisplayNumber(output.messages)
    for (line, count) in RepeatedLines(notes).lines {
      output.say("note: " + line + (count > 1 ? " (\(number.count(count)) times)" : ""))
    }
  }

  /// Shows problems.
  func report(_ diagnostics: [Diagnostic]) { Workbench.report(diagnostics, output) }

  static func report(_ diagnostics: [Diagnostic], _ output: PromptOutput) {
    let text = DiagnosticText(output.messages)
    let list = DiagnosticList(diagnostics)
    for diagnostic in list.shown { output.tell(asTheyAre: text.lines(diagnostic)) }
    output.tell(asTheyAre: list.left)
  }

  // MARK: Files

  /// Loads a script into the session.
  func load(_ path: String) throws(PromptProblem) {
    let bytes = try Files.read(path)
    do throws(PromptFailure) {
      let outcome = try session.load(SourceFile(name: path, bytes: bytes))
      files.removeAll { $0.path == path }
      files.append((path, bytes))
      report(outcome.warnings)
      showOutput()
    } catch { throw PromptProblem(error) }
  }

  /// Loads the scripts whose text has changed, or all of them; gives how many.
  func reload(all: Bool) throws(PromptProblem) -> Int {
    var count = 0
    for file in files {
      let bytes = try Files.read(file.path)
      guard all || bytes != file.bytes else { continue }
      session.prompt.forgetModules()
      try load(file.path)
      count += 1
    }
    return count
  }

  // MARK: Data

  /// Says once that the data are not what they were.
  private func checkData() {
    let now = data.stamp()
    guard now != stamp || now == nil else { return }
    if now == nil {
      if !isGone { report([.dataGone(data.name)]) }
      isGone = true
    } else {
      isGone = false
      stamp = now
      report([.dataChanged(data.name)])
    }
  }

  /// Loads the data again; the old ones stay where that fails.
  func reloadData() throws(PromptProblem) {
    let now = data.stamp()
    do throws(SessionDataFailure) {
      let store = try data.load()
      session.use(store: store)
      names = DataNames(store)
      stamp = now
      isGone = now == nil
    } catch { throw PromptProblem(.data, error.diagnostics) }
  }

  /// Keeps an entry that did not come from the reader for its history.
  func remember(_ entry: String) { reader.remember(entry) }
}
