import Diagnostics
import MarketModel

extension MarketTables {
  /// How many rows of all kinds there are.
  public var rowCount: Int {
    prices.count + series[0].rows.count + series[1].rows.count + curves.rows.count + memberships.rows.count
      + actions.rows.count
  }

  /// How many figures the vintages show that are not releases yet.
  public var vintageRowCount: Int { vintages.reduce(0) { $0 + $1.values.count } }

  /// Takes the rows, settings and problems of a data folder, with the places they come from.
  public mutating func take(_ folder: MarketTables) {
    let offset = Int32(log.files.count)
    log.take(folder.log)
    let isFirst = rowCount == 0
    let before = (series.map(\.rows.count), curves.rows.count)
    let (members, acts) = (memberships.rows.count, actions.rows.count)
    let settings = settings
    self = joined(with: folder, placesMoved: offset)
    for kind in 0..<2 {
      for (place, row) in folder.series[kind].rows.enumerated() {
        series[kind].rows[before.0[kind] + place].place = row.place.moved(offset)
      }
    }
    for (place, row) in folder.curves.rows.enumerated() {
      curves.rows[before.1 + place].place = row.place.moved(offset)
    }
    for (place, row) in folder.memberships.rows.enumerated() {
      memberships.rows[members + place].place = row.place.moved(offset)
    }
    for (place, row) in folder.actions.rows.enumerated() { actions.rows[acts + place].place = row.place.moved(offset) }
    self.settings = settings
    if isFirst { self.settings.name = folder.settings.name }
    take(folder.settings)
  }

  /// Takes over what another data set says about itself, where nothing was said so far; what differs is a problem.
  private mutating func take(_ new: DataSettings) {
    var merge = SettingsMerge(settings, mayBeSet: true)
    merge.add(new)
    settings = merge.settings
    for problem in merge.problems { log.error(problem, at: .nowhere) }
  }

  /// The rows that a data set lacks, and the stored rows that take other values.
  ///
  /// A row with the key of a stored one and other values is an error unless `replacing`; but adjusted closes that differ
  /// by one factor a ticker, and nothing else, are the vendor's newer scale and taken over. A setting that differs is
  /// an error, and so are two rows of this that contradict each other. All problems, also those noted while the rows
  /// were read, are reported together.
  public consuming func additions(
    to existing: MarketTables, replacing: Bool = false
  ) throws(DataLoadingFailure) -> TableAdditions {
    // What cannot be loaded as it is must not grow.
    _ = try existing.log.finish(strict: false)
    var incoming = self
    incoming.resolveVintages(against: existing)
    var merge = TableMerge(existing, log: incoming.log, replaces: replacing)
    merge.addSettings(incoming.settings)
    merge.addPrices(incoming.prices)
    for kind in SeriesKind.allCases { merge.addSeries(kind, incoming.series[Int(kind.rawValue)]) }
    merge.addCurves(incoming.curves)
    merge.addMemberships(incoming.memberships)
    merge.addActions(incoming.actions)
    return try merge.finish()
  }

  /// The rows of this and of another, as one; only those of this say where they come from.
  public func joined(with other: MarketTables) -> MarketTables { joined(with: other, placesMoved: nil) }

  /// The rows of this and of another, as one.
  ///
  /// - Parameter placesMoved: how many files of this come before those of the other; `nil` where it has none.
  private func joined(with other: MarketTables, placesMoved offset: Int32?) -> MarketTables {
    var result = self
    for (name, rows) in zip(other.prices.names.names, other.prices.tickers) where !rows.isEmpty {
      let ticker = result.prices.names.intern(name)
      for var row in rows {
        row.place = offset.map { row.place.moved($0) } ?? .nowhere
        result.prices.append(row, of: ticker)
      }
    }
    for kind in 0..<2 {
      for var row in other.series[kind].rows {
        row.code = result.series[kind].names.intern(other.series[kind].names.names[Int(row.code)])
        row.place = .nowhere
        result.series[kind].rows.append(row)
      }
    }
    for var row in other.curves.rows {
      row.curve = result.curves.names.intern(other.curves.names.names[Int(row.curve)])
      row.place = .nowhere
      result.curves.rows.append(row)
    }
    result.memberships.rows += other.memberships.rows.map { $0.moved(to: .nowhere) }
    result.actions.rows += other.actions.rows.map { $0.moved(to: .nowhere) }
    return result
  }
}

extension MembershipRow {
  fileprivate func moved(to place: RowPlace) -> MembershipRow {
    var row = self
    row.place = place
    return row
  }
}

extension ActionRow {
  fileprivate func moved(to place: RowPlace) -> ActionRow {
    var row = self
    row.place = place
    return row
  }
}
