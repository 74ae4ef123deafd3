import Reporting

/// The help of the prompt, made from the commands' records.
struct HelpPage {
  private let terminal: Terminal
  private let width: Int

  init(_ terminal: Terminal) {
    self.terminal = terminal
    width = min(100, terminal.width)
  }

  /// Further topics, a few sentences each.
  static let topics: [(name: String, text: String)] = [
    (
      "results",
      "What an expression gives is shown by its kind and kept: `_` is the latest result, `_1`, `_2` … are all of them, "
        + "the latest 200. Nothing is computed again. After `:run` its result is `run`, with `run.equity`, `run.weights` "
        + "and others."
    ),
    (
      "time travel",
      "Everything is evaluated with what was known on the date of the prompt. `:as_of` moves it, `:next` and `:prev` "
        + "step, `:diff` compares two dates. What a name holds is what was known when it was bound; `at DATE { … }` "
        + "looks at another date for one expression."
    ),
    (
      "names",
      "`let`, `var`, `fn`, `param`, `state`, `import`, `strategy` and `test` work as in a script, and may be entered "
        + "again: functions see the latest definition. An input that fails changes nothing."
    ),
    (
      "lines",
      "An entry ends where the language says that it is complete; until then the prompt asks on. Ctrl-C throws an entry "
        + "away or stops an evaluation, and keeps everything else. Ctrl-D gives an unfinished entry up; on an empty line "
        + "it leaves. What was copied from a session is entered without its prompts and answers."
    ),
  ]

  /// All commands in a line each.
  func overview() -> [String] {
    var table = TextTable([.init("command"), .init("", wraps: true)])
    table.showsHeader = false
    for command in MetaCommand.all {
      table.add([":" + command.name + (command.usage.isEmpty ? "" : " " + command.usage), command.meaning])
    }
    let topics = HelpPage.topics.map(\.name).joined(separator: ", ")
    return Paragraph.lines("Type an expression or a declaration, or one of these:", width: width) + [""]
      + table.lines(terminal, indent: 2) + [""]
      + Paragraph.lines(
        "`:help COMMAND` says more; so does `:help` with one of: \(topics). `?NAME` or `NAME?` looks up a name, `??NAME` shows "
          + "its text. `help`, `quit` and `exit` need no colon. A command may be shortened as long as it is the only one that begins so.",
        width: width)
  }

  /// A topic; `nil` if there is none of that name.
  func topic(_ name: String) -> [String]? {
    HelpPage.topics.first { $0.name == name }.map { Paragraph.lines($0.text, width: width) }
  }

  /// A command.
  func command(_ command: MetaCommand) -> [String] {
    var lines = [terminal.paint(command.heading, .bold), ""]
    lines += Paragraph.lines(command.meaning, width: width)
    for detail in command.details { lines += [""] + Paragraph.lines(detail, width: width) }
    return lines + ["", "Example", "    " + command.example]
  }
}
