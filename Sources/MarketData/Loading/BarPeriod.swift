public import MarketModel

/// How long the bars of a ticker are, where they are longer than a day.
public enum BarPeriod: UInt8, CaseIterable, Sendable {
  /// From Monday to Sunday.
  case week = 1
  case month, quarter, year

  /// The word for such bars.
  public var adjective: String {
    switch self {
    case .week: "weekly"
    case .month: "monthly"
    case .quarter: "quarterly"
    case .year: "yearly"
    }
  }

  /// The word for one of them.
  public var noun: String { "\(self)" }

  /// The number of the period that a day lies in; neighbouring periods have neighbouring numbers.
  public func index(of day: Day) -> Int {
    let (year, month, _) = day.civil
    return switch self {
    case .week: ((day - Day.earliest) - (day.weekday - 1)) / 7
    case .month: year * 12 + month - 1
    case .quarter: year * 4 + (month - 1) / 3
    case .year: year
    }
  }

  /// The first day of the period that a day lies in.
  public func firstDay(of day: Day) -> Day {
    if self == .week { return day - (day.weekday - 1) }
    let (year, month, _) = day.civil
    return Day(year: year, month: month - (month - 1) % months, day: 1) ?? day
  }

  /// The last day of the period that a day lies in, as far as there are days.
  public func lastDay(of day: Day) -> Day {
    if self == .week { return min(day + (7 - day.weekday), .latest) }
    let (year, month, _) = day.civil
    return (Day(year: year, month: month - (month - 1) % months + months - 1, day: 1) ?? day).monthEnd
  }

  /// The last weekday of the period that a day lies in.
  public func lastWeekday(of day: Day) -> Day { lastDay(of: day).weekdayOnOrBefore }

  /// Whether a day is the first day, or the first weekday, of its period.
  public func starts(on day: Day) -> Bool {
    let first = firstDay(of: day)
    return day == first || (!first.isWeekday && day == first + (8 - first.weekday))
  }

  /// How many months it takes; for weeks, none.
  private var months: Int {
    switch self {
    case .week: 0
    case .month: 1
    case .quarter: 3
    case .year: 12
    }
  }
}

extension Day {
  /// The day itself, or on a weekend the Friday before it.
  var weekdayOnOrBefore: Day { isWeekday ? self : self - (weekday - 5) }
}

/// What the dates of a ticker's rows tell about its bars.
struct BarDating: Equatable {
  /// How long the bars are.
  let period: BarPeriod
  /// Whether they are dated at the start of their period, not at its end.
  let isStartDated: Bool
  /// Whether they are weekly closes without open, high and low.
  let isOfQuotes: Bool
  /// Whether any row but the last lies elsewhere than at the start of its period.
  let hasStrays: Bool

  /// The dating of rows of any order; `nil` for daily bars, and where fewer than two dates tell nothing.
  ///
  /// Bars are longer than a day where the median distance between dates is five days or more. They are start-dated if
  /// more than half of the rows but the last, which may be of a period that is not over, lie on the first day or the
  /// first weekday of their period.
  init?(_ rows: [PriceRow]) {
    // Nearly all tickers are daily, and told by one pass.
    guard BarDating.mayBeLonger(rows) else { return nil }
    let days = Set(rows.map(\.day)).sorted()
    let distances = zip(days.dropFirst(), days).map { Int($0) - Int($1) }.sorted()
    guard let period = BarDating.period(distances) else { return nil }
    self.period = period
    let starts = days.dropLast().count { period.starts(on: Day(rawValue: $0)) }
    isStartDated = 2 * starts > days.count - 1
    hasStrays = starts < days.count - 1
    isOfQuotes = period == .week && rows.allSatisfy { $0.open.isNaN && $0.high.isNaN && $0.low.isNaN }
  }

  /// Whether at most half of the steps from row to row are shorter than five days.
  private static func mayBeLonger(_ rows: [PriceRow]) -> Bool {
    var (short, same) = (0, 0)
    for place in 1..<max(1, rows.count) {
      let step = abs(Int(rows[place].day) - Int(rows[place - 1].day))
      if step == 0 { same += 1 } else if step < 5 { short += 1 }
    }
    return rows.count > 1 && 2 * short <= rows.count - 1 - same
  }

  /// - Parameter distances: ascending, in days.
  private static func period(_ distances: [Int]) -> BarPeriod? {
    if distances.isEmpty { return nil }
    // Twice the median, so that it is a whole number.
    let twice = distances[distances.count / 2] + distances[(distances.count - 1) / 2]
    switch twice {
    case ..<10: return nil
    case ...20: return .week
    case ...90: return .month
    case ...270: return .quarter
    default: return .year
    }
  }
}
