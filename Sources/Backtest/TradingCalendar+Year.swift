import MarketModel

extension TradingCalendar {
  /// Sessions a year over the whole calendar, (sessions − 1) · 365.25 / days between the first and the last: 252 where
  /// that lies in 240 to 262, and for spans under 60 days; else rounded to a whole number from 1 to 366.
  var sessionsPerYear: Int {
    guard let first, let last, last - first >= 60 else { return 252 }
    let measured = Double(count - 1) * 365.25 / Double(last - first)
    return (240...262).contains(measured) ? 252 : Int(cut: min(366, max(1, measured.rounded())))
  }
}
