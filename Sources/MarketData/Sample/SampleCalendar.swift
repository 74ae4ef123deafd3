import MarketModel

/// The sessions of the sample: the weekdays of 2005 to 2019 without nine US holidays.
enum SampleCalendar {
  /// The first day of the sample.
  static let first = date(2005, 1, 3)
  /// The last day of the sample.
  static let last = date(2019, 12, 31)

  /// A date that exists.
  static func date(_ year: Int, _ month: Int, _ day: Int) -> Day {
    guard let date = Day(year: year, month: month, day: day) else { preconditionFailure("a date of the calendar") }
    return date
  }

  /// All sessions, ascending.
  static func sessions() -> [Day] {
    let holidays = Set((2005...2019).flatMap(holidays))
    return (0...(last - first)).map { first + $0 }.filter { $0.isWeekday && !holidays.contains($0) }
  }

  private static func holidays(_ year: Int) -> [Day] {
    [
      observed(date(year, 1, 1), onFriday: false), weekday(1, 3, of: year, 1), weekday(1, 3, of: year, 2),
      easter(year) - 2, lastMonday(year, 5), observed(date(year, 7, 4), onFriday: true), weekday(1, 1, of: year, 9),
      weekday(4, 4, of: year, 11), observed(date(year, 12, 25), onFriday: true),
    ]
  }

  /// A holiday on a Sunday is kept on Monday, one on a Saturday on Friday or not at all.
  private static func observed(_ day: Day, onFriday: Bool) -> Day {
    switch day.weekday {
    case 7: day + 1
    case 6: onFriday ? day - 1 : day
    default: day
    }
  }

  /// The n-th weekday (Monday 1) of a month.
  static func weekday(_ weekday: Int, _ count: Int, of year: Int, _ month: Int) -> Day {
    let first = date(year, month, 1)
    return first + ((weekday - first.weekday + 7) % 7 + 7 * (count - 1))
  }

  private static func lastMonday(_ year: Int, _ month: Int) -> Day {
    let end = date(year, month, 1).monthEnd
    return end - (end.weekday - 1)
  }

  /// Easter Sunday (Gauss, in Anonymous Gregorian form).
  private static func easter(_ year: Int) -> Day {
    let (a, b, c) = (year % 19, year / 100, year % 100)
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
    let m = (a + 11 * h + 22 * l) / 451
    let total = h + l - 7 * m + 114
    return date(year, total / 31, total % 31 + 1)
  }
}
