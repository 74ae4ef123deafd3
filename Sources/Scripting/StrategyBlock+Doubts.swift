import Backtest
import Diagnostics
import MarketModel

/// What a strategy block may say and a reader of its results should know.
extension StrategyBlock {
  /// Warnings about how it is filled and what that costs.
  var doubts: [Diagnostic] {
    var result: [Diagnostic] = []
    for entry in entries where ConfigKey.named(entry.key)?.name == ConfigKey.execution.name {
      if entry.value == .text(BacktestConfig.Execution.sameClose.rawValue) {
        result.append(.sameClose(at: entry.location))
      }
    }
    let zeroes = [ConfigKey.transactionCost, .slippage].compactMap { key in
      entries.last { ConfigKey.named($0.key)?.name == key.name && $0.value == .number(0) }
    }
    if zeroes.count == 2 { result.append(.noCosts(at: zeroes[0].location)) }
    for entry in entries where !StrategyBlock.hasScale(entry.location) {
      if let doubt = ConfigKey.doubt(entry.key, entry.value, at: entry.location) { result.append(doubt) }
    }
    return result
  }

  /// Whether the text at a place ends with a scale, so that its unit is meant.
  private static func hasScale(_ location: Location) -> Bool {
    guard case .source(let file, let span) = location else { return false }
    let text = file.text(span)
    return NumberLiteral.scales.contains { text.hasSuffix($0.suffix) }
  }
}

extension DiagnosticRecord {
  static let sameClose = DiagnosticRecord(
    "W0209", "filled at the close that was decided on",
    explanation:
      "`execution: \"same_close\"` decides on a close and trades at it, which nobody can do: the close is known when "
      + "it is over. It flatters strategies that react to the last day. Use \"next_open\" or \"next_close\".",
    bad: "strategy \"s\" { execution: \"same_close\" }\nfn signals(as_of) = [\"SPY\": 1]",
    good: "strategy \"s\" { execution: \"next_close\" }\nfn signals(as_of) = [\"SPY\": 1]")
  static let noCosts = DiagnosticRecord(
    "W0210", "trades that cost nothing",
    explanation:
      "Both `costs` and `slippage` are 0, so turnover is free. What such a run earns by trading often is not there in "
      + "practice. Leave the keys out for the defaults.",
    bad: "strategy \"s\" { costs: 0, slippage: 0 }\nfn signals(as_of) = [\"SPY\": 1]",
    good: "strategy \"s\" { costs: 5bps, slippage: 2bps }\nfn signals(as_of) = [\"SPY\": 1]")
}

extension Diagnostic {
  static func sameClose(at: Location) -> Diagnostic {
    Diagnostic(
      .sameClose, "a decision on a close is filled at the same close", at: at,
      notes: [Note("\"next_open\" and \"next_close\" are prices that can be had")])
  }
  static func noCosts(at: Location) -> Diagnostic {
    Diagnostic(
      .noCosts, "trades cost nothing: `costs` and `slippage` are both 0", at: at,
      notes: [Note("`strat run --costs 10` shows what is left of the result")])
  }
}
