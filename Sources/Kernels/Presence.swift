public import MarketModel

/// Finding and leaving out missing numbers, and settling results.
///
/// Kernels never let an infinity out: a result that is not finite although every input was is missing with the reason
/// *overflow*.
public enum Presence {
  /// The index of the first missing number at or after `from`, or `end` if there is none.
  public static func firstMissing(_ source: UnsafePointer<Double>, from: Int = 0, end: Int) -> Int {
    var index = from
    while index < end && !source[index].isNaN { index += 1 }
    return index
  }

  /// The leftmost missing number, with its reason, or `nil` if all are present.
  public static func firstMissing(_ values: UnsafeBufferPointer<Double>) -> Double? {
    guard let start = values.baseAddress else { return nil }
    let index = firstMissing(start, end: values.count)
    return index < values.count ? start[index] : nil
  }

  /// How many numbers are present.
  public static func count(_ values: UnsafeBufferPointer<Double>) -> Int {
    var count = 0
    for value in values where !value.isNaN { count += 1 }
    return count
  }

  /// Copies the present numbers, in order, to `out`, which has room for `count`; returns how many there were.
  public static func compact(_ source: UnsafePointer<Double>, count: Int, into out: UnsafeMutablePointer<Double>) -> Int
  {
    var kept = 0
    for index in 0..<count {
      let value = source[index]
      out[kept] = value
      kept += value.isNaN ? 0 : 1
    }
    return kept
  }

  /// Copies the pairs of which both sides are present; returns how many there were.
  public static func compactPairs(
    _ y: UnsafePointer<Double>, _ x: UnsafePointer<Double>, count: Int,
    intoY outY: UnsafeMutablePointer<Double>, intoX outX: UnsafeMutablePointer<Double>
  ) -> Int {
    var kept = 0
    for index in 0..<count {
      outY[kept] = y[index]
      outX[kept] = x[index]
      kept += y[index].isNaN || x[index].isNaN ? 0 : 1
    }
    return kept
  }
}

extension Double {
  /// This number, or *overflow* if it is infinite or came of infinities: for results of finite inputs only.
  @inlinable public var settled: Double { isFinite ? self : .missing(.overflow) }
}
