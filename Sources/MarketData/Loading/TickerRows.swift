import MarketModel

/// The rows of one ticker as columns, with where each row came from.
struct TickerRows {
  var columns: PriceColumns
  var places: [RowPlace]

  /// How many there are.
  var count: Int { places.count }

  /// Copies rows into columns.
  init(_ rows: [PriceRow], _ columns: inout NumberColumns) {
    places = rows.map(\.place)
    self.columns = PriceColumns(
      days: columns.days(rows), open: columns.column(rows) { $0.open },
      high: columns.column(rows) { $0.high }, low: columns.column(rows) { $0.low },
      close: columns.column(rows) { $0.close }, volume: columns.column(rows) { $0.volume },
      adjustedClose: columns.column(rows) { $0.adjustedClose })
  }
}
