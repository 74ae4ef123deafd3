/// Every metric, in the order in which they are shown.
public enum MetricCatalog {
  /// All metrics; the relative ones, which need a benchmark, are last.
  public static let all: [Metric] =
    ReturnMetrics.all + DrawdownMetrics.all + TradeMetrics.all + ExposureMetrics.all + TailMetrics.all
    + ShapeMetrics.all + RelativeMetrics.all

  /// The metrics that follow from a curve alone, without trades, positions or a benchmark.
  static let ofCurve: [Metric] = ReturnMetrics.all + DrawdownMetrics.all + TailMetrics.all + ShapeMetrics.all

  /// The metric of a name.
  public static func metric(_ id: String) -> Metric? { all.first { $0.id == id } }

  /// All values for a run; the relative ones only with a benchmark.
  public static func values(_ input: MetricInput) -> [(metric: Metric, value: Metric.Value)] { measure(input).values }

  /// All values for a run, and the metrics among them that no number holds; these are absent.
  public static func measure(
    _ input: MetricInput
  ) -> (values: [(metric: Metric, value: Metric.Value)], overflowing: [Metric]) {
    measure(all.filter { !$0.isRelative || !input.benchmark.isEmpty }, ReturnSeries(input))
  }

  /// The values of the metrics that a curve alone has, such as a benchmark's.
  public static func curveValues(_ input: MetricInput) -> [(metric: Metric, value: Metric.Value)] {
    measure(ofCurve, ReturnSeries(input)).values
  }

  private static func measure(
    _ metrics: [Metric], _ series: ReturnSeries
  ) -> (values: [(metric: Metric, value: Metric.Value)], overflowing: [Metric]) {
    let computed = metrics.map { (metric: $0, value: $0.computed(series)) }
    return (
      computed.map { ($0.metric, $0.value.isFinite ? $0.value : .absent) },
      computed.filter { !$0.value.isFinite }.map(\.metric)
    )
  }
}
