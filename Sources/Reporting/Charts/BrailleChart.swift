public import MarketModel

/// A line chart of a dated series in a terminal: braille dots, two by four to a character; asterisks where the
/// terminal knows ASCII only. Values stand at the left, dates below.
public struct BrailleChart {
  private let days: [Day]
  private let values: [Double]

  /// A chart of the points in order of their days.
  public init(_ points: [(day: Day, value: Double)]) {
    days = points.map(\.day)
    values = points.map(\.value)
  }

  /// The chart as lines that fill the terminal's width; nothing if there is no value.
  public func lines(_ terminal: Terminal, height: Int = 8) -> [String] {
    guard let extremes = ChartSamples(values, columns: 1), let first = days.first, let last = days.last else {
      return []
    }
    let number = DisplayNumber(terminal)
    let rows = max(2, height)
    let (low, high) = BrailleChart.spread(extremes.bounds)
    let labels = (0..<rows).map { row in
      row % 2 == 0 || row == rows - 1 ? number.compact(BrailleChart.level(row, rows, low, high)) : ""
    }
    let axis = ChartAxis(labels: labels, terminal: terminal)
    let body =
      terminal.usesUnicode
      ? braille(axis.columns, rows, low, high) : ascii(axis.columns, rows, low, high)
    return axis.framed(body) + [axis.dates(from: first, middle: days[days.count / 2], to: last)]
  }

  /// The value at a row; the range may be wider than a number holds.
  private static func level(_ row: Int, _ rows: Int, _ low: Double, _ high: Double) -> Double {
    let share = Double(row) / Double(rows - 1)
    return (high - low).isFinite
      ? high - (high - low) * Double(row) / Double(rows - 1) : high * (1 - share) + low * share
  }

  /// A constant series is drawn in the middle of a range around it.
  private static func spread(_ bounds: ClosedRange<Double>) -> (low: Double, high: Double) {
    if bounds.upperBound > bounds.lowerBound { return (bounds.lowerBound, bounds.upperBound) }
    let margin = max(1, bounds.lowerBound.magnitude * 0.01)
    let most = Double.greatestFiniteMagnitude
    return (max(-most, bounds.lowerBound - margin), min(most, bounds.upperBound + margin))
  }

  private func braille(_ columns: Int, _ rows: Int, _ low: Double, _ high: Double) -> [String] {
    var cells = [[UInt32]](repeating: [UInt32](repeating: 0, count: columns), count: rows)
    for (x, range) in dots(columns * 2, rows * 4, low, high).enumerated() {
      for y in range { cells[y / 4][x / 2] |= BrailleChart.bit(x % 2, y % 4) }
    }
    return cells.map { row in
      row.map { $0 == 0 ? " " : Unicode.Scalar(0x2800 + $0).map { String(Character($0)) } ?? " " }.joined()
    }
  }

  private func ascii(_ columns: Int, _ rows: Int, _ low: Double, _ high: Double) -> [String] {
    var cells = [[String]](repeating: [String](repeating: " ", count: columns), count: rows)
    for (x, range) in dots(columns, rows, low, high).enumerated() {
      for y in range { cells[y][x] = "*" }
    }
    return cells.map { $0.joined() }
  }

  /// The dots of each column, counted from the top; each joins the one before it.
  private func dots(_ columns: Int, _ rows: Int, _ low: Double, _ high: Double) -> [ClosedRange<Int>] {
    guard let samples = ChartSamples(values, columns: columns) else { return [] }
    func place(_ value: Double) -> Int {
      let share = (high / 2 - value / 2) / (high / 2 - low / 2)
      return share.isFinite ? Int(cut: (min(max(0, share), 1) * Double(rows - 1)).rounded()) : 0
    }
    return samples.columns.map { place($0.upperBound)...place($0.lowerBound) }
  }

  /// The bit of a dot in a braille character, by its column (0, 1) and row (0 to 3).
  private static func bit(_ column: Int, _ row: Int) -> UInt32 {
    switch (column, row) {
    case (0, 3): 0x40
    case (1, 3): 0x80
    case (0, _): 1 << UInt32(row)
    default: 8 << UInt32(row)
    }
  }
}
