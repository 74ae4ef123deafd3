/// The unit of a tenor.
public enum TenorUnit: String, CaseIterable, Sendable {
  case days, weeks, months, years

  /// The unit that a word of a cell stands for, as in `10y`, `6 Mo` or `1 Yr`.
  init?(word: String) {
    switch word.lowercased() {
    case "d", "day", "days": self = .days
    case "w", "wk", "wks", "week", "weeks": self = .weeks
    case "m", "mo", "mos", "mon", "mth", "mths", "month", "months": self = .months
    case "y", "yr", "yrs", "year", "years": self = .years
    default: return nil
    }
  }

  /// A number of the unit in whole days: a week has 7, a month 365/12, a year 365, rounded to the nearest, a half up, but
  /// for six months, which are 182. `nil` for what is no number of days from 0.
  func days(_ count: Double) -> Int32? {
    let days =
      switch self {
      case .days: count
      case .weeks: count * 7
      case .months: count * 365 / 12
      case .years: count * 365
      }
    guard days >= 0, self != .days || days.rounded() == days else { return nil }
    return Int32(exactly: days == 182.5 ? 182 : (days + 0.5).rounded(.down))
  }
}
