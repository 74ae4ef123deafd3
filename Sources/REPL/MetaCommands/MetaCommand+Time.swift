import Diagnostics
import Interpreter
import LanguageService
import MarketModel
import Scripting

extension MetaCommand {
  /// Commands that move the date, or compare two.
  static let time: [MetaCommand] = [
    MetaCommand(
      "as_of", "[DATE]", "Move to a date: everything is evaluated with what was known on it.",
      details: ["Without a date, says which it is. `last` is the last session of the data, `first` the first."],
      example: ":as_of 2008-09-15", takes: .words(["first", "last"])
    ) { (bench, arguments) throws(PromptProblem) in
      let session = bench.session
      switch arguments.text {
      case "": break
      case "last": session.asOf = session.calendar.last ?? session.asOf
      case "first": session.asOf = session.calendar.first ?? session.asOf
      default: session.asOf = try arguments.day(arguments.text)
      }
      bench.tellDate()
    },
    MetaCommand(
      "next", "[DISTANCE]", "Move on, by a session or a distance such as `month` or `3mo`.",
      details: ["`week`, `month`, `quarter`, `year`, or a duration. What falls on no session is moved back to one."],
      example: ":next month", takes: .words(["week", "month", "quarter", "year"])
    ) { (bench, arguments) throws(PromptProblem) in try bench.move(arguments.text, forward: true) },
    MetaCommand(
      "prev", "[DISTANCE]", "Move back, by a session or a distance such as `month` or `3mo`.", example: ":prev 10bd",
      takes: .words(["week", "month", "quarter", "year"])
    ) { (bench, arguments) throws(PromptProblem) in try bench.move(arguments.text, forward: false) },
    MetaCommand(
      "diff", "DATE1 DATE2 EXPR", "Compare an expression on two dates: what was revised, what was added.",
      details: [
        "Of a series, observations whose value differs are shown, and how many were added; of a map, the entries that "
          + "differ, largest change first, but those of a curve by tenor."
      ],
      example: ":diff 2008-09-15 2009-09-15 macro(\"US_RT_PAYROLLS\")", takes: .expression
    ) { (bench, arguments) throws(PromptProblem) in
      let words = arguments.words
      guard words.count >= 3 else { throw .usage(.metaUsage(arguments.command.heading)) }
      let (first, second) = (try arguments.day(words[0]), try arguments.day(words[1]))
      let text = words.dropFirst(2).joined(separator: " ")
      let before = try bench.value(text, on: first)
      let after = try bench.value(text, on: second)
      bench.output.show(ValueDifference(bench.printer, first, second).lines(before, after))
    },
  ]
}

extension Workbench {
  /// Says which date is current.
  func tellDate() {
    let day = session.asOf
    let isSession = session.calendar.contains(day)
    output.tell(["as of \(day)" + (isSession ? "" : ", which is no session")])
  }

  /// Moves the date by a distance.
  func move(_ text: String, forward: Bool) throws(PromptProblem) {
    let sign = forward ? 1 : -1
    if text.isEmpty {
      session.asOf = session.calendar.offset(session.asOf, by: sign)
    } else {
      let words = ["week": "1w", "month": "1mo", "quarter": "3mo", "year": "1y"]
      guard let distance = CalendarDuration(words[text] ?? text) else {
        throw .usage(.metaNoDistance(text))
      }
      let count = Int(distance.count) * sign
      let moved: Day
      switch distance.unit {
      case .sessions: moved = session.calendar.offset(session.asOf, by: count)
      case .months: moved = session.asOf.addingMonths(count) ?? session.asOf
      case .days: moved = session.asOf + count
      }
      // A distance that leaves the calendar altogether stops at its ends.
      let day = min(max(moved, session.calendar.first ?? moved), session.calendar.last ?? moved)
      session.asOf = session.calendar.index(onOrBefore: day).map { session.calendar[$0] } ?? day
    }
    tellDate()
  }
}
