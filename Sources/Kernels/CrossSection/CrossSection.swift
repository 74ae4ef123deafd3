import MarketModel

/// What a cross-section does to each of its members. All numbers are present: the caller left the missing ones out.
public enum CrossSection {
  /// Each member minus the mean: `(x − x₀) − mean(x − x₀)`, so that equal members give exactly 0.
  public static func demean(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutablePointer<Double>) {
    guard let start = x.baseAddress, x.count > 0 else { return }
    let mean = Moments.shiftedMean(start, x.count)
    for index in 0..<x.count { out[index] = ((x[index] - x[0]) - mean).settled }
  }

  /// Each member's distance from the mean in sample deviations; all missing (*division by zero*) without spread, or
  /// (*insufficient history*) with fewer than 2 members.
  public static func zscores(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutablePointer<Double>) {
    let deviation = Statistic.deviation.reduce(x)
    demean(x, into: out)
    for index in 0..<x.count {
      out[index] = deviation.isNaN ? deviation : Lagging.ratio(out[index], deviation)
    }
  }

  /// The bounds to which winsorizing clips: the quantiles p and 1 − p, linear; p in 0...0.5.
  public static func winsorBounds(_ x: UnsafeBufferPointer<Double>, p: Double) -> (low: Double, high: Double) {
    let bounds = Quantile.values(x, [p, 1 - p])
    return (bounds[0], bounds[1])
  }

  /// The sum of magnitudes, from left to right.
  public static func gross(_ x: UnsafeBufferPointer<Double>) -> Double {
    var sum = 0.0
    for value in x { sum += value.magnitude }
    return sum.settled
  }
}
