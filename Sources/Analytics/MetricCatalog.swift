/// Every metric, in the order in which they are shown.
public enum MetricCatalog {
  /// All metrics; the relative ones, which need a benchmark, are last.
  public static let all: [Metric] =
    ReturnMetrics.all + DrawdownMetrics.all + TradeMetrics.all + ExposureMetrics.all + TailMetrics.all
    + ShapeMetrics.all + RelativeMetrics.all

  /// The metric of a name.
  public static func metric(_ id: String) -> Metric? { all.first { $0.id == id } }

  /// All values for a run; the relative ones only with a benchmark.
  public static func values(_ input: MetricInput) -> [(metric: Metric, value: Metric.Value)] {
    let series = ReturnSeries(input)
    return all.filter { !$0.isRelative || !input.benchmark.isEmpty }.map { ($0, $0.value(series)) }
  }
}
