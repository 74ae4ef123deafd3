public import Backtest
import MarketModel

/// A run as lines for spreadsheets.
public enum RunTables {
  /// The equity curve: `date,equity,return,drawdown`.
  public static func equityCSV(_ result: BacktestResult) -> String {
    var writer = CSVWriter(["date", "equity", "return", "drawdown"])
    var before = result.config.initialCapital
    var peak = before
    for (day, equity) in zip(result.days, result.equity) {
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
