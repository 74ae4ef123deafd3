import Locks
public import MarketModel

/// All releases of a series, in order of release, then observation date, then revision.
///
/// What is known at a cut is a prefix of the releases; a prefix's snapshot shares memory with the snapshots of every
/// later prefix up to the next revision.
public final class SeriesHistory: Sendable {
  /// The code of the series.
  public let code: String
  /// The observation date of each release.
  public let observations: Column<Int32>
  /// When each release became known; microseconds since 1970, ascending.
  public let releases: Column<Int64>
  /// The value of each release; missing where it withdraws the observation.
  public let values: Column<Double>
  /// The revision number of each release.
  public let revisionNumbers: Column<Int64>
  /// Whether the release time was given; if not, it follows from the observation date.
  let isGiven: Column<UInt8>
  // The first `as_of` at which each release is visible.
  let knownDays: Column<Int32>
  private let lazy = Guarded(Lazy())

  private struct Lazy {
    var index: SeriesIndex?
    var states: [Int32: SeriesState] = [:]
    var first: SeriesHistory?
  }

  /// - Precondition: `rows` are in order of release, observation date and revision.
  init(code: String, rows: [SeriesRelease], settings: DataSettings) {
    self.code = code
    observations = Column(rows.map(\.observation))
    releases = Column(rows.map(\.release))
    values = Column(rows.map(\.value))
    revisionNumbers = Column(rows.map(\.revision))
    isGiven = Column(rows.map { $0.isGiven ? 1 : 0 })
    var known: [Int32] = []
    known.reserveCapacity(rows.count)
    for (place, row) in rows.enumerated() {
      let same = place > 0 && rows[place - 1].release == row.release
      known.append(same ? known[place - 1] : settings.firstDay(knowing: KnowledgeTime(microseconds: row.release)))
    }
    knownDays = Column(known)
  }

  /// How many releases are visible at an instant.
  public func count(through instant: KnowledgeTime) -> Int { releases.countThrough(instant.microseconds) }

  /// The series as known at an instant.
  public func snapshot(at instant: KnowledgeTime) -> SeriesSnapshot { snapshot(after: count(through: instant)) }

  /// The series after a number of releases.
  func snapshot(after count: Int) -> SeriesSnapshot {
    let index = index
    let segment = index.segment[count]
    let state = lazy.withLock { lazy in
      if let state = lazy.states[segment] { return state }
      let state = index.state(of: self, after: Int(index.segmentEnds[Int(segment)]))
      lazy.states[segment] = state
      return state
    }
    let latest = count == 0 ? nil : KnowledgeTime(microseconds: releases.start[count - 1])
    return SeriesSnapshot(state, count: Int(index.present[count]), latestRelease: latest)
  }

  /// The latest observation after a number of releases: its date, its value and the day it first became known.
  func latest(after count: Int) -> (observation: Int32, value: Double, known: Int32)? {
    let index = index
    guard index.present[count] > 0 else { return nil }
    return (index.latestDay[count], index.latestValue[count], index.latestKnown[count])
  }

  /// The releases of one observation up to an instant, oldest first.
  public func revisions(of observation: Day, at instant: KnowledgeTime) -> [Revision] {
    (0..<count(through: instant)).filter { observations.start[$0] == observation.rawValue }.map { place in
      let value = values.start[place]
      return Revision(
        release: KnowledgeTime(microseconds: releases.start[place]), value: value.isNaN ? nil : value)
    }
  }

  /// The series of each observation's first known value; a withdrawal does not remove one from it.
  public var firstReleases: SeriesHistory {
    let index = index
    return lazy.withLock { lazy in
      if let first = lazy.first { return first }
      let first = SeriesHistory(first: index.firstReleases(of: self), of: self)
      lazy.first = first
      return first
    }
  }

  /// - Precondition: the columns are of one length, those of rows in order.
  init(
    code: String, observations: Column<Int32>, releases: Column<Int64>, values: Column<Double>,
    revisionNumbers: Column<Int64>, isGiven: Column<UInt8>, knownDays: Column<Int32>
  ) {
    self.code = code
    self.observations = observations
    self.releases = releases
    self.values = values
    self.revisionNumbers = revisionNumbers
    self.isGiven = isGiven
    self.knownDays = knownDays
  }

  private init(first places: [Int], of full: SeriesHistory) {
    code = full.code
    observations = Column(places.map { full.observations.start[$0] })
    releases = Column(places.map { full.releases.start[$0] })
    values = Column(places.map { full.values.start[$0] })
    revisionNumbers = Column(places.map { full.revisionNumbers.start[$0] })
    isGiven = Column(places.map { full.isGiven.start[$0] })
    knownDays = Column(places.map { full.knownDays.start[$0] })
  }

  private var index: SeriesIndex {
    lazy.withLock { lazy in
      if let index = lazy.index { return index }
      let index = SeriesIndex(self)
      lazy.index = index
      return index
    }
  }
}

/// One release of a series before it is stored.
struct SeriesRelease {
  var observation: Int32
  var release: Int64
  var revision: Int64
  var value: Double
  var isGiven: Bool

  /// By release, observation date, revision; one without a given release time before one with.
  static func precedes(_ left: SeriesRelease, _ right: SeriesRelease) -> Bool {
    if left.release != right.release { return left.release < right.release }
    if left.observation != right.observation { return left.observation < right.observation }
    if left.revision != right.revision { return left.revision < right.revision }
    return !left.isGiven && right.isGiven
  }
}

extension DataSettings {
  /// The first day whose cut shows what became known at an instant.
  func firstDay(knowing instant: KnowledgeTime) -> Int32 {
    var day = instant.day
    while cut(on: day).instant < instant { day = day + 1 }
    if decisionTime != nil {
      while cut(on: day - 1).instant >= instant { day = day - 1 }
    }
    return day.rawValue
  }
}
