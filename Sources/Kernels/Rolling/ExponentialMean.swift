import MarketModel

/// The exponential mean of charts: alpha = 2 / (span + 1), seeded with the first present value.
///
/// pandas `ewm(span, adjust=False, min_periods=span)`, but for missing numbers: one gives itself there and leaves the
/// state. Equal values give exactly that value.
public enum ExponentialMean {
  /// Fills `out[0..<count]` from `source[0..<count]`; the first span − 1 present values give *insufficient history*.
  public static func fill(
    span: Double, source: UnsafePointer<Double>, count: Int, into out: UnsafeMutablePointer<Double>
  ) {
    let alpha = 2 / (span + 1)
    var state = 0.0
    var seen = 0.0
    for index in 0..<count {
      let value = source[index]
      if value.isNaN {
        out[index] = value
        continue
      }
      state = seen == 0 ? value : state + alpha * (value - state)
      seen += 1
      out[index] = seen < span ? .missing(.insufficientHistory) : state.settled
    }
  }
}
