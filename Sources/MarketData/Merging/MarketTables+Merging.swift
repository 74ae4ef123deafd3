import Diagnostics
import MarketModel

/// What is to be added to a data set, and what it would have changed.
public struct TableAdditions: Sendable {
  /// The rows that are not there yet.
  public let rows: MarketTables
  /// How many rows are there already, or were given twice.
  public let repeated: Int

  /// How many rows there are to add.
  public var count: Int { rows.rowCount }
  /// Whether there is nothing to add: the data set stays as it is.
  public var isEmpty: Bool { count == 0 && !rows.startsAdjusting }
}

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

  /// The rows that a data set lacks. Nothing that is there is ever changed: a row with the key of another and other
  /// values is an error, and so is a setting that differs.
  ///
  /// All problems, also those noted while the rows were read, are reported together.
  public consuming func additions(to existing: MarketTables) throws(DataLoadingFailure) -> TableAdditions {
    // What cannot be loaded as it is must not grow.
    _ = try existing.log.finish(strict: false)
    var incoming = self
    incoming.resolveVintages(against: existing)
    var merge = TableMerge(existing, log: incoming.log)
    merge.addSettings(incoming.settings)
    merge.addPrices(incoming.prices)
    for kind in SeriesKind.allCases { merge.addSeries(kind, incoming.series[Int(kind.rawValue)]) }
    merge.addCurves(incoming.curves)
    merge.addMemberships(incoming.memberships)
    merge.addActions(incoming.actions)
    _ = try merge.rows.log.finish(strict: false)
    return TableAdditions(rows: merge.rows, repeated: merge.repeated)
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

/// Finds what of the rows of each kind is new.
private struct TableMerge {
  let existing: MarketTables
  var rows = MarketTables()
  var repeated = 0

  init(_ existing: MarketTables, log: LoadingLog) {
    self.existing = existing
    rows.settings = existing.settings
    rows.log = log
  }

  /// Notes a row whose key is known.
  private mutating func note(isSame: Bool, _ key: String, _ place: RowPlace, _ other: RowPlace) {
    if isSame {
      repeated += 1
    } else {
      let first = other.file < 0 ? nil : rows.log.location(other)
      rows.log.error(.differsFromImported(key, at: rows.log.location(place), first: first), at: place)
    }
  }

  // MARK: - Rows

  mutating func addPrices(_ table: PriceTable) {
    // A data set that is adjusted from actions reads no adjusted closes, whatever its source says.
    let isAdjusted = !rows.settings.adjustFromActions
    // A ticker at a time, so that no more than its rows need be found by their dates.
    for number in table.names.sorted {
      let name = table.names.names[Int(number)]
      var byDay: [Int32: PriceRow] = [:]
      if let old = existing.prices.names.number(of: name) {
        for var row in existing.prices.rows(of: old) {
          row.place = .nowhere
          byDay[row.day] = row
        }
      }
      for row in table.rows(of: number) {
        if let other = byDay[row.day] {
          note(
            isSame: row.agrees(with: other, adjusted: isAdjusted), "`\(name)` on \(Day(rawValue: row.day))", row.place,
            other.place)
          continue
        }
        byDay[row.day] = row
        rows.prices.append(row, of: rows.prices.names.intern(name))
      }
    }
  }

  mutating func addSeries(_ kind: SeriesKind, _ table: SeriesTable) {
    struct Key: Hashable { var code: Int32, observation: Int32, release: Int64?, revision: Int64 }
    let old = existing.series[Int(kind.rawValue)]
    var added = SeriesTable()
    var known: [Key: (value: Double, place: RowPlace)] = [:]
    for row in old.rows {
      let code = added.names.intern(old.names.names[Int(row.code)])
      let key = Key(code: code, observation: row.observation, release: row.release, revision: row.revision)
      known[key] = (row.value, .nowhere)
    }
    for var row in table.rows {
      let name = table.names.names[Int(row.code)]
      row.code = added.names.intern(name)
      let key = Key(code: row.code, observation: row.observation, release: row.release, revision: row.revision)
      if let other = known[key] {
        note(
          isSame: other.value.isSame(row.value), "`\(name)` for \(Day(rawValue: row.observation))", row.place,
          other.place)
        continue
      }
      known[key] = (row.value, row.place)
      added.rows.append(row)
    }
    rows.series[Int(kind.rawValue)] = added
  }

  mutating func addCurves(_ table: CurveTable) {
    struct Key: Hashable { var curve: Int32, date: Int32, tenor: Int32, release: Int64? }
    var added = CurveTable()
    var known: [Key: (rate: Double, place: RowPlace)] = [:]
    for row in existing.curves.rows {
      let curve = added.names.intern(existing.curves.names.names[Int(row.curve)])
      known[Key(curve: curve, date: row.date, tenor: row.tenor, release: row.release)] = (row.rate, .nowhere)
    }
    for var row in table.rows {
      let name = table.names.names[Int(row.curve)]
      row.curve = added.names.intern(name)
      let key = Key(curve: row.curve, date: row.date, tenor: row.tenor, release: row.release)
      if let other = known[key] {
        note(isSame: other.rate.isSame(row.rate), "`\(name)` on \(Day(rawValue: row.date))", row.place, other.place)
        continue
      }
      known[key] = (row.rate, row.place)
      added.rows.append(row)
    }
    rows.curves = added
  }

  mutating func addMemberships(_ table: MembershipTable) {
    struct Key: Hashable { var universe: String, ticker: String, start: Day }
    var known: [Key: (ends: [Day?], place: RowPlace)] = [:]
    for row in existing.memberships.rows {
      known[Key(universe: row.universe, ticker: row.ticker, start: row.start), default: ([], .nowhere)].ends.append(
        row.end)
    }
    for row in table.rows {
      let key = Key(universe: row.universe, ticker: row.ticker, start: row.start)
      if let other = known[key] {
        note(
          isSame: other.ends.contains(row.end), "`\(row.ticker)` in `\(row.universe)` from \(row.start)", row.place,
          other.place)
        continue
      }
      known[key] = ([row.end], row.place)
      rows.memberships.rows.append(row)
    }
  }

  mutating func addActions(_ table: ActionTable) {
    struct Key: Hashable { var ticker: String, exDate: Day }
    var known: [Key: ActionRow] = [:]
    for var row in existing.actions.rows {
      row.place = .nowhere
      known[Key(ticker: row.ticker, exDate: row.exDate)] = row
    }
    for row in table.rows {
      let key = Key(ticker: row.ticker, exDate: row.exDate)
      if let other = known[key] {
        let isSame =
          other.splitRatio == row.splitRatio && other.cashDividend == row.cashDividend
          && other.delistingPrice == row.delistingPrice
        note(isSame: isSame, "`\(row.ticker)` on \(row.exDate)", row.place, other.place)
        continue
      }
      known[key] = row
      rows.actions.rows.append(row)
    }
  }

  // MARK: - Settings

  mutating func addSettings(_ new: DataSettings) {
    let old = existing.settings
    var merge = SettingsMerge(old, mayBeSet: existing.rowCount == 0)
    if existing.rowCount == 0, !new.name.isEmpty { merge.settings.name = new.name }
    merge.add(new)
    rows.settings = merge.settings
    rows.startsAdjusting = rows.settings.adjustFromActions && !old.adjustFromActions
    for problem in merge.problems { rows.log.error(problem, at: .nowhere) }
  }
}
