import MarketModel

/// The rows of one ticker, in ascending order of date, by column.
struct TickerRows {
  /// Where rows came from.
  enum Places {
    /// From the rows of a ticker of a table, one after another.
    case table(PriceTable, Int32)
    case list([RowPlace])

    init(_ rows: [PriceRow]) { self = .list(rows.map(\.place)) }
  }

  let columns: PriceColumns
  private let places: Places

  /// How many there are.
  var count: Int { columns.days.count }

  /// Copies rows into columns.
  init(_ rows: [PriceRow], _ places: Places, _ columns: inout NumberColumns) {
    self.places = places
    self.columns = PriceColumns(
      days: columns.days(rows), open: columns.column(rows) { $0.open },
      high: columns.column(rows) { $0.high }, low: columns.column(rows) { $0.low },
      close: columns.column(rows) { $0.close }, volume: columns.column(rows) { $0.volume },
      adjustedClose: columns.column(rows) { $0.adjustedClose })
  }

  /// Where a row came from.
  func place(_ row: Int) -> RowPlace {
    switch places {
    case .table(let table, let ticker): table.place(ofRow: row, of: ticker)
    case .list(let places): places[row]
    }
  }
}
