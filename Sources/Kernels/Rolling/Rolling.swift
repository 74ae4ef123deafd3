import MarketModel

/// Rolling statistics over a column.
///
/// A window that is not full, or holds fewer present observations than asked for, is missing: *insufficient history*
/// before the column's first full window, else the reason of the leftmost missing number in the window.
public enum Rolling {
  /// Fills `out[0..<range.count]` with the statistic at the column indices `range`.
  ///
  /// Reads the column from the first window's start and never past `range`, so a cut column is a shorter range.
  /// - Parameters:
  ///   - source: the column's element 0.
  ///   - range: indices into the column, from 0 on.
  public static func fill(
    _ statistic: Statistic, _ window: RollingWindow, source: UnsafePointer<Double>, range: Range<Int>,
    into out: UnsafeMutablePointer<Double>
  ) {
    precondition(range.lowerBound >= 0, "a column has no negative index")
    var index = range.lowerBound
    var gap = index
    while index < range.upperBound {
      let start = window.start(index)
      if gap < start || index == range.lowerBound { gap = start }
      gap = Presence.firstMissing(source, from: gap, end: range.upperBound)
      if gap > index {
        let run = index..<gap
        fillDense(statistic, window, source: source, run: run, into: out + (index - range.lowerBound))
        index = gap
      } else {
        out[index - range.lowerBound] = gapped(statistic, window, source: source, index: index, gap: gap)
        index += 1
      }
    }
  }

  /// The statistic at one index of the column: the same bits as `fill` gives there.
  public static func value(
    _ statistic: Statistic, _ window: RollingWindow, source: UnsafePointer<Double>, at index: Int
  ) -> Double {
    var result = 0.0
    fill(statistic, window, source: source, range: index..<index + 1, into: &result)
    return result
  }

  /// The statistic over a window whose leftmost missing number lies at `gap`.
  private static func gapped(
    _ statistic: Statistic, _ window: RollingWindow, source: UnsafePointer<Double>, index: Int, gap: Int
  ) -> Double {
    let start = window.start(index)
    let reached = index - start + 1
    let reason: Double = reached < window.length ? .missing(.insufficientHistory) : source[gap]
    guard reached > window.minObservations else { return reason }
    if statistic.concernsLatest && source[index].isNaN { return source[index] }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: reached) { scratch in
      guard let room = scratch.baseAddress else { return reason }
      let kept = Presence.compact(source + start, count: reached, into: room)
      return kept < window.minObservations ? reason : statistic.reduce(room, kept)
    }
  }

  /// Indices whose windows hold no missing number.
  private static func fillDense(
    _ statistic: Statistic, _ window: RollingWindow, source: UnsafePointer<Double>, run: Range<Int>,
    into out: UnsafeMutablePointer<Double>
  ) {
    var index = run.lowerBound
    while index < run.upperBound && index < window.length - 1 {
      let reached = index + 1
      out[index - run.lowerBound] =
        reached < window.minObservations ? .missing(.insufficientHistory) : statistic.reduce(source, reached)
      index += 1
    }
    if index < run.upperBound {
      fillFull(
        statistic, window.length, source: source, run: index..<run.upperBound, into: out + (index - run.lowerBound))
    }
  }

  /// Indices whose windows are full and hold no missing number.
  private static func fillFull(
    _ statistic: Statistic, _ length: Int, source: UnsafePointer<Double>, run: Range<Int>,
    into out: UnsafeMutablePointer<Double>
  ) {
    let first = source + (run.lowerBound - length + 1)
    guard run.count > 4 else {
      // Too few lanes to pay for the round trip through memory; the bits are the same.
      for lane in 0..<run.count { out[lane] = statistic.reduce(first + lane, length) }
      return
    }
    switch statistic {
    case .sum: Lanes.sums(first, length, lanes: run.count, divisor: 1, into: out)
    case .mean: Lanes.sums(first, length, lanes: run.count, divisor: Double(length), into: out)
    case .variance where length > 1:
      Lanes.variances(first, length, lanes: run.count, divisor: Double(length - 1), isRoot: false, into: out)
    case .deviation where length > 1:
      Lanes.variances(first, length, lanes: run.count, divisor: Double(length - 1), isRoot: true, into: out)
    case .populationDeviation:
      Lanes.variances(first, length, lanes: run.count, divisor: Double(length), isRoot: true, into: out)
    case .minimum: RollingExtrema.fill(first, length, lanes: run.count, isMaximum: false, into: out)
    case .maximum: RollingExtrema.fill(first, length, lanes: run.count, isMaximum: true, into: out)
    case .median: SortedWindow.fill(first, length, lanes: run.count, into: out) { Quantile.median(sorted: $0) }
    case .quantile(let q):
      SortedWindow.fill(first, length, lanes: run.count, into: out) { Quantile.value(sorted: $0, q) }
    case .variance, .deviation, .skewness, .kurtosis, .zscore, .rank, .weightedMean:
      for lane in 0..<run.count { out[lane] = statistic.reduce(first + lane, length) }
    }
  }
}
