import Locks
public import MarketModel

/// A data set in memory: everything that was loaded, whenever it became known.
///
/// Immutable and shared. Strategies never hold it: they get a `MarketView`, which is the store and a cut. The engine
/// and the data commands may.
public final class MarketStore: Sendable {
  /// What the data set says about itself.
  public let settings: DataSettings
  /// All known tickers, ascending by the bytes of their names; the index is the identifier.
  public let instruments: [Instrument]
  /// The price rows, by ticker.
  let histories: [PriceHistory]
  /// The series of each kind, ascending by code.
  let seriesByKind: [[SeriesHistory]]
  /// The curves, ascending by name.
  public let curves: [CurveHistory]
  /// The universes, ascending by name.
  public let universes: [Universe]
  /// The corporate actions, by ticker, then ex-date.
  public let actions: [CorporateAction]
  /// The tickers with an adjusted close that the actions, from which prices are adjusted, do not explain; ascending. It is
  /// not read.
  public let unexplainedAdjustments: [String]
  /// The first and last day with a price row; `nil` without any.
  public let priceSpan: ClosedRange<Day>?
  /// Whether any row has an open.
  public let hasOpens: Bool
  /// Whether any row is dated on a Saturday or Sunday.
  public let hasWeekendRows: Bool
  private let tickersByName: [String: TickerID]
  private let seriesByCode: [[String: Int]]
  let cache = Guarded(Cache())

  /// What is made on demand and kept.
  struct Cache {
    var calendars: [CalendarRule: TradingCalendar] = [:]
    var fingerprint: String?
  }

  init(
    settings: DataSettings, instruments: [Instrument], histories: [PriceHistory], macro: [SeriesHistory],
    flows: [SeriesHistory], curves: [CurveHistory], universes: [Universe], actions: [CorporateAction],
    unexplainedAdjustments: [String] = [], facts: PriceFacts? = nil
  ) {
    self.unexplainedAdjustments = unexplainedAdjustments
    self.settings = settings
    self.instruments = instruments
    self.histories = histories
    seriesByKind = [macro, flows]
    self.curves = curves
    self.universes = universes
    self.actions = actions
    let facts = facts ?? PriceFacts(histories)
    priceSpan = facts.span
    hasOpens = facts.hasOpens
    hasWeekendRows = facts.hasWeekendRows
    tickersByName = Dictionary(uniqueKeysWithValues: instruments.map { ($0.ticker, $0.id) })
    seriesByCode = seriesByKind.map { list in
      Dictionary(uniqueKeysWithValues: list.enumerated().map { ($1.code, $0) })
    }
  }

  /// Notes a calendar that is known beforehand.
  func note(_ calendar: TradingCalendar) { cache.withLock { $0.calendars[calendar.rule] = calendar } }

  /// Notes a fingerprint that is known beforehand.
  func note(fingerprint: String) { cache.withLock { $0.fingerprint = fingerprint } }

  /// The ticker of a name or an alias.
  public func ticker(named name: String) -> TickerID? {
    if let id = tickersByName[name] { return id }
    return settings.aliases.first { $0.name == name }.flatMap { tickersByName[$0.ticker] }
  }

  /// The name of a ticker.
  public func name(of ticker: TickerID) -> String { instruments[ticker.index].ticker }

  /// All known names, ascending; aliases are not among them.
  public var tickerNames: [String] { instruments.map(\.ticker) }

  /// The price rows of a ticker; empty for one that only a universe mentions.
  public func prices(_ ticker: TickerID) -> PriceHistory { histories[ticker.index] }

  /// All series of a kind, ascending by code; the index is that of the identifier.
  public func series(_ kind: SeriesKind) -> [SeriesHistory] { seriesByKind[Int(kind.rawValue)] }

  /// The series of a code.
  public func series(_ kind: SeriesKind, named code: String) -> SeriesID? {
    seriesByCode[Int(kind.rawValue)][code].map { SeriesID(kind, $0) }
  }

  /// The releases of a series.
  public func history(_ series: SeriesID) -> SeriesHistory {
    seriesByKind[Int(series.kind.rawValue)][Int(series.index)]
  }

  /// The curve of a name.
  public func curve(named name: String) -> CurveID? { curves.firstIndex { $0.name == name }.map { CurveID($0) } }

  /// The universe of a name.
  public func universe(named name: String) -> Universe? { universes.first { $0.name == name } }

  /// What is known on a day.
  public func cut(on day: Day) -> KnowledgeCut { settings.cut(on: day) }

  /// The data as known on a day, under a calendar (by default the data set's own).
  public func view(on day: Day, calendar: TradingCalendar? = nil) -> MarketView {
    MarketView(store: self, cut: cut(on: day), calendar: calendar ?? self.calendar)
  }
}
