public import MarketModel

/// Something with one value an observation date that changes as it is released.
public enum SeriesSource: Hashable, Sendable {
  /// A macro or flow series, each value the latest release.
  case latest(SeriesID)
  /// A macro or flow series, each value the first that was known.
  case firstRelease(SeriesID)
  /// The rate of a tenor, in days, on each date of a curve.
  case curve(CurveID, tenor: Double)
}

extension MarketView {
  /// All codes of a kind that the data set knows, now or later, ascending: for messages.
  public func codes(_ kind: SeriesKind) -> [String] { store.series(kind).map(\.code) }

  /// The series of a code; `nil` if the data set does not know it.
  public func series(_ kind: SeriesKind, named code: String) -> SeriesID? { store.series(kind, named: code) }

  /// The code of a series.
  public func code(of series: SeriesID) -> String { store.history(series).code }

  /// A series as known at the cut.
  public func snapshot(_ series: SeriesID) -> SeriesSnapshot { snapshot(.latest(series)) }

  /// What is known of a source at the cut.
  public func snapshot(_ source: SeriesSource) -> SeriesSnapshot { history(source).snapshot(at: cut.instant) }

  /// The releases of one observation that are known at the cut, oldest first.
  public func revisions(_ series: SeriesID, of observation: Day) -> [Revision] {
    store.history(series).revisions(of: observation, at: cut.instant)
  }

  /// When the latest visible release of any observation became known; `nil` before the first.
  public func latestRelease(_ series: SeriesID) -> KnowledgeTime? {
    let history = store.history(series)
    let count = history.count(through: cut.instant)
    return count == 0 ? nil : KnowledgeTime(microseconds: history.releases.start[count - 1])
  }

  /// For each date the value of the latest observation known then: missing (*not released*) before the first, and
  /// (*stale*) where that observation first became known longer than `maxAge` before.
  ///
  /// - Parameter dates: ascending; a date after the cut is read at the cut.
  public func valuesKnown(
    _ source: SeriesSource, on dates: UnsafeBufferPointer<Int32>, maxAge: CalendarDuration?,
    into values: UnsafeMutablePointer<Double>
  ) {
    let history = history(source)
    var count = 0
    for (place, date) in dates.enumerated() {
      let day = min(Day(rawValue: date), cut.day)
      let instant = store.cut(on: day).instant.microseconds
      while count < history.releases.count, history.releases.start[count] <= instant { count += 1 }
      guard let latest = history.latest(after: count) else {
        values[place] = .missing(.notReleased)
        continue
      }
      let oldest = maxAge.map { fullCalendar.oldestFreshDay($0, asOf: day).rawValue } ?? Int32.min
      values[place] = latest.known < oldest ? .missing(.stale) : latest.value
    }
  }

  func history(_ source: SeriesSource) -> SeriesHistory {
    switch source {
    case .latest(let series): store.history(series)
    case .firstRelease(let series): store.history(series).firstReleases
    case .curve(let curve, let tenor): store.curves[Int(curve.index)].history(tenor: tenor)
    }
  }
}

// MARK: - Curves

extension MarketView {
  /// The names of all curves, ascending: for messages.
  public var curveNames: [String] { store.curves.map(\.name) }

  /// The curve of a name; `nil` if the data set does not know it.
  public func curve(named name: String) -> CurveID? { store.curve(named: name) }

  /// The latest curve known at the cut; `nil` before the first.
  public func curve(_ curve: CurveID) -> YieldCurve? { store.curves[Int(curve.index)].curve(at: cut.instant) }

  /// The first `as_of` at which something released at an instant is known.
  public func firstDay(knowing instant: KnowledgeTime) -> Day {
    Day(rawValue: store.settings.firstDay(knowing: instant))
  }
}

// MARK: - For messages

extension MarketView {
  /// The first `as_of` that knows any value of a source: for messages about what is not known yet, never for decisions.
  public func firstKnownDay(_ source: SeriesSource) -> Day? {
    let history = history(source)
    guard history.releases.count > 0 else { return nil }
    return firstDay(knowing: KnowledgeTime(microseconds: history.releases.start[0]))
  }

  /// The day of a ticker's first price: for messages about what is not known yet, never for decisions.
  public func firstPriceDay(_ ticker: TickerID) -> Day? {
    let history = store.histories[ticker.index]
    return history.count > 0 ? Day(rawValue: history.days.start[0]) : nil
  }
}
