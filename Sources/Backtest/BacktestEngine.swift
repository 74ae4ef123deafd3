import Diagnostics
public import MarketData
import MarketModel

/// Runs a strategy on a data set.
public struct BacktestEngine {
  /// The data.
  public let store: MarketStore
  /// How.
  public let config: BacktestConfig

  /// An engine for one configuration on one data set.
  public init(store: MarketStore, config: BacktestConfig) {
    self.store = store
    self.config = config
  }

  /// Runs a strategy from the first session to the last.
  ///
  /// - Parameters:
  ///   - progress: called after each session with the number done and the number of all; false ends the run.
  /// - Throws: `BacktestFailure` with what was done until then.
  public func run(
    _ strategy: inout some StrategyProtocol, progress: (Int, Int) -> Bool = { _, _ in true }
  ) throws(BacktestFailure) -> BacktestResult {
    var simulation = Simulation(store: store, config: config, strategyID: strategy.strategyID)
    let count = simulation.range.count
    strategy.prepare(for: simulation.schedule.sessions.map { simulation.calendar[$0] })
    for step in 0..<count {
      do throws(Diagnostic) {
        try simulation.advance(&strategy)
        if !progress(step + 1, count) { throw .runCancelled(on: simulation.day) }
      } catch {
        throw simulation.failure(error)
      }
      if simulation.result.endedEarly != nil { break }
    }
    return simulation.finish()
  }
}
