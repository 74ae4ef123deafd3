import MarketData
import MarketModel

extension FormatColumns {
  /// The columns of prices, under the names that everybody uses and those of one vendor.
  ///
  /// - Parameters:
  ///   - required: those that a file of the vendor has, beside the date.
  ///   - own: the vendor's names, which go before the others.
  ///   - more: columns beside them.
  static func prices(
    _ required: [Field] = [.open, .high, .low, .close], own: [Field: [String]] = [:],
    more: [Column] = []
  ) -> FormatColumns {
    let fields: [Field] = [.date, .ticker, .open, .high, .low, .close, .volume, .adjustedClose]
    return FormatColumns(
      fields.map { field in
        let need: Need = field == .date || required.contains(field) ? .required : .optional
        let content: Content = field == .date ? .date : field == .ticker ? .text : .number
        return Column((own[field] ?? []) + [field.name] + field.synonyms, content, need)
      } + more)
  }
}

/// Reads the rows of a vendor's prices, whatever the order of their columns.
struct PriceRows {
  private let columns: [Field: Int]

  /// - Parameter own: the vendor's names, as in `FormatColumns.prices`.
  init(_ reader: ImportReader, own: [Field: [String]] = [:]) {
    var columns: [Field: Int] = [:]
    for field in FileKind.prices.fields {
      let name = own[field]?.first ?? field.name
      columns[field] = reader.match[name]
    }
    self.columns = columns
  }

  /// Adds all rows.
  ///
  /// - Parameters:
  ///   - ticker: that of all rows where no column names one.
  ///   - volume: the column of the volume, where it has no name of its own.
  ///   - isBar: whether a row is a daily bar; it notes what is wrong.
  ///   - spelled: how the vendor's tickers are spelled here.
  func read(
    _ reader: inout ImportReader, ticker: String, volume: Int? = nil,
    isBar: (inout ImportReader) -> Bool = { _ in true }, spelled: (String) -> String = { $0 }
  ) {
    var seen: [Int32: [Double?]] = [:]
    reader.forEachRow { row in
      guard isBar(&row), let day = row.day(columns[.date]) else { return }
      func number(_ field: Field) -> Double? { row.number(columns[field]) }
      let values = [
        number(.open), number(.high), number(.low), number(.close), row.number(columns[.volume] ?? volume),
        number(.adjustedClose),
      ]
      if columns[.ticker] == nil, let before = seen.updateValue(values, forKey: day.rawValue), before != values {
        row.report(.tickerColumnNeeded(day, row.start.header, at: row.location(columns[.date])))
        return
      }
      let name = columns[.ticker].map { spelled(row.text($0)) } ?? ticker
      row.tables.addPrice(
        name, day, open: values[0], high: values[1], low: values[2], close: values[3], volume: values[4],
        adjustedClose: values[5])
    }
  }
}
