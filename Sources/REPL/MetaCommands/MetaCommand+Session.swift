import Diagnostics
import Interpreter
import LanguageService
import MarketModel
import Reporting
import Scripting

extension MetaCommand {
  /// Commands that keep, bring back and leave.
  static let session: [MetaCommand] = [
    MetaCommand(
      "load", "FILE", "Load a script: its functions, params, constants and imports become names of the session.",
      example: ":load Scripts/momentum_12_1.strat", takes: .file
    ) { (bench, arguments) throws(PromptProblem) in try bench.load(try arguments.required()) },
    MetaCommand(
      "reload", "[on | off]", "Load again what has changed on disk: scripts, their modules, and the data.",
      details: [
        "`:reload on` does so before every input, for scripts. Names of the session that no file declares stay."
      ],
      example: ":reload", takes: .words(["on", "off"])
    ) { (bench, arguments) throws(PromptProblem) in
      switch arguments.text {
      case "on": bench.reloadsOnChange = true
      case "off": bench.reloadsOnChange = false
      default:
        try arguments.none()
        let count = try bench.reload(all: true)
        try bench.reloadData()
        bench.output.tell(["loaded \(count) script\(count == 1 ? "" : "s") and the data again"])
      }
    },
    MetaCommand(
      "save", "FILE", "Write the session as a script: what holds, and what was evaluated as a test that does it again.",
      details: [
        "Inputs that failed are left out, as are definitions that later ones have replaced. The file passes "
          + "`strat check`."
      ],
      example: ":save idea.strat", takes: .file
    ) { (bench, arguments) throws(PromptProblem) in
      let path = try arguments.required()
      try Files.write(bench.session.savedText, to: path)
      bench.output.tell(["wrote \(path)"])
    },
    MetaCommand(
      "replay", "[N[-M]]", "Enter inputs again that succeeded: all, one, or those from N to M.",
      details: ["Inputs are numbered as messages name them: `[3]` is the third."], example: ":replay 2-5"
    ) { (bench, arguments) throws(PromptProblem) in
      let range = try bench.inputRange(arguments)
      for input in bench.inputs.filter({ range.contains($0.number) && $0.succeeded }) {
        bench.output.tell([bench.output.messages.paint("[\(input.number)] \(input.text)", .dim)])
        try bench.enter(input.text)
      }
    },
    MetaCommand(
      "edit", "[N]", "Change an input in your editor ($VISUAL or $EDITOR), the latest or the N-th, and enter it.",
      example: ":edit 3"
    ) { (bench, arguments) throws(PromptProblem) in try bench.edit(arguments) },
    MetaCommand(
      "help", "[TOPIC]", "Say what the prompt can do, or what a command, a function or a code does.",
      example: ":help plot", takes: .topic(HelpPage.topics.map(\.name))
    ) { (bench, arguments) throws(PromptProblem) in try bench.showHelp(arguments.text) },
    MetaCommand("quit", "", "Leave; Ctrl-D does the same.", example: ":quit") {
      (bench, arguments) throws(PromptProblem) in
      try arguments.none()
      bench.isDone = true
    },
  ]
}

extension Workbench {
  /// The inputs that `N`, `N-M` or nothing means.
  fileprivate func inputRange(_ arguments: MetaArguments) throws(PromptProblem) -> ClosedRange<Int> {
    if arguments.text.isEmpty { return 1...max(1, inputs.last?.number ?? 1) }
    let ends = arguments.text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { Int($0) }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, first >= 1, last >= first else {
      throw .input(.noInputNumber(arguments.text, arguments.command.heading))
    }
    guard inputs.contains(where: { $0.number >= first && $0.number <= last }) else {
      throw .input(.noSuchInput(arguments.text, count: inputs.last?.number ?? 0))
    }
    return first...last
  }

  fileprivate func edit(_ arguments: MetaArguments) throws(PromptProblem) {
    guard let editor = options.edit else { throw .usage(.noEditor()) }
    var text = inputs.last?.text ?? ""
    if !arguments.text.isEmpty {
      let range = try inputRange(arguments)
      text = inputs.first { $0.number == range.lowerBound }?.text ?? ""
    }
    let path = try Files.temporary(text + "\n")
    defer { Files.remove(path) }
    guard editor(path) else { throw .usage(.noEditor()) }
    let bytes = try Files.read(path)
    var edited = MetaArguments.trimmed(String(decoding: bytes, as: UTF8.self))
    while edited.hasSuffix("\n") { edited.removeLast() }
    guard !edited.isEmpty else { return }
    remember(edited)
    output.tell(edited.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    try enter(edited)
  }

  fileprivate func showHelp(_ topic: String) throws(PromptProblem) {
    let page = HelpPage(output.terminal)
    if topic.isEmpty { return output.show(page.overview()) }
    if let lines = page.topic(topic) { return output.show(lines) }
    let name = topic.hasPrefix(":") ? String(topic.dropFirst()) : topic
    if let command = MetaCommand.all.first(where: { $0.name == name }) { return output.show(page.command(command)) }
    if let record = options.catalog.record(topic) { return output.show(RecordPage(output.terminal).lines(record)) }
    let doc = try MetaCommand.named("doc")
    do throws(PromptProblem) { try doc.run(self, try MetaArguments(topic, of: doc)) } catch {
      let known = MetaCommand.all.map(\.name) + HelpPage.topics.map(\.name)
      throw .usage(.unknownTopic(topic, similar: Suggestions.close(to: name, among: known)))
    }
  }
}
