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
      details: [
        "A month such as 2008-06, a quarter such as 2008-Q2 or a year stands for its last session, when the whole of it "
          + "is known.",
        "Without a date, says which it is. `last` is the last session of the data, `first` the first.",
      ],
      example: ":as_of 2008-09-15", takes: .words(["first", "last"])
    ) { (bench, arguments) throws(PromptProblem) in try bench.moveTo(arguments) },
    MetaCommand(
      "next", "[DISTANCE]", "Move on: by a session, by so many, or by a distance such as `month` or `3mo`.",
      details: [
        "`2` are two sessions; `week`, `month`, `quarter` and `year` may have a number before them, as in `2 months`; "
          + "or a duration such as `3mo` or `10bd`. What falls on no session is moved back to one."
      ],
      example: ":next 2 months", takes: .words(["week", "month", "quarter", "year"])
    ) { (bench, arguments) throws(PromptProblem) in try bench.move(arguments.text, forward: true) },
    MetaCommand(
      "prev", "[DISTANCE]", "Move back: by a session, by so many, or by a distance such as `month` or `3mo`.",
      details: ["Distances are those of `:next`."], example: ":prev 10bd",
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
      let (first, second) = (try bench.day(words[0]).day, try bench.day(words[1]).day)
      let text = words.dropFirst(2).joined(separator: " ")
      let before = try bench.value(text, on: first)
      let after = try bench.value(text, on: second)
      bench.output.show(ValueDifference(bench.printer, first, second).lines(before, after))
    },
  ]
}

extension Workbench {
  /// Goes to the date that is given, or says which it is.
  fileprivate func moveTo(_ arguments: MetaArguments) throws(PromptProblem) {
    let calendar = session.calendar
    var said: String?
    switch arguments.text {
    case "": break
    case "last": session.asOf = calendar.last ?? session.asOf
    case "first": session.asOf = calendar.first ?? session.asOf
    default:
      let (day, of) = try day(arguments.text)
      session.asOf = day
      said = of
    }
    tellDate(said)
  }

  /// A date, or the last session of a month, quarter or year, and what to say of it then.
  fileprivate func day(_ text: String) throws(PromptProblem) -> (day: Day, said: String?) {
    if let day = Day(iso: text) { return (day, nil) }
    guard let period = DatePeriod(text) else { throw .usage(.metaNoDate(text)) }
    let calendar = session.calendar
    guard let place = calendar.index(onOrBefore: period.last), calendar[place] >= period.first else {
      return (period.last, "the last day of \(text)")
    }
    return (calendar[place], "the last session of \(text)")
  }

  /// Says which date is current, and what is special about it.
  func tellDate(_ said: String? = nil) {
    let day = session.asOf
    var line = "as of \(day)" + (said.map { ", " + $0 } ?? "")
    if let first = session.calendar.first, day < first {
      line += ", which is before the first session of the data, \(first)"
    } else if let last = session.calendar.last, day > last {
      line += ", which is after the last session of the data, \(last)"
    } else if !session.calendar.contains(day) {
      line += ", which is no session"
    }
    output.say(line)
  }

  /// Moves the date by a distance.
  func move(_ text: String, forward: Bool) throws(PromptProblem) {
    guard let distance = DateDistance(text) else { throw .usage(.metaNoDistance(text, forward: forward)) }
    let calendar = session.calendar
    let moved = distance.moved(session.asOf, forward: forward, calendar)
    // A distance that leaves the calendar altogether stops at its ends.
    let day = min(max(moved, calendar.first ?? moved), calendar.last ?? moved)
    session.asOf = calendar.index(onOrBefore: day).map { calendar[$0] } ?? day
    let isAtEnd = session.asOf == (forward ? calendar.last : calendar.first)
    tellDate(isAtEnd ? "the \(forward ? "last" : "first") session of the data" : nil)
  }
}
