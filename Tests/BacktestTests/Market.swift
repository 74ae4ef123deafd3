import MarketData
import MarketModel

@testable import Backtest

/// A date literal of a test; an impossible one is the earliest day.
func day(_ text: String) -> Day { Day(iso: text) ?? .earliest }

/// A strategy written in Swift: weights by date, holding elsewhere.
struct Planned: StrategyProtocol {
  var strategyID = "planned"
  var plan: [Day: [(String, Double)]] = [:]
  /// What it saw of the portfolio at each call.
  var seen: [PortfolioView] = []

  init(_ plan: [Day: [(String, Double)]]) { self.plan = plan }

  mutating func generateSignals(asOf date: Day, view: MarketView, portfolio: PortfolioView) throws -> Signal {
    seen.append(portfolio)
    guard let weights = plan[date] else { return Signal(.hold) }
    return Signal(
      .targets(TargetWeights(weights.map { TargetWeights.Entry(ticker: $0.0, weight: $0.1) })),
      watermark: view.cut.instant)
  }
}

/// Numbers that depend on a seed alone.
struct Chance {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// A number in [0, 1).
  mutating func next() -> Double {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Double(state >> 11) / 9_007_199_254_740_992
  }
}

/// Runs a plan with configuration keys given as flags.
func run(
  _ store: MarketStore, _ plan: [Day: [(String, Double)]], _ flags: [(String, String)]
) throws -> BacktestResult {
  var strategy = Planned(plan)
  return try BacktestEngine(store: store, config: try config(store, flags)).run(&strategy)
}

/// A configuration from flags.
func config(_ store: MarketStore, _ flags: [(String, String)]) throws -> BacktestConfig {
  var draft = ConfigDraft()
  for (key, value) in flags { try draft.set(flag: key, value) }
  return try draft.resolve(store)
}

/// Daily closes of some tickers from a first weekday on; `nil` is no row.
func market(_ first: String, _ closes: [String: [Double?]]) throws -> MarketStore {
  var tables = MarketTables()
  for (ticker, column) in closes.sorted(by: { $0.key < $1.key }) {
    for (place, close) in column.enumerated() {
      guard let close else { continue }
      tables.addPrice(ticker, day(first).addingWeekdays(place), open: close, close: close)
    }
  }
  return try tables.makeStore().store
}
