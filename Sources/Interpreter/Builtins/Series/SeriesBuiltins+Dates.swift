import Diagnostics
import MarketModel

/// Reading a series by date.
extension SeriesBuiltins {
  static let dateBuiltins: [Builtin] = [on, onDates, dates, lastDate]

  static let on = Builtin(
    "on(s: series, d: date) -> number", family: family,
    doc: "The last value on or before a date, which may not lie after `as_of`; na before the first.",
    examples: [.init("series([2024-01-01: 1, 2024-01-05: 2]).on(2024-01-04)", "1")]
  ) { call throws(Trap) in
    let series = call.series(0)
    guard let day = call.day(1) else { return .none }
    try checkKnown(day, call)
    let place = series.place(onOrBefore: day.rawValue)
    if place < 0 { return .missing(series.count == 0 ? series.emptyReason : .insufficientHistory) }
    return Value(try series.value(at: place, call.evaluation))
  }

  /// A date after `as_of` asks for the future.
  static func checkKnown(_ day: Day, _ call: borrowing Call) throws(Trap) {
    guard let asOf = call.evaluation.asOf, day > asOf else { return }
    throw call.evaluation.fail(.lookAhead("`\(call.name)`", asked: day, asOf: asOf))
  }

  static let onDates = Builtin(
    "on_dates(s: series, dates: series | list[date]) -> series", family: family,
    doc: "The value known on each of the given dates, an as-of join by release. A series straight from `macro`, `flow` "
      + "or `curve_history` gives the latest observation known on the date, with the value known then; a computed "
      + "one its present values, each from the day its observation first became known. The series' bound on age "
      + "applies at each date.",
    examples: [
      .init("series([2024-01-01: 1, 2024-01-05: 2]).on_dates([2024-01-04, 2024-01-05]).values()", "[1, 2]")
    ]
  ) { call throws(Trap) in try AsOfJoin.series(call) }

  static let dates = Builtin(
    "dates(s: series) -> list[date]", family: family, doc: "The dates of the observations, oldest first.",
    examples: [.init("series([2024-01-01: 1, 2024-01-02: 2]).dates()", "[2024-01-01, 2024-01-02]")]
  ) { call throws(Trap) in
    let series = call.series(0)
    try call.evaluation.charge(series.count)
    let list = try call.evaluation.list(capacity: series.count)
    for place in 0..<series.count {
      try call.evaluation.append(Value(Day(rawValue: series.days[place])), to: list)
    }
    return list.value
  }

  static let lastDate = Builtin(
    "last_date(s: series) -> date?", family: family,
    doc: "The date of the latest observation; none if there is none.",
    examples: [
      .init("series([2024-01-01: 1, 2024-01-02: 2]).last_date()", "2024-01-02"),
      .init("series([:]).last_date()", "none"),
    ]
  ) { call throws(Trap) in
    let series = call.series(0)
    return series.count == 0 ? .none : Value(Day(rawValue: series.days[series.count - 1]))
  }
}
