import MarketModel

/// Wilder's average true range (TA-Lib `ATR`): true ranges from the second bar on, the mean of the first n, then
/// Wilder's smoothing. A missing bar gives its reason and leaves the state.
public enum AverageTrueRange {
  /// Fills `out[0..<bars.count]`; first value at present bar n + 1.
  public static func fill(length: Int, bars: Bars, into out: UnsafeMutablePointer<Double>) {
    precondition(length >= 1, "a length is at least 1")
    var range = WilderMean(length: length)
    var before: Int?
    for index in 0..<bars.count {
      if let reason = bars.missing(index) {
        out[index] = reason
        continue
      }
      if let before { range.add(bars.trueRange(index, after: before)) }
      out[index] = range.isReady ? range.value.settled : .missing(.insufficientHistory)
      before = index
    }
  }
}
