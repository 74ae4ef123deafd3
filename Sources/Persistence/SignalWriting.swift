import Backtest
import Databases
import MarketModel

/// Writes decisions and weights in bulk.
struct SignalWriting {
  private let database: any Database
  private let strategyID: String

  init(_ database: any Database, strategyID: String) {
    self.database = database
    self.strategyID = strategyID
  }

  /// Writes the decisions of a run.
  func write(_ decisions: [BacktestResult.Decision], run: Int) throws(DatabaseError) {
    let writer = try database.append(
      to: "strategy_decisions",
      [
        BulkColumn("run_id", .integer), BulkColumn("signal_date", .day), BulkColumn("status", .text),
        BulkColumn("watermark", .instant),
      ], conflicts: .fail)
    for decision in decisions {
      writer.integer(run)
      writer.day(decision.asOf)
      writer.text(decision.status.rawValue)
      writer.instant(orNull: decision.watermark)
      try writer.endRow()
    }
    try writer.finish()
    try write(decisions.lazy.map { ($0.asOf, $0.weights) }, run: run)
  }

  /// Writes weights by date.
  func write(
    _ weights: some Sequence<(Day, TargetWeights?)>, run: Int
  ) throws(DatabaseError) {
    let writer = try database.append(
      to: "strategy_signals",
      [
        BulkColumn("run_id", .integer), BulkColumn("strategy_id", .text), BulkColumn("signal_date", .day),
        BulkColumn("ticker", .text), BulkColumn("weight", .real), BulkColumn("ordinal", .integer),
      ], conflicts: .fail)
    for (day, targets) in weights {
      for (place, entry) in (targets?.entries ?? []).enumerated() {
        writer.integer(run)
        writer.text(strategyID)
        writer.day(day)
        writer.text(entry.ticker)
        writer.real(entry.weight)
        writer.integer(place)
        try writer.endRow()
      }
    }
    try writer.finish()
  }
}
