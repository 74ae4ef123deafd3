import Diagnostics
import MarketData
import MarketModel

/// Turns the names in target weights into tickers.
///
/// A strategy tends to name the same tickers at each date, so a name is compared with the one at its place in the weights
/// before it is looked up.
struct TargetResolver {
  private let store: MarketStore
  private let names: [String]
  private var lastNames: [String] = []
  private var lastTickers: [Int] = []
  /// The latest weights and what they came to: the same ones come to the same.
  private var lastWeights: TargetWeights?
  private var lastTargets: [DecisionQueue.Target] = []

  init(store: MarketStore, names: [String]) {
    self.store = store
    self.names = names
  }

  /// Weights by ticker, ascending, zeros left out; unknown tickers and weights that are no numbers fail the decision.
  mutating func resolve(_ weights: TargetWeights, on day: Day) throws(Diagnostic) -> [DecisionQueue.Target] {
    if weights == lastWeights { return lastTargets }
    let targets = try resolved(weights, on: day)
    lastWeights = weights
    lastTargets = targets
    return targets
  }

  private mutating func resolved(_ weights: TargetWeights, on day: Day) throws(Diagnostic) -> [DecisionQueue.Target] {
    var targets: [DecisionQueue.Target] = []
    targets.reserveCapacity(weights.entries.count)
    var isAscending = true
    for (place, entry) in weights.entries.enumerated() {
      guard entry.weight.isFinite else { throw .badWeight(entry.ticker, entry.weight, on: day) }
      let ticker = try ticker(entry.ticker, at: place, on: day)
      if let last = targets.last, last.ticker >= ticker { isAscending = false }
      targets.append(DecisionQueue.Target(ticker: ticker, weight: entry.weight))
    }
    if !isAscending {
      targets.sort { $0.ticker < $1.ticker }
      try refuseDoubles(targets, weights, on: day)
    }
    if targets.contains(where: { $0.weight == 0 }) { targets.removeAll { $0.weight == 0 } }
    return targets
  }

  private mutating func ticker(_ name: String, at place: Int, on day: Day) throws(Diagnostic) -> Int {
    if place < lastNames.count, lastNames[place] == name { return lastTickers[place] }
    guard let ticker = store.ticker(named: name)?.index else {
      throw .unknownTicker(name, on: day, suggestions: Suggestions.close(to: name, among: names))
    }
    if place < lastNames.count {
      lastNames[place] = name
      lastTickers[place] = ticker
    } else if place == lastNames.count {
      lastNames.append(name)
      lastTickers.append(ticker)
    }
    return ticker
  }

  private func refuseDoubles(
    _ targets: [DecisionQueue.Target], _ weights: TargetWeights, on day: Day
  ) throws(Diagnostic) {
    for (left, right) in zip(targets, targets.dropFirst()) where left.ticker == right.ticker {
      let name = names[left.ticker]
      let alias = weights.entries.first { $0.ticker != name && store.ticker(named: $0.ticker)?.index == left.ticker }
      throw .tickerTwice(alias?.ticker ?? name, name, on: day)
    }
  }
}
