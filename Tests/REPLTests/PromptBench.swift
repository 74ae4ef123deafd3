import Diagnostics
import Interpreter
import MarketData
import MarketModel
import Reporting

@testable import REPL

/// Lines from a list; keeps what it is told to remember.
final class ScriptedReader: LineReader {
  private var events: [LineEvent]
  private(set) var remembered: [String] = []
  private(set) var prompts: [String] = []
  private(set) var isClosed = false

  /// Told what a reader of the screen would see of each line.
  private let echo: (String) -> Void

  init(_ events: [LineEvent], echo: @escaping (String) -> Void) {
    self.events = events.reversed()
    self.echo = echo
  }

  func read(prompt: String) -> LineEvent {
    prompts.append(prompt)
    let event = events.popLast() ?? .end
    if case .text(let text) = event { echo(prompt + text + "\n") }
    return event
  }

  func remember(_ entry: String) { remembered.append(entry) }
  func close() { isClosed = true }
}

/// What a session said, and how it ended.
struct Transcript {
  var answers = ""
  var messages = ""
  /// The screen: prompts, inputs, answers and messages as they came.
  var all = ""
  var status: Int32 = 0
  var prompts: [String] = []
  var remembered: [String] = []

  /// Inputs with what came of each, as a reader of the session saw it.
  static func of(
    _ events: [LineEvent], interactive: Bool = false, width: Int = 80, data: SessionData? = nil,
    _ change: (inout PromptOptions) -> Void = { _ in }
  ) -> Transcript {
    let box = Box()
    let terminal = Terminal(width: width)
    let output = PromptOutput(
      terminal: terminal, messages: terminal, isInteractive: interactive,
      write: {
        box.answers += $0
        box.all += $0
      },
      note: {
        box.messages += $0
        box.all += $0
      })
    var options = PromptOptions(
      catalog: DiagnosticCatalog(RuntimeDiagnostics.records, NameDiagnostics.records, PromptDiagnostics.records),
      version: "test")
    change(&options)
    let reader = ScriptedReader(events) { box.all += $0 }
    let source = data ?? SessionData(name: "the sample", SampleMarket.store())
    let final = options
    nonisolated(unsafe) var status: Int32 = -1
    nonisolated(unsafe) let loop = PromptLoop(reader, data: source, options: final, output: output)
    NativeStack.run { status = loop.run() }
    return Transcript(
      answers: box.answers, messages: box.messages, all: box.all, status: status, prompts: reader.prompts,
      remembered: reader.remembered)
  }

  /// The transcript of lines, each typed by itself.
  static func of(
    lines: [String], interactive: Bool = false, width: Int = 80, data: SessionData? = nil,
    _ change: (inout PromptOptions) -> Void = { _ in }
  ) -> Transcript {
    of(lines.map { .text($0) }, interactive: interactive, width: width, data: data, change)
  }

  private final class Box {
    var answers = ""
    var messages = ""
    var all = ""
  }
}
