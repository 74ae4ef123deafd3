import MarketModel

/// Rolling statistics over two columns that share their dates.
public enum RollingPairs {
  /// Fills `out[0..<range.count]` with the statistic at the column indices `range`.
  ///
  /// A date counts as present where both sides are; of two reasons y's stays. Otherwise as `Rolling.fill`.
  public static func fill(
    _ statistic: PairStatistic, _ window: RollingWindow, y: UnsafePointer<Double>, x: UnsafePointer<Double>,
    range: Range<Int>, into out: UnsafeMutablePointer<Double>
  ) {
    precondition(range.lowerBound >= 0, "a column has no negative index")
    var gap = 0
    for index in range {
      let start = window.start(index)
      gap = firstGap(y, x, from: max(gap, start), end: range.upperBound)
      let reached = index - start + 1
      let result: Double
      if gap > index {
        result =
          reached < min(window.length, window.minObservations)
          ? .missing(.insufficientHistory) : statistic.reduce(y + start, x + start, reached)
      } else {
        result = gapped(statistic, window, y: y, x: x, index: index, gap: gap)
      }
      out[index - range.lowerBound] = result
    }
  }

  /// The statistic at one index of the columns: the same bits as `fill` gives there.
  public static func value(
    _ statistic: PairStatistic, _ window: RollingWindow, y: UnsafePointer<Double>, x: UnsafePointer<Double>,
    at index: Int
  ) -> Double {
    var result = 0.0
    fill(statistic, window, y: y, x: x, range: index..<index + 1, into: &result)
    return result
  }

  private static func firstGap(_ y: UnsafePointer<Double>, _ x: UnsafePointer<Double>, from: Int, end: Int) -> Int {
    var index = from
    while index < end && !y[index].isNaN && !x[index].isNaN { index += 1 }
    return index
  }

  private static func gapped(
    _ statistic: PairStatistic, _ window: RollingWindow, y: UnsafePointer<Double>, x: UnsafePointer<Double>,
    index: Int, gap: Int
  ) -> Double {
    let start = window.start(index)
    let reached = index - start + 1
    let own = y[gap].isNaN ? y[gap] : x[gap]
    let reason: Double = reached < window.length ? .missing(.insufficientHistory) : own
    guard reached > window.minObservations else { return reason }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * reached) { scratch in
      guard let room = scratch.baseAddress else { return reason }
      let roomX = room + reached
      let kept = Presence.compactPairs(y + start, x + start, count: reached, intoY: room, intoX: roomX)
      return kept < window.minObservations ? reason : statistic.reduce(room, roomX, kept)
    }
  }
}
