import Analytics
public import Backtest
public import MarketModel

/// A run as lines for spreadsheets.
public enum RunTables {
  /// The equity curve: `date,equity,return,drawdown`, and `benchmark` where there is one.
  public static func equityCSV(_ result: BacktestResult) -> String {
    let curve = result.benchmark.map { zip($0.figures.days, $0.figures.equity).map { ($0, $1) } }
    return equityCSV(
      zip(result.days, result.equity).map { ($0, $1) }, benchmark: curve ?? (result.config.benchmark == nil ? nil : []),
      initialCapital: result.config.initialCapital)
  }

  /// The equity curve of sessions and the equity at their ends.
  ///
  /// - Parameter benchmark: what the initial capital would have become in the benchmark, on sessions of the run; `nil`
  ///   without a benchmark.
  public static func equityCSV(
    _ points: [(day: Day, equity: Double)], benchmark: [(day: Day, equity: Double)]?, initialCapital: Double
  ) -> String {
    var writer = CSVWriter(["date", "equity", "return", "drawdown"] + (benchmark == nil ? [] : ["benchmark"]))
    var rest = (benchmark ?? [])[...]
    var before = initialCapital
    var peak = before
    for (day, equity) in points {
      peak = max(peak, equity)
      writer.row(
        [
          day.description, CSVWriter.field(equity), CSVWriter.field(equity / before - 1),
          CSVWriter.field(equity / peak - 1),
        ] + (benchmark == nil ? [] : [rest.first?.day == day ? CSVWriter.field(rest.removeFirst().equity) : ""]))
      before = equity
    }
    return writer.text
  }
}
