import Analytics
import Backtest

/// The metrics that are looked at first, one line for the run and one for its benchmark.
struct BriefTable {
  private static let metrics = [
    "total_return", "annualized_return", "annualized_volatility", "sharpe_ratio", "max_drawdown", "turnover",
    "total_trades",
  ]
  private static let titles = ["return", "a year", "volatility", "Sharpe", "drawdown", "turnover", "trades"]
  private let result: BacktestResult
  private let metricText: MetricText

  /// The metrics of a run.
  init(_ result: BacktestResult, _ terminal: Terminal) {
    self.result = result
    metricText = MetricText(terminal)
  }

  /// The lines.
  func lines(_ terminal: Terminal) -> [String] {
    var table = TextTable([.init("", shrinks: true)] + BriefTable.titles.map { .init($0, .right) })
    table.add([.init("run")] + cells { result.metric($0) })
    guard let benchmark = result.benchmark else { return table.lines(terminal) }
    table.add([.init(benchmark.name)] + cells { benchmark.metric($0) })
    let span = "\(benchmark.name) over its own sessions, \(SpanText.text(benchmark.figures.days, terminal))"
    return table.lines(terminal) + (benchmark.isShorter ? [span] : [])
  }

  private func cells(_ value: (String) -> Metric.Value?) -> [TextTable.Cell] {
    BriefTable.metrics.compactMap { MetricCatalog.metric($0) }.map { metric in
      guard let value = value(metric.id) else { return "" }
      let isSigned = metric.id == "total_return" || metric.id == "annualized_return"
      return .init(metricText.text(metric, value), isSigned ? Ink.sign(value.number) : nil)
    }
  }
}
