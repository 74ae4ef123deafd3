public import Diagnostics
public import MarketData
import MarketModel

/// A configuration under construction: values are set key by key, later ones override, and `resolve` checks the whole.
public struct ConfigDraft: Sendable {
  var config = BacktestConfig(start: .earliest, end: .latest)
  var start: Day?
  var end: Day?
  var lag: Int?
  var calendar: CalendarRule?
  var riskFree: BacktestConfig.Rate?
  var annualization: Int?

  /// The defaults.
  public init() {}

  /// Sets a key; a value outside its range is a diagnostic that names key, value and range.
  public mutating func set(_ name: String, _ value: ConfigValue, at location: Location? = nil) throws(Diagnostic) {
    guard let key = ConfigKey.named(name) else {
      let names = ConfigKey.all.flatMap { [$0.name] + ($0.alias.map { [$0] } ?? []) }
      throw .unknownKey(name, suggestions: Suggestions.close(to: name, among: names), at: location)
    }
    guard key.read(value, &self) else {
      throw .badConfigValue(
        key.name, value.described, expected: key.expected, suggestions: key.words(closeTo: value), at: location)
    }
  }

  /// Sets a key from a flag's text; a bare number of a cost flag counts basis points.
  public mutating func set(flag name: String, _ text: String) throws(Diagnostic) {
    guard let key = ConfigKey.named(name) else { return try set(name, .text(text)) }
    // A ticker or a series may have a name that reads as a number, a date or `none`.
    for value in [key.value(flag: text), .text(text)] {
      var draft = self
      // What was meant as a number is none's name: `5%` is no series.
      if case .text = value, key.takes(key.meant(text)) { break }
      if key.read(value, &draft) { return self = draft }
    }
    throw .badFlagValue(key, text)
  }

  /// Checks everything against the data and fills what was left open.
  public func resolve(_ store: MarketStore) throws(Diagnostic) -> BacktestConfig {
    var result = config
    result.calendar = calendar ?? store.settings.calendar ?? .sessions
    guard let sessions = store.calendar(result.calendar) else {
      let name = result.calendar.description
      throw .unknownTickerKey("calendar", name, Suggestions.close(to: name, among: store.tickerNames))
    }
    guard let first = sessions.first, let last = sessions.last else {
      if case .ticker(let name) = result.calendar { throw .emptyCalendar(name) }
      throw .noSessions()
    }
    if let start, let end, end < start { throw .endBeforeStart(start, end) }
    result.start = max(start ?? first, first)
    result.end = min(end ?? marketEnd(sessions, result.start, store) ?? last, last)
    result.endsWithMarket = end == nil && result.end < last
    result.annualization = annualization ?? sessions.sessionsPerYear
    if sessions.sessions(from: result.start, through: result.end).isEmpty {
      throw .noSessionInRange(start, end, first, last)
    }
    try resolveExecution(&result, store)
    result.riskFree = riskFree ?? result.cashRate
    try checkNames(result, store)
    return result
  }

  /// The market's last session, where anything of the run lies before it.
  private func marketEnd(_ sessions: TradingCalendar, _ start: Day, _ store: MarketStore) -> Day? {
    store.lastMarketSession(sessions).flatMap { $0 >= start ? $0 : nil }
  }

  private func resolveExecution(_ result: inout BacktestConfig, _ store: MarketStore) throws(Diagnostic) {
    let isSame = result.execution == .sameClose
    result.executionLag = lag ?? (isSame ? 0 : 1)
    guard (result.executionLag == 0) == isSame else {
      throw .badConfigValue(
        "execution_lag", "\(result.executionLag)",
        expected: isSame
          ? "0 with execution \"same_close\"" : "1 to 252 with execution \"\(result.execution.rawValue)\"",
        at: nil)
    }
    if result.execution == .nextOpen, !store.hasOpens { throw .noOpens() }
  }

  private func checkNames(_ result: BacktestConfig, _ store: MarketStore) throws(Diagnostic) {
    if let benchmark = result.benchmark, store.ticker(named: benchmark) == nil {
      throw .unknownTickerKey("benchmark", benchmark, Suggestions.close(to: benchmark, among: store.tickerNames))
    }
    for (key, rate) in [
      ("cash_rate", result.cashRate), ("borrow_rate", result.borrowRate), ("risk_free", result.riskFree),
    ] {
      guard case .series(let code) = rate else { continue }
      if store.series(.macro, named: code) != nil || store.series(.flow, named: code) != nil { continue }
      let codes = store.series(.macro).map(\.code) + store.series(.flow).map(\.code)
      throw .unknownSeriesKey(key, code, Suggestions.close(to: code, among: codes))
    }
  }
}
