import MarketModel

/// Dates of the calendar, and of the trading calendar as far as it is known at `as_of`.
enum DateBuiltins {
  static let all: [Builtin] = [
    date, year, month, day, weekday, monthEnd, quarterEnd, isMonthEnd, daysBetween, businessDays, sessions,
    sessionOffset,
  ]

  static let date = Builtin(
    [
      .init("date(text: string) -> date") { call throws(Trap) in
        let text = try call.text(0)
        if let day = Day(iso: text) { return Value(day) }
        throw call.fail("`\(text.prefix(40))` is no date", remedy: "dates are written `2024-01-31`")
      },
      .init("date(y: number, m: number, d: number) -> date") { call throws(Trap) in
        let parts = [call.number(0), call.number(1), call.number(2)]
        if let year = Int(whole: parts[0]), let month = Int(whole: parts[1]), let date = Int(whole: parts[2]),
          let day = Day(year: year, month: month, day: date)
        {
          return Value(day)
        }
        throw call.fail(
          "there is no day \(parts.map(ValueText.number).joined(separator: ", "))",
          remedy: "`date(2024, 1, 31)`: a year from 1 to 9999, a month from 1 to 12, a day of that month")
      },
    ], family: "dates",
    doc: "A date from year, month and day, or from a text such as `2024-01-31`. An impossible one is an error.",
    examples: [
      .init("date(2024, 2, 29)", "2024-02-29"), .init("date(\"2024-01-31\")", "2024-01-31"),
      .init("date(2023, 2, 29)", "E0401"), .init("date(\"2024-1-5\")", "E0401"),
    ])

  static let year = part("year", doc: "The year.", example: "2024") { $0.civil.year }
  static let month = part("month", doc: "The month, 1 to 12.", example: "5") { $0.civil.month }
  static let day = part("day", doc: "The day of the month.", example: "31") { $0.civil.day }
  static let weekday = part("weekday", doc: "The day of the week: Monday 1 to Sunday 7 (ISO).", example: "5") {
    $0.weekday
  }

  private static func part(
    _ name: String, doc: String, example: String, _ number: @escaping @Sendable (Day) -> Int
  ) -> Builtin {
    Builtin(
      "\(name)(d: date) -> number", family: "dates", doc: doc, examples: [.init("2024-05-31.\(name)()", example)]
    ) { call throws(Trap) in Value(Double(number(try call.givenDay(0)))) }
  }

  static let monthEnd = Builtin(
    "month_end(d: date) -> date", family: "dates", doc: "The last calendar day of the month.",
    examples: [.init("month_end(2024-02-10)", "2024-02-29")]
  ) { call throws(Trap) in Value(try call.givenDay(0).monthEnd) }

  static let quarterEnd = Builtin(
    "quarter_end(d: date) -> date", family: "dates", doc: "The last calendar day of the quarter.",
    examples: [.init("quarter_end(2024-02-10)", "2024-03-31"), .init("quarter_end(2024-12-31)", "2024-12-31")]
  ) { call throws(Trap) in
    let day = try call.givenDay(0)
    // Every month has a first day, and the months to the quarter's last stay in the year.
    let first = day - (day.civil.day - 1)
    return Value((first.addingMonths(2 - (day.civil.month - 1) % 3) ?? day).monthEnd)
  }

  static let isMonthEnd = Builtin(
    "is_month_end(d: date) -> bool", family: "dates",
    doc: "Whether no weekday follows in the month. Holidays are not considered.",
    examples: [
      .init("is_month_end(2024-05-31)", "true"), .init("is_month_end(2024-06-28)", "true"),
      .init("is_month_end(2024-06-27)", "false"),
    ]
  ) { call throws(Trap) in
    let day = try call.givenDay(0)
    let end = day.monthEnd
    var next = day + 1
    while next <= end {
      if next.isWeekday { return Value(false) }
      next = next + 1
    }
    return Value(true)
  }

  static let daysBetween = Builtin(
    "days_between(a: date, b: date) -> number", family: "dates", doc: "Calendar days from `a` to `b`: `b - a`.",
    examples: [
      .init("days_between(2024-01-01, 2024-03-01)", "60"), .init("days_between(2024-01-02, 2024-01-01)", "-1"),
    ]
  ) { call throws(Trap) in Value(Double(try call.givenDay(1) - call.givenDay(0))) }

  static let businessDays = Builtin(
    "business_days(a: date, b: date) -> number", family: "dates",
    doc: "Weekdays from `a` on and before `b`; negative if `b` lies before `a` (numpy `busday_count`).",
    examples: [
      .init("business_days(2024-01-01, 2024-01-08)", "5"), .init("business_days(2024-01-08, 2024-01-01)", "-5"),
      .init("business_days(2024-01-06, 2024-01-08)", "0"),
    ]
  ) { call throws(Trap) in
    let (a, b) = (try call.givenDay(0), try call.givenDay(1))
    // Backwards, too, `a` counts and `b` does not.
    let count = a <= b ? Day.weekdays(from: a, before: b) : -Day.weekdays(from: b + 1, before: a + 1)
    return Value(Double(count))
  }

  static let sessions = Builtin(
    "sessions(from: date, to: date) -> list[date]", family: "dates",
    doc: "The sessions of the trading calendar from one date to another, both included, none after `as_of`.",
    examples: [
      .init("at 2015-01-09 { sessions(2015-01-08, 2015-01-31) }", "[2015-01-08, 2015-01-09]")
    ],
    effect: .readsData
  ) { call throws(Trap) in
    let (from, to) = (try call.givenDay(0), try call.givenDay(1))
    let asOf = try call.asOf()
    let last = min(to, asOf)
    try call.evaluation.charge(max(0, last - from + 1))
    let days = from <= last ? call.evaluation.machine.host.sessions(from, last, asOf: asOf) : []
    let result = try call.evaluation.list(capacity: days.count)
    for day in days { try call.evaluation.append(Value(day), to: result) }
    return result.value
  }

  static let sessionOffset = Builtin(
    "session_offset(d: date, n: number) -> date", family: "dates",
    doc: "The n-th session after a date (before it, if negative); 0 is the date itself. What lies after `as_of` counts "
      + "weekdays, since later sessions are not known. The same as `d + 5bd`.",
    examples: [
      .init("session_offset(2024-01-05, 1)", "2024-01-08"), .init("session_offset(2024-01-06, 0)", "2024-01-06"),
    ],
    effect: .readsData
  ) { call throws(Trap) in
    let day = try call.givenDay(0)
    guard let count = Int(whole: call.number(1)) else {
      throw call.fail("`n` of `session_offset` must be a whole number, found \(ValueText.number(call.number(1)))")
    }
    if count == 0 { return Value(day) }
    if let result = Elementwise.offset(day, count, .sessions, asOf: call.evaluation.asOf, call.evaluation) {
      return Value(result)
    }
    throw call.evaluation.fail(.dateOutOfRange(day, CalendarDuration(count, .sessions)))
  }
}

extension Call {
  /// A date that the signature requires.
  func givenDay(_ index: Int) throws(Trap) -> Day {
    guard let day = day(index) else { throw fail("`\(name)` lacks a date") }
    return day
  }
}
