import MarketModel

/// The rows of one ticker as columns, with where each row came from.
struct TickerRows {
  var columns: PriceColumns
  var places: [RowPlace]

  /// How many there are.
  var count: Int { places.count }

  /// Copies rows into columns.
  init(_ rows: [PriceRow], _ constants: inout ConstantColumns) {
    places = rows.map(\.place)
    columns = PriceColumns(
      days: Column(rows.map(\.day)), open: constants.column(rows) { $0.open },
      high: constants.column(rows) { $0.high }, low: constants.column(rows) { $0.low },
      close: constants.column(rows) { $0.close }, volume: constants.column(rows) { $0.volume },
      adjustedClose: constants.column(rows) { $0.adjustedClose })
  }
}

/// Columns of one number repeated, as those of fields that the source lacks: all of them share one run.
struct ConstantColumns {
  private var runs: [UInt64: Column<Double>] = [:]

  /// The column of a number of each row.
  @inline(__always)
  mutating func column(_ rows: [PriceRow], _ number: (borrowing PriceRow) -> Double) -> Column<Double> {
    guard let first = rows.first.map({ number($0) }) else { return Column([]) }
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: rows.count)
    var difference: UInt64 = 0
    rows.withUnsafeBufferPointer { rows in
      for place in rows.indices {
        let value = number(rows[place])
        (memory + place).initialize(to: value)
        difference |= value.bitPattern ^ first.bitPattern
      }
    }
    if difference != 0 { return Column(taking: memory, count: rows.count) }
    memory.deallocate()
    return column(of: first, count: rows.count)
  }

  /// A number, repeated.
  mutating func column(of number: Double, count: Int) -> Column<Double> {
    var run = runs[number.bitPattern] ?? Column([])
    if run.count < count {
      run = Column(repeatElement(number, count: max(count, 2 * run.count)))
      runs[number.bitPattern] = run
    }
    return Column(borrowing: UnsafeBufferPointer(rebasing: run.buffer[..<count]), from: run)
  }
}
