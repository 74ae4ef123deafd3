public import MarketModel

/// The sessions on which is decided.
///
/// Made from the full calendar, which exchanges publish ahead, never from a cut view.
public struct RebalanceSchedule: Sendable {
  /// Indices of the calendar's sessions, ascending.
  public let sessions: [Int]
  /// Dates of a list that no session of the run stands for.
  public let leftOut: Int

  /// The schedule of a run over the sessions `range` of a calendar.
  ///
  /// - Parameter end: the last day of the run; a period counts as finished if its last day is not after it.
  public init(
    _ rule: BacktestConfig.Rebalance, calendar: TradingCalendar, range: Range<Int>, start: Day, end: Day
  ) {
    let chosen: (sessions: [Int], leftOut: Int)
    switch rule {
    case .daily: chosen = (Array(range), 0)
    case .weekly: chosen = (Self.periods(calendar, range, end) { $0 + (7 - $0.weekday) }, 0)
    case .monthly: chosen = (Self.periods(calendar, range, end) { $0.monthEnd }, 0)
    case .quarterly:
      chosen = (
        Self.periods(calendar, range, end) { day in
          let (_, month, _) = day.civil
          return day.addingMonths((3 - month % 3) % 3)?.monthEnd ?? day.monthEnd
        }, 0
      )
    case .dates(let days): chosen = Self.listed(days, calendar, range, start)
    }
    (sessions, leftOut) = chosen
  }

  /// The last session of each period whose last day (weekday, unless weekends are sessions) has come by `end`.
  private static func periods(
    _ calendar: TradingCalendar, _ range: Range<Int>, _ end: Day, periodEnd: (Day) -> Day
  ) -> [Int] {
    range.filter { index in
      let last = periodEnd(calendar[index])
      // The last of its period among all sessions of the calendar, not only those of the run.
      if index + 1 < calendar.count, calendar[index + 1] <= last { return false }
      var due = last
      if calendar.rule != .all { while !due.isWeekday { due = due - 1 } }
      return due <= end
    }
  }

  private static func listed(
    _ days: [Day], _ calendar: TradingCalendar, _ range: Range<Int>, _ start: Day
  ) -> (sessions: [Int], leftOut: Int) {
    var chosen: [Int] = []
    var out = 0
    let sorted = days.sorted()
    for (place, day) in sorted.enumerated() where place == 0 || sorted[place - 1] != day {
      guard day >= start, let index = calendar.index(onOrAfter: day), range.contains(index) else {
        out += 1
        continue
      }
      if chosen.last != index { chosen.append(index) }
    }
    return (chosen, out)
  }
}
