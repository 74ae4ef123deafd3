/// What an import does to a data set: the rows that it adds, and the stored rows that take other values.
public struct TableAdditions: Sendable {
  /// The rows that are not there yet.
  public let rows: MarketTables
  /// Rows with the keys of stored ones, as they will be.
  public let replacements: MarketTables
  /// The same where they stand in the files of a data folder; empty where the stored rows came from elsewhere.
  public let edits: [FileEdits]
  /// How many rows are there already, or were given twice.
  public let repeated: Int
  /// What happens to stored rows, by ticker, series or curve.
  public let changes: [StoredChange]
  /// Stored tickers whose adjusted closes are not read any more, because the import makes the data set one that is
  /// adjusted from actions; ascending.
  public let unread: [String]
  /// How long the bars of each ticker are in the data set as it will be, where they are longer than a day.
  public var barPeriods: [String: BarPeriod] = [:]
  /// Rows with a price that is none, which no data set takes, by ticker.
  let refused: [NameDifferences]

  /// How many rows there are to add.
  public var count: Int { rows.rowCount }
  /// How many stored rows get other values.
  public var replaced: Int { changes.reduce(0) { $0 + $1.replaced } }
  /// How many stored rows get the adjusted close of another scale, and nothing else.
  public var rescaled: Int { changes.reduce(0) { $0 + $1.rescaled } }
  /// How many rows are left out, because loading would not take them.
  public var leftOut: Int { refused.reduce(0) { $0 + $1.count } }
  /// What happens to stored rows and what is left out, in lines.
  public var lines: [String] { changes.flatMap(\.lines) + unreadLine + refused.map(TableAdditions.leftOutLine) }

  private static func leftOutLine(_ rows: NameDifferences) -> String {
    let first = rows.examples.first.map { "\($0.key) \($0.columns.map(\.shown).joined(separator: ", "))" } ?? ""
    return "\(rows.name): \(rows.count == 1 ? "1 row" : "\(rows.count) rows, the first") left out: \(first)"
  }

  private var unreadLine: [String] {
    if unread.isEmpty { return [] }
    let names = unread.prefix(10).joined(separator: ", ") + (unread.count > 10 ? ", …" : "")
    return [
      "prices are adjusted from actions from now on: the adjusted_close of \(unread.count) "
        + "\(unread.count == 1 ? "ticker" : "tickers") is not read any more (\(names))"
    ]
  }
  /// Whether there is nothing to do: the data set stays as it is.
  public var isEmpty: Bool { count == 0 && replacements.rowCount == 0 && !rows.startsAdjusting }

  /// The data set as it will be.
  public func applied(to existing: MarketTables) -> MarketTables {
    rows.joined(with: replacements.rowCount == 0 ? existing : existing.replacing(replacements))
  }
}

/// What happens to the stored rows of one ticker, series or curve.
public struct StoredChange: Sendable {
  /// What the rows are of.
  public let name: String
  /// How many get other values.
  public let replaced: Int
  /// How many get the adjusted close of another scale, and nothing else.
  public let rescaled: Int
  let factor: String?
  let examples: [RowDifference]
  /// How many stored rows keep their adjusted close although that of others changed by no one factor.
  let left: Int

  /// One line for each thing that happens.
  public var lines: [String] {
    var lines: [String] = []
    if rescaled > 0 {
      let rows = rescaled == 1 ? "1 row" : "\(rescaled) rows"
      lines.append(
        factor.map { "\(name): adjusted closes rescaled by \($0) (\(rows))" }
          ?? "\(name): adjusted closes restated within their rounding (\(rows))")
    }
    if replaced > 0 {
      let shown = examples.map { "\($0.key) \($0.values("is now"))" }.joined(separator: "; ")
      lines.append(
        "\(name): \(replaced == 1 ? "1 row" : "\(replaced) rows") replaced: \(shown)"
          + (replaced > examples.count ? "; …" : ""))
    }
    if left > 0 {
      lines.append(
        "\(name): \(left) stored \(left == 1 ? "row that is not in the import keeps" : "rows that are not in the import keep") "
          + "adjusted closes of the old scale")
    }
    return lines
  }
}
