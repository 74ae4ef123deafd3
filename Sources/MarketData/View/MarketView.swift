public import MarketModel

/// The data as known at a cut: the one gate through which strategies read the market.
///
/// A view is the store and a cut, and costs nothing to make. Whatever it returns was known at the cut. It cannot be
/// moved forward; only whoever holds the store makes later views.
public struct MarketView: Sendable {
  let store: MarketStore
  /// What is known.
  public let cut: KnowledgeCut
  // May hold sessions after the cut; what a view tells of it is cut.
  let fullCalendar: TradingCalendar

  init(store: MarketStore, cut: KnowledgeCut, calendar: TradingCalendar) {
    self.store = store
    self.cut = cut
    fullCalendar = calendar
  }

  /// The day of the cut.
  public var asOf: Day { cut.day }

  /// The view of an earlier day, or of the same; `nil` for a later one.
  public func moved(to day: Day) -> MarketView? {
    if day == cut.day { return self }
    guard day < cut.day else { return nil }
    return MarketView(store: store, cut: store.cut(on: day), calendar: fullCalendar)
  }

  /// The instant through which data without a release time of their own are known on a day: their known-time.
  public func knownTime(ofDay day: Day) -> KnowledgeTime { store.cut(on: day).instant }
}

// MARK: - Tickers and prices

extension MarketView {
  /// All names that the data set knows, now or later, ascending: for messages, never for decisions.
  public var knownNames: [String] { store.tickerNames }

  /// How many tickers the data set knows; identifiers are below it.
  public var knownTickerCount: Int { store.instruments.count }

  /// The ticker of a name or an alias; `nil` if the data set does not know it.
  public func ticker(named name: String) -> TickerID? { store.ticker(named: name) }

  /// The name of a ticker.
  public func name(of ticker: TickerID) -> String { store.name(of: ticker) }

  /// The tickers with a price row by now, ascending.
  public func tickers() -> [TickerID] {
    store.histories.filter { $0.count > 0 && $0.days.start[0] <= cut.day.rawValue }.map(\.ticker)
  }

  /// The day of the latest price row of any ticker; `nil` before the first.
  public var latestPriceDay: Day? {
    let days = store.calendar(.all)
    return days?.index(onOrBefore: cut.day).flatMap { days?[$0] }
  }

  /// The visible rows of the listing that holds a ticker's last row; `nil` before its first.
  public func bars(_ ticker: TickerID) -> PriceSlice? {
    let history = store.histories[ticker.index]
    let end = history.days.countThrough(cut.day.rawValue)
    guard end > 0 else { return nil }
    return PriceSlice(history, rows: Int(history.listingStart.start[end - 1])..<end)
  }
}

// MARK: - Universes

extension MarketView {
  /// The names of all universes, ascending: for messages.
  public var universeNames: [String] { store.universes.map(\.name) }

  /// The members of a universe at the cut, ascending; `nil` for an unknown universe.
  public func members(_ universe: String) -> [TickerID]? { store.universe(named: universe)?.members(on: cut.day) }
}

// MARK: - Sessions

extension MarketView {
  /// The sessions from `first` to `last`, both included, none after the cut.
  public func sessions(from first: Day, through last: Day) -> [Day] {
    fullCalendar.sessions(from: first, through: min(last, cut.day))
  }

  /// The n-th session after a day (before, if negative); after the cut, weekdays are counted.
  public func sessionOffset(_ day: Day, by steps: Int) -> Day {
    fullCalendar.offset(day, by: steps, knownThrough: cut.day)
  }

  /// How many sessions lie after a day, up to the cut.
  public func age(of day: Day) -> Int { fullCalendar.age(of: day, at: cut.day) }

  /// The oldest day that is not older than a duration at the cut; `bd` counts sessions.
  public func oldestFreshDay(_ age: CalendarDuration) -> Day { fullCalendar.oldestFreshDay(age, asOf: cut.day) }
}
