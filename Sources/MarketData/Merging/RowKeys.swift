import MarketModel

/// What no two releases of a series share.
struct SeriesKey: Hashable {
  let code: Int32
  let observation: Int32
  let release: Int64?
  let revision: Int64

  /// The key of a row.
  ///
  /// - Parameter code: the number of its series where rows of several tables are compared.
  init(_ row: SeriesRow, _ code: Int32) {
    self.code = code
    observation = row.observation
    release = row.release
    revision = row.revision
  }
}

/// What no two points of curves share.
struct CurveKey: Hashable {
  let curve: Int32
  let date: Int32
  let tenor: Int32
  let release: Int64?

  /// The key of a row.
  ///
  /// - Parameter curve: the number of its curve where rows of several tables are compared.
  init(_ row: CurveRow, _ curve: Int32) {
    self.curve = curve
    date = row.date
    tenor = row.tenor
    release = row.release
  }
}

/// What no two memberships share: the whole row, since a ticker may have several intervals.
struct MembershipKey: Hashable {
  let universe: String
  let ticker: String
  let start: Day
  let end: Day?

  /// The key of a row.
  init(_ row: MembershipRow) {
    universe = row.universe
    ticker = row.ticker
    start = row.start
    end = row.end
  }
}

/// What no two corporate actions share.
struct ActionKey: Hashable {
  let ticker: String
  let exDate: Day

  /// The key of a row.
  init(_ row: ActionRow) {
    ticker = row.ticker
    exDate = row.exDate
  }
}
