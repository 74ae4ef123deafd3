import MarketData
import MarketModel

extension Importer {
  /// A table of yfinance: two rows that say which figure of which ticker a column has, then one for the index.
  static let yahooTable = Importer(
    "yfinance", title: "Yahoo Finance, daily prices of one or many tickers (yfinance's `download`)",
    columns: FormatColumns(
      [], others: FormatColumns.Others(shown: "figure of a ticker", fits: { _ in false })),
    files:
      "Three rows of header: the figures (`Close`, `High`, …), the tickers, and `Date`, the first two in either order.",
    release: Importer.yahooRelease,
    exampleName: "download.csv",
    example: """
      Price,Close,Close,Volume,Volume
      Ticker,AAPL,MSFT,AAPL,MSFT
      Date,,,,
      2024-01-02,185.64,370.87,82488700,25258600
      2024-01-03,184.25,370.60,58414500,23083500
      """,
    kin: "yahoo", datesBarsAtStart: true,
    match: { YahooTable($0)?.match ?? .noTable },
    read: { reader in YahooTable(reader.start)?.read(&reader) })
}

extension FormatMatch {
  /// That of a file without the header of three rows.
  fileprivate static var noTable: FormatMatch {
    var match = FormatMatch()
    match.missing = ["a row `Price`, a row `Ticker` and a row `Date`"]
    return match
  }
}

/// Which figure of which ticker each column of a table has.
private struct YahooTable {
  private var columns: [(column: Int, ticker: String, field: Field)] = []
  let match: FormatMatch

  init?(_ start: FileStart) {
    let (first, rows) = (start.header, start.rows)
    guard rows.count >= 2, first.count > 1, rows[0].count == first.count, YahooTable.isIndex(rows[1]) else {
      return nil
    }
    let isFieldFirst = YahooTable.areFields(first)
    guard isFieldFirst || YahooTable.areFields(rows[0]) else { return nil }
    let (fields, tickers) = isFieldFirst ? (first, rows[0]) : (rows[0], first)
    var match = FormatMatch()
    match.note(0, .date)
    var seen = Set<String>()
    for column in first.indices.dropFirst() {
      guard let field = YahooTable.field(fields[column]), !tickers[column].isEmpty else {
        // A dividend or a split, for which the closes are adjusted.
        match.leftAside.append(column)
        continue
      }
      if !seen.insert("\(field) \(tickers[column])").inserted {
        match.missing.append("a single `\(fields[column])` of `\(tickers[column])`")
      }
      match.note(column, .number)
      columns.append((column, tickers[column], field))
    }
    if !columns.contains(where: { $0.field == .close }) { match.missing.append("a `Close` for a ticker") }
    self.match = match
  }

  /// Whether a row names the index and nothing else.
  private static func isIndex(_ row: [String]) -> Bool {
    guard let first = row.first, ["date", "datetime"].contains(FileStart.plain(first)) else { return false }
    return row.dropFirst().allSatisfy(\.isEmpty)
  }

  /// Whether a row names figures, and a close among them.
  private static func areFields(_ row: [String]) -> Bool {
    let names = row.dropFirst().map(FileStart.plain)
    return names.allSatisfy { known[$0] != nil || events.contains($0) } && names.contains("close")
  }

  private static func field(_ name: String) -> Field? { known[FileStart.plain(name)] }

  private static let known: [String: Field] = [
    "open": .open, "high": .high, "low": .low, "close": .close, "adjclose": .adjustedClose, "volume": .volume,
  ]
  private static let events = ["dividends", "stocksplits", "capitalgains", "repaired"]

  func read(_ reader: inout ImportReader) {
    var places: [String: [Field: Int]] = [:]
    var tickers: [String] = []
    for (column, ticker, field) in columns {
      if places[ticker] == nil { tickers.append(ticker) }
      places[ticker, default: [:]][field] = column
    }
    // The rows of tickers and of the index stand behind the header.
    reader.forEachRow(skipping: 2) { row in
      guard let day = row.day(0) else { return }
      for ticker in tickers {
        let place = places[ticker] ?? [:]
        func number(_ field: Field) -> Double? { row.number(place[field]) }
        let (open, high, low, close, volume, adjusted) = (
          number(.open), number(.high), number(.low), number(.close), number(.volume), number(.adjustedClose)
        )
        // Where one ticker has a bar, those without one have empty cells.
        if [open, high, low, close, volume, adjusted].allSatisfy({ $0 == nil }) { continue }
        row.tables.addPrice(
          ticker, day, open: open, high: high, low: low, close: close, volume: volume, adjustedClose: adjusted)
      }
    }
  }
}
