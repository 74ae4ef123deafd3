public import Diagnostics
public import MarketModel

/// Rows of a data set as they come from a source, before they are checked and put in order.
///
/// Every source fills one: the folder loader, databases, importers, the sample, tests. `makeStore` then checks keys
/// and values, sorts, and builds the store, so that the same rows give the same data set from wherever they came.
public struct MarketTables: Sendable {
  /// What the data set says about itself. `adjustFromActions` is set by `addAction` with a split or dividend.
  public var settings: DataSettings
  var prices = PriceTable()
  var series = [SeriesTable(), SeriesTable()]
  var curves = CurveTable()
  var memberships = MembershipTable()
  var actions = ActionTable()
  /// What was found so far, and the files that rows came from.
  var log = LoadingLog()
  // Where the rows that are added come from.
  private(set) var place = RowPlace.nowhere
  /// Whether these rows, added to others, make a data set one that is adjusted from actions.
  var startsAdjusting = false
  /// How long the bars of each ticker are, where it is known beforehand: then they are dated at their ends already.
  package var barPeriods: [String: BarPeriod]?
  /// Vintages that become releases when the rows are merged.
  var vintages: [VintageSnapshot] = []

  /// An empty data set.
  public init(settings: DataSettings = DataSettings()) { self.settings = settings }

  /// The same under another lag of macro series without release times; `nil` changes nothing.
  public consuming func withLag(_ lag: ReleaseLag?) -> MarketTables {
    var tables = self
    guard let lag else { return tables }
    tables.settings.releaseLags.removeAll { $0.series == "*" }
    tables.settings.releaseLags.append(SeriesReleaseLag(series: "*", lag: lag))
    return tables
  }

  /// Says which file the rows that are added next come from; problems with them then name it.
  public mutating func begin(file path: String) {
    log.files.append(path)
    place = RowPlace(file: Int32(log.files.count - 1), line: 0)
  }

  /// Says which 1-based line of the file the rows that are added next come from.
  public mutating func begin(line: Int) { place.line = Int32(clamping: line) }

  /// Notes a problem with what was read; the rows are then refused as a whole.
  public mutating func report(_ problem: Diagnostic) { log.error(problem, at: place) }

  /// How many problems were noted.
  package var problemCount: Int { log.errorCount }

  /// Adds a price row; `nil` is missing.
  public mutating func addPrice(
    _ ticker: String, _ day: Day, open: Double? = nil, high: Double? = nil, low: Double? = nil, close: Double?,
    volume: Double? = nil, adjustedClose: Double? = nil
  ) {
    guard isNamed(ticker, .ticker) else { return }
    func given(_ value: Double?, _ field: Field, _ tables: inout MarketTables) -> Double {
      tables.finite(value, field, ticker, day).orMissingBar
    }
    let row = PriceRow(
      day: day.rawValue, place: place, open: given(open, .open, &self), high: given(high, .high, &self),
      low: given(low, .low, &self), close: given(close, .close, &self), volume: given(volume, .volume, &self),
      adjustedClose: given(adjustedClose, .adjustedClose, &self))
    prices.append(row, of: prices.names.intern(ticker))
  }

  /// Adds a release of a series; without a release time it follows from the observation date, and without a value it
  /// withdraws the observation.
  public mutating func addRelease(
    _ kind: SeriesKind, _ code: String, _ observation: Day, release: KnowledgeTime?, revision: Int = 0, value: Double?
  ) {
    guard isNamed(code, .series) else { return }
    let table = Int(kind.rawValue)
    let value = finite(value, .value, code, observation) ?? .missing(.notReleased)
    series[table].rows.append(
      SeriesRow(
        code: series[table].names.intern(code), observation: observation.rawValue, release: release?.microseconds,
        revision: Int64(revision), value: value, place: place))
  }

  /// Adds a point of a curve.
  public mutating func addCurvePoint(
    _ curve: String, _ date: Day, tenorDays: Int, rate: Double?, release: KnowledgeTime? = nil
  ) {
    guard isNamed(curve, .curve) else { return }
    let rate = finite(rate, .rate, curve, date) ?? .missing(.notReleased)
    if tenorDays > Int(Int32.max) { log.error(.badTenor("\(tenorDays)", at: log.location(place)), at: place) }
    curves.rows.append(
      CurveRow(
        curve: curves.names.intern(curve), date: date.rawValue, tenor: Int32(clamping: tenorDays),
        release: release?.microseconds, rate: rate, place: place))
  }

  /// Adds a stretch of membership, from `start` up to but not on `end`.
  public mutating func addMembership(_ universe: String, _ ticker: String, start: Day?, end: Day?) {
    guard isNamed(universe, .universe), isNamed(ticker, .ticker) else { return }
    memberships.rows.append(
      MembershipRow(universe: universe, ticker: ticker, start: start ?? .earliest, end: end, place: place))
  }

  /// Adds a corporate action. One that gives a split or a dividend makes the data set one that is adjusted from actions.
  public mutating func addAction(
    _ ticker: String, exDate: Day, splitRatio: Double? = nil, cashDividend: Double? = nil,
    delistingPrice: Double? = nil
  ) {
    guard isNamed(ticker, .ticker) else { return }
    // A vendor writes a split of 0 where there is none.
    let split = splitRatio == 0 ? nil : splitRatio
    if split == nil, cashDividend == nil, delistingPrice == nil {
      log.error(.noAction(ticker, exDate, at: log.location(place)), at: place)
    }
    if split != nil || cashDividend != nil { settings.adjustFromActions = true }
    actions.rows.append(
      ActionRow(
        ticker: ticker, exDate: exDate, splitRatio: split ?? 1, cashDividend: (cashDividend ?? 0).withoutSignedZero,
        delistingPrice: delistingPrice?.withoutSignedZero, place: place))
  }
}

// What a cell of a file is checked for when it is read, checked here for rows of other sources.
extension MarketTables {
  /// A number, a zero without its sign; what is none is missing, and an infinite one is noted.
  private mutating func finite(_ value: Double?, _ field: Field, _ name: String, _ day: Day) -> Double? {
    guard let value, !value.isFinite else { return value?.withoutSignedZero }
    if value.isInfinite {
      log.error(.infiniteNumber(value, field.name, "`\(name)` on \(day)", at: log.location(place)), at: place)
    }
    return nil
  }

  /// Whether a name is one; an empty one is noted.
  private mutating func isNamed(_ name: String, _ field: Field) -> Bool {
    if !name.isEmpty { return true }
    log.error(.missingKey(field.name, at: log.location(place)), at: place)
    return false
  }
}

/// A data set and what was found while loading it.
public struct LoadedData: Sendable {
  /// The data set.
  public let store: MarketStore
  /// The defects that were found.
  public let report: LoadingReport
  /// What went wrong beside it, such as a cache that could not be kept: the data set is whole all the same.
  public private(set) var warnings: [Diagnostic] = []

  init(store: MarketStore, report: LoadingReport) {
    self.store = store
    self.report = report
  }

  /// The same with more warnings.
  func with(_ warnings: [Diagnostic]) -> LoadedData {
    var data = self
    data.warnings += warnings
    return data
  }
}

extension Double {
  /// The same, but 0 for -0.
  var withoutSignedZero: Double { self == 0 ? 0 : self }
}

extension Double? {
  var orMissingBar: Double { self ?? .missing(.missingBar) }
}
