public import MarketModel

extension MarketStore {
  /// The market's last session under a calendar: the one before the first session on which fewer than half of the
  /// tickers with a row in the 366 days up to it have a row on it or later; the calendar's last where there is none.
  ///
  /// One series that outlives the rest, such as an index, does not carry the market on. Takes the time of a look at
  /// each listing, whatever the number of rows.
  public func lastMarketSession(_ calendar: TradingCalendar) -> Day? {
    guard calendar.count > 0 else { return nil }
    var balance = SessionCounts(calendar)
    for history in histories where history.count > 0 {
      let last = Day(rawValue: history.days.start[history.count - 1])
      // Alive: rows lie behind and ahead. Ended: rows lie behind only, and not too far.
      for span in history.presence { balance.add(1, from: span.lowerBound, through: min(span.upperBound, last)) }
      balance.add(-1, from: last + 1, through: last + (PriceHistory.presenceDays - 1))
    }
    guard let end = balance.firstNegative, end > 0 else { return calendar.last }
    return calendar[end - 1]
  }
}

extension PriceHistory {
  /// For so many days, its own included, a row counts as one of the time up to them.
  fileprivate static let presenceDays = 366

  /// The spans of days with a row in the 366 days up to each, ascending and apart from each other.
  ///
  /// Within a listing rows lie no further apart than that, unless there is about one a year.
  fileprivate var presence: [ClosedRange<Day>] {
    var spans: [ClosedRange<Day>] = []
    for listing in listings {
      let rows = listing.rows
      let span = Int(days.start[rows.upperBound - 1] - days.start[rows.lowerBound])
      let pieces = span > 180 * rows.count ? rows.map { $0..<($0 + 1) } : [rows]
      for piece in pieces { PriceHistory.add(days, piece, to: &spans) }
    }
    return spans
  }

  private static func add(_ days: Column<Int32>, _ rows: Range<Int>, to spans: inout [ClosedRange<Day>]) {
    let first = Day(rawValue: days.start[rows.lowerBound])
    let end = Day(rawValue: days.start[rows.upperBound - 1]) + (presenceDays - 1)
    if let last = spans.last, first <= last.upperBound {
      spans[spans.count - 1] = last.lowerBound...end
    } else {
      spans.append(first...end)
    }
  }
}

/// A number for each session of a calendar, added to over spans of days.
private struct SessionCounts {
  private let calendar: TradingCalendar
  private var changes: [Int]

  init(_ calendar: TradingCalendar) {
    self.calendar = calendar
    changes = Array(repeating: 0, count: calendar.count + 1)
  }

  mutating func add(_ count: Int, from first: Day, through last: Day) {
    guard first <= last else { return }
    changes[calendar.count(through: first - 1)] += count
    changes[calendar.count(through: last)] -= count
  }

  /// The first session whose number is negative.
  var firstNegative: Int? {
    var sum = 0
    for session in 0..<calendar.count {
      sum += changes[session]
      if sum < 0 { return session }
    }
    return nil
  }
}
