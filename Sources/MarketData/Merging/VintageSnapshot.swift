public import MarketModel

/// A series as it stood in one vintage: what a file shows that has a value for each observation, and no history.
public struct VintageSnapshot: Sendable {
  /// Its name space.
  public var kind: SeriesKind
  /// Its code.
  public var code: String
  /// When the vintage became known.
  public var release: KnowledgeTime
  /// Each observation that the vintage has, with its value.
  public var values: [(observation: Day, value: Double)]
  // Where it comes from.
  var place = RowPlace.nowhere

  /// Describes a vintage.
  public init(
    kind: SeriesKind = .macro, code: String, release: KnowledgeTime, values: [(observation: Day, value: Double)]
  ) {
    self.kind = kind
    self.code = code
    self.release = release
    self.values = values
  }
}

extension MarketTables {
  /// Adds a vintage; what it adds to a series is found when the rows are merged with those that are there.
  public mutating func addVintage(_ vintage: VintageSnapshot) {
    var vintage = vintage
    vintage.place = place
    vintages.append(vintage)
  }

  /// The same with the vintages as releases, where there are no other rows.
  package consuming func resolved() -> MarketTables {
    var tables = self
    tables.resolveVintages(against: MarketTables())
    return tables
  }

  /// Turns vintages into releases: of each, in order of release, the values that are new or differ from what was known,
  /// and for values that it no longer has between its first and last observation, withdrawals.
  ///
  /// A vintage that is not later than what a series has already must show what was known at its time: then it adds
  /// nothing. If it does not, it cannot be put before what is there, and is an error.
  mutating func resolveVintages(against existing: MarketTables) {
    let ordered = vintages.enumerated().sorted { left, right in
      left.element.release != right.element.release
        ? left.element.release < right.element.release : left.offset < right.offset
    }
    vintages = []
    var states: [[String: VintageState]] = [[:], [:]]
    for vintage in ordered.map(\.element) {
      let kind = Int(vintage.kind.rawValue)
      var state = states[kind][vintage.code] ?? VintageState(existing.series[kind], self.series[kind], vintage.code)
      if vintage.release > state.last {
        for (observation, value) in state.advance(to: vintage) { add(vintage, observation, value) }
      } else if !state.agrees(with: vintage) {
        log.error(
          .vintageTooOld(vintage.code, vintage.release, latest: state.last, at: log.location(vintage.place)),
          at: vintage.place)
      }
      states[kind][vintage.code] = state
    }
  }

  private mutating func add(_ vintage: VintageSnapshot, _ observation: Int32, _ value: Double?) {
    let kind = Int(vintage.kind.rawValue)
    series[kind].rows.append(
      SeriesRow(
        code: series[kind].names.intern(vintage.code), observation: observation,
        release: vintage.release.microseconds, revision: 0, value: value ?? .missing(.notReleased),
        place: vintage.place))
  }
}

/// What is known of a series while vintages are added to it.
private struct VintageState {
  /// When its last release became known.
  private(set) var last = KnowledgeTime(microseconds: .min)
  /// All rows with a release time, in order of release and revision.
  private var rows: [(release: Int64, revision: Int64, observation: Int32, value: Double)] = []
  /// The value of each observation after all rows; those that were withdrawn are left out.
  private var values: [Int32: Double] = [:]

  init(_ existing: SeriesTable, _ incoming: SeriesTable, _ code: String) {
    for table in [existing, incoming] {
      guard let number = table.names.number(of: code) else { continue }
      for row in table.rows where row.code == number {
        // What has no release time follows from its observation date, and is no vintage.
        guard let release = row.release else { continue }
        rows.append((release, row.revision, row.observation, row.value))
      }
    }
    rows.sort { ($0.release, $0.revision) < ($1.release, $1.revision) }
    for row in rows { values[row.observation] = row.value.isNaN ? nil : row.value }
    if let row = rows.last { last = KnowledgeTime(microseconds: row.release) }
  }

  /// What a later vintage changes, by observation; `nil` for what it withdraws.
  mutating func advance(to vintage: VintageSnapshot) -> [(observation: Int32, value: Double?)] {
    last = vintage.release
    var changes: [(observation: Int32, value: Double?)] = []
    var present: Set<Int32> = []
    for (observation, value) in vintage.values {
      present.insert(observation.rawValue)
      if values[observation.rawValue] == value { continue }
      changes.append((observation.rawValue, value))
    }
    if let first = present.min(), let last = present.max() {
      for observation in values.keys where observation >= first && observation <= last {
        if !present.contains(observation) { changes.append((observation, nil)) }
      }
    }
    changes.sort { $0.observation < $1.observation }
    for (observation, value) in changes {
      values[observation] = value
      rows.append((vintage.release.microseconds, 0, observation, value ?? .missing(.notReleased)))
    }
    return changes
  }

  /// Whether a vintage shows what was known at its time.
  func agrees(with vintage: VintageSnapshot) -> Bool {
    var known: [Int32: Double] = [:]
    for row in rows where row.release <= vintage.release.microseconds {
      known[row.observation] = row.value.isNaN ? nil : row.value
    }
    return vintage.values.allSatisfy { known[$0.observation.rawValue] == $0.value }
  }
}
