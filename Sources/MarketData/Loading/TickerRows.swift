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
      days: Column(rows.map(\.day)), open: constants.column(rows.map(\.open)),
      high: constants.column(rows.map(\.high)), low: constants.column(rows.map(\.low)),
      close: Column(rows.map(\.close)), volume: constants.column(rows.map(\.volume)),
      adjustedClose: constants.column(rows.map(\.adjustedClose)))
  }
}

/// Columns of one number repeated, as those of fields that the source lacks: all of them share one run.
struct ConstantColumns {
  private var runs: [UInt64: Column<Double>] = [:]

  /// The column of some numbers.
  mutating func column(_ numbers: [Double]) -> Column<Double> {
    guard let first = numbers.first, numbers.allSatisfy({ $0.bitPattern == first.bitPattern }) else {
      return Column(numbers)
    }
    return column(of: first, count: numbers.count)
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
