#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Growth, and growth against risk.
enum ReturnMetrics {
  static let all = [
    finalEquity, totalReturn, annualizedReturn, annualizedVolatility, sharpeRatio, sortinoRatio,
  ]

  static let finalEquity = Metric(
    "final_equity", "Final equity", .currency, .higher, formula: "E_n"
  ) { series in Metric.Value(series.input.equity.last) }

  static let totalReturn = Metric(
    "total_return", "Total return", .fraction, .higher, formula: "E_n/E_0 − 1"
  ) { series in Metric.Value(series.input.equity.last.map { $0 / series.input.initialCapital - 1 }) }

  static let annualizedReturn = Metric(
    "annualized_return", "Annualized return", .fraction, .higher,
    formula: "(E_n/E_0)^(A/n) − 1; absent if E_n ≤ 0"
  ) { series in Metric.Value(annualized(series)) }

  static let annualizedVolatility = Metric(
    "annualized_volatility", "Volatility", .fraction, .lower, formula: "std(r) · √A, sample (n − 1)"
  ) { series in
    Metric.Value(series.moments.deviation.map { $0 * series.input.annualization.squareRoot() })
  }

  static let sharpeRatio = Metric(
    "sharpe_ratio", "Sharpe ratio", .ratio, .higher, formula: "mean(r − rf)/std(r − rf) · √A, sample (n − 1)"
  ) { series in
    let ratio = ReturnSeries.ratio(series.excessMoments.mean, series.excessMoments.deviation)
    return Metric.Value(ratio.map { $0 * series.input.annualization.squareRoot() })
  }

  static let sortinoRatio = Metric(
    "sortino_ratio", "Sortino ratio", .ratio, .higher,
    formula: "mean(r − rf)/√(Σ min(r − rf, 0)²/n) · √A, all n in the denominator (empyrical)"
  ) { series in
    let downside = PowerScale.rootMeanSquare(series.excess.map { min($0, 0) })
    let ratio = ReturnSeries.ratio(series.excessMoments.mean, downside)
    return Metric.Value(ratio.map { $0 * series.input.annualization.squareRoot() })
  }

  static func annualized(_ series: ReturnSeries) -> Double? {
    guard let last = series.input.equity.last, last > 0 else { return nil }
    return pow(last / series.input.initialCapital, series.input.annualization / Double(series.count)) - 1
  }
}
