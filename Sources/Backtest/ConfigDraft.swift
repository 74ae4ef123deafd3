public import Diagnostics
public import MarketData
import MarketModel

/// A configuration under construction: values are set key by key, later ones override, and `resolve` checks the whole.
public struct ConfigDraft: Sendable {
  var config = BacktestConfig(start: .earliest, end: .latest)
  /// The names of the keys that were set.
  var given: Set<String> = []

  /// The defaults.
  public init() {}

  /// Sets a key; a value that it does not take is a diagnostic that names key, value and range.
  public mutating func set(
    _ name: String, _ value: ConfigValue, from source: ConfigSource = .program
  ) throws(Diagnostic) {
    let key = try ConfigDraft.key(name, source)
    guard key.read(value, &self) else { throw key.refusal(of: value, from: source) }
  }

  /// Sets a key from a flag's text, or a setting's; a bare number of costs counts basis points.
  public mutating func set(
    flag name: String, _ text: String, from source: ConfigSource = .flag
  ) throws(Diagnostic) {
    let key = try ConfigDraft.key(name, source)
    let value = key.value(flag: text)
    for one in key.readings(text, value) {
      var draft = self
      if key.read(one, &draft) { return self = draft }
    }
    throw key.refusal(of: value, text, from: source)
  }

  private static func key(_ name: String, _ source: ConfigSource) throws(Diagnostic) -> ConfigKey {
    if let key = ConfigKey.named(name) { return key }
    throw .unknownKey(
      name, suggestions: Suggestions.close(to: name, among: ConfigKey.all.flatMap(\.names)), at: source.location)
  }

  /// The value of a key, where it was set.
  private func given<Value>(_ key: ConfigKey, _ field: KeyPath<BacktestConfig, Value>) -> Value? {
    given.contains(key.name) ? config[keyPath: field] : nil
  }

  /// The seed, where it was set.
  public var seed: Int? { given(.seed, \.seed) }

  /// Checks everything against the data and fills what was left open.
  public func resolve(_ store: MarketStore) throws(Diagnostic) -> BacktestConfig {
    var result = config
    result.calendar = given(.calendar, \.calendar) ?? store.settings.calendar ?? .sessions
    guard let sessions = store.calendar(result.calendar) else {
      let name = result.calendar.description
      throw .unknownTickerKey(.calendar, name, Suggestions.close(to: name, among: store.tickerNames))
    }
    guard let first = sessions.first, let last = sessions.last else {
      if case .ticker(let name) = result.calendar { throw .emptyCalendar(name) }
      throw .noSessions()
    }
    let (start, end) = (given(.start, \.start), given(.end, \.end))
    if let start, let end, end < start { throw .endBeforeStart(start, end) }
    result.start = max(start ?? first, first)
    result.end = min(end ?? marketEnd(sessions, result.start, store) ?? last, last)
    result.endsWithMarket = end == nil && result.end < last
    result.annualization = given(.annualization, \.annualization) ?? sessions.sessionsPerYear
    if sessions.sessions(from: result.start, through: result.end).isEmpty {
      throw .noSessionInRange(start, end, first, last)
    }
    try resolveExecution(&result, store)
    result.riskFree = given(.riskFree, \.riskFree) ?? result.cashRate
    try checkNames(result, store)
    return result
  }

  /// The market's last session, where anything of the run lies before it.
  private func marketEnd(_ sessions: TradingCalendar, _ start: Day, _ store: MarketStore) -> Day? {
    store.lastMarketSession(sessions).flatMap { $0 >= start ? $0 : nil }
  }

  private func resolveExecution(_ result: inout BacktestConfig, _ store: MarketStore) throws(Diagnostic) {
    let isSame = result.execution == .sameClose
    result.executionLag = given(.executionLag, \.executionLag) ?? (isSame ? 0 : 1)
    guard (result.executionLag == 0) == isSame else {
      var problem = Diagnostic.badConfigValue(
        ConfigKey.executionLag.name, "\(result.executionLag)",
        expected: isSame
          ? "0 with execution \"same_close\"" : "1 to 252 with execution \"\(result.execution.rawValue)\"",
        at: nil)
      problem.subjects.append(.key(.execution, result.execution.rawValue))
      throw problem
    }
    if result.execution == .nextOpen, !store.hasOpens { throw .noOpens() }
  }

  private func checkNames(_ result: BacktestConfig, _ store: MarketStore) throws(Diagnostic) {
    if let benchmark = result.benchmark, store.ticker(named: benchmark) == nil {
      throw .unknownTickerKey(.benchmark, benchmark, Suggestions.close(to: benchmark, among: store.tickerNames))
    }
    let rates = [ConfigKey.cashRate, .borrowRate, .riskFree]
    for (key, rate) in zip(rates, [result.cashRate, result.borrowRate, result.riskFree]) {
      guard case .series(let code) = rate else { continue }
      if store.series(.macro, named: code) != nil || store.series(.flow, named: code) != nil { continue }
      let codes = store.series(.macro).map(\.code) + store.series(.flow).map(\.code)
      throw .unknownSeriesKey(key, code, Suggestions.close(to: code, among: codes))
    }
  }
}
