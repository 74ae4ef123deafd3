import MarketData
import MarketModel

/// The portfolio's positions and cash, in notional terms.
///
/// Invariant: equity is cash plus the sum of the positions in ascending order of ticker; a ticker is in `held` exactly if
/// its position is not zero.
struct Portfolio {
  /// Cash; may be negative.
  var cash: Double
  /// Tickers held, ascending.
  private(set) var held: [Int] = []
  /// One a ticker of the data set.
  private(set) var positions: [Position]

  /// A position and where it was last marked.
  struct Position {
    /// Signed value at the last mark.
    var value = 0.0
    /// The level at the last mark.
    var mark = 0.0
    /// First row of the listing it belongs to.
    var listingStart: Int32 = -1
    /// It was reported as without a price.
    var isReportedStale = false
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

  /// Σ|position|.
  var gross: Double { held.reduce(0) { $0 + abs(positions[$1].value) } }

  /// Σ position.
  var net: Double { held.reduce(0) { $0 + positions[$1].value } }

  /// Σ|short positions|.
  var shorts: Double { held.reduce(0) { $0 + max(0, -positions[$1].value) } }

  /// Revalues a position at a level.
  mutating func mark(_ ticker: Int, at level: Double) {
    guard level != positions[ticker].mark else { return }
    positions[ticker].value *= level / positions[ticker].mark
    positions[ticker].mark = level
  }

  /// Sets a position after a trade, at the level it was traded at.
  mutating func set(_ ticker: Int, _ value: Double, mark: Double, listingStart: Int32) {
    if positions[ticker].value == 0, value != 0 {
      held.insert(ticker, at: held.firstIndex { $0 > ticker } ?? held.count)
    } else if positions[ticker].value != 0, value == 0 {
      held.removeAll { $0 == ticker }
    }
    positions[ticker] = Position(value: value, mark: mark, listingStart: listingStart)
  }

  /// Notes that a position without a price has been reported.
  mutating func reportStale(_ ticker: Int) { positions[ticker].isReportedStale = true }

  /// Checks the invariant.
  func checkInvariants() {
    assert(zip(held, held.dropFirst()).allSatisfy { $0 < $1 }, "held tickers ascend")
    assert(positions.indices.allSatisfy { (positions[$0].value != 0) == held.contains($0) }, "held are the positions")
  }
}
