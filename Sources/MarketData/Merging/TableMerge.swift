import Diagnostics
import MarketModel

/// Finds what of the rows of each kind is new, and what contradicts a stored row.
struct TableMerge {
  let existing: MarketTables
  /// Whether stored rows take the values of rows with their keys.
  let replaces: Bool
  /// What is added, with the settings and problems of both.
  var rows = MarketTables()
  var replacements = MarketTables()
  var edits = RowEdits()
  var repeated = 0
  var changes: [StoredChange] = []
  /// Rows with a price that is none, by ticker.
  var refused: [NameDifferences] = []
  private var conflicts: [NameDifferences] = []

  init(_ existing: MarketTables, log: LoadingLog, replaces: Bool) {
    self.existing = existing
    self.replaces = replaces
    rows.settings = existing.settings
    rows.log = log
  }

  /// What was found; throws all problems together.
  consuming func finish() throws(DataLoadingFailure) -> TableAdditions {
    var merge = self
    let last = merge.conflicts.count - 1
    for (place, conflict) in merge.conflicts.enumerated() {
      let file = merge.rows.log.location(conflict.first)
      merge.rows.log.error(
        .differsFromStored(conflict, at: file, saysRemedy: place == min(last, 19)), at: conflict.first)
    }
    _ = try merge.rows.log.finish(strict: false)
    return TableAdditions(
      rows: merge.rows, replacements: merge.replacements, edits: merge.edits.byFile(merge.existing.log.files),
      repeated: merge.repeated, changes: merge.changes, unread: merge.unread, refused: merge.refused)
  }

  /// The stored tickers that have adjusted closes which nobody reads from now on.
  private var unread: [String] {
    guard rows.startsAdjusting else { return [] }
    return existing.prices.names.sorted.compactMap { number in
      let hasAdjusted = existing.prices.rows(of: number).contains { !$0.adjustedClose.isNaN }
      return hasAdjusted ? existing.prices.names.names[Int(number)] : nil
    }
  }

  // MARK: - What is found

  /// Notes two rows of the import that contradict each other.
  mutating func noteContradiction(_ key: String, _ place: RowPlace, _ first: RowPlace) {
    rows.log.error(.conflictingRows(key, at: rows.log.location(place), first: rows.log.location(first)), at: place)
  }

  /// Notes rows of one name that differ from stored ones: changes, or what stops the import.
  mutating func note(_ differences: NameDifferences, rescaled: Int = 0, factor: String? = nil, left: Int = 0) {
    if differences.count > 0, !replaces {
      conflicts.append(differences)
    } else if differences.count > 0 || rescaled > 0 {
      changes.append(
        StoredChange(
          name: differences.name, replaced: differences.count, rescaled: rescaled, factor: factor,
          examples: differences.examples, left: left))
    }
  }

  /// Notes what was found of a kind, by the names of its rows.
  private mutating func note(_ all: [NameDifferences]) {
    for differences in all { note(differences) }
  }

  // MARK: - Rows with one key

  mutating func addSeries(_ kind: SeriesKind, _ table: SeriesTable) {
    let old = existing.series[Int(kind.rawValue)]
    var added = SeriesTable()
    var merge = KeyedMerge<SeriesKey, Double>()
    for (number, row) in old.rows.enumerated() {
      merge.store(row.value, SeriesKey(row, added.names.intern(old.names.names[Int(row.code)])), number)
    }
    for var row in table.rows {
      let name = table.names.names[Int(row.code)]
      row.code = added.names.intern(name)
      let key = SeriesKey(row, row.code)
      let day = Day(rawValue: row.observation)
      switch merge.add(row.value, key, row.place, isSame: { $0.isSame($1) }) {
      case .new: added.rows.append(row)
      case .repeated: repeated += 1
      case .contradicts(let first): noteContradiction("`\(name)` for \(day)", row.place, first)
      case .differs(let stored, let before):
        let release = row.release.map { " released \(KnowledgeTime(microseconds: $0))" } ?? ""
        merge.note(name, row.place) {
          RowDifference("\(day)\(release)", [.init(name: "value", stored: before, given: row.value)])
        }
        replacements.series[Int(kind.rawValue)].append(row, of: name)
        for place in stored {
          edits.add(
            old.rows[place].place, kind == .macro ? .series : .flows, name, row.observation, .value(row.value))
        }
      }
    }
    rows.series[Int(kind.rawValue)] = added
    note(merge.differences)
  }

  mutating func addCurves(_ table: CurveTable) {
    let old = existing.curves
    var added = CurveTable()
    var merge = KeyedMerge<CurveKey, Double>()
    for (number, row) in old.rows.enumerated() {
      merge.store(row.rate, CurveKey(row, added.names.intern(old.names.names[Int(row.curve)])), number)
    }
    for var row in table.rows {
      let name = table.names.names[Int(row.curve)]
      row.curve = added.names.intern(name)
      let day = Day(rawValue: row.date)
      switch merge.add(row.rate, CurveKey(row, row.curve), row.place, isSame: { $0.isSame($1) }) {
      case .new: added.rows.append(row)
      case .repeated: repeated += 1
      case .contradicts(let first): noteContradiction("`\(name)` on \(day)", row.place, first)
      case .differs(let stored, let before):
        merge.note(name, row.place) {
          RowDifference("\(day) at \(row.tenor) days", [.init(name: "rate", stored: before, given: row.rate)])
        }
        replacements.curves.append(row, of: name)
        for place in stored { edits.add(old.rows[place].place, .curves, name, row.date, .value(row.rate)) }
      }
    }
    rows.curves = added
    note(merge.differences)
  }

  /// The key of a membership is all of it, so none can differ from another with its key.
  mutating func addMemberships(_ table: MembershipTable) {
    var known = Set(existing.memberships.rows.map { MembershipKey($0) })
    for row in table.rows {
      if known.insert(MembershipKey(row)).inserted {
        rows.memberships.rows.append(row)
      } else {
        repeated += 1
      }
    }
  }

  mutating func addActions(_ table: ActionTable) {
    let old = existing.actions.rows
    var merge = KeyedMerge<ActionKey, ActionRow>()
    for (number, row) in old.enumerated() { merge.store(row, ActionKey(row), number) }
    for row in table.rows {
      switch merge.add(row, ActionKey(row), row.place, isSame: { $0.agrees(with: $1) }) {
      case .new: rows.actions.rows.append(row)
      case .repeated: repeated += 1
      case .contradicts(let first): noteContradiction("`\(row.ticker)` on \(row.exDate)", row.place, first)
      case .differs(let stored, let before):
        merge.note(row.ticker, row.place) { RowDifference(before, row) }
        replacements.actions.rows.append(row)
        for place in stored { edits.add(old[place].place, .actions, row.ticker, row.exDate.rawValue, .action(row)) }
      }
    }
    note(merge.differences)
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

extension SeriesTable {
  /// Adds a row of a series by its name.
  fileprivate mutating func append(_ row: SeriesRow, of name: String) {
    var row = row
    row.code = names.intern(name)
    rows.append(row)
  }
}

extension CurveTable {
  /// Adds a row of a curve by its name.
  fileprivate mutating func append(_ row: CurveRow, of name: String) {
    var row = row
    row.curve = names.intern(name)
    rows.append(row)
  }
}

extension ActionRow {
  /// Whether all three numbers are the same.
  func agrees(with other: ActionRow) -> Bool {
    splitRatio == other.splitRatio && cashDividend == other.cashDividend && delistingPrice == other.delistingPrice
  }
}

extension RowDifference {
  /// How two corporate actions of one day differ.
  init(_ stored: ActionRow, _ given: ActionRow) {
    func column(_ field: Field, _ before: Double?, _ after: Double?) -> Column? {
      before == after ? nil : Column(name: field.name, stored: before, given: after)
    }
    let columns = [
      column(.splitRatio, stored.splitRatio, given.splitRatio),
      column(.cashDividend, stored.cashDividend, given.cashDividend),
      column(.delistingPrice, stored.delistingPrice, given.delistingPrice),
    ]
    self.init("\(given.exDate)", columns.compactMap { $0 })
  }
}
