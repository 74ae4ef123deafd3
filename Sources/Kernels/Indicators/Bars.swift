import MarketModel

/// High, low and close on the same dates.
public struct Bars {
  /// The highs' first element.
  public let high: UnsafePointer<Double>
  /// The lows' first element.
  public let low: UnsafePointer<Double>
  /// The closes' first element.
  public let close: UnsafePointer<Double>
  /// How many bars there are.
  public let count: Int

  /// Views three columns of `count` elements; they must outlive the view.
  public init(
    high: UnsafePointer<Double>, low: UnsafePointer<Double>, close: UnsafePointer<Double>, count: Int
  ) {
    self.high = high
    self.low = low
    self.close = close
    self.count = count
  }

  /// Why the bar is missing (of high, low, close the first that is), or `nil` if it is present.
  @inline(__always) func missing(_ index: Int) -> Double? {
    if high[index].isNaN { return high[index] }
    if low[index].isNaN { return low[index] }
    return close[index].isNaN ? close[index] : nil
  }

  /// max(high − low, |high − close before|, |low − close before|).
  @inline(__always) func trueRange(_ index: Int, after before: Int) -> Double {
    let previous = close[before]
    return max(high[index] - low[index], max(abs(high[index] - previous), abs(low[index] - previous)))
  }
}
