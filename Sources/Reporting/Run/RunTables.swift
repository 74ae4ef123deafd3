public import Backtest
public import MarketModel

/// A run as lines for spreadsheets.
public enum RunTables {
  /// The equity curve: `date,equity,return,drawdown`.
  public static func equityCSV(_ result: BacktestResult) -> String {
    equityCSV(zip(result.days, result.equity).map { ($0, $1) }, initialCapital: result.config.initialCapital)
  }

  /// The equity curve of sessions and the equity at their ends.
  public static func equityCSV(_ points: [(day: Day, equity: Double)], initialCapital: Double) -> String {
    var writer = CSVWriter(["date", "equity", "return", "drawdown"])
    var before = initialCapital
    var peak = before
    for (day, equity) in points {
      peak = max(peak, equity)
      writer.row([
        day.description, CSVWriter.field(equity), CSVWriter.field(equity / before - 1),
        CSVWriter.field(equity / peak - 1),
      ])
      before = equity
    }
    return writer.text
  }
}
