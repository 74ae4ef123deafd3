/// How much was held.
enum ExposureMetrics {
  static let all = [timeInMarket, averageGross, averageNet]

  static let timeInMarket = Metric(
    "time_in_market", "Time in market", .fraction, .neither, formula: "share of sessions with a position at the end"
  ) { series in
    Metric.Value(series.count == 0 ? nil : Double(series.input.sessionsInMarket) / Double(series.count))
  }

  static let averageGross = Metric(
    "average_gross", "Average gross", .fraction, .neither, formula: "mean of Σ|position|/E (0 where E ≤ 0)"
  ) { series in Metric.Value(ReturnSeries.mean(series.input.gross)) }

  static let averageNet = Metric(
    "average_net", "Average net", .fraction, .neither, formula: "mean of Σ position/E (0 where E ≤ 0)"
  ) { series in Metric.Value(ReturnSeries.mean(series.input.net)) }
}
