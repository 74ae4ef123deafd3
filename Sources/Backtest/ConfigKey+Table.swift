import MarketModel

extension ConfigKey {
  /// All keys, in the order in which results show them.
  public static let all: [ConfigKey] = [
    start, end, initialCapital, rebalance, transactionCost, slippage, maxLeverage, execution, executionLag, minTrade,
    cashRate, borrowRate, calendar, missing, onError, onMissingPrice, maxStale, delistAfter, delistingReturn, riskFree,
    benchmark, annualization, seed,
  ]

  static let start = ConfigKey(
    "start", .date, at: \.start, default: "first session",
    doc: "First day, inclusive; cut to the data's span.",
    help: "First day; cut to the data's span.", value: "date", good: "2006-01-31", bad: "2006")

  static let end = ConfigKey(
    "end", .date, at: \.end, default: "last session of the market",
    doc: "Last day, inclusive; cut to the data's span. The market's last session is the one before fewer than half of "
      + "the tickers of the year before go on: one series that outlives the rest does not carry a run on.",
    help: "Last day; cut to the data's span.", value: "date", good: "2019-12-31", bad: "yesterday")

  static let initialCapital = ConfigKey(
    "initial_capital", .number(.above(0, to: 1e15), .amount), at: \.initialCapital, default: "1_000_000",
    doc: "Equity before the first session, in the run's currency.",
    help: "Equity before the first session.", value: "amount", good: "250000", bad: "0")

  static let rebalance = ConfigKey(
    "rebalance", .schedule(BacktestConfig.Rebalance.named.map(\.word)), at: \.rebalance, default: "monthly",
    doc: "When is decided: the last session of each finished period, or the first session on or after each date.",
    help: "daily, weekly, monthly, quarterly, or dates joined by commas.", value: "when", good: "weekly", bad: "montly")

  /// The key `transaction_cost`.
  public static let transactionCost = ConfigKey(
    "transaction_cost", alias: "costs", .number(.from(0, to: 0.1), .tradedNotional), at: \.transactionCost,
    default: "5bps",
    doc: "Commission and fees, of traded notional.",
    help: "Transaction cost of traded notional: 5bps; a bare number is bps.", value: "bps", good: "10bps", bad: "-1bps",
    usual: 1e-5...0.1)

  /// The key `slippage`.
  public static let slippage = ConfigKey(
    "slippage", .number(.from(0, to: 0.1), .tradedNotional), at: \.slippage, default: "2bps",
    doc: "Difference to the marking price, of traded notional.",
    help: "Slippage of traded notional: 2bps; a bare number is bps.", value: "bps", good: "3bps", bad: "1001bps",
    usual: 1e-5...0.1)

  static let maxLeverage = ConfigKey(
    "max_leverage", .number(.above(0, to: 20), .equities), at: \.maxLeverage, default: "1",
    doc: "Cap on Σ|weight|.",
    help: "Cap on the sum of absolute weights.", value: "number", good: "1.5", bad: "50")

  /// The key `execution`.
  public static let execution = ConfigKey(
    "execution", .word(BacktestConfig.Execution.words), at: \.execution, default: "next_close",
    doc: "When a decision is filled.",
    help: "same_close, next_open or next_close.", value: "when", good: "next_open", bad: "now")

  static let executionLag = ConfigKey(
    "execution_lag", .whole(0...252, .sessions), at: \.executionLag, default: "1; 0 for same_close",
    doc: "Sessions from decision to fill: 0 for `same_close`, 1 to 252 otherwise.",
    help: "Sessions from decision to fill.", value: "count", good: "2", bad: "253")

  static let minTrade = ConfigKey(
    "min_trade", .number(.atLeast(0), .amount), at: \.minTrade, default: "1",
    doc: "Trades of a smaller notional are skipped; exits never are.",
    help: "Skip trades of a smaller notional.", value: "amount", good: "100", bad: "-1")

  static let cashRate = ConfigKey(
    "cash_rate", .rate(BacktestConfig.Rate.bounds), at: \.cashRate, default: "0",
    doc: "What cash of either sign earns or pays.",
    help: "Annual rate on cash: 5pct, a fraction, or a series.", value: "rate", good: "2pct", bad: "11", usual: -0.5...1
  )

  static let borrowRate = ConfigKey(
    "borrow_rate", .rate(BacktestConfig.Rate.bounds), at: \.borrowRate, default: "0",
    doc: "What is charged on shorts.",
    help: "Annual rate charged on shorts: 5pct, a fraction, or a series.", value: "rate", good: "50bps", bad: "-0.6",
    usual: -0.5...1)

  static let calendar = ConfigKey(
    "calendar", .calendar(CalendarRule.words), at: \.calendar, default: "the data set's, else sessions",
    doc: "Which days are sessions.",
    help: "sessions, all, weekdays, or a ticker.", value: "rule", good: "weekdays", bad: "NO_SUCH_TICKER")

  static let missing = ConfigKey(
    "missing", .word(BacktestConfig.Missing.words), at: \.missing, default: "error",
    doc: "What a missing condition of a script means.",
    help: "What a missing condition means: error, false or hold.", value: "policy", good: "hold", bad: "skip")

  static let onError = ConfigKey(
    "on_error", .word(BacktestConfig.OnError.words), at: \.onError, default: "abort",
    doc: "A failed decision ends the run, or holds the portfolio and is counted.",
    help: "abort, or hold the portfolio on that date.", value: "policy", good: "hold", bad: "skip")

  static let onMissingPrice = ConfigKey(
    "on_missing_price", .word(BacktestConfig.OnMissingPrice.words), at: \.onMissingPrice, default: "skip",
    doc: "A ticker without a price at the fill is skipped and counted, or ends the run.",
    help: "skip, or error.", value: "policy", good: "error", bad: "hold")

  static let maxStale = ConfigKey(
    "max_stale", .whole(0...Int(Int32.max), .sessions), at: \.maxStale, default: "10",
    doc: "A held ticker without a price for more sessions is reported, once.",
    help: "Sessions without a price until a holding is reported.", value: "count", good: "20", bad: "1.5")

  static let delistAfter = ConfigKey(
    "delist_after", .whole(1...Int(Int32.max), .sessions), at: \.delistAfter, default: "60",
    doc: "A held ticker without a price for more sessions becomes cash.",
    help: "Sessions without a price until a holding becomes cash.", value: "count", good: "30", bad: "0")

  static let delistingReturn = ConfigKey(
    "delisting_return", .number(.from(-1, to: 0), .fraction), at: \.delistingReturn, default: "0",
    doc: "Haircut on the value of a position that becomes cash because its rows stopped.",
    help: "Haircut where a listing's rows stop.", value: "fraction", good: "-0.3", bad: "0.1")

  static let riskFree = ConfigKey(
    "risk_free", .rate(BacktestConfig.Rate.bounds), at: \.riskFree, default: "cash_rate",
    doc: "What Sharpe, Sortino and alpha are measured against.",
    help: "What Sharpe is measured against: 5pct, a fraction, or a series.", value: "rate", good: "2pct", bad: "11",
    usual: -0.5...1)

  static let benchmark = ConfigKey(
    "benchmark", .ticker, at: \.benchmark, default: "none",
    doc: "Ticker for relative metrics.",
    help: "Ticker for relative metrics.", value: "ticker", good: "SPY", bad: "NO_SUCH_TICKER")

  static let annualization = ConfigKey(
    "annualization", .whole(1...366, .sessionsPerYear), at: \.annualization, default: "measured",
    doc: "Sessions a year, by which returns and deviations are annualized; by default measured over the data's whole "
      + "span: 252 for daily prices, 365 for markets of seven days, 52, 12 and 4 for weekly, monthly and quarterly bars.",
    help: "Sessions a year.", value: "count", good: "252", bad: "367")

  /// The key `seed`.
  public static let seed = ConfigKey(
    "seed", .whole(0...Int.wholeBound - 1, .name), at: \.seed, default: "0",
    doc: "For the language's random numbers.",
    help: "For the language's random numbers.", value: "number", good: "7", bad: "-1")
}
