import MarketModel

/// The business days of the US federal government.
enum FederalCalendar {
  /// Whether offices are open: Monday to Friday, neither a holiday (5 U.S.C. 6103, with its day in lieu) nor one of the
  /// days on which a president closed them.
  static func isOpen(_ day: Day) -> Bool {
    day.weekday <= 5 && !isHoliday(day) && !closures.contains(day)
  }

  /// The n-th business day after a day.
  static func businessDay(_ count: Int, after day: Day) -> Day {
    var day = day
    var rest = count
    while rest > 0 {
      day = day + 1
      if isOpen(day) { rest -= 1 }
    }
    return day
  }

  private static func isHoliday(_ day: Day) -> Bool {
    // A fixed holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after.
    if isFixed(day) { return true }
    if day.weekday == 5, isFixed(day + 1) { return true }
    if day.weekday == 1, isFixed(day - 1) { return true }
    let (year, month, date) = day.civil
    let week = (date - 1) / 7 + 1
    let isLast = date + 7 > Day.daysInMonth(year: year, month: month)
    switch (month, day.weekday) {
    case (1, 1): return week == 3 && year >= 1986
    case (2, 1): return week == 3
    case (5, 1): return isLast
    case (9, 1): return week == 1
    case (10, 1): return week == 2
    case (11, 4): return week == 4
    default: return false
    }
  }

  private static func isFixed(_ day: Day) -> Bool {
    let (year, month, date) = day.civil
    switch (month, date) {
    case (1, 1), (7, 4), (11, 11), (12, 25): return true
    case (6, 19): return year >= 2021
    default: return false
    }
  }

  /// Days of mourning, storms, and days beside Christmas that were given.
  private static let closures: Set<Day> = Set(
    [
      "2001-12-24", "2003-12-26", "2004-06-11", "2007-01-02", "2007-12-24", "2008-12-26", "2012-10-29",
      "2012-10-30", "2012-12-24", "2014-12-26", "2018-12-05", "2018-12-24", "2019-12-24", "2020-12-24", "2024-12-24",
      "2025-01-09", "2025-12-24", "2025-12-26",
    ].compactMap { Day(iso: $0) })
}
