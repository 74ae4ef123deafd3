/// A run against its benchmark, over the sessions where both have a return (two at least).
enum RelativeMetrics {
  static let all = [
    beta, alpha, correlation, trackingError, informationRatio, upCapture, downCapture,
  ]

  static let beta = Metric(
    "beta", "Beta", .ratio, .neither, formula: "cov(y, z)/var(z), y = r − rf, z = b − rf", isRelative: true
  ) { series in Metric.Value(slope(series)) }

  static let alpha = Metric(
    "alpha", "Alpha a year", .fraction, .higher, formula: "(mean(y) − beta · mean(z)) · A", isRelative: true
  ) { series in
    guard let slope = slope(series) else { return .absent }
    let (y, z) = excess(series)
    guard let own = ReturnSeries.mean(y), let other = ReturnSeries.mean(z) else { return .absent }
    return Metric.Value((own - slope * other) * series.input.annualization)
  }

  static let correlation = Metric(
    "correlation", "Correlation", .ratio, .neither, formula: "of r and b", isRelative: true
  ) { series in
    let (r, b) = (series.pairs.map(\.run), series.pairs.map(\.benchmark))
    guard hasSpread(r), hasSpread(b) else { return .absent }
    return Metric.Value(PairMoments(r, b).correlation)
  }

  static let trackingError = Metric(
    "tracking_error", "Tracking error", .fraction, .lower, formula: "std(r − b) · √A", isRelative: true
  ) { series in
    Metric.Value(ReturnSeries.deviation(active(series)).map { $0 * series.input.annualization.squareRoot() })
  }

  static let informationRatio = Metric(
    "information_ratio", "Information ratio", .ratio, .higher, formula: "mean(r − b)/std(r − b) · √A", isRelative: true
  ) { series in
    let active = active(series)
    let ratio = ReturnSeries.ratio(ReturnSeries.mean(active), ReturnSeries.deviation(active))
    return Metric.Value(ratio.map { $0 * series.input.annualization.squareRoot() })
  }

  static let upCapture = Metric(
    "up_capture", "Up capture", .ratio, .higher, formula: "mean(r)/mean(b) over the sessions with b > 0",
    isRelative: true
  ) { series in capture(series) { $0 > 0 } }

  static let downCapture = Metric(
    "down_capture", "Down capture", .ratio, .lower, formula: "mean(r)/mean(b) over the sessions with b < 0",
    isRelative: true
  ) { series in capture(series) { $0 < 0 } }

  private static func excess(_ series: ReturnSeries) -> (run: [Double], benchmark: [Double]) {
    (series.pairs.map { $0.run - $0.riskFree }, series.pairs.map { $0.benchmark - $0.riskFree })
  }

  private static func active(_ series: ReturnSeries) -> [Double] { series.pairs.map { $0.run - $0.benchmark } }

  /// Whether values deviate by 1e-12 at least; less is rounding.
  private static func hasSpread(_ values: [Double]) -> Bool {
    ReturnSeries.deviation(values).map { $0 >= 1e-12 } ?? false
  }

  /// Beta; `nil` where the benchmark's variance is below 1e-12, which is rounding.
  private static func slope(_ series: ReturnSeries) -> Double? {
    let (y, z) = excess(series)
    guard let deviation = ReturnSeries.deviation(z), deviation * deviation >= 1e-12 else { return nil }
    return PairMoments(y, z).beta
  }

  private static func capture(_ series: ReturnSeries, where holds: (Double) -> Bool) -> Metric.Value {
    let chosen = series.pairs.filter { holds($0.benchmark) }
    guard series.pairs.count >= 2 else { return .absent }
    return Metric.Value(
      ReturnSeries.ratio(ReturnSeries.mean(chosen.map(\.run)), ReturnSeries.mean(chosen.map(\.benchmark))))
  }
}
