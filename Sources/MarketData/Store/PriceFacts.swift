import MarketModel

/// What holds of all price rows together.
struct PriceFacts {
  /// The first and last day with a row; `nil` without any.
  var span: ClosedRange<Day>?
  /// Whether any row has an open.
  var hasOpens: Bool
  /// Whether any row is dated on a Saturday or Sunday.
  var hasWeekendRows: Bool
}

extension PriceFacts {
  /// Found in the rows.
  init(_ histories: [PriceHistory]) {
    let priced = histories.filter { $0.count > 0 }
    let first = priced.map { $0.days.start[0] }.min()
    let last = priced.map { $0.days.start[$0.count - 1] }.max()
    span = first.flatMap { first in last.map { Day(rawValue: first)...Day(rawValue: $0) } }
    hasOpens = priced.contains { $0.open.buffer.contains { !$0.isNaN } }
    hasWeekendRows = priced.contains { $0.days.buffer.contains { !Day(rawValue: $0).isWeekday } }
  }
}
