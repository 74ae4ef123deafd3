import Analytics
import Backtest
import MarketModel

/// The metrics of a run in two columns; with a benchmark in one, beside the benchmark's own.
struct MetricTable {
  /// What two metrics beside each other take, with an equity of nine figures.
  private static let widthForTwo = 70
  private let result: BacktestResult
  private let metricText: MetricText

  /// The metrics of a run.
  init(_ result: BacktestResult, _ terminal: Terminal) {
    self.result = result
    metricText = MetricText(terminal)
  }

  /// The lines.
  func lines(_ terminal: Terminal, indent: Int) -> [String] {
    let shown = result.metrics.filter { $0.metric.unit != .date }
    return result.figures.benchmark.isEmpty
      ? twoColumns(shown, terminal, indent) : besideBenchmark(shown, terminal, indent)
  }

  private func twoColumns(
    _ metrics: [(metric: Metric, value: Metric.Value)], _ terminal: Terminal, _ indent: Int
  ) -> [String] {
    var table = TextTable([.init(""), .init("", .right), .init("  "), .init(""), .init("", .right)])
    table.showsHeader = false
    // Side by side they would be cut on a narrow terminal; below each other they are whole.
    let half = terminal.width < MetricTable.widthForTwo ? metrics.count : (metrics.count + 1) / 2
    for row in 0..<half {
      var cells = self.cells(metrics[row])
      if row + half < metrics.count { cells += [""] + self.cells(metrics[row + half]) }
      table.add(cells)
    }
    return table.lines(terminal, indent: indent)
  }

  private func besideBenchmark(
    _ metrics: [(metric: Metric, value: Metric.Value)], _ terminal: Terminal, _ indent: Int
  ) -> [String] {
    var table = TextTable([.init(""), .init("strategy", .right), .init(benchmarkTitle(terminal), .right)])
    for entry in metrics {
      let other = result.benchmark?.metric(entry.metric.id).map { text(entry.metric, $0) } ?? ""
      table.add(cells(entry) + [.init(other)])
    }
    return table.lines(terminal, indent: indent)
  }

  /// The benchmark's name; where it has fewer sessions than the run, with its own span.
  private func benchmarkTitle(_ terminal: Terminal) -> String {
    let name = result.config.benchmark ?? "benchmark"
    guard let benchmark = result.benchmark, benchmark.isShorter else { return name }
    return "\(name) \(SpanText.text(benchmark.figures.days, terminal))"
  }

  private func cells(_ entry: (metric: Metric, value: Metric.Value)) -> [TextTable.Cell] {
    let isSigned = entry.metric.id == "total_return" || entry.metric.id == "annualized_return"
    return [
      .init(entry.metric.title), .init(text(entry.metric, entry.value), isSigned ? Ink.sign(entry.value.number) : nil),
    ]
  }

  private func text(_ metric: Metric, _ value: Metric.Value) -> String { metricText.text(metric, value) }
}

extension Metric.Value {
  /// The date, if it is one.
  var day: Day? { if case .date(let day) = self { day } else { nil } }
}
