import MarketModel

/// How far `:next` and `:prev` go, as one types it: nothing, `2`, `month`, `2 months`, `3mo`.
struct DateDistance {
  private let distance: CalendarDuration

  /// Reads a distance; nothing is a session. `nil` for what is none, and for one that goes the other way.
  init?(_ text: String) {
    let words = text.split(whereSeparator: \.isWhitespace)
    switch words.count {
    case 0: distance = CalendarDuration(1, .sessions)
    case 1:
      if let count = DateDistance.count(words[0]) {
        distance = CalendarDuration(count, .sessions)
      } else if let duration = DateDistance.unit(words[0]) ?? CalendarDuration(words[0]), duration.count >= 0 {
        distance = duration
      } else {
        return nil
      }
    case 2:
      guard let count = DateDistance.count(words[0]), let unit = DateDistance.unit(words[1]) else { return nil }
      distance = CalendarDuration(count * Int(unit.count), unit.unit)
    default: return nil
    }
  }

  /// The day that far from a day. What lies outside the years that have a name is the edge of the calendar.
  func moved(_ day: Day, forward: Bool, _ calendar: TradingCalendar) -> Day {
    let count = Int(distance.count) * (forward ? 1 : -1)
    switch distance.unit {
    case .sessions:
      let place = calendar.count(through: forward ? day : day - 1) + count - (forward ? 1 : 0)
      if count == 0 { return day }
      if place < 0 { return calendar.first ?? day }
      return place < calendar.count ? calendar[place] : calendar.last ?? day
    case .months: return day.addingMonths(count) ?? (forward ? .latest : .earliest)
    case .days:
      let days = min(max(Int(day.rawValue) + count, Int(Day.earliest.rawValue)), Int(Day.latest.rawValue))
      return Day(days)
    }
  }

  /// A whole number that no calendar is too small for.
  private static func count(_ text: Substring) -> Int? {
    guard let count = Int(text), (0...9_999_999).contains(count) else { return nil }
    return count
  }

  private static func unit(_ word: Substring) -> CalendarDuration? {
    let one = word.hasSuffix("s") ? word.dropLast() : word
    switch one {
    case "session": return CalendarDuration(1, .sessions)
    case "day": return CalendarDuration(1, .days)
    case "week": return CalendarDuration(7, .days)
    case "month": return CalendarDuration(1, .months)
    case "quarter": return CalendarDuration(3, .months)
    case "year": return CalendarDuration(12, .months)
    default: return nil
    }
  }
}

/// A month, a quarter or a year: `2008-06`, `2008-Q2`, `2008`.
struct DatePeriod {
  /// Its first day.
  let first: Day
  /// Its last day.
  let last: Day

  /// Reads a period; `nil` for what is none.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let year = parts.first, year.utf8.count == 4, let number = DatePeriod.number(year) else { return nil }
    switch parts.count {
    case 1: self.init(year: number, months: 1...12)
    case 2:
      let part = parts[1]
      if part.lowercased().hasPrefix("q"), let quarter = DatePeriod.number(part.dropFirst()), (1...4).contains(quarter)
      {
        self.init(year: number, months: quarter * 3 - 2...quarter * 3)
      } else if part.utf8.count <= 2, let month = DatePeriod.number(part), (1...12).contains(month) {
        self.init(year: number, months: month...month)
      } else {
        return nil
      }
    default: return nil
    }
  }

  private init?(year: Int, months: ClosedRange<Int>) {
    guard let first = Day(year: year, month: months.lowerBound, day: 1),
      let last = Day(year: year, month: months.upperBound, day: 1)
    else { return nil }
    self.first = first
    self.last = last.monthEnd
  }

  private static func number(_ text: Substring) -> Int? {
    text.allSatisfy { $0.isASCII && $0.isNumber } && text.utf8.count <= 4 ? Int(text) : nil
  }
}
