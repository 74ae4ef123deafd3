/// The sessions of a data set under one calendar rule: ascending days, with constant-time look-ups.
///
/// Immutable and shared. Before its first session and after its last the calendar knows nothing; ages and offsets that
/// lead there count weekdays (ages under `calendar: all` days), so that a feed that stopped grows old.
public final class TradingCalendar: Sendable {
  /// The rule that chose the sessions.
  public let rule: CalendarRule
  /// The sessions, ascending; days since 1970.
  public let sessions: Column<Int32>
  // For each day from the first session to the last: how many sessions there are through it.
  private let ranks: Column<Int32>

  /// A calendar of the given sessions.
  ///
  /// - Precondition: `sessions` are strictly ascending.
  public init(rule: CalendarRule, sessions: [Int32]) {
    self.rule = rule
    self.sessions = Column(sessions)
    var ranks: [Int32] = []
    if let first = sessions.first, let last = sessions.last {
      ranks.reserveCapacity(Int(last - first) + 1)
      for (place, session) in sessions.enumerated() {
        precondition(place == 0 || sessions[place - 1] < session, "sessions must be strictly ascending")
        while ranks.count < Int(session - first) { ranks.append(Int32(place)) }
        ranks.append(Int32(place + 1))
      }
    }
    self.ranks = Column(ranks)
  }

  /// How many sessions there are.
  public var count: Int { sessions.count }
  /// The first session.
  public var first: Day? { count == 0 ? nil : Day(rawValue: sessions.start[0]) }
  /// The last session.
  public var last: Day? { count == 0 ? nil : Day(rawValue: sessions.start[count - 1]) }

  /// The session at an index.
  public subscript(index: Int) -> Day { Day(rawValue: sessions[index]) }

  /// How many sessions lie on or before a day.
  public func count(through day: Day) -> Int {
    guard ranks.count > 0 else { return 0 }
    let place = Int(day.rawValue) - Int(sessions.start[0])
    if place < 0 { return 0 }
    return place >= ranks.count ? count : Int(ranks.start[place])
  }

  /// The index of the last session on or before a day.
  public func index(onOrBefore day: Day) -> Int? {
    let through = count(through: day)
    return through == 0 ? nil : through - 1
  }

  /// The index of the first session on or after a day.
  public func index(onOrAfter day: Day) -> Int? {
    let before = count(through: day - 1)
    return before == count ? nil : before
  }

  /// The index of a session, or `nil` if the day is none.
  public func index(of day: Day) -> Int? {
    guard let index = index(onOrBefore: day), sessions.start[index] == day.rawValue else { return nil }
    return index
  }

  /// Whether a day is a session.
  public func contains(_ day: Day) -> Bool { index(of: day) != nil }

  /// How many sessions lie after a day, up to `asOf` included: the age of a price of that day. After the last session
  /// weekdays count as sessions, or days where the rule is `all`.
  public func age(of day: Day, at asOf: Day) -> Int {
    max(0, count(through: asOf) - count(through: day) + daysAfterLast(from: day, through: asOf))
  }

  /// How many days after the last session that count as sessions lie after a day, up to `asOf` included.
  private func daysAfterLast(from day: Day, through asOf: Day) -> Int {
    if let last, asOf <= last { return 0 }
    let start = max(last ?? .earliest, day) + 1
    return rule == .all ? max(0, asOf - start + 1) : Day.weekdays(from: start, before: asOf + 1)
  }

  /// The sessions from `first` to `last`, both included.
  public func sessions(from first: Day, through last: Day) -> [Day] {
    let lower = count(through: first - 1)
    let upper = count(through: last)
    return lower < upper ? (lower..<upper).map { self[$0] } : []
  }

  /// The n-th session after a day (before it, if negative; the day itself for 0).
  ///
  /// Where the calendar ends, and after `known` if given, weekdays are counted instead.
  public func offset(_ day: Day, by steps: Int, knownThrough known: Day? = nil) -> Day {
    if steps < 0 { return offsetBack(day, -steps, known) }
    if steps == 0 { return day }
    let horizon = known.map { count(through: $0) } ?? count
    let target = count(through: day) + steps - 1
    if target < horizon { return self[target] }
    let left = max(0, horizon - count(through: day))
    let start = left > 0 ? max(self[horizon - 1], day) : day
    // Weekdays up to the last day that is known not to be a session do not count.
    let from = max(start, min(known ?? start, last ?? start))
    return from.addingWeekdays(min(steps - left, 4_000_000))
  }

  private func offsetBack(_ day: Day, _ steps: Int, _ known: Day?) -> Day {
    let edge = min(known ?? day, last ?? day)
    if edge < day {
      // What lies between the known part and the day is weekdays, as it is on the way there.
      let unknown = Day.weekdays(from: edge + 1, before: day)
      if steps <= unknown || count == 0 { return day.addingWeekdays(-min(steps, 4_000_000)) }
      return sessionsBack(edge + 1, steps - unknown)
    }
    return sessionsBack(day, steps)
  }

  /// The n-th session before a day; before the first session weekdays are counted.
  private func sessionsBack(_ day: Day, _ steps: Int) -> Day {
    let target = count(through: day - 1) - steps
    if target >= 0 { return self[target] }
    let left = count(through: day - 1)
    let start = left > 0 ? self[0] : day
    return start.addingWeekdays(-min(steps - left, 4_000_000))
  }

  /// The oldest day that is not older than a duration at `asOf`: days and months of the calendar, `bd` in sessions.
  public func oldestFreshDay(_ age: CalendarDuration, asOf: Day) -> Day {
    switch age.unit {
    case .days: return asOf - Int(age.count)
    case .months: return asOf.addingMonths(-Int(age.count)) ?? .earliest
    case .sessions:
      let unknown = daysAfterLast(from: .earliest, through: asOf)
      if age.count < unknown { return oldestFreshDay(afterLast: Int(age.count), asOf) }
      // Fresh is every day with at most `count` sessions after it: from the day of that session on.
      let place = count(through: asOf) - (Int(age.count) - unknown) - 1
      return place >= 0 && count > 0 ? self[min(place, count - 1)] : .earliest
    }
  }

  /// The day after the last session with a number of days that count as sessions after it, up to `asOf` included.
  private func oldestFreshDay(afterLast age: Int, _ asOf: Day) -> Day {
    if rule == .all { return asOf - age }
    let newest = asOf.isWeekday ? asOf : asOf - (asOf.weekday - 5)
    return newest.addingWeekdays(-age)
  }
}
