public import MarketModel

/// How a run is done: an immutable value with every key of the configuration resolved.
///
/// It is made by `ConfigDraft.resolve`, which checks ranges, names and dates against the data.
public struct BacktestConfig: Equatable, Sendable {
  /// When a decision is filled.
  public enum Execution: String, CaseIterable, Sendable {
    case sameClose = "same_close"
    case nextOpen = "next_open"
    case nextClose = "next_close"
  }

  /// How often is decided.
  public enum Rebalance: Equatable, Sendable {
    case daily, weekly, monthly, quarterly
    /// Each date stands for the first session on or after it.
    case dates([Day])
  }

  /// A rate of interest: an annual fraction, or a series in percent a year.
  public enum Rate: Equatable, Sendable {
    case constant(Double)
    case series(String)

    /// What a rate may be, as an annual fraction.
    static let bounds = NumberBounds.from(-0.5, to: 10)
  }

  /// What a missing condition of a script means.
  public enum Missing: String, CaseIterable, Sendable {
    case error
    case `false`
    case hold
  }

  /// What follows when a decision fails.
  public enum OnError: String, CaseIterable, Sendable {
    case abort, hold
  }

  /// What follows when a ticker has no price at a fill.
  public enum OnMissingPrice: String, CaseIterable, Sendable {
    case skip, error
  }

  /// First day; sessions before it are history only.
  public var start: Day
  /// Last day.
  public var end: Day
  /// Equity before the first session, in the run's currency.
  public var initialCapital = 1_000_000.0
  /// How often is decided.
  public var rebalance = Rebalance.monthly
  /// Fraction of traded notional.
  public var transactionCost = 0.0005
  /// Fraction of traded notional.
  public var slippage = 0.0002
  /// Cap on Σ|w|.
  public var maxLeverage = 1.0
  /// When a decision is filled.
  public var execution = Execution.nextClose
  /// Sessions from decision to fill.
  public var executionLag = 1
  /// Trades of a smaller notional are skipped, exits aside.
  public var minTrade = 1.0
  /// What cash of either sign earns or pays.
  public var cashRate = Rate.constant(0)
  /// What is charged on shorts.
  public var borrowRate = Rate.constant(0)
  /// The rule that chooses sessions.
  public var calendar = CalendarRule.sessions
  /// What a missing condition of a script means.
  public var missing = Missing.error
  /// What follows when a decision fails.
  public var onError = OnError.abort
  /// What follows when a ticker has no price at a fill.
  public var onMissingPrice = OnMissingPrice.skip
  /// A held ticker without a price for more sessions is reported.
  public var maxStale = 10
  /// A held ticker without a price for more sessions becomes cash.
  public var delistAfter = 60
  /// Haircut on what becomes cash because its rows stopped.
  public var delistingReturn = 0.0
  /// What Sharpe, Sortino and alpha are measured against.
  public var riskFree = Rate.constant(0)
  /// Ticker for relative metrics.
  public var benchmark: String?
  /// Sessions a year.
  public var annualization = 252
  /// Whether `end` is the market's last session, for want of another, and the data go on after it.
  public internal(set) var endsWithMarket = false
  /// For the language's random numbers.
  public var seed = 0
}
