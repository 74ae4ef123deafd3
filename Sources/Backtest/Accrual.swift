import MarketData
import MarketModel

/// Interest on cash, fees on shorts, and the risk-free return.
struct Accrual {
  private let cash: Source
  private let borrow: Source
  private let riskFreeSource: Source

  /// Where a rate comes from.
  private enum Source {
    case constant(Double)
    case series(SeriesHistory)
  }

  init(store: MarketStore, config: BacktestConfig) {
    cash = Accrual.source(config.cashRate, store)
    borrow = Accrual.source(config.borrowRate, store)
    riskFreeSource = Accrual.source(config.riskFree, store)
  }

  private static func source(_ rate: BacktestConfig.Rate, _ store: MarketStore) -> Source {
    switch rate {
    case .constant(let number): return .constant(number)
    case .series(let code):
      guard let id = store.series(.macro, named: code) ?? store.series(.flow, named: code) else { return .constant(0) }
      return .series(store.history(id))
    }
  }

  /// What cash and shorts as recorded at a session earn and pay until the next, at the rates known then.
  func interest(
    cash amount: Double, shorts: Double, from cut: KnowledgeCut, days: Int, log: inout WarningLog, on day: Day
  ) -> Double {
    let earned = amount == 0 ? 0 : amount * rate(cash, cut, &log, day) * Double(days) / 365
    let paid = shorts == 0 ? 0 : shorts * rate(borrow, cut, &log, day) * Double(days) / 365
    return earned - paid
  }

  /// The risk-free return over a session; 0 in the first.
  func riskFree(_ day: Day, previous: Day?, store: MarketStore) -> Double {
    guard let previous else { return 0 }
    var ignored = WarningLog()
    return rate(riskFreeSource, store.cut(on: previous), &ignored, day) * Double(day - previous) / 365
  }

  private func rate(_ source: Source, _ cut: KnowledgeCut, _ log: inout WarningLog, _ day: Day) -> Double {
    switch source {
    case .constant(let number): return number
    case .series(let history):
      let known = history.snapshot(at: cut.instant)
      guard known.count > 0, case let latest = known.values[known.count - 1], !latest.isNaN else {
        log.add(
          .rateUnknown, "the rate \(history.code) was not known yet, so it counted as 0", on: day, key: history.code)
        return 0
      }
      return latest / 100
    }
  }
}
