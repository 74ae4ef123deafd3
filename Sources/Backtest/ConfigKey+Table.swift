import MarketModel

extension ConfigKey {
  /// All keys, in the order in which results show them.
  public static let all: [ConfigKey] = [
    start, end, initialCapital, rebalance, transactionCost, slippage, maxLeverage, execution, executionLag, minTrade,
    cashRate, borrowRate, calendar, missing, onError, onMissingPrice, maxStale, delistAfter, delistingReturn, riskFree,
    benchmark, annualization, seed,
  ]

  static let start = ConfigKey(
    "start", default: "first session", expected: "a date", doc: "First day, inclusive; cut to the data's span."
  ) { value, draft in
    set(day(value)) { draft.start = $0 }
  } write: {
    .date($0.start)
  }

  static let end = ConfigKey(
    "end", default: "last session of the market", expected: "a date",
    doc: "Last day, inclusive; cut to the data's span. The market's last session is the one before fewer than half of "
      + "the tickers of the year before go on: one series that outlives the rest does not carry a run on."
  ) { value, draft in
    set(day(value)) { draft.end = $0 }
  } write: {
    .date($0.end)
  }

  static let initialCapital = ConfigKey(
    "initial_capital", default: "1_000_000", expected: "a number above 0, at most 1e15",
    doc: "Equity before the first session, in the run's currency.", isAmount: true
  ) { value, draft in
    set(number(value, 0...1e15).flatMap { $0 > 0 ? $0 : nil }) { draft.config.initialCapital = $0 }
  } write: {
    .number($0.initialCapital)
  }

  static let rebalance = ConfigKey(
    "rebalance", default: "monthly", expected: "\"daily\", \"weekly\", \"monthly\", \"quarterly\" or a list of dates",
    doc: "When is decided: the last session of each finished period, or the first session on or after each date."
  ) { value, draft in
    set(BacktestConfig.Rebalance(value)) { draft.config.rebalance = $0 }
  } write: {
    $0.rebalance.value
  }

  static let transactionCost = ConfigKey(
    "transaction_cost", alias: "costs", default: "5bps", expected: "0 to 1000bps of traded notional",
    doc: "Commission and fees, of traded notional.", flagInBasisPoints: true, usual: 1e-5...0.1
  ) { value, draft in
    set(number(value, 0...0.1)) { draft.config.transactionCost = $0 }
  } write: {
    .number($0.transactionCost)
  }

  static let slippage = ConfigKey(
    "slippage", default: "2bps", expected: "0 to 1000bps of traded notional",
    doc: "Difference to the marking price, of traded notional.", flagInBasisPoints: true, usual: 1e-5...0.1
  ) { value, draft in
    set(number(value, 0...0.1)) { draft.config.slippage = $0 }
  } write: {
    .number($0.slippage)
  }

  static let maxLeverage = ConfigKey(
    "max_leverage", default: "1", expected: "a number above 0, at most 20", doc: "Cap on Σ|weight|."
  ) { value, draft in
    set(number(value, 0...20).flatMap { $0 > 0 ? $0 : nil }) { draft.config.maxLeverage = $0 }
  } write: {
    .number($0.maxLeverage)
  }

  static let execution = ConfigKey(
    "execution", default: "next_close", expected: "\"same_close\", \"next_open\" or \"next_close\"",
    doc: "When a decision is filled."
  ) { value, draft in
    set(text(value).flatMap(BacktestConfig.Execution.init(rawValue:))) { draft.config.execution = $0 }
  } write: {
    .text($0.execution.rawValue)
  }

  static let executionLag = ConfigKey(
    "execution_lag", default: "1; 0 for same_close", expected: "a whole number from 0 to 252",
    doc: "Sessions from decision to fill: 0 for `same_close`, 1 to 252 otherwise."
  ) { value, draft in
    set(whole(value, 0...252)) { draft.lag = $0 }
  } write: {
    .number(Double($0.executionLag))
  }

  static let minTrade = ConfigKey(
    "min_trade", default: "1", expected: "a number of at least 0",
    doc: "Trades of a smaller notional are skipped; exits never are.", isAmount: true
  ) { value, draft in
    set(number(value, 0...Double.greatestFiniteMagnitude)) { draft.config.minTrade = $0 }
  } write: {
    .number($0.minTrade)
  }

  static let cashRate = ConfigKey(
    "cash_rate", default: "0",
    expected: "an annual fraction from -0.5 to 10, or the code of a series in percent a year",
    doc: "What cash of either sign earns or pays.", usual: -0.5...1
  ) { value, draft in
    set(rate(value)) { draft.config.cashRate = $0 }
  } write: {
    $0.cashRate.value
  }

  static let borrowRate = ConfigKey(
    "borrow_rate", default: "0",
    expected: "an annual fraction from -0.5 to 10, or the code of a series in percent a year",
    doc: "What is charged on shorts.", usual: -0.5...1
  ) { value, draft in
    set(rate(value)) { draft.config.borrowRate = $0 }
  } write: {
    $0.borrowRate.value
  }

  static let calendar = ConfigKey(
    "calendar", default: "the data set's, else sessions", expected: "\"sessions\", \"all\", \"weekdays\" or a ticker",
    doc: "Which days are sessions."
  ) { value, draft in
    set(text(value)) { draft.calendar = CalendarRule($0) }
  } write: {
    .text($0.calendar.description)
  }

  static let missing = ConfigKey(
    "missing", default: "error", expected: "\"error\", \"false\" or \"hold\"",
    doc: "What a missing condition of a script means."
  ) { value, draft in
    set(text(value).flatMap(BacktestConfig.Missing.init(rawValue:))) { draft.config.missing = $0 }
  } write: {
    .text($0.missing.rawValue)
  }

  static let onError = ConfigKey(
    "on_error", default: "abort", expected: "\"abort\" or \"hold\"",
    doc: "A failed decision ends the run, or holds the portfolio and is counted."
  ) { value, draft in
    set(text(value).flatMap(BacktestConfig.OnError.init(rawValue:))) { draft.config.onError = $0 }
  } write: {
    .text($0.onError.rawValue)
  }

  static let onMissingPrice = ConfigKey(
    "on_missing_price", default: "skip", expected: "\"skip\" or \"error\"",
    doc: "A ticker without a price at the fill is skipped and counted, or ends the run."
  ) { value, draft in
    set(text(value).flatMap(BacktestConfig.OnMissingPrice.init(rawValue:))) { draft.config.onMissingPrice = $0 }
  } write: {
    .text($0.onMissingPrice.rawValue)
  }

  static let maxStale = ConfigKey(
    "max_stale", default: "10", expected: "a whole number of sessions from 0 to 2147483647",
    doc: "A held ticker without a price for more sessions is reported, once."
  ) { value, draft in
    set(whole(value, 0...Int(Int32.max))) { draft.config.maxStale = $0 }
  } write: {
    .number(Double($0.maxStale))
  }

  static let delistAfter = ConfigKey(
    "delist_after", default: "60", expected: "a whole number of sessions from 1 to 2147483647",
    doc: "A held ticker without a price for more sessions becomes cash."
  ) { value, draft in
    set(whole(value, 1...Int(Int32.max))) { draft.config.delistAfter = $0 }
  } write: {
    .number(Double($0.delistAfter))
  }

  static let delistingReturn = ConfigKey(
    "delisting_return", default: "0", expected: "a fraction from -1 to 0",
    doc: "Haircut on the value of a position that becomes cash because its rows stopped."
  ) { value, draft in
    set(number(value, -1...0)) { draft.config.delistingReturn = $0 }
  } write: {
    .number($0.delistingReturn)
  }

  static let riskFree = ConfigKey(
    "risk_free", default: "cash_rate",
    expected: "an annual fraction from -0.5 to 10, or the code of a series in percent a year",
    doc: "What Sharpe, Sortino and alpha are measured against.", usual: -0.5...1
  ) { value, draft in
    set(rate(value)) { draft.riskFree = $0 }
  } write: {
    $0.riskFree.value
  }

  static let benchmark = ConfigKey(
    "benchmark", default: "none", expected: "a ticker", doc: "Ticker for relative metrics."
  ) { value, draft in
    if case .none = value { return true }
    return set(text(value)) { draft.config.benchmark = $0 }
  } write: { config in
    config.benchmark.map { .text($0) } ?? .none
  }

  static let annualization = ConfigKey(
    "annualization", default: "measured", expected: "a whole number from 1 to 366",
    doc: "Sessions a year, by which returns and deviations are annualized; by default measured over the data's whole "
      + "span: 252 for daily prices, 365 for markets of seven days, 52, 12 and 4 for weekly, monthly and quarterly bars."
  ) { value, draft in
    set(whole(value, 1...366)) { draft.annualization = $0 }
  } write: {
    .number(Double($0.annualization))
  }

  static let seed = ConfigKey(
    "seed", default: "0", expected: "a whole number from 0 to 2^53 - 1", doc: "For the language's random numbers."
  ) { value, draft in
    set(whole(value, 0...Int.wholeBound - 1)) { draft.config.seed = $0 }
  } write: {
    .number(Double($0.seed))
  }
}

/// A number within bounds, else `nil`.
private func number(_ value: ConfigValue, _ range: ClosedRange<Double>) -> Double? {
  if case .number(let number) = value, range.contains(number) { number } else { nil }
}

private func whole(_ value: ConfigValue, _ range: ClosedRange<Int>) -> Int? {
  if case .number(let number) = value, let whole = Int(whole: number, in: range) { whole } else { nil }
}

private func text(_ value: ConfigValue) -> String? {
  if case .text(let text) = value { text } else { nil }
}

private func day(_ value: ConfigValue) -> Day? {
  if case .date(let day) = value { day } else { nil }
}

private func rate(_ value: ConfigValue) -> BacktestConfig.Rate? {
  if let number = number(value, BacktestConfig.Rate.range) { return .constant(number) }
  return text(value).map { .series($0) }
}

/// Sets a field where a value was read; tells whether it was.
private func set<T>(_ value: T?, _ apply: (T) -> Void) -> Bool {
  guard let value else { return false }
  apply(value)
  return true
}

extension BacktestConfig.Rate {
  var value: ConfigValue {
    switch self {
    case .constant(let number): .number(number)
    case .series(let code): .text(code)
    }
  }
}

extension BacktestConfig.Rebalance {
  init?(_ value: ConfigValue) {
    switch value {
    case .text("daily"): self = .daily
    case .text("weekly"): self = .weekly
    case .text("monthly"): self = .monthly
    case .text("quarterly"): self = .quarterly
    case .date(let day): self = .dates([day])
    case .list(let items):
      let days = items.compactMap { day($0) }
      guard days.count == items.count, !days.isEmpty else { return nil }
      self = .dates(days)
    case .text, .number, .bool, .duration, .none: return nil
    }
  }

  var value: ConfigValue {
    switch self {
    case .daily: .text("daily")
    case .weekly: .text("weekly")
    case .monthly: .text("monthly")
    case .quarterly: .text("quarterly")
    case .dates(let days): .list(days.map { .date($0) })
    }
  }
}
