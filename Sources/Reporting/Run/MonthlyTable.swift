import Analytics

/// The monthly returns as a table of years by months, with the year's return at the right.
struct MonthlyTable {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  private let months: [MonthlyReturn]

  /// A table of months in order of time.
  init(_ months: [MonthlyReturn]) { self.months = months }

  /// The lines; percent with one decimal, or with none where that does not fit.
  func lines(_ terminal: Terminal, indent: Int) -> [String] {
    let lines = lines(terminal, indent: indent, digits: 1)
    // The rule below the header is as wide as the table and has no colour.
    let fits = lines.count < 2 || DisplayWidth.of(lines[1]) <= terminal.width
    return fits ? lines : self.lines(terminal, indent: indent, digits: 0)
  }

  private func lines(_ terminal: Terminal, indent: Int, digits: Int) -> [String] {
    var table = TextTable(
      [.init("%")] + MonthlyTable.months.map { .init($0, .right) } + [.init("year", .right)])
    table.gap = 1
    for year in years {
      let inYear = months.filter { $0.year == year }
      let cells = (1...12).map { month in cell(inYear.first { $0.month == month }?.value, digits, terminal) }
      let total = inYear.reduce(1) { $0 * (1 + $1.value) } - 1
      table.add([.init(String(year), .bold)] + cells + [cell(total, digits, terminal)])
    }
    return table.lines(terminal, indent: indent)
  }

  private var years: [Int] {
    months.reduce(into: []) { years, month in
      if years.last != month.year { years.append(month.year) }
    }
  }

  private func cell(_ value: Double?, _ digits: Int, _ terminal: Terminal) -> TextTable.Cell {
    guard let value else { return "" }
    return .init(DisplayNumber(terminal).fixed(value * 100, digits), Ink.sign(value))
  }
}
