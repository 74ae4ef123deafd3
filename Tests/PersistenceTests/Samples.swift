import Backtest
import Databases
import Foundation
import MarketData
import MarketModel
import TestServers
import Testing

/// The two databases that the tests run on.
enum Backend: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case sqlite, postgres

  var testDescription: String { rawValue }

  /// Those that there are here; what is missing is said once.
  static let available: [Backend] = allCases.filter { backend in
    guard backend == .postgres, case .failure(let missing) = PostgresServer.shared else { return true }
    print("skipped on PostgreSQL: \(missing.reason)")
    return false
  }

  /// A new database with the schema.
  func make() throws -> any Database {
    let database: any Database
    switch self {
    case .sqlite: database = try DatabaseLocation(file: ":memory:").open(.create)
    case .postgres: database = try DatabaseLocation(PostgresServer.shared.get().makeDatabase()).open(.create)
    }
    try Migrator(database).migrate()
    return database
  }
}

/// Rotates between two tickers by the parity of the date, with a step in the weights.
struct Rotation: StrategyProtocol {
  var strategyID = "rotation"
  var step = 0.0
  /// Days on which it holds; before the first target it is not warm.
  var holdsOnDay: Int?

  mutating func generateSignals(asOf date: Day, view: MarketView, portfolio: PortfolioView) throws -> Signal {
    if date.civil.day == holdsOnDay { return Signal(.hold) }
    let isEven = date.rawValue.isMultiple(of: 2)
    var signal = Signal(
      .targets(
        TargetWeights([
          .init(ticker: isEven ? "B\"'; --" : "A", weight: 0.5 + step), .init(ticker: "C", weight: 0.25),
        ])), watermark: KnowledgeTime(endOf: date))
    signal.tracks = [("parity", isEven ? 1 : 0)]
    return signal
  }
}

/// A run to save.
struct Sample {
  let result: BacktestResult
  let identity: RunFingerprint

  static let store: MarketStore = {
    var tables = MarketTables()
    for (place, ticker) in ["A", "B\"'; --", "C"].enumerated() {
      var price = 100.0 + Double(place)
      for offset in 0..<400 {
        let day = Day(14_000 + offset)
        guard day.isWeekday else { continue }
        price *= 1 + Double((offset * 37 + place * 11) % 23 - 11) / 1_000
        tables.addPrice(ticker, day, close: price)
      }
    }
    do { return try tables.makeStore().store } catch { preconditionFailure("the sample loads: \(error)") }
  }()

  init(
    _ strategy: Rotation = Rotation(), costs: Double = 0.0005, params: [(name: String, value: ConfigValue)] = [],
    script: String = "s1"
  ) throws {
    var draft = ConfigDraft()
    try draft.set("rebalance", .text("weekly"))
    try draft.set("transaction_cost", .number(costs))
    let config = try draft.resolve(Sample.store)
    var strategy = strategy
    result = try BacktestEngine(store: Sample.store, config: config).run(&strategy)
    identity = RunFingerprint(
      strategyID: strategy.strategyID, config: config, scriptHash: script,
      modules: [(name: "portfolio", hash: "m1")], params: params, dataFingerprint: Sample.store.fingerprint,
      engineVersion: "1.0")
  }
}
