import Backtest
import Databases
import Diagnostics
import MarketData
import MarketModel
import Persistence

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The wall time of saving a run with many signals: 200 tickers, decided on daily. Prices stand still, so that the run
/// has hardly any trades and the save is that of its signals.
enum SaveMeasurement {
  private static let tickers = (0..<200).map { "TICK\($0 + 100)" }

  /// `rows milliseconds`; ends the program with a message if the save fails.
  static func text(_ place: String, rows: Int?) -> String {
    do {
      let database = try DatabaseLocation(place).open(.create)
      try Migrator(database).migrate()
      let store = try RunStore(database)
      let (result, identity) = try run(sessions: max(1, (rows ?? 1_000_000) / tickers.count))
      let start = Clock.wall
      let receipt = try store.save(result, identity)
      let elapsed = Clock.wall - start
      let count = result.decisions.reduce(0) { $0 + ($1.weights?.entries.count ?? 0) }
      return "\(count) \(elapsed)" + (receipt.isNew ? "" : " saved before")
    } catch {
      let message = (error as? DatabaseError)?.diagnostic.message ?? (error as? Diagnostic)?.message ?? "\(error)"
      print("failed: \(message)")
      exit(1)
    }
  }

  private static func run(sessions: Int) throws -> (BacktestResult, RunFingerprint) {
    let store = try market(sessions: sessions)
    var draft = ConfigDraft()
    try draft.set("rebalance", .text("daily"))
    let config = try draft.resolve(store)
    var strategy = StandStill(tickers: tickers)
    let result = try BacktestEngine(store: store, config: config).run(&strategy)
    let identity = RunFingerprint(
      strategyID: strategy.strategyID, config: config, scriptHash: "", modules: [], params: [],
      dataFingerprint: store.fingerprint, engineVersion: "benchmark")
    return (result, identity)
  }

  private static func market(sessions: Int) throws -> MarketStore {
    var tables = MarketTables()
    for ticker in tickers {
      // 2000-01-03, a Monday: what is dated on a weekend is no session, and nothing is decided on it.
      var day = Day(10_959)
      for _ in 0..<sessions {
        tables.addPrice(ticker, day, close: 100)
        day = day.addingWeekdays(1)
      }
    }
    return try tables.makeStore().store
  }

  private struct StandStill: StrategyProtocol {
    let strategyID = "stand_still"
    let tickers: [String]

    func generateSignals(asOf date: Day, view: MarketView, portfolio: PortfolioView) throws -> Signal {
      let weight = 1 / Double(tickers.count)
      return Signal(.targets(TargetWeights(tickers.map { TargetWeights.Entry(ticker: $0, weight: weight) })))
    }
  }
}
