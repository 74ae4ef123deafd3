import Diagnostics
import MarketModel

// Stretches without rows: of one ticker, and of all.
extension StoreAssembly {
  mutating func noteGaps(_ store: MarketStore, _ prices: PriceAssembly) {
    if let rule = settings.calendar, case .ticker(let name) = rule, (store.calendar(rule)?.count ?? 0) == 0 {
      log.error(.unknownCalendarTicker(name), at: .nowhere)
      return
    }
    let calendar = store.calendar
    for history in store.histories { noteGaps(history, store.name(of: history.ticker), calendar, prices) }
    noteCommonGaps(store, prices)
  }

  /// Notes where more than ten sessions, or two periods of longer bars, lie between two rows of a listing.
  private mutating func noteGaps(
    _ history: PriceHistory, _ name: String, _ calendar: TradingCalendar, _ prices: PriceAssembly
  ) {
    for row in 1..<max(1, history.count) where Int(history.listingStart.start[row]) < row {
      let (before, day) = (Day(rawValue: history.days.start[row - 1]), Day(rawValue: history.days.start[row]))
      guard day - before > 10 else { continue }
      let size =
        history.period?.gap(from: before, to: day)
        ?? DefectSize(Double(calendar.count(through: day - 1) - calendar.count(through: before)), "sessions")
      if size.value > (history.period == nil ? 10 : 2) {
        log.defect(.gap, at: prices.place(name, row), name, day, size)
      }
    }
  }

  /// Notes where more than ten weekdays, or two periods where all bars are longer, have no row of any ticker: there the
  /// calendar, which is made of the rows, knows of no session.
  private mutating func noteCommonGaps(_ store: MarketStore, _ prices: PriceAssembly) {
    guard let days = store.calendar(.all)?.sessions.buffer else { return }
    for place in days.indices.dropFirst() where days[place] - days[place - 1] > 10 {
      let (before, day) = (Day(rawValue: days[place - 1]), Day(rawValue: days[place]))
      let weekdays = Day.weekdays(from: before + 1, before: day)
      guard weekdays > 10 else { continue }
      let period = BarPeriod.shortest(of: store.histories, from: before, to: day)
      let size = period?.gap(from: before, to: day) ?? DefectSize(Double(weekdays), "weekdays")
      guard size.value > (period == nil ? 10 : 2) else { continue }
      log.defect(.commonGap, at: firstRow(of: day, store, prices), "all tickers", day, size)
    }
  }

  /// Where the first row of a day stands.
  private func firstRow(of day: Day, _ store: MarketStore, _ prices: PriceAssembly) -> RowPlace {
    for history in store.histories {
      if let row = history.row(on: day) { return prices.place(store.name(of: history.ticker), row) }
    }
    return .nowhere
  }
}

extension BarPeriod {
  /// How many periods lie between those of two rows.
  fileprivate func gap(from before: Day, to day: Day) -> DefectSize {
    DefectSize(Double(max(0, index(of: day) - index(of: before) - 1)), noun + "s")
  }

  /// The shortest bars among the tickers that have rows before and after a stretch, or at its edges; `nil` for daily.
  fileprivate static func shortest(of histories: [PriceHistory], from before: Day, to day: Day) -> BarPeriod? {
    let priced = histories.filter { $0.count > 0 }
    var around = priced.filter {
      $0.days.start[0] <= before.rawValue && $0.days.start[$0.count - 1] >= day.rawValue
    }
    if around.isEmpty { around = priced.filter { $0.row(on: before) != nil || $0.row(on: day) != nil } }
    let periods = around.compactMap(\.period)
    return periods.count < around.count ? nil : periods.min { $0.rawValue < $1.rawValue }
  }
}
