import MarketModel

/// What a script says besides its weights: printed lines, notes and plotted tracks, within the run's limits.
enum OutputBuiltins {
  static let all: [Builtin] = [print, note, plot, error]

  static let print = Builtin(
    "print(x...: any) -> none", family: "output",
    doc: "Prints values with a space between them, to the messages and the stored run, never into machine output.",
    examples: [.init("print(\"vol\", 0.2)", "none")], effect: .output
  ) { call throws(Trap) in
    var line = ""
    for place in 0..<call.count where !call[place].isAbsent {
      if place > 0 { line += " " }
      line += try ValueText.text(call[place], call.evaluation)
    }
    try call.evaluation.printLine(line)
    return .none
  }

  static let note = Builtin(
    "note(text: string) -> none", family: "output",
    doc: "Adds a line to the run's notes, which are collected and counted with the warnings.",
    examples: [.init("note(\"no members\")", "none")], effect: .output
  ) { call throws(Trap) in
    try call.evaluation.note(try call.text(0))
    return .none
  }

  static let plot = Builtin(
    "plot(name: string, value: number) -> none", family: "output",
    doc: "Records a value of a named track for the current date, drawn in the report; the last value a date and name "
      + "wins, `na` is a gap.", examples: [.init("plot(\"exposure\", 0.5)", "none")], effect: .output
  ) { call throws(Trap) in
    try call.evaluation.plot(try call.text(0), call.number(1))
    return .none
  }

  static let error = Builtin(
    "error(message: string) -> none", family: "output", doc: "Fails here with a message.",
    examples: [.init("error(\"no data\")", "E0409")]
  ) { call throws(Trap) in throw call.evaluation.fail(.scriptError(try call.text(0))) }
}
