import Diagnostics
import Interpreter
import LanguageService
import MarketModel
import Reporting
import Scripting

extension MetaCommand {
  /// Commands that say why, and what it costs.
  static let explanations: [MetaCommand] = [
    MetaCommand(
      "why", "EXPR", "Say why a value is missing and where that came from, and show the data behind a value.",
      details: [
        "The data are shown newest first: the date of each observation, from when its value was known, and the value. "
          + "Of a name of the session, the expression that gave it its value is looked at, on the date it had then."
      ],
      example: ":why price(\"LEH\")", takes: .expression
    ) { (bench, arguments) throws(PromptProblem) in try WhyCommand(bench).run(try arguments.required()) },
    MetaCommand(
      "trace", "EXPR", "Show what every part of an expression gives, inside the functions it calls too.",
      details: ["What is long is cut; `--all` shows every part."], example: ":trace close(\"SPY\").last() / 2 + 1",
      takes: .expression, flags: [.init("all")]
    ) { (bench, arguments) throws(PromptProblem) in
      let trace = try bench.trace(try arguments.required(), .everything)
      let printer = TracePrinter(bench.output.terminal, isWhole: arguments.flag("all") != nil)
      if let root = trace.root { bench.output.show(printer.lines(root)) }
      if let failure = trace.failure { throw .input(failure) }
    },
    MetaCommand(
      "time", "EXPR", "Measure an expression: its time, steps and memory.",
      details: ["It is evaluated until half a second has passed, at least once; the fastest counts."],
      example: ":time members().map(t -> close(t).change(252).last())", takes: .expression
    ) { (bench, arguments) throws(PromptProblem) in try bench.showTime(of: try arguments.required()) },
    MetaCommand("last", "", "Show the latest error again.", example: ":last") {
      (bench, arguments) throws(PromptProblem) in
      try arguments.none()
      if bench.lastProblems.isEmpty { return bench.output.tell(["no error yet"]) }
      bench.report(bench.lastProblems)
      for code in Set(bench.lastProblems.map(\.code)).sorted() {
        bench.output.tell(["`:explain \(code)` says more"])
      }
    },
    MetaCommand(
      "limits", "", "Show what an evaluation may use.", details: ["`strat repl --limit name=value` changes one."],
      example: ":limits"
    ) { (bench, arguments) throws(PromptProblem) in
      try arguments.none()
      var table = TextTable([.init("limit"), .init("value", .right), .init("counts", wraps: true)])
      let number = DisplayNumber(bench.output.terminal)
      for limit in Limit.all {
        table.add([limit.name, number.count(bench.options.limits[keyPath: limit.value]), limit.meaning])
      }
      bench.output.show(table.lines(bench.output.terminal))
    },
    MetaCommand(
      "explain", "CODE", "Say what an error's code means and what to do about it.", example: ":explain E0201",
      takes: .code
    ) { (bench, arguments) throws(PromptProblem) in
      let code = try arguments.required()
      let catalog = bench.options.catalog
      guard let record = catalog.record(code) else {
        let close = Suggestions.close(to: code.uppercased(), among: catalog.records.map(\.code))
        throw .usage(.unknownMetaCode(code, similar: close))
      }
      bench.output.show(RecordPage(bench.output.terminal).lines(record))
    },
  ]
}

extension Workbench {
  fileprivate func showTime(of text: String) throws(PromptProblem) {
    let clock = ContinuousClock()
    let start = clock.now
    var best = Duration.seconds(1_000_000)
    var count = 0
    repeat {
      let before = clock.now
      _ = try value(text, isSilent: count > 0)
      best = min(best, clock.now - before)
      count += 1
    } while clock.now - start < .milliseconds(500) && count < 1_000
    let machine = session.prompt.machine
    let number = DisplayNumber(output.terminal)
    output.show([
      "\(ElapsedTime.text(best)) (best of \(number.count(count))), \(number.count(machine.stepsUsed)) steps, "
        + "\(number.count(machine.memoryUsed)) bytes"
    ])
  }
}

/// A time in the unit that suits it.
enum ElapsedTime {
  static func text(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let value = Double(seconds) + Double(attoseconds) / 1e18
    let units: [(size: Double, name: String)] = [(1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")]
    let unit = units.first { value >= $0.size } ?? units[3]
    let scaled = value / unit.size
    return DisplayDecimals.fixed(scaled, scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2) + " " + unit.name
  }
}
