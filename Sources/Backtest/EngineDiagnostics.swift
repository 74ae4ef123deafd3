public import Diagnostics
import Kernels
public import MarketModel

/// The records of configuration and engine.
public enum EngineDiagnostics {
  /// All records of this layer.
  public static let records: [DiagnosticRecord] =
    [
      .unknownKey, .badConfigValue, .hardlyMeant, .dateRange, .unknownConfigName, .noOpens, .badWeight, .unknownTicker,
      .missingFillPrice, .cancelled, .strategyFailed, .rateOutOfRange, .staleWeight, .endedBefore,
      .amountOutOfRange,
    ] + RunWarning.Kind.allCases.map(\.record)
}

extension DiagnosticRecord {
  static let unknownKey = DiagnosticRecord(
    "E0215", "unknown key of the strategy block",
    explanation: "The strategy block, the flags and `:set` take the keys of the configuration; the block takes "
      + "`universe` and `description` as well. `strat doc KEY` says what one means.",
    bad: "strategy \"a\" { rebalanced: \"monthly\" }", good: "strategy \"a\" { rebalance: \"monthly\" }")
  static let badConfigValue = DiagnosticRecord(
    "E0802", "configuration value out of range",
    explanation: "Every key has a type and a range, the same in the strategy block, as a flag and at the prompt; the "
      + "message names both.",
    bad: "strategy \"s\" { max_leverage: 50 }", good: "strategy \"s\" { max_leverage: 2 }")
  static let dateRange = DiagnosticRecord(
    "E0803", "no session to run on",
    explanation:
      "The range from `start` to `end` must hold at least one session of the data's calendar, and `end` may not "
      + "lie before `start`.")
  static let unknownConfigName = DiagnosticRecord(
    "E0804", "configuration names what the data set does not have",
    explanation:
      "`benchmark` and `calendar` name tickers, `cash_rate`, `borrow_rate` and `risk_free` series of the data set.")
  static let noOpens = DiagnosticRecord(
    "E0805", "no opens to fill at",
    explanation: "`execution: \"next_open\"` needs data in which at least one ticker has an open.")
  static let badWeight = DiagnosticRecord(
    "E0806", "weight that is no number",
    explanation:
      "A target weight is a finite fraction of equity. A missing one is an error of the decision; say what a gap "
      + "shall mean with `?? 0`, or leave the ticker out.",
    bad: "fn signals(as_of) = [\"SPY\": na]", good: "fn signals(as_of) = [\"SPY\": 0]")
  static let unknownTicker = DiagnosticRecord(
    "E0807", "weight for an unknown ticker",
    explanation:
      "The data set has no such ticker, neither among its prices nor among the members of its universes; and an "
      + "alias and its ticker may not both be given.")
  static let missingFillPrice = DiagnosticRecord(
    "E0808", "no price at a fill",
    explanation: "A ticker has no price on the session of its fill and `on_missing_price` is \"error\".")
  static let strategyFailed = DiagnosticRecord(
    "E0810", "strategy failed", explanation: "A strategy written in Swift threw an error that is no diagnostic.")
  static let rateOutOfRange = DiagnosticRecord(
    "E0811", "series that is no rate",
    explanation: "`cash_rate`, `borrow_rate` and `risk_free` read a series in percent a year. Divided by 100, each of "
      + "its values must lie from -0.5 to 10, as a number given for the key must; another one is most likely a level or "
      + "an amount.", bad: "strat run a.strat --cash-rate US_GDP", good: "strat run a.strat --cash-rate US_FEDFUNDS")
  static let staleWeight = DiagnosticRecord(
    "E0812", "weight on a ticker without a fresh price",
    explanation:
      "`strat signals` says what would be traded now, and a ticker whose last price is older than `max_stale` "
      + "sessions, or that has none yet, cannot be. After the data's last session weekdays count as sessions, so a feed "
      + "that stopped grows old. Bring the data up to date, ask for an earlier `--as-of`, or leave the ticker out: "
      + "`has_price(ticker)` is false for it.")
  static let endedBefore = DiagnosticRecord(
    "E0813", "run that ended before the date asked for",
    explanation:
      "The script keeps state or reads the portfolio, so its run is replayed up to the date. The equity fell "
      + "to zero on the way: every position was closed, and nothing is decided after that.")
  static let cancelled = DiagnosticRecord("E0809", "run interrupted", explanation: "The run was stopped from outside.")
}

extension Diagnostic {
  /// A name that is no key, where it was given.
  public static func unknownKey(_ name: String, suggestions: [String], at: Location?) -> Diagnostic {
    Diagnostic(
      .unknownKey, "there is no configuration key `\(name)`", at: at, notes: Note.didYouMean(suggestions),
      fixIts: at?.replacement(by: suggestions) ?? [], about: [DiagnosticSubject(.configKey, name)])
  }
  /// A value that a key does not take. What is said is the same wherever it was given; the place is not.
  ///
  /// - Parameters:
  ///   - found: the value, for the message.
  ///   - notes: what was meant, most likely.
  public static func badConfigValue(
    _ key: String, _ found: String, expected: String, suggestions: [String] = [], notes: [Note] = [], at: Location?
  ) -> Diagnostic {
    Diagnostic(
      .badConfigValue, "`\(key)` is \(found); it must be \(expected)", at: at,
      notes: Note.didYouMean(suggestions, quote: "\"") + notes,
      fixIts: at?.replacement(by: suggestions, quote: "\"") ?? [],
      about: [DiagnosticSubject(.configKey, key, value: found)])
  }
  static func noSessions() -> Diagnostic {
    Diagnostic(.dateRange, "the data have no session", notes: [Note("are there any prices?")])
  }
  static func endBeforeStart(_ start: Day, _ end: Day) -> Diagnostic {
    Diagnostic(
      .dateRange, "`end` \(end) lies before `start` \(start)",
      about: [.key(.end, "\(end)"), .key(.start, "\(start)")])
  }
  static func noSessionInRange(_ start: Day?, _ end: Day?, _ first: Day, _ last: Day) -> Diagnostic {
    let range = [start.map { "from \($0)" }, end.map { "to \($0)" }].compactMap(\.self).joined(separator: " ")
    return Diagnostic(
      .dateRange, "there is no session \(range)",
      notes: [Note("the data's sessions run from \(first) to \(last)")],
      about: [start.map { .key(.start, "\($0)") }, end.map { .key(.end, "\($0)") }].compactMap(\.self))
  }
  static func unknownTickerKey(_ key: ConfigKey, _ name: String, _ suggestions: [String]) -> Diagnostic {
    Diagnostic(
      .unknownConfigName, "`\(key.name)` names `\(name)`, which the data set does not have",
      notes: Note.didYouMean(suggestions), about: [.key(key, name)])
  }
  static func unknownSeriesKey(_ key: ConfigKey, _ code: String, _ suggestions: [String]) -> Diagnostic {
    Diagnostic(
      .unknownConfigName, "`\(key.name)` names the series `\(code)`, which the data set does not have",
      notes: Note.didYouMean(suggestions) + [
        Note("it is an annual fraction, such as 0.02, or the code of a series in percent a year")
      ], about: [.key(key, code)])
  }
  static func noOpens() -> Diagnostic {
    Diagnostic(
      .noOpens, "execution is \"next_open\", and no ticker of the data has an open",
      about: [.key(.execution, BacktestConfig.Execution.nextOpen.rawValue)])
  }
  /// A weight that is missing or infinite.
  public static func badWeight(_ ticker: String, _ weight: Double, on day: Day) -> Diagnostic {
    let what = weight.missingReason.map { "missing: \($0.text)" } ?? "not finite"
    return Diagnostic(
      .badWeight, "the weight of \(ticker) on \(day) is \(what)",
      notes: [Note("say what a gap shall mean with `?? 0`, or leave the ticker out")])
  }
  /// A weight whose ticker the data set does not know.
  public static func unknownTicker(_ name: String, on day: Day, suggestions: [String]) -> Diagnostic {
    Diagnostic(
      .unknownTicker, "the data set has no ticker `\(name)` (decided on \(day))", notes: Note.didYouMean(suggestions))
  }
  /// Two names of one ticker among the weights.
  public static func tickerTwice(_ name: String, _ ticker: String, on day: Day) -> Diagnostic {
    Diagnostic(.unknownTicker, "`\(name)` and `\(ticker)` are one ticker, and both have a weight on \(day)")
  }
  static func missingFillPrice(_ ticker: String, on day: Day) -> Diagnostic {
    Diagnostic(
      .missingFillPrice, "\(ticker) has no price on \(day), where it would be traded",
      notes: [Note("`on_missing_price: \"skip\"` leaves it as it is and counts it")])
  }
  static func runCancelled(on day: Day) -> Diagnostic { Diagnostic(.cancelled, "the run was interrupted on \(day)") }
  static func strategyFailed(_ error: any Error, on day: Day) -> Diagnostic {
    Diagnostic(.strategyFailed, "the strategy failed on \(day): \(error)")
  }
  static func rateOutOfRange(_ key: String, _ code: String, _ value: Double, of: Day, on day: Day) -> Diagnostic {
    let bounds = BacktestConfig.Rate.bounds
    let (low, high) = (NumberText.shortest(bounds.lower * 100), NumberText.shortest(bounds.upper * 100))
    return Diagnostic(
      .rateOutOfRange,
      "`\(key)` reads the series `\(code)`, which gives \(NumberText.shortest(value)) for \(of), as known on \(day): "
        + "no rate in percent a year",
      notes: [Note("a rate lies from \(low) to \(high) percent a year; name a series that is one")])
  }
  static func staleWeight(_ ticker: String, _ price: (date: Day, age: Int)?, limit: Int, on day: Day) -> Diagnostic {
    guard let price else {
      return Diagnostic(
        .staleWeight, "\(ticker) has a weight on \(day) and no price up to then", notes: [staleRemedy])
    }
    return Diagnostic(
      .staleWeight,
      "\(ticker) has a weight on \(day), and its last price, of \(price.date), is \(price.age) sessions old; at most "
        + "\(limit) may be (`max_stale`)", notes: [staleRemedy])
  }
  private static var staleRemedy: Note {
    Note("bring the data up to date, or leave the ticker out where `has_price` is false")
  }
  static func endedBefore(_ end: Day, _ day: Day) -> Diagnostic {
    Diagnostic(
      .endedBefore, "the run up to \(day) ended on \(end), where its equity fell to zero; nothing is decided after that"
    )
  }
  static func emptyCalendar(_ ticker: String) -> Diagnostic {
    Diagnostic(
      .dateRange, "`calendar` names `\(ticker)`, which has no price on any weekday",
      notes: [Note("the days on which that ticker has a price would be the sessions")],
      about: [.key(.calendar, ticker)])
  }
}

extension DiagnosticSubject {
  /// A key of the configuration and the value it had.
  static func key(_ key: ConfigKey, _ value: String) -> DiagnosticSubject {
    DiagnosticSubject(.configKey, key.name, value: value)
  }
}
