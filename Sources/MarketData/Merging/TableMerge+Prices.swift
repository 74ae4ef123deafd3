import MarketModel

// Prices: the one kind whose rows a vendor states anew, in another scale, without a fact having changed.
extension TableMerge {
  mutating func addPrices(_ table: PriceTable) {
    // A ticker at a time, so that no more than its rows need be found by their dates.
    for number in table.names.sorted {
      let name = table.names.names[Int(number)]
      let stored = existing.prices.names.number(of: name).map { existing.prices.rows(of: $0) } ?? []
      let given = givenOnce(table.rows(of: number), name)
      add(name, given: given, stored: stored)
    }
  }

  /// A data set that is adjusted from actions reads no adjusted closes, whatever its source says.
  private var isAdjusted: Bool { !rows.settings.adjustFromActions }

  /// The rows without repetitions, and without those that no data set takes; two that contradict each other are noted.
  private mutating func givenOnce(_ all: [PriceRow], _ name: String) -> [PriceRow] {
    var numbers: [Int32: Int] = [:]
    var result: [PriceRow] = []
    var bad = NameDifferences(name)
    for row in all {
      if row.hasBadPrice(adjusted: isAdjusted) {
        bad.add(row.place, RowDifference(badPricesOf: row))
        continue
      }
      guard let number = numbers[row.day] else {
        numbers[row.day] = result.count
        result.append(row)
        continue
      }
      if row.agrees(with: result[number], adjusted: isAdjusted) {
        repeated += 1
      } else {
        noteContradiction("`\(name)` on \(Day(rawValue: row.day))", row.place, result[number].place)
      }
    }
    if bad.count > 0 { refused.append(bad) }
    return result
  }

  private mutating func add(_ name: String, given: [PriceRow], stored: [PriceRow]) {
    let ticker = rows.prices.names.intern(name)
    if stored.isEmpty {
      for row in given { rows.prices.append(row, of: ticker) }
      return
    }
    let byDay = Dictionary(stored.map { ($0.day, $0) }) { first, _ in first }
    var pairs: [(stored: PriceRow, given: PriceRow)] = []
    for row in given {
      if let other = byDay[row.day] {
        pairs.append((other, row))
      } else {
        rows.prices.append(row, of: ticker)
      }
    }
    compare(name, pairs, stored)
  }

  /// Finds what differs in rows of the same days.
  private mutating func compare(
    _ name: String, _ pairs: [(stored: PriceRow, given: PriceRow)], _ stored: [PriceRow]
  ) {
    let differing = pairs.filter { !$0.given.agrees(with: $0.stored, adjusted: isAdjusted) }
    if differing.isEmpty {
      repeated += pairs.count
      return
    }
    let alike = pairs.filter {
      isAdjusted && $0.given.differsInScaleAlone(from: $0.stored) && !$0.given.adjustedClose.isNaN
    }
    let scale = AdjustedScale(alike.map { ($0.stored.adjustedClose, $0.given.adjustedClose) })
    var changed: [Int32: PriceRow] = [:]
    var rescaled = 0
    var differences = NameDifferences(name)
    for (stored, given) in differing {
      changed[given.day] = given
      if scale != nil, given.differsInScaleAlone(from: stored) {
        rescaled += 1
      } else {
        differences.add(given.place, RowDifference(stored, given))
      }
    }
    repeated += pairs.count - differing.count
    let days = Set(pairs.map(\.given.day))
    let others = stored.filter { !days.contains($0.day) && !$0.adjustedClose.isNaN }
    if let scale, scale.factor != 1 {
      for var row in others where changed[row.day] == nil {
        row.adjustedClose *= scale.factor
        guard row.adjustedClose.isNormal else { continue }
        changed[row.day] = row
        rescaled += 1
      }
    }
    let isTorn =
      isAdjusted && scale == nil && differing.contains { !$0.given.adjustedClose.isSame($0.stored.adjustedClose) }
    note(differences, rescaled: rescaled, factor: scale?.shown, left: isTorn ? others.count : 0)
    replace(name, changed, stored)
  }

  /// Notes the stored rows that take the values of others, in their order.
  private mutating func replace(_ name: String, _ changed: [Int32: PriceRow], _ stored: [PriceRow]) {
    let ticker = replacements.prices.names.intern(name)
    var done: Set<Int32> = []
    for row in stored {
      guard let other = changed[row.day] else { continue }
      // A row may stand in a folder twice.
      if done.insert(row.day).inserted { replacements.prices.append(other, of: ticker) }
      edits.add(row.place, .prices, name, row.day, .price(other))
    }
  }
}

extension RowDifference {
  /// The closes of a row that are no prices.
  fileprivate init(badPricesOf row: PriceRow) {
    let columns = [(Field.close, row.close), (.adjustedClose, row.adjustedClose)].filter { $0.1 <= 0 }
    self.init(
      "\(Day(rawValue: row.day))", columns.map { Column(name: $0.0.name, stored: nil, given: $0.1) })
  }
}

extension PriceRow {
  /// Whether its close or adjusted close is given and not positive: loading does not take such a row.
  ///
  /// - Parameter adjusted: whether the adjusted close is read.
  fileprivate func hasBadPrice(adjusted: Bool) -> Bool { close <= 0 || (adjusted && adjustedClose <= 0) }

  /// Whether all numbers but the adjusted close are the same, and both rows have one or neither has.
  fileprivate func differsInScaleAlone(from other: PriceRow) -> Bool {
    var other = other
    if adjustedClose.isNaN != other.adjustedClose.isNaN { return false }
    other.adjustedClose = adjustedClose
    return agrees(with: other)
  }
}
