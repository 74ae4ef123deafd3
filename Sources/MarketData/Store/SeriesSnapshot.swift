public import MarketModel

/// A series as it was known at a cut: one value for each observation date, the latest release visible then.
///
/// Snapshots share memory with those of other cuts; the pointers are valid as long as the data set lives.
public struct SeriesSnapshot: Sendable {
  let state: SeriesState
  /// How many observations are known.
  public let count: Int
  /// The latest visible release of any observation (withdrawals included), or `nil` before the first.
  public let latestRelease: KnowledgeTime?

  init(_ state: SeriesState, count: Int, latestRelease: KnowledgeTime?) {
    self.state = state
    self.count = count
    self.latestRelease = latestRelease
  }

  /// The observation dates, ascending; days since 1970.
  public var days: UnsafePointer<Int32> { state.days.start }
  /// The values; never missing.
  public var values: UnsafePointer<Double> { state.values.start }
  /// The first `as_of` at which each observation was known.
  public var knownDays: UnsafePointer<Int32> { state.knownDays.start }
}

/// The columns behind snapshots: the state of a series after a stretch of releases that only added later observations.
final class SeriesState: Sendable {
  let days: Column<Int32>
  let values: Column<Double>
  let knownDays: Column<Int32>

  init(days: [Int32], values: [Double], knownDays: [Int32]) {
    self.days = Column(days)
    self.values = Column(values)
    self.knownDays = Column(knownDays)
  }
}

/// One release of an observation.
public struct Revision: Hashable, Sendable {
  /// When it became known.
  public let release: KnowledgeTime
  /// The value; `nil` if it withdrew the observation.
  public let value: Double?

  /// Describes a release.
  public init(release: KnowledgeTime, value: Double?) {
    self.release = release
    self.value = value
  }
}

/// Which name space a series belongs to.
@frozen public enum SeriesKind: UInt8, CaseIterable, Sendable {
  /// A macro series (`series` folder).
  case macro
  /// A positioning or flow series (`flows` folder).
  case flow
}

/// A series of one data set: its kind and its place among the codes of that kind, in ascending order of bytes.
@frozen public struct SeriesID: Hashable, Sendable {
  /// Its name space.
  public let kind: SeriesKind
  /// Its place, from 0.
  public let index: Int32

  /// A series by place.
  @inlinable public init(_ kind: SeriesKind, _ index: Int) {
    self.kind = kind
    self.index = Int32(index)
  }
}
