import MarketData
import MarketModel

/// For each ticker the row of its prices that a session has reached. Sessions only move forward, so nothing is searched.
struct PriceCursors {
  let histories: [PriceHistory]
  private var rows: [Int32]

  init(_ store: MarketStore) {
    histories = store.instruments.map { store.prices($0.id) }
    rows = Array(repeating: -1, count: histories.count)
  }

  /// The last row dated on or before a day; -1 before the first.
  mutating func row(_ ticker: Int, on day: Day) -> Int {
    let days = histories[ticker].days
    var row = Int(rows[ticker])
    if row + 1 < days.count, days.start[row + 1] <= day.rawValue {
      // A long way is searched, a short one walked.
      row =
        row + 64 < days.count && days.start[row + 64] <= day.rawValue
        ? days.countThrough(day.rawValue) - 1 : row + 1
      while row + 1 < days.count, days.start[row + 1] <= day.rawValue { row += 1 }
      rows[ticker] = Int32(row)
    }
    return row
  }

  /// The row dated on a day itself.
  mutating func rowDated(_ ticker: Int, _ day: Day) -> Int? {
    let row = row(ticker, on: day)
    return row >= 0 && histories[ticker].days.start[row] == day.rawValue ? row : nil
  }
}
