public import Analytics
import MarketData
import MarketModel

/// What the benchmark did over the sessions that it has: from its first price at or after the run's start to its last.
public struct BenchmarkResult: Sendable {
  /// The ticker, as the configuration names it.
  public let name: String
  /// The sessions, and what the initial capital would have become.
  public let figures: MetricInput
  /// The metrics that follow from a curve alone, in the catalogue's order.
  public let metrics: [(metric: Metric, value: Metric.Value)]
  /// Whether it has fewer sessions than the run.
  public let isShorter: Bool

  init(name: String, figures: MetricInput, isShorter: Bool) {
    self.name = name
    self.figures = figures
    self.isShorter = isShorter
    metrics = MetricCatalog.curveValues(figures)
  }

  /// The value of a metric; `nil` for one that needs more than a curve.
  public func metric(_ id: String) -> Metric.Value? { metrics.first { $0.metric.id == id }?.value }
}

extension Simulation {
  /// Notes the benchmark's returns, for the metrics against it, and its own figures.
  mutating func measureBenchmark() {
    guard let name = config.benchmark, let ticker = store.ticker(named: name) else { return }
    var track = cursors.tracks[ticker.index]
    track.row = -1
    var previous = -1
    var span: Range<Int>?
    var growth = BenchmarkGrowth(config.initialCapital)
    for (place, day) in result.days.enumerated() {
      let row = track.advance(to: day)
      if row != previous, track.days[row] >= config.start.rawValue { span = (span?.lowerBound ?? place)..<place + 1 }
      let change = place > 0 && previous >= 0 ? BenchmarkReturn.between(previous, row, track) : nil
      guard growth.takes(change) else { return leaveOutBenchmark(name, on: day) }
      result.figures.benchmark.append(change)
      previous = row
    }
    guard let span else { return }
    result.benchmark = BenchmarkResult(
      name: name, figures: result.figures.benchmarkFigures(span), isShorter: span.count < result.days.count)
  }

  /// A benchmark that cannot be measured is none: no metric is made of a part of it.
  private mutating func leaveOutBenchmark(_ name: String, on day: Day) {
    result.figures.benchmark = Array(repeating: nil, count: result.days.count)
    log.add(
      .benchmarkLeftOut,
      "nothing is measured against the benchmark \(name): its adjusted prices change up to \(day) by more than numbers "
        + "hold", on: day)
  }
}

/// What the initial capital becomes in a benchmark, in the range of a run's own equity.
private struct BenchmarkGrowth {
  private var level: Double
  private var lowest: Double

  init(_ capital: Double) { (level, lowest) = (capital, capital) }

  /// Whether the amount can be counted after a session's return.
  mutating func takes(_ change: Double?) -> Bool {
    level *= 1 + (change ?? 0)
    lowest = min(lowest, level)
    return level >= AmountRange.least && AmountRange.holds(level) && level <= AmountRange.most * lowest
  }
}

private enum BenchmarkReturn {
  /// The change of level between two rows; two listings form no return.
  static func between(_ first: Int, _ second: Int, _ track: PriceCursors.Track) -> Double {
    if track.listingStart[first] != track.listingStart[second] { return 0 }
    return track.level[second] / track.level[first] - 1
  }
}

extension MetricInput {
  /// The benchmark over some of the run's sessions, from the run's initial capital in the first.
  fileprivate func benchmarkFigures(_ span: Range<Int>) -> MetricInput {
    var level = initialCapital
    var curve = [level]
    for place in span.dropFirst() {
      level *= 1 + (benchmark[place] ?? 0)
      curve.append(level)
    }
    var rates = Array(riskFree[span])
    // Nothing is earned before the first session.
    rates[0] = 0
    return MetricInput(
      days: Array(days[span]), equity: curve, initialCapital: initialCapital, riskFree: rates,
      annualization: annualization)
  }
}
