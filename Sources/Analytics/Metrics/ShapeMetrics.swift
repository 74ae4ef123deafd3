/// The shape of the returns' distribution.
enum ShapeMetrics {
  static let all = [skew, excessKurtosis, bestDay, worstDay, bestMonth, worstMonth]

  static let skew = Metric(
    "skew", "Skew", .ratio, .higher, formula: "n/((n−1)(n−2)) · Σ((r−m)/s)³, n ≥ 3 (pandas)"
  ) { series in
    guard series.count >= 3, let s = spread(series) else { return .absent }
    let n = Double(series.count)
    return Metric.Value(n / ((n - 1) * (n - 2)) * series.moments.third / (s * s * s))
  }

  static let excessKurtosis = Metric(
    "excess_kurtosis", "Excess kurtosis", .ratio, .lower,
    formula: "n(n+1)/((n−1)(n−2)(n−3)) · Σ((r−m)/s)⁴ − 3(n−1)²/((n−2)(n−3)), n ≥ 4 (pandas)"
  ) { series in
    guard series.count >= 4, let s = spread(series) else { return .absent }
    let n = Double(series.count)
    let fourth = series.moments.fourth / (s * s * s * s)
    let scale = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3))
    return Metric.Value(scale * fourth - 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3)))
  }

  static let bestDay = Metric("best_day", "Best day", .fraction, .higher, formula: "max r") { series in
    Metric.Value(series.returns.max())
  }
  static let worstDay = Metric("worst_day", "Worst day", .fraction, .higher, formula: "min r") { series in
    Metric.Value(series.returns.min())
  }
  static let bestMonth = Metric(
    "best_month", "Best month", .fraction, .higher, formula: "max of the monthly returns"
  ) { series in Metric.Value(series.monthly.map(\.value).max()) }
  static let worstMonth = Metric(
    "worst_month", "Worst month", .fraction, .higher, formula: "min of the monthly returns"
  ) { series in Metric.Value(series.monthly.map(\.value).min()) }

  /// The deviation of the returns, in the units of their moments; `nil` where it is below 1e-12.
  private static func spread(_ series: ReturnSeries) -> Double? {
    guard let deviation = series.moments.deviation, deviation >= 1e-12 else { return nil }
    return series.moments.scaledDeviation
  }
}
