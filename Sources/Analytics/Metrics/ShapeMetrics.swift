/// The shape of the returns' distribution.
enum ShapeMetrics {
  static let all = [skew, excessKurtosis, bestDay, worstDay, bestMonth, worstMonth]

  static let skew = Metric(
    "skew", "Skew", .ratio, .higher, formula: "n/((n−1)(n−2)) · Σ((r−m)/s)³, n ≥ 3 (pandas)"
  ) { series in Metric.Value(hasSpread(series) ? series.moments.skewness : nil) }

  static let excessKurtosis = Metric(
    "excess_kurtosis", "Excess kurtosis", .ratio, .lower,
    formula: "n(n+1)/((n−1)(n−2)(n−3)) · Σ((r−m)/s)⁴ − 3(n−1)²/((n−2)(n−3)), n ≥ 4 (pandas)"
  ) { series in Metric.Value(hasSpread(series) ? series.moments.kurtosis : nil) }

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

  /// Whether the returns deviate by 1e-12 at least; less is rounding.
  private static func hasSpread(_ series: ReturnSeries) -> Bool {
    series.moments.deviation.map { $0 >= 1e-12 } ?? false
  }
}
