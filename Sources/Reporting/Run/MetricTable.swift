import Analytics
import Backtest
import MarketModel

/// The metrics of a run in two columns; with a benchmark in one, beside the benchmark's own.
struct MetricTable {
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
    let half = (metrics.count + 1) / 2
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
    let benchmark = benchmarkValues
    var table = TextTable([
      .init(""), .init("strategy", .right), .init(result.config.benchmark ?? "benchmark", .right),
    ])
    for entry in metrics {
      let other = benchmark[entry.metric.id].map { text(entry.metric, $0) } ?? ""
      table.add(cells(entry) + [.init(other)])
    }
    return table.lines(terminal, indent: indent)
  }

  /// What the benchmark's own curve gives, for the metrics that need nothing but a curve.
  private var benchmarkValues: [String: Metric.Value] {
    let figures = result.figures
    var level = figures.initialCapital
    let curve = figures.benchmark.map { change in
      level *= 1 + (change ?? 0)
      return level
    }
    guard curve.count == figures.days.count else { return [:] }
    let input = MetricInput(
      days: figures.days, equity: curve, initialCapital: figures.initialCapital, riskFree: figures.riskFree,
      annualization: figures.annualization)
    let needTrades: Set<String> = [
      "closed_round_trips", "win_rate", "profit_factor", "total_trades", "total_costs", "total_interest", "turnover",
      "time_in_market", "average_gross", "average_net",
    ]
    var values: [String: Metric.Value] = [:]
    for (metric, value) in MetricCatalog.values(input) where !needTrades.contains(metric.id) {
      values[metric.id] = value
    }
    return values
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
