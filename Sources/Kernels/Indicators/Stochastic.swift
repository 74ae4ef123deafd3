import MarketModel

/// The slow stochastic, 0...100 (TA-Lib `STOCH`).
public enum Stochastic {
  /// Fills `k` and `d`, each `bars.count` long: raw %K = 100 · (close − lowest) / (highest − lowest) over `length` bars,
  /// `k` its mean over `smooth`, `d` the mean of `k` over `signal`.
  ///
  /// A window with a missing bar is missing; one without range is *division by zero*.
  public static func fill(
    length: Int, smooth: Int, signal: Int, bars: Bars, k: UnsafeMutablePointer<Double>,
    d: UnsafeMutablePointer<Double>
  ) {
    let all = 0..<bars.count
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, bars.count)) { scratch in
      guard let raw = scratch.baseAddress else { return }
      Rolling.fill(.maximum, RollingWindow(length), source: bars.high, range: all, into: raw)
      Rolling.fill(.minimum, RollingWindow(length), source: bars.low, range: all, into: d)
      for index in all { raw[index] = position(bars.close[index], low: d[index], high: raw[index]) }
      Rolling.fill(.mean, RollingWindow(smooth), source: raw, range: all, into: k)
      Rolling.fill(.mean, RollingWindow(signal), source: k, range: all, into: d)
    }
  }

  private static func position(_ close: Double, low: Double, high: Double) -> Double {
    if high.isNaN { return high }
    if low.isNaN { return low }
    if close.isNaN { return close }
    return high == low ? .missing(.divisionByZero) : (100 * ((close - low) / (high - low))).settled
  }
}
