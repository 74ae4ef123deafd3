/// Round trips, fills and what they cost.
enum TradeMetrics {
  static let all = [closedRoundTrips, winRate, profitFactor, totalTrades, totalCosts, totalInterest, turnover]

  static let closedRoundTrips = Metric(
    "closed_round_trips", "Closed round trips", .count, .neither, formula: "round trips from flat to flat"
  ) { series in .number(Double(series.input.tripProfits.count)) }

  static let winRate = Metric(
    "win_rate", "Win rate", .fraction, .higher,
    formula: "share of closed round trips with a profit after costs above 0; absent without closed trips"
  ) { series in
    let profits = series.input.tripProfits
    let wins = profits.filter { $0 > 0 }.count
    return Metric.Value(profits.isEmpty ? nil : Double(wins) / Double(profits.count))
  }

  static let profitFactor = Metric(
    "profit_factor", "Profit factor", .ratio, .higher,
    formula: "Σ gains / |Σ losses| of closed round trips after costs; absent without losses"
  ) { series in
    let gains = series.input.tripProfits.filter { $0 > 0 }.reduce(0, +)
    let losses = series.input.tripProfits.filter { $0 < 0 }.reduce(0, +)
    return Metric.Value(ReturnSeries.ratio(gains, abs(losses)))
  }

  static let totalTrades = Metric(
    "total_trades", "Trades", .count, .neither, formula: "number of fills"
  ) { series in .number(Double(series.input.fillCount)) }

  static let totalCosts = Metric(
    "total_costs", "Costs", .currency, .lower, formula: "Σ transaction cost and slippage"
  ) { series in Metric.Value(series.input.totalCosts) }

  static let totalInterest = Metric(
    "total_interest", "Interest", .currency, .higher, formula: "Σ interest on cash less borrow fees"
  ) { series in Metric.Value(series.input.totalInterest) }

  static let turnover = Metric(
    "turnover", "Turnover a year", .ratio, .lower,
    formula: "(A/n) · Σ over fill days of ½ Σ|trade| / E, E before that fill's costs: one-way, a year"
  ) { series in
    Metric.Value(
      series.count == 0 ? nil : series.input.annualization / Double(series.count) * series.input.turnoverSum)
  }
}
