import Locks
public import MarketModel

/// All points of a curve: rates by date and tenor, each known from its release, or from its own date.
public final class CurveHistory: Sendable {
  /// The name of the curve.
  public let name: String
  /// The dates with points, ascending.
  let dates: Column<Int32>
  // Points `starts[i]..<starts[i + 1]` are those of date i, by tenor, then release.
  let starts: Column<Int32>
  let tenors: Column<Int32>
  let rates: Column<Double>
  let releases: Column<Int64>
  let isGiven: Column<UInt8>
  // When the first point of each date became known.
  let firstReleases: Column<Int64>
  // Whether `firstReleases` ascend, as they do where curves are published in order.
  private let isInOrder: Bool
  private let settings: DataSettings
  private let histories = Guarded<[Double: SeriesHistory]>([:])

  /// - Precondition: `points` are in order of date, tenor and release.
  init(name: String, points: [CurvePoint], settings: DataSettings) {
    self.name = name
    self.settings = settings
    var (dates, starts, first): ([Int32], [Int32], [Int64]) = ([], [], [])
    for (place, point) in points.enumerated() {
      if dates.last != point.date {
        dates.append(point.date)
        starts.append(Int32(place))
        first.append(point.release)
      }
      first[first.count - 1] = min(first[first.count - 1], point.release)
    }
    self.dates = Column(dates)
    self.starts = Column(starts + [Int32(points.count)])
    firstReleases = Column(first)
    isInOrder = zip(first, first.dropFirst()).allSatisfy { $0 <= $1 }
    tenors = Column(points.map(\.tenor))
    rates = Column(points.map(\.rate))
    releases = Column(points.map(\.release))
    isGiven = Column(points.map { $0.isGiven ? 1 : 0 })
  }

  /// - Precondition: the columns are those of points in order.
  init(
    name: String, dates: Column<Int32>, starts: Column<Int32>, firstReleases: Column<Int64>, tenors: Column<Int32>,
    rates: Column<Double>, releases: Column<Int64>, isGiven: Column<UInt8>, settings: DataSettings
  ) {
    self.name = name
    self.settings = settings
    self.dates = dates
    self.starts = starts
    self.firstReleases = firstReleases
    self.tenors = tenors
    self.rates = rates
    self.releases = releases
    self.isGiven = isGiven
    isInOrder = zip(firstReleases.buffer, firstReleases.buffer.dropFirst()).allSatisfy { $0 <= $1 }
  }

  /// The latest curve known at an instant: that of the latest date with a visible point, with that date's tenors alone.
  public func curve(at instant: KnowledgeTime) -> YieldCurve? {
    var date = (isInOrder ? firstReleases.countThrough(instant.microseconds) : dates.count) - 1
    while date >= 0, firstReleases.start[date] > instant.microseconds { date -= 1 }
    return date < 0 ? nil : points(of: date, at: instant)
  }

  /// The history of a tenor: the rate on each curve date, known when the curve was.
  ///
  /// The rate changes when a later release adds or revises a point of its date.
  public func history(tenor: Double) -> SeriesHistory {
    if let known = histories.withLock({ $0[tenor] }) { return known }
    let made = SeriesHistory(code: name, rows: releases(tenor: tenor), settings: settings)
    return histories.withLock { histories in
      if let known = histories[tenor] { return known }
      histories[tenor] = made
      return made
    }
  }

  private func releases(tenor: Double) -> [SeriesRelease] {
    var rows: [SeriesRelease] = []
    for date in 0..<dates.count {
      let range = Int(starts.start[date])..<Int(starts.start[date + 1])
      let start = releases.start[range.lowerBound]
      let isOne = range.allSatisfy { releases.start[$0] == start }
      let instants = isOne ? [start] : Set(range.map { releases.start[$0] }).sorted()
      for instant in instants {
        let curve = points(of: date, at: KnowledgeTime(microseconds: instant))
        rows.append(
          SeriesRelease(
            observation: dates.start[date], release: instant, revision: 0, value: curve.rate(tenor: tenor),
            isGiven: false))
      }
    }
    return rows.sorted(by: SeriesRelease.precedes)
  }

  private func points(of date: Int, at instant: KnowledgeTime) -> YieldCurve {
    var (tenorDays, values): ([Int32], [Double]) = ([], [])
    var known = Int64.max
    var latest = Int64.min
    for place in Int(starts.start[date])..<Int(starts.start[date + 1])
    where releases.start[place] <= instant.microseconds {
      known = min(known, releases.start[place])
      latest = max(latest, releases.start[place])
      if tenorDays.last == tenors.start[place] {
        values[values.count - 1] = rates.start[place]
      } else {
        tenorDays.append(tenors.start[place])
        values.append(rates.start[place])
      }
    }
    return YieldCurve(
      date: Day(rawValue: dates.start[date]), tenors: tenorDays, rates: values,
      firstKnown: KnowledgeTime(microseconds: known), latestRelease: KnowledgeTime(microseconds: latest))
  }
}

/// One point of a curve before it is stored.
struct CurvePoint {
  var date: Int32
  var tenor: Int32
  var release: Int64
  var rate: Double
  var isGiven: Bool

  /// By date, tenor, release.
  static func precedes(_ left: CurvePoint, _ right: CurvePoint) -> Bool {
    if left.date != right.date { return left.date < right.date }
    if left.tenor != right.tenor { return left.tenor < right.tenor }
    if left.release != right.release { return left.release < right.release }
    return !left.isGiven && right.isGiven
  }
}

/// The rates of one date, as known at a cut.
public struct YieldCurve: Sendable {
  /// The curve's date.
  public let date: Day
  /// Tenors in calendar days, ascending; at least one.
  public let tenors: [Int32]
  /// The rate of each tenor, in the units of the data.
  public let rates: [Double]
  /// When the first of its points became known.
  public let firstKnown: KnowledgeTime
  /// When the last of its points became known.
  public let latestRelease: KnowledgeTime

  /// The rate of a tenor in days: linear between the neighbouring tenors, flat outside.
  public func rate(tenor: Double) -> Double { YieldCurve.rate(tenor: tenor, tenors: tenors, rates: rates) }

  /// The rate of a tenor on any ascending tenors: linear between neighbours, flat outside; missing without points.
  ///
  /// - Precondition: `tenors` and `rates` are of one length.
  public static func rate(tenor: Double, tenors: [Int32], rates: [Double]) -> Double {
    precondition(tenors.count == rates.count, "one rate a tenor")
    guard let first = tenors.first, let last = tenors.last else { return .missing(.unspecified) }
    if tenor <= Double(first) { return rates[0] }
    if tenor >= Double(last) { return rates[rates.count - 1] }
    guard let upper = tenors.firstIndex(where: { Double($0) >= tenor }) else { return .missing(.domainError) }
    if Double(tenors[upper]) == tenor { return rates[upper] }
    return interpolated(
      tenor, from: (Double(tenors[upper - 1]), rates[upper - 1]), to: (Double(tenors[upper]), rates[upper]))
  }

  /// The rate of a tenor between two points of a curve, on the line through them; missing beyond the doubles.
  public static func interpolated(
    _ tenor: Double, from left: (tenor: Double, rate: Double), to right: (tenor: Double, rate: Double)
  ) -> Double {
    let rate = left.rate + (right.rate - left.rate) * ((tenor - left.tenor) / (right.tenor - left.tenor))
    return rate.isInfinite ? .missing(.overflow) : rate
  }
}

/// A curve of one data set: its place among the names, in ascending order of bytes.
@frozen public struct CurveID: Hashable, Sendable {
  /// Its place, from 0.
  public let index: Int32

  /// A curve by place.
  @inlinable public init(_ index: Int) { self.index = Int32(index) }
}
