import Locks
public import MarketModel

extension MarketStore {
  /// The calendar that the data set names, else that of all weekdays with a price.
  public var calendar: TradingCalendar {
    calendar(settings.calendar ?? .sessions) ?? TradingCalendar(rule: .sessions, sessions: [])
  }

  /// The sessions under a rule; `nil` if it names an unknown ticker. An alias stands for its ticker.
  public func calendar(_ rule: CalendarRule) -> TradingCalendar? {
    if let known = cache.withLock({ $0.calendars[rule] }) { return known }
    guard let sessions = sessions(rule) else { return nil }
    let made = TradingCalendar(rule: rule, sessions: sessions)
    return cache.withLock { cache in
      if let known = cache.calendars[rule] { return known }
      cache.calendars[rule] = made
      return made
    }
  }

  private func sessions(_ rule: CalendarRule) -> [Int32]? {
    if case .ticker(let name) = rule {
      guard let ticker = ticker(named: name) else { return nil }
      return prices(ticker).days.buffer.filter { Day(rawValue: $0).isWeekday }
    }
    guard let span = priceSpan else { return [] }
    let all = span.lowerBound.rawValue...span.upperBound.rawValue
    switch rule {
    case .weekdays: return all.filter { Day(rawValue: $0).isWeekday }
    case .sessions: return daysWithPrices(all).filter { Day(rawValue: $0).isWeekday }
    case .all, .ticker: return daysWithPrices(all)
    }
  }

  private func daysWithPrices(_ span: ClosedRange<Int32>) -> [Int32] {
    // One row with a date thousands of years away makes a long span of few days.
    if histories.reduce(0, { $0 + $1.count }) < span.count / 32 { return fewDaysWithPrices() }
    var isPriced = [Bool](repeating: false, count: span.count)
    for history in histories {
      for day in history.days.buffer { isPriced[Int(day - span.lowerBound)] = true }
    }
    return span.filter { isPriced[Int($0 - span.lowerBound)] }
  }

  private func fewDaysWithPrices() -> [Int32] {
    var days: [Int32] = []
    for day in histories.flatMap({ Array($0.days.buffer) }).sorted() where day != days.last { days.append(day) }
    return days
  }
}
