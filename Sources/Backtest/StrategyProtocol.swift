public import Diagnostics
public import MarketData
public import MarketModel

/// Anything that decides target weights at a date: a script, or a strategy written in Swift.
///
/// The engine knows nothing of the language, and the strategy nothing of the engine but the view of the data, cut at the
/// date, and the read-only view of the portfolio.
public protocol StrategyProtocol {
  /// The name results are stored under.
  var strategyID: String { get }

  /// Whether the weights depend on the date and the data alone, not on the portfolio or earlier calls.
  var isPure: Bool { get }

  /// Decides at a date.
  ///
  /// - Parameters:
  ///   - date: the rebalance date.
  ///   - view: the data as known at the cut of the date; the only way to data.
  ///   - portfolio: the portfolio at the moment of the call: marked at the day's close, today's fills done.
  /// - Throws: a `Diagnostic` that says why there is no decision; the run's `on_error` says what follows.
  mutating func generateSignals(asOf date: Day, view: MarketView, portfolio: PortfolioView) throws -> Signal

  /// Hears the dates at which it will be asked, ascending, before a run's first session.
  mutating func prepare(for dates: [Day])

  /// What it decides at a date, where it needs neither view nor portfolio for that; `nil` to be asked as usual.
  ///
  /// - Precondition: dates ascend, and are among those it was prepared for.
  mutating func decidedAhead(asOf date: Day) -> Signal?

  /// Whether a problem of a decision ends the run whatever `on_error` says: one that tells what the data will ever hold
  /// may not become a portfolio that is held.
  func endsRun(_ problem: Diagnostic) -> Bool

  /// Where it gave a ticker its latest weight; `nil` for a strategy without a text.
  func place(ofWeightOf ticker: String) -> Location?
}

extension StrategyProtocol {
  /// A strategy is not pure unless it says so.
  public var isPure: Bool { false }

  /// Dates make no difference, unless it says so.
  public mutating func prepare(for dates: [Day]) {}

  /// Nothing is decided before its date, unless it says so.
  public mutating func decidedAhead(asOf date: Day) -> Signal? { nil }

  /// `on_error` decides, unless it says so.
  public func endsRun(_ problem: Diagnostic) -> Bool { false }

  /// Weights have no place, unless it says so.
  public func place(ofWeightOf ticker: String) -> Location? { nil }
}

/// The portfolio as a strategy may see it.
public struct PortfolioView: Sendable {
  /// A position as a strategy may see it.
  public struct Position: Sendable {
    /// The ticker.
    public let ticker: TickerID
    /// Its value at the latest mark, signed.
    public let value: Double
    /// The notional put in, at average cost, signed.
    public let basis: Double
    /// The session of the fill that opened it.
    public let opened: Day
    /// (value − basis) / |basis|: what it gained on the notional put in.
    public var unrealized: Double { basis == 0 ? 0 : (value - basis) / abs(basis) }

    /// Describes a position.
    public init(ticker: TickerID, value: Double, basis: Double, opened: Day) {
      self.ticker = ticker
      self.value = value
      self.basis = basis
      self.opened = opened
    }
  }

  /// Cash plus the value of all positions, in the run's currency.
  public let equity: Double
  /// Cash; may be negative.
  public let cash: Double
  /// Equity over its highest so far, less 1; never positive.
  public let drawdown: Double
  /// The session of the latest fill.
  public let lastFill: Day?
  /// The positions held, by ticker ascending.
  public let positions: [Position]

  /// Makes a view.
  public init(equity: Double, cash: Double, drawdown: Double, lastFill: Day?, positions: [Position]) {
    self.equity = equity
    self.cash = cash
    self.drawdown = drawdown
    self.lastFill = lastFill
    self.positions = positions
  }

  /// A portfolio of cash alone.
  public static func cash(_ amount: Double) -> PortfolioView {
    PortfolioView(equity: amount, cash: amount, drawdown: 0, lastFill: nil, positions: [])
  }

  /// The position in a ticker.
  public func position(_ ticker: TickerID) -> Position? { positions.first { $0.ticker == ticker } }

  /// A position as a fraction of equity; 0 if none is held.
  public func weight(_ ticker: TickerID) -> Double {
    guard let position = position(ticker), equity != 0 else { return 0 }
    return position.value / equity
  }
}
