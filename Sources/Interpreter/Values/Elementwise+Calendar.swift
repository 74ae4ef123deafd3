import Diagnostics
import MarketModel

/// Arithmetic of dates and durations.
extension Elementwise {
  static func calendar(
    _ op: ArithmeticOperator, _ left: Value, _ right: Value, _ evaluation: Evaluation
  ) throws(Trap) -> Value {
    if let a = left.day, let b = right.day, op == .subtract { return Value(Double(a - b)) }
    if let day = left.day, let duration = right.duration {
      if op == .add { return Value(try moved(day, by: duration, times: 1, evaluation)) }
      if op == .subtract { return Value(try moved(day, by: duration, times: -1, evaluation)) }
    }
    if let duration = left.duration, let day = right.day, op == .add {
      return Value(try moved(day, by: duration, times: 1, evaluation))
    }
    if let a = left.duration, let b = right.duration, op == .add || op == .subtract {
      return try combined(op, a, b, evaluation)
    }
    if op == .multiply, let duration = left.duration, right.isNumber {
      return try scaled(duration, by: right.raw, evaluation)
    }
    if op == .multiply, let duration = right.duration, left.isNumber {
      return try scaled(duration, by: left.raw, evaluation)
    }
    throw evaluation.fail(.badOperands(op, left.kind, right.kind))
  }

  /// A date moved by a duration: months clamp to the month's end, sessions follow the host's calendar.
  static func moved(
    _ day: Day, by duration: CalendarDuration, times sign: Int, _ evaluation: Evaluation
  ) throws(Trap) -> Day {
    let count = Int(duration.count) * sign
    if let result = offset(day, count, duration.unit, asOf: evaluation.asOf, evaluation) { return result }
    throw evaluation.fail(.dateOutOfRange(day, CalendarDuration(count, duration.unit)))
  }

  /// The day `count` units away, or `nil` outside years 1 to 9999.
  static func offset(
    _ day: Day, _ count: Int, _ unit: CalendarDuration.Unit, asOf: Day?, _ evaluation: Evaluation
  ) -> Day? {
    // No duration longer than the calendar leads anywhere inside it; the bound keeps the sums below free of overflow.
    guard abs(count) <= 4_000_000 else { return nil }
    switch unit {
    case .days: return (Day.earliest - day...Day.latest - day).contains(count) ? day + count : nil
    case .months: return day.addingMonths(count)
    case .sessions:
      // A calendar has at most one session a day, and weekdays run ahead of the days by at most seven fifths.
      let roughly = Int(day.rawValue) + count + count / 5 * 2
      guard roughly <= Int(Day.latest.rawValue) + 400, roughly >= Int(Day.earliest.rawValue) - 400 else { return nil }
      let result = evaluation.machine.host.sessionOffset(day, count, asOf: asOf)
      return result >= .earliest && result <= .latest ? result : nil
    }
  }

  private static func combined(
    _ op: ArithmeticOperator, _ a: CalendarDuration, _ b: CalendarDuration, _ evaluation: Evaluation
  ) throws(Trap) -> Value {
    guard a.unit == b.unit else { throw evaluation.fail(.mixedDurations(op, a, b)) }
    let count = op == .add ? Int(a.count) + Int(b.count) : Int(a.count) - Int(b.count)
    return try checked(count, a.unit, evaluation)
  }

  private static func scaled(
    _ duration: CalendarDuration, by factor: Double, _ evaluation: Evaluation
  ) throws(Trap) -> Value {
    guard let whole = Int(whole: factor) else { throw evaluation.fail(.fractionalDuration(duration, factor)) }
    let (count, overflow) = Int(duration.count).multipliedReportingOverflow(by: whole)
    if overflow { throw evaluation.fail(.durationTooLong()) }
    return try checked(count, duration.unit, evaluation)
  }

  private static func checked(
    _ count: Int, _ unit: CalendarDuration.Unit, _ evaluation: Evaluation
  ) throws(Trap) -> Value {
    guard Int32(exactly: count) != nil else { throw evaluation.fail(.durationTooLong()) }
    return Value(CalendarDuration(count, unit))
  }
}
