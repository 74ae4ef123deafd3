import Diagnostics
import MarketModel

/// How a row differs from the stored one with its key.
struct RowDifference: Sendable {
  /// One column of both.
  struct Column: Sendable {
    let name: String
    let stored: Double?
    let given: Double?

    /// The value that was given.
    var shown: String { "\(name) \(RowDifference.shown(given))" }
  }

  /// What of the key is not the name: `2015-01-07`.
  let key: String
  /// The columns that differ.
  let columns: [Column]

  init(_ key: String, _ columns: [Column]) {
    self.key = key
    self.columns = columns
  }

  /// Both values of each column: `close 202.31 is now 201.31`.
  func values(_ verb: String) -> String {
    columns.map { "\($0.name) \(RowDifference.shown($0.stored)) \(verb) \(RowDifference.shown($0.given))" }
      .joined(separator: ", ")
  }

  private static func shown(_ value: Double?) -> String {
    guard let value, !value.isNaN else { return "nothing" }
    return CSVText.text(value)
  }
}

extension RowDifference {
  /// How two price rows of one day differ.
  init(_ stored: PriceRow, _ given: PriceRow) {
    func column(_ field: Field, _ number: KeyPath<PriceRow, Double>) -> Column? {
      let (before, after) = (stored[keyPath: number], given[keyPath: number])
      return before.isSame(after) ? nil : Column(name: field.name, stored: before, given: after)
    }
    // What matters most first: it may be the one that is shown.
    let columns = [
      column(.close, \.close), column(.adjustedClose, \.adjustedClose), column(.open, \.open), column(.high, \.high),
      column(.low, \.low), column(.volume, \.volume),
    ]
    self.init("\(Day(rawValue: given.day))", columns.compactMap { $0 })
  }
}

/// The rows of one ticker, series or curve that differ from stored ones.
struct NameDifferences {
  /// What the rows are of.
  let name: String
  /// How many there are.
  private(set) var count = 0
  /// The first of them, at most three.
  private(set) var examples: [RowDifference] = []
  /// Where the first stands.
  private(set) var first = RowPlace.nowhere

  init(_ name: String) { self.name = name }

  /// Notes another row.
  mutating func add(_ place: RowPlace, _ difference: @autoclosure () -> RowDifference) {
    count += 1
    if count == 1 { first = place }
    if examples.count < 3 { examples.append(difference()) }
  }
}
