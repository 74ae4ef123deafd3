import MarketData

extension FileKind {
  /// Files in the form of data folders, one kind each.
  var importer: Importer {
    let kind = self
    return Importer(
      rawValue, title: "the program's own form, \(rawValue)", columns: declared, files: files, release: releaseRule,
      exampleName: "\(rawValue).csv", example: sample, isGeneral: self == .prices,
      match: { kind.match($0) }, isSure: { start, match in match.others.isEmpty || FileKind.looksWide(start) },
      read: { reader in
        if kind == .prices, reader.match["ticker"] == nil, reader.match.others.isEmpty {
          // One ticker, that of the file: where its dates repeat there are several, and no column says which.
          let ticker = reader.name
          PriceRows(reader).read(&reader, ticker: ticker)
        } else {
          reader.readOwn(kind)
        }
      })
  }

  /// The columns, each under the names that loading knows.
  private var declared: FormatColumns {
    let choice: [Field] = self == .actions ? [.splitRatio, .cashDividend, .delistingPrice] : []
    return FormatColumns(
      fields.map { field in
        let isRequired = required.contains(field) || (self == .prices && field == .close)
        return FormatColumns.Column(
          [field.name] + field.synonyms, FileKind.content(field),
          isRequired ? .required : choice.contains(field) ? .oneOf : .optional)
      })
  }

  private static func content(_ field: Field) -> FormatColumns.Content {
    switch field {
    case .date, .observationDate, .start, .end, .exDate: .date
    case .open, .high, .low, .close, .volume, .adjustedClose, .value, .rate, .splitRatio, .cashDividend,
      .delistingPrice:
      .number
    case .ticker, .series, .releaseTime, .revision, .curve, .tenorDays, .universe: .text
    }
  }

  private var files: String {
    switch self {
    case .prices:
      "Or wide, the closes of many tickers: `date,AAPL,MSFT`, neither a ticker nor a close column, and a column for each "
        + "ticker. Also from Parquet. Without a ticker column the file's name is the ticker, or `--name`."
    case .actions, .series, .flows, .curves, .universes: "Also from Parquet."
    }
  }

  /// Finds the columns as loading does.
  private func match(_ start: FileStart) -> FormatMatch {
    let header = FileHeader(start.header, fields: fields)
    var match = FormatMatch()
    if let twice = header.twice { match.missing.append("a single `\(twice.field.name)`") }
    var taken = Set<Int>()
    for field in fields {
      guard let column = header[field] else { continue }
      taken.insert(column)
      match.places[FileStart.plain(field.name)] = column
      match.note(column, FileKind.content(field))
    }
    let isWide = self == .prices && FileKind.isWide(start.header)
    let rest = start.header.indices.filter { !start.header[$0].isEmpty }
    if isWide {
      match.others = rest.filter { $0 != header[.date] }
      match.numbers = match.others
    } else {
      match.leftAside = rest.filter { !taken.contains($0) }
    }
    for column in declared.columns where column.need == .required && match[column.names[0]] == nil {
      if !(isWide && column.names[0] == Field.close.name) { match.missing.append("`\(column.names[0])`") }
    }
    let choice = declared.columns.filter { $0.need == .oneOf }
    if !choice.isEmpty, choice.allSatisfy({ match[$0.names[0]] == nil }) {
      match.missing.append(choice.map { "`\($0.names[0])`" }.joined(separator: " or "))
    }
    return match
  }

  /// Whether a header of wide closes is one beyond doubt: each column is called as tickers are.
  private static func looksWide(_ start: FileStart) -> Bool {
    start.header.dropFirst().allSatisfy { name in
      name.isEmpty
        || name.utf8.count <= 15 && name.contains { $0.isLetter } && !name.contains { $0.isLowercase || $0 == " " }
    }
  }

  private var releaseRule: String {
    switch self {
    case .prices, .actions, .universes: "Known at the cut of its date."
    case .series: "As `release_time` says; rows without one need `--release-lag`."
    case .flows:
      "As `release_time` says, else at the cut of the observation date. Only `--format flows` tells these from "
        + "macro series."
    case .curves: "As `release_time` says, else at the cut of the curve's date."
    }
  }

  private var sample: String {
    switch self {
    case .prices:
      "ticker,date,open,high,low,close,volume,adjusted_close\nQQQ,2020-01-02,214.4,216.16,213.98,216.16,30969400,"
    case .series: "series,observation_date,release_time,value\nCPIAUCSL,2020-01-01,2020-02-13T13:30:00Z,258.82"
    case .flows: "series,observation_date,release_time,value\nETF_FLOW,2020-01-03,,12.5"
    case .curves: "curve,date,tenor_days,rate\nUST_PAR,2020-01-02,3650,1.88"
    case .universes: "universe,ticker,start,end\nSP500,AAPL,1996-01-02,"
    case .actions: "ticker,ex_date,split_ratio,cash_dividend,delisting_price\nAAPL,2020-08-31,4,,"
    }
  }
}
