/// The deepest fall of the equity.
enum DrawdownMetrics {
  static let all = [maxDrawdown, peak, trough, recovery, sessions, calmarRatio]

  static let maxDrawdown = Metric(
    "max_drawdown", "Max drawdown", .fraction, .higher,
    formula: "min over i of E_i / max(E_0 … E_i) − 1; 0 if there is none"
  ) { series in series.count == 0 ? .absent : .number(series.worstDrawdown?.depth ?? 0) }

  static let peak = Metric(
    "max_drawdown_peak", "Drawdown peak", .date, .neither,
    formula: "last session at the peak before the deepest drawdown"
  ) { series in Metric.Value(series.worstDrawdown?.peak) }

  static let trough = Metric(
    "max_drawdown_trough", "Drawdown trough", .date, .neither,
    formula: "first session at the deepest drawdown's minimum"
  ) { series in Metric.Value(series.worstDrawdown?.trough) }

  static let recovery = Metric(
    "max_drawdown_recovery", "Drawdown recovery", .date, .neither,
    formula: "first session after the trough with E ≥ the peak; absent if there is none"
  ) { series in Metric.Value(series.worstDrawdown?.recovery) }

  static let sessions = Metric(
    "max_drawdown_sessions", "Drawdown sessions", .count, .lower,
    formula: "sessions from peak to recovery, or to the end"
  ) { series in Metric.Value(series.worstDrawdown.map { Double($0.sessions) }) }

  static let calmarRatio = Metric(
    "calmar_ratio", "Calmar ratio", .ratio, .higher, formula: "annualized_return / |max_drawdown|"
  ) { series in
    Metric.Value(ReturnSeries.ratio(ReturnMetrics.annualized(series), series.worstDrawdown.map { abs($0.depth) }))
  }
}
