import Codecs
import MarketModel

/// Compiles a data set into a cache file.
struct CacheCompiler {
  private let store: MarketStore
  private let report: LoadingReport
  private let sources: SourceFiles
  private var layout = ColumnLayout()
  private var directory = DirectoryWriter()

  init(_ store: MarketStore, _ report: LoadingReport, _ sources: SourceFiles) {
    self.store = store
    self.report = report
    self.sources = sources
  }

  /// Writes the file; it appears whole or not at all.
  mutating func write(to path: String) throws(CacheFileWriter.Failure) {
    describe()
    var file = try CacheFileWriter(path)
    do throws(CacheFileWriter.Failure) {
      try write(&file)
    } catch {
      file.discard()
      throw error
    }
  }

  private mutating func write(_ file: inout CacheFileWriter) throws(CacheFileWriter.Failure) {
    let places = layout.placeConstants()
    for block in layout.blocks { try file.write(block.bytes, at: block.offset) }
    var head = DirectoryWriter()
    head.number(places.count)
    for (place, (constant, count)) in zip(places, layout.constants) {
      try file.write(constant, count: count, at: place)
      head.number(place)
      head.number(constant.size * count)
    }
    let start = ColumnLayout.aligned(layout.end)
    try file.write(head.bytes + directory.bytes, at: start)
    try file.finish(directory: start)
  }

  // MARK: - Directory

  private mutating func describe() {
    sources.write(&directory)
    describeSettings()
    describeFacts()
    directory.number(store.instruments.count)
    for instrument in store.instruments {
      directory.text(instrument.ticker)
      describe(store.prices(instrument.id))
    }
    for kind in SeriesKind.allCases {
      directory.number(store.series(kind).count)
      for series in store.series(kind) { describe(series) }
    }
    directory.number(store.curves.count)
    for curve in store.curves { describe(curve) }
    describeUniverses()
    describeActions()
  }

  private mutating func describeSettings() {
    let settings = store.settings
    directory.text(settings.name)
    directory.text(settings.decisionTime?.description ?? "")
    directory.text(settings.calendar?.description ?? "")
    directory.text(settings.barDates?.rawValue ?? "")
    directory.number(settings.adjustFromActions ? 1 : 0)
    directory.number(settings.aliases.count)
    for alias in settings.aliases {
      directory.text(alias.name)
      directory.text(alias.ticker)
    }
    directory.number(settings.releaseLags.count)
    for lag in settings.releaseLags {
      directory.text(lag.series)
      directory.text(lag.lag.description)
    }
  }

  /// What is known of the rows as a whole, so that no row need be read for it.
  private mutating func describeFacts() {
    directory.text(store.fingerprint)
    directory.number(report.counts.count)
    for (kind, count) in report.counts {
      directory.text(kind.rawValue)
      directory.number(count)
    }
    directory.number(report.notes.count)
    for note in report.notes {
      directory.text(note.kind.rawValue)
      directory.text(note.file ?? "")
      describe(note.names)
    }
    describe(store.unexplainedAdjustments)
    directory.number(store.priceSpan == nil ? 0 : 1)
    directory.number(store.priceSpan?.lowerBound.rawValue ?? 0)
    directory.number(store.priceSpan?.upperBound.rawValue ?? 0)
    directory.number(store.hasOpens ? 1 : 0)
    directory.number(store.hasWeekendRows ? 1 : 0)
    add(store.calendar.sessions)
  }

  private mutating func describe(_ names: [String]) {
    directory.number(names.count)
    for name in names { directory.text(name) }
  }

  /// A column with its length.
  private mutating func add<Element>(_ column: Column<Element>) {
    directory.number(column.count)
    directory.number(layout.place(column))
  }

  private mutating func describe(_ history: PriceHistory) {
    directory.number(history.count)
    if history.count == 0 { return }
    for column in [history.days, history.listingStart] { directory.number(layout.place(column)) }
    for column in [
      history.open, history.high, history.low, history.close, history.volume, history.adjustedClose, history.level,
      history.splitFactor,
    ] {
      directory.number(layout.place(column))
    }
    directory.number(history.level === history.close ? 1 : 0)
    directory.number(history.hasSplits ? 1 : 0)
    directory.number(history.period?.rawValue ?? 0)
    directory.number(history.listings.count)
    for listing in history.listings {
      directory.number(listing.rows.lowerBound)
      directory.number(listing.rows.upperBound)
      directory.number(listing.delisting == nil ? 0 : 1)
      directory.number(listing.delisting?.exDate.rawValue ?? 0)
      directory.number(listing.delisting?.price ?? 0)
    }
  }

  private mutating func describe(_ series: SeriesHistory) {
    directory.text(series.code)
    directory.number(series.releases.count)
    directory.number(layout.place(series.observations))
    directory.number(layout.place(series.releases))
    directory.number(layout.place(series.values))
    directory.number(layout.place(series.revisionNumbers))
    directory.number(layout.place(series.isGiven))
    directory.number(layout.place(series.knownDays))
  }

  private mutating func describe(_ curve: CurveHistory) {
    directory.text(curve.name)
    directory.number(curve.dates.count)
    directory.number(layout.place(curve.dates))
    directory.number(layout.place(curve.starts))
    directory.number(layout.place(curve.firstReleases))
    directory.number(curve.rates.count)
    directory.number(layout.place(curve.tenors))
    directory.number(layout.place(curve.rates))
    directory.number(layout.place(curve.releases))
    directory.number(layout.place(curve.isGiven))
  }

  private mutating func describeUniverses() {
    directory.number(store.universes.count)
    for universe in store.universes {
      directory.text(universe.name)
      directory.number(universe.memberships.count)
      for membership in universe.memberships {
        directory.number(membership.ticker.rawValue)
        directory.number(membership.start.rawValue)
        directory.number(membership.end == nil ? 0 : 1)
        directory.number(membership.end?.rawValue ?? 0)
      }
    }
  }

  private mutating func describeActions() {
    directory.number(store.actions.count)
    for action in store.actions {
      directory.text(action.ticker)
      directory.number(action.exDate.rawValue)
      directory.number(action.splitRatio)
      directory.number(action.cashDividend)
      directory.number(action.delistingPrice == nil ? 0 : 1)
      directory.number(action.delistingPrice ?? 0)
    }
  }
}
