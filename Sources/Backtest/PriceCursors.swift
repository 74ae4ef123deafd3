import MarketData
import MarketModel

/// For each ticker its price rows and the row that the run has reached.
///
/// Sessions only move forward, so nothing is searched. The columns are read through pointers, without retain counts;
/// `histories` keeps them alive.
struct PriceCursors {
  /// One ticker's rows.
  struct Track: BitwiseCopyable {
    let days: UnsafePointer<Int32>
    let level: UnsafePointer<Double>
    let openLevel: UnsafePointer<Double>
    let open: UnsafePointer<Double>
    let close: UnsafePointer<Double>
    let listingStart: UnsafePointer<Int32>
    let count: Int
    /// The last row dated on or before the session under way; -1 before the first.
    var row = -1

    /// Moves on to a day and gives the row reached.
    @inline(__always)
    mutating func advance(to day: Day) -> Int {
      if row + 1 < count, days[row + 1] <= day.rawValue { walk(to: day.rawValue) }
      return row
    }

    private mutating func walk(to day: Int32) {
      row += 1
      // A long way is searched, a short one walked.
      if row + 64 < count, days[row + 64] <= day {
        var (low, high) = (row + 64, count)
        while low < high {
          let middle = (low + high) / 2
          if days[middle] <= day { low = middle + 1 } else { high = middle }
        }
        row = low - 1
      }
      while row + 1 < count, days[row + 1] <= day { row += 1 }
    }

    /// Whether the row reached is dated on a day.
    @inline(__always)
    func isDated(_ day: Day) -> Bool { row >= 0 && days[row] == day.rawValue }
  }

  let histories: [PriceHistory]
  /// By ticker.
  var tracks: [Track]

  init(_ store: MarketStore) {
    histories = store.instruments.map { store.prices($0.id) }
    tracks = histories.map { history in
      Track(
        days: history.days.start, level: history.level.start, openLevel: history.openLevel.start,
        open: history.open.start, close: history.close.start, listingStart: history.listingStart.start,
        count: history.count)
    }
  }
}
