import Backtest
import Diagnostics
import Interpreter
import MarketData
import MarketModel

/// Whether the keys of weights are tickers of the data set, each of them once: what the engine would refuse is refused
/// here, where the script's text is at hand.
struct WeightTickers {
  /// A key was another name of its ticker than the one that the data have today, so that two keys may mean one ticker.
  private var hasAliases = false

  /// Checks a key.
  ///
  /// - Throws: an error at the key, if the data set does not know it.
  mutating func check(_ key: StringRef, _ name: String, _ evaluation: Evaluation) throws(Trap) {
    guard let host = evaluation.machine.host as? MarketHost else { return }
    guard let ticker = host.ticker(key, name) else {
      let day = evaluation.asOf ?? .earliest
      let close = Suggestions.close(to: name, among: host.view.knownNames)
      throw evaluation.fail(.unknownTicker(name, on: day, suggestions: close), entry: name, atKey: true)
    }
    if host.view.name(of: ticker) != name { hasAliases = true }
  }

  /// Refuses weights in which two names mean one ticker.
  func checkDoubles(_ weights: TargetWeights, _ evaluation: Evaluation) throws(Trap) {
    guard hasAliases, let host = evaluation.machine.host as? MarketHost else { return }
    var names: [TickerID: String] = [:]
    for entry in weights.entries {
      guard let ticker = host.view.ticker(named: entry.ticker) else { continue }
      if let first = names.updateValue(entry.ticker, forKey: ticker) {
        let day = evaluation.asOf ?? .earliest
        throw evaluation.fail(.tickerTwice(entry.ticker, first, on: day), entry: entry.ticker, atKey: true)
      }
    }
  }
}
