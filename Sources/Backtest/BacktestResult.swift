public import Analytics
import Diagnostics
public import MarketModel

/// What a run gave.
public struct BacktestResult: Sendable {
  /// A decision at a rebalance date.
  public struct Decision: Sendable {
    /// What came of the call.
    public enum Status: String, Sendable {
      case targets, hold
      case notWarm = "not_warm"
      case error
    }

    /// The date.
    public let asOf: Day
    /// What came of it.
    public let status: Status
    /// The weights as the strategy gave them, before any scaling; only for `targets`.
    public let weights: TargetWeights?
    /// The latest known-time among the data read.
    public let watermark: KnowledgeTime?
    /// Why it was not warm, or what failed.
    public let reason: String?
  }

  /// A trade.
  public struct Fill: Sendable {
    /// The session.
    public let date: Day
    /// The decision behind it; `nil` for ruin.
    public let asOf: Day?
    /// The ticker's name.
    public let ticker: String
    /// Signed; buys are positive.
    public let notional: Double
    /// The raw price as loaded, open or close.
    public let price: Double
    /// What it cost.
    public let cost: Double
  }

  /// The strategy's name.
  public internal(set) var strategyID: String
  /// The configuration, resolved.
  public internal(set) var config: BacktestConfig
  /// The sessions.
  public var days: [Day] { figures.days }
  /// The equity at the end of each session.
  public var equity: [Double] { figures.equity }
  /// The decisions in order.
  public internal(set) var decisions: [Decision] = []
  /// The fills in order of session, then ticker.
  public internal(set) var fills: [Fill] = []
  /// Closed round trips in order of closing, then ticker; open ones follow.
  public internal(set) var roundTrips: [RoundTrip] = []
  /// Named values by date, names in order of first appearance.
  public internal(set) var tracks: [(name: String, points: [(day: Day, value: Double)])] = []
  /// The session of ruin.
  public internal(set) var endedEarly: Day?
  /// The session on which the run failed; what the result has is what was done until then.
  public internal(set) var failedAt: Day?
  /// What the run wants known.
  public internal(set) var warnings: [RunWarning] = []
  /// The date until which the strategy was not warm, and why.
  public internal(set) var warmUp: (until: Day?, reason: String)?
  /// What the metrics are computed from.
  public internal(set) var figures: MetricInput
  /// The metrics in the catalogue's order.
  public internal(set) var metrics: [(metric: Metric, value: Metric.Value)] = []
  /// The benchmark over the sessions that it has prices for; `nil` without a benchmark or such a session.
  public internal(set) var benchmark: BenchmarkResult?

  /// Nothing yet of a run of so many sessions.
  init(strategyID: String, config: BacktestConfig, sessions: Int) {
    self.strategyID = strategyID
    self.config = config
    figures = MetricInput(
      days: [], equity: [], initialCapital: config.initialCapital, riskFree: [],
      annualization: Double(config.annualization))
    figures.days.reserveCapacity(sessions)
    figures.equity.reserveCapacity(sessions)
    figures.riskFree.reserveCapacity(sessions)
    figures.gross.reserveCapacity(sessions)
    figures.net.reserveCapacity(sessions)
  }

  /// The value of a metric.
  public func metric(_ id: String) -> Metric.Value { metrics.first { $0.metric.id == id }?.value ?? .absent }

  /// The returns of the calendar months.
  public var monthlyReturns: [MonthlyReturn] { ReturnSeries(figures).monthly }
}
