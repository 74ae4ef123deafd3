/// The portfolio's positions and cash, in notional terms.
///
/// Invariant: equity is cash plus the sum of the positions in ascending order of ticker; a ticker is in `held` exactly
/// if its position is not zero.
struct Portfolio {
  /// Cash; may be negative.
  var cash: Double
  /// Tickers held, ascending.
  private(set) var held: [Int] = []
  /// One a ticker of the data set.
  private(set) var positions: [Position]
  /// What changes of price gave so far; kept for the books' check.
  private(set) var pricePnL = 0.0

  /// A position and where it was last marked.
  struct Position: BitwiseCopyable {
    /// Signed value at the last mark.
    var value = 0.0
    /// The level at the last mark.
    var mark = 0.0
    /// The row of the last mark.
    var row: Int32 = -1
    /// First row of the listing it belongs to.
    var listingStart: Int32 = -1
    /// It was reported as without a price.
    var isReportedStale = false
  }

  /// What a session's end records.
  struct Totals {
    var equity: Double
    var gross = 0.0
    var net = 0.0
    var shorts = 0.0
  }

  init(cash: Double, tickers: Int) {
    self.cash = cash
    positions = Array(repeating: Position(), count: tickers)
  }

  /// Cash plus all positions.
  var equity: Double {
    var sum = 0.0
    for ticker in held { sum += positions[ticker].value }
    return cash + sum
  }

  /// Equity, Σ|position|, Σ position and Σ|short positions|.
  var totals: Totals {
    var totals = Totals(equity: 0)
    for ticker in held {
      let value = positions[ticker].value
      totals.net += value
      totals.gross += abs(value)
      if value < 0 { totals.shorts -= value }
    }
    totals.equity = cash + totals.net
    return totals
  }

  /// Revalues a position at the level of a row; false where what it would be worth is out of range, and nothing is
  /// changed.
  @inline(__always)
  mutating func mark(_ ticker: Int, at level: Double, row: Int) -> Bool {
    let position = positions[ticker]
    if level != position.mark {
      let ratio = level / position.mark
      let value = position.value * ratio
      guard ratio >= AmountRange.least, abs(value) >= AmountRange.least, abs(value) <= AmountRange.most else {
        return false
      }
      pricePnL += value - position.value
      positions[ticker].value = value
      positions[ticker].mark = level
    }
    positions[ticker].row = Int32(truncatingIfNeeded: row)
    return true
  }

  /// Turns a position into cash at a factor of its value; gives what it brought.
  mutating func convert(_ ticker: Int, factor: Double) -> Double {
    let value = positions[ticker].value
    pricePnL += value * factor - value
    cash += value * factor
    set(ticker, 0, mark: 0, row: -1, listingStart: -1)
    return value * factor
  }

  /// Sets a position after a trade, at the level it was traded at.
  mutating func set(_ ticker: Int, _ value: Double, mark: Double, row: Int, listingStart: Int32) {
    let old = positions[ticker].value
    positions[ticker] = Position(
      value: value, mark: mark, row: Int32(truncatingIfNeeded: row), listingStart: listingStart)
    if (old == 0) == (value == 0) { return }
    let place = lowerBound(ticker)
    if old == 0 { held.insert(ticker, at: place) } else { held.remove(at: place) }
  }

  /// Notes that a position without a price has been reported.
  mutating func reportStale(_ ticker: Int) { positions[ticker].isReportedStale = true }

  private func lowerBound(_ ticker: Int) -> Int {
    var (low, high) = (0, held.count)
    while low < high {
      let middle = (low + high) / 2
      if held[middle] < ticker { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Checks the invariant.
  func checkInvariants() {
    assert(zip(held, held.dropFirst()).allSatisfy { $0 < $1 }, "held tickers ascend")
    assert(positions.indices.filter { positions[$0].value != 0 } == held, "held are the positions that are not zero")
  }
}
