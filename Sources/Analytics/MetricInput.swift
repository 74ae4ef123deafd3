public import MarketModel

/// What the metrics of a run are computed from.
///
/// `equity` holds E_1 … E_n, the equity recorded at the end of each session; E_0 = `initialCapital` stands before the
/// first. Return i is E_i/E_(i-1) − 1, so there are n returns and the first holds the first day's costs.
public struct MetricInput: Sendable {
  /// The sessions.
  public var days: [Day]
  /// The equity at the end of each session.
  public var equity: [Double]
  /// The equity before the first session.
  public var initialCapital: Double
  /// What risk-free money earned over each session, as a fraction; 0 in the first.
  public var riskFree: [Double]
  /// Sessions a year.
  public var annualization: Double
  /// Profit after costs of each closed round trip.
  public var tripProfits: [Double] = []
  /// The number of fills.
  public var fillCount = 0
  /// Costs paid, in currency.
  public var totalCosts = 0.0
  /// Interest earned less interest paid, in currency.
  public var totalInterest = 0.0
  /// Σ over fill days of ½ Σ|trade| / E.
  public var turnoverSum = 0.0
  /// Sessions with a position at their end.
  public var sessionsInMarket = 0
  /// Σ|position| / E at the end of each session.
  public var gross: [Double] = []
  /// Σ position / E at the end of each session.
  public var net: [Double] = []
  /// The benchmark's return over each session, `nil` where there is none; empty without a benchmark.
  public var benchmark: [Double?] = []

  /// A run's equity; everything else is set afterwards.
  public init(days: [Day], equity: [Double], initialCapital: Double, riskFree: [Double], annualization: Double) {
    self.days = days
    self.equity = equity
    self.initialCapital = initialCapital
    self.riskFree = riskFree
    self.annualization = annualization
  }
}
