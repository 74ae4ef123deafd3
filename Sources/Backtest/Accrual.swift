import MarketData
import MarketModel

/// Interest on cash, fees on shorts, and the risk-free return, each over the days between two sessions at the rate known
/// at the cut of the earlier one.
struct Accrual {
  /// The rates known at a cut, as annual fractions.
  struct Rates {
    var cash = 0.0
    var borrow = 0.0
    var riskFree = 0.0
  }

  private var cash: RateReader
  private var borrow: RateReader
  private var riskFree: RateReader
  private let isConstant: Bool
  private let store: MarketStore

  init(store: MarketStore, config: BacktestConfig) {
    self.store = store
    cash = RateReader(config.cashRate, store)
    borrow = RateReader(config.borrowRate, store)
    riskFree = RateReader(config.riskFree, store)
    isConstant = cash.isConstant && borrow.isConstant && riskFree.isConstant
  }

  /// The rates known at the cut of a session, for the days up to the session `day`.
  mutating func rates(knownOn previous: Day, holdsShorts: Bool, log: inout WarningLog, on day: Day) -> Rates {
    if isConstant { return Rates(cash: cash.value, borrow: borrow.value, riskFree: riskFree.value) }
    let instant = store.cut(on: previous).instant
    for reader in [cash.read(instant), holdsShorts ? borrow.read(instant) : nil] {
      guard let code = reader else { continue }
      log.add(
        .rateUnknown, "the rate \(code) was not known yet, so it counted as 0", on: day, key: code)
    }
    _ = riskFree.read(instant)
    return Rates(cash: cash.value, borrow: borrow.value, riskFree: riskFree.value)
  }
}

/// A rate of interest as it becomes known: constant, or the latest observation of a series in percent a year.
private struct RateReader {
  /// The rate at the last reading, as an annual fraction; 0 before the first release.
  private(set) var value = 0.0
  private let history: SeriesHistory?
  private var seen = -1
  private var isKnown = true

  init(_ rate: BacktestConfig.Rate, _ store: MarketStore) {
    switch rate {
    case .constant(let number):
      value = number
      history = nil
    case .series(let code):
      history = (store.series(.macro, named: code) ?? store.series(.flow, named: code)).map { store.history($0) }
    }
  }

  var isConstant: Bool { history == nil }

  /// Reads what is known at an instant; gives the code of the series if that is nothing.
  mutating func read(_ instant: KnowledgeTime) -> String? {
    guard let history else { return nil }
    let count = history.count(through: instant)
    if count != seen {
      seen = count
      let known = history.snapshot(at: instant)
      isKnown = known.count > 0
      value = isKnown ? known.values[known.count - 1] / 100 : 0
    }
    return isKnown ? nil : history.code
  }
}
