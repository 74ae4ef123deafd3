/// A field that data files have a column for.
package enum Field: Int, CaseIterable {
  case ticker, date, open, high, low, close, volume, adjustedClose
  case series, observationDate, releaseTime, value, revision
  case curve, tenorDays, rate
  case universe, start, end
  case exDate, splitRatio, cashDividend, delistingPrice

  /// The name of the column.
  package var name: String {
    switch self {
    case .adjustedClose: "adjusted_close"
    case .observationDate: "observation_date"
    case .releaseTime: "release_time"
    case .tenorDays: "tenor_days"
    case .exDate: "ex_date"
    case .splitRatio: "split_ratio"
    case .cashDividend: "cash_dividend"
    case .delistingPrice: "delisting_price"
    case .ticker, .date, .open, .high, .low, .close, .volume, .series, .value, .revision, .curve, .rate, .universe,
      .start, .end:
      "\(self)"
    }
  }

  /// Other names of the column, the likelier first.
  package var synonyms: [String] {
    switch self {
    case .ticker:
      [
        "symbol", "name", "stock", "code", "asset", "tic", "permno", "sid", "act_symbol", "ticker_symbol", "instrument",
        "security", "stock_symbol", "stock_code", "ric",
      ]
    case .date: ["datetime", "timestamp", "trade_date", "trading_date", "day", "curve_date"]
    case .open: ["open_price", "px_open"]
    case .high: ["high_price", "px_high"]
    case .low: ["low_price", "px_low"]
    case .close: ["close_price", "closing_price", "close_last", "px_last"]
    case .volume: ["vol", "px_volume"]
    case .adjustedClose:
      ["adj_close", "adjclose", "adjustedclose", "close_adj", "closeadj", "close_adjusted", "adjusted"]
    case .series: ["code", "series_id", "series_code", "id"]
    case .observationDate: ["date", "obs_date", "observation", "reference_date", "period"]
    case .releaseTime: ["release_date", "released", "release", "vintage_date", "vintage", "realtime_start"]
    case .value: ["val", "figure"]
    case .revision: ["revision_number", "rev"]
    case .curve: ["curve_id", "curve_name", "id"]
    case .tenorDays: ["days", "maturity_days", "tenor", "maturity", "term"]
    case .rate: ["yield", "value"]
    case .universe: ["index", "universe_name", "list"]
    case .start: ["start_date", "from", "added"]
    case .end: ["end_date", "to", "removed"]
    case .exDate: ["exdate", "ex_dividend_date", "date"]
    case .splitRatio: ["split", "stock_splits", "splits", "ratio"]
    case .cashDividend: ["dividend", "dividends", "cash", "amount"]
    case .delistingPrice: ["delisting", "delist_price"]
    }
  }
}

/// The columns of a file by field.
package struct FileHeader {
  /// The header's cells as written.
  package let names: [String]
  private let normalized: [String]
  // By field; asked for in every row.
  private var columns: [Int?] = Array(repeating: nil, count: Field.allCases.count)
  /// A column that stands a second time under the same name.
  package private(set) var twice: (field: Field, column: Int)?

  package init(_ names: [String], fields: [Field]) {
    self.names = names
    normalized = names.map(FileHeader.normalize)
    for field in fields {
      for name in [field.name] + field.synonyms {
        let found = normalized.indices.filter { normalized[$0] == name && !columns.contains($0) }
        guard let column = found.first else { continue }
        columns[field.rawValue] = column
        if found.count > 1, twice == nil { twice = (field, found[1]) }
        break
      }
    }
  }

  /// Whether a column has a name that is none of a field of a kind of file; one without a name has not.
  func isForeign(_ column: Int, to kind: FileKind) -> Bool {
    let name = normalized[column]
    return !name.isEmpty && !kind.fields.contains { $0.name == name || $0.synonyms.contains(name) }
  }

  /// The names of the columns that stand for no field; one without a name is told by its number.
  var leftAside: [String] {
    names.indices.filter { !columns.contains($0) }.map { names[$0].isEmpty ? "column \($0 + 1)" : names[$0] }
  }

  /// Whether a column of tenors is called one of days.
  func holdsDays(_ column: Int) -> Bool { ["tenor_days", "days", "maturity_days"].contains(normalized[column]) }

  /// The column of a field.
  package subscript(field: Field) -> Int? { columns[field.rawValue] }

  /// Lower case, with one underscore for each run of blanks and signs.
  static func normalize(_ name: String) -> String {
    var result = ""
    for character in name.lowercased() {
      let isWord = character.isLetter || character.isNumber
      if isWord { result.append(character) } else if !result.isEmpty, result.last != "_" { result.append("_") }
    }
    while result.last == "_" { result.removeLast() }
    return result
  }
}
