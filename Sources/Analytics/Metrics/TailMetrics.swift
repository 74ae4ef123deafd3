import Kernels
import MarketModel

/// The bad days.
enum TailMetrics {
  static let all = [var95, var99, cvar95, cvar99]

  static let var95 = Metric(
    "var_95", "Value at risk 95%", .fraction, .higher, formula: "5 % quantile of r, linear (type 7); a loss is negative"
  ) { series in Metric.Value(quantile(series, 0.05)) }

  static let var99 = Metric(
    "var_99", "Value at risk 99%", .fraction, .higher, formula: "1 % quantile of r, linear (type 7); a loss is negative"
  ) { series in Metric.Value(quantile(series, 0.01)) }

  static let cvar95 = Metric(
    "cvar_95", "Expected shortfall 95%", .fraction, .higher,
    formula: "mean of the ⌊(n−1)/20⌋ + 1 smallest r (empyrical)"
  ) { series in Metric.Value(shortfall(series, 20)) }

  static let cvar99 = Metric(
    "cvar_99", "Expected shortfall 99%", .fraction, .higher,
    formula: "mean of the ⌊(n−1)/100⌋ + 1 smallest r (empyrical)"
  ) { series in Metric.Value(shortfall(series, 100)) }

  private static func quantile(_ series: ReturnSeries, _ q: Double) -> Double? {
    guard series.count > 0 else { return nil }
    let sorted = series.smallest
    let position = q * Double(series.count - 1)
    let lower = Int(cut: position)
    let upper = min(lower + 1, sorted.count - 1)
    return Quantile.between(sorted[lower], sorted[upper], position - Double(lower))
  }

  private static func shortfall(_ series: ReturnSeries, _ divisor: Int) -> Double? {
    guard series.count > 0 else { return nil }
    return ReturnSeries.mean(Array(series.smallest.prefix((series.count - 1) / divisor + 1)))
  }
}
