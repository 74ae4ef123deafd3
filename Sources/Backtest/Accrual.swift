import Diagnostics
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
    cash = RateReader("cash_rate", config.cashRate, store)
    borrow = RateReader("borrow_rate", config.borrowRate, store)
    riskFree = RateReader("risk_free", config.riskFree, store)
    isConstant = cash.isConstant && borrow.isConstant && riskFree.isConstant
  }

  /// The rates known at the cut of a session, for the days up to the session `day`.
  ///
  /// - Throws: a diagnostic where a series gives a value that no rate may have.
  mutating func rates(
    knownOn previous: Day, holdsShorts: Bool, log: inout WarningLog, on day: Day
  ) throws(Diagnostic) -> Rates {
    if isConstant { return Rates(cash: cash.value, borrow: borrow.value, riskFree: riskFree.value) }
    let cut = store.cut(on: previous)
    for code in [try cash.read(cut), holdsShorts ? try borrow.read(cut) : nil] {
      guard let code else { continue }
      log.add(
        .rateUnknown, "the rate \(code) was not known yet, so it counted as 0", on: day, key: code)
    }
    _ = try riskFree.read(cut)
    return Rates(cash: cash.value, borrow: borrow.value, riskFree: riskFree.value)
  }
}

/// A rate of interest as it becomes known: constant, or the latest observation of a series in percent a year.
private struct RateReader {
  /// The rate at the last reading, as an annual fraction; 0 before the first release.
  private(set) var value = 0.0
  private let history: SeriesHistory?
  /// The key of the configuration, for messages.
  private let key: String
  private var seen = -1
  private var isKnown = true

  init(_ key: String, _ rate: BacktestConfig.Rate, _ store: MarketStore) {
    self.key = key
    switch rate {
    case .constant(let number):
      value = number
      history = nil
    case .series(let code):
      history = (store.series(.macro, named: code) ?? store.series(.flow, named: code)).map { store.history($0) }
    }
  }

  var isConstant: Bool { history == nil }

  /// Reads what is known at a cut; gives the code of the series if that is nothing.
  mutating func read(_ cut: KnowledgeCut) throws(Diagnostic) -> String? {
    guard let history else { return nil }
    let count = history.count(through: cut.instant)
    if count != seen {
      seen = count
      let known = history.snapshot(at: cut.instant)
      isKnown = known.count > 0
      value = isKnown ? known.values[known.count - 1] / 100 : 0
      if !BacktestConfig.Rate.bounds.contains(value) {
        throw .rateOutOfRange(
          key, history.code, known.values[known.count - 1], of: Day(rawValue: known.days[known.count - 1]), on: cut.day)
      }
    }
    return isKnown ? nil : history.code
  }
}
