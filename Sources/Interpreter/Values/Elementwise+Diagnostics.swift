public import Diagnostics
import MarketModel

/// What is said about operands that do not fit their operator.
extension Diagnostic {
  /// An operator between two kinds that it does not take.
  public static func badOperands(_ op: ArithmeticOperator, _ left: ValueKind, _ right: ValueKind) -> Diagnostic {
    let hint = operandHint(op, left, right)
    return Diagnostic(
      .badOperands, "`\(op.text)` does not take \(left.described) and \(right.described)",
      notes: hint.map { [Note($0)] } ?? [])
  }

  /// Unary minus before a kind that it does not take.
  public static func badOperand(_ kind: ValueKind) -> Diagnostic {
    Diagnostic(
      .badOperands, "unary `-` does not take \(kind.described)",
      notes: [Note("it negates numbers, series, maps and durations")])
  }

  static func mixedDurations(_ op: ArithmeticOperator, _ a: CalendarDuration, _ b: CalendarDuration) -> Diagnostic {
    Diagnostic(
      .badOperands, "`\(a) \(op.text) \(b)` mixes \(a.unit.plural) and \(b.unit.plural)",
      notes: [Note("a month has no fixed number of days; add the two to a date, one after the other")])
  }

  static func fractionalDuration(_ duration: CalendarDuration, _ factor: Double) -> Diagnostic {
    Diagnostic(
      .badOperands, "`\(duration)` can be multiplied by a whole number only, found \(ValueText.number(factor))",
      notes: [Note("durations count whole days, months or sessions")])
  }

  static func durationTooLong() -> Diagnostic {
    .wrongArgument("this duration is too long", remedy: "a duration counts at most 2147483647 units")
  }

  static func dateOutOfRange(_ day: Day, _ duration: CalendarDuration) -> Diagnostic {
    .wrongArgument("\(day) moved by \(duration) leaves the calendar", remedy: "dates run from 0001-01-01 to 9999-12-31")
  }

  private static func operandHint(_ op: ArithmeticOperator, _ left: ValueKind, _ right: ValueKind) -> String? {
    let kinds = [left, right]
    if kinds.contains(.none) { return "one side is `none`; `x ?? 0` gives a value in its place" }
    if kinds.contains(.function) { return "a function is called with parentheses: `f(x)`" }
    if kinds.contains(.string) {
      return op == .add
        ? "write the value into the text: `\"{x}\"`" : "`number(text)` reads the number that a text holds"
    }
    if kinds.contains(.bool) { return "a bool is no number: `if c { 1 } else { 0 }` makes one of it" }
    if kinds.contains(.date) || kinds.contains(.duration) { return calendarHint(left, right) }
    if kinds.contains(.list) {
      return op == .add
        ? "`xs.push(x)` adds an item, `xs + [x]` too" : "item by item: `[x \(op.text) 2 for x in xs]`"
    }
    if kinds == [.map, .map] { return "maps are added, subtracted, multiplied and divided member by member" }
    if kinds.contains(.map), kinds.contains(.series) {
      return "take the latest value, `s.last()`, or work on each member: `m.map_values(v -> v \(op.text) s)`"
    }
    return nil
  }

  private static func calendarHint(_ left: ValueKind, _ right: ValueKind) -> String {
    switch (left, right) {
    case (.date, .number), (.number, .date): "write how much of what: `d + 5d`, `d + 3mo`, `d + 21bd`"
    case (.date, .date): "`date - date` is the number of days between two dates"
    case (.duration, .number), (.number, .duration): "a duration can be multiplied by a whole number: `2 * 3mo`"
    default: "dates and durations combine as `date - date`, `date + duration` and `date - duration`"
    }
  }
}

extension CalendarDuration.Unit {
  /// What is counted, for messages.
  var plural: String {
    switch self {
    case .days: "days"
    case .months: "months"
    case .sessions: "sessions"
    }
  }
}
