public import MarketModel

/// The drawdown of an equity curve in a terminal: filled blocks that hang from zero.
public struct DrawdownChart {
  private let days: [Day]
  private let depths: [Double]

  /// A chart of drawdowns (0 or below, as a fraction of the peak) in order of their days.
  public init(_ points: [(day: Day, value: Double)]) {
    days = points.map(\.day)
    depths = points.map { min(0, $0.value) }
  }

  /// The chart as lines that fill the terminal's width; nothing if there is no value.
  public func lines(_ terminal: Terminal, height: Int = 4) -> [String] {
    guard let extremes = ChartSamples(depths, columns: 1), let first = days.first, let last = days.last else {
      return []
    }
    let number = DisplayNumber(terminal)
    let rows = max(2, height)
    let deepest = extremes.bounds.lowerBound
    let labels = (0..<rows).map { row in
      row == 0 ? number.percent(0, 1) : row == rows - 1 ? number.percent(deepest, 1) : ""
    }
    let axis = ChartAxis(labels: labels, terminal: terminal)
    let body = blocks(axis.columns, rows, deepest, terminal)
    return axis.framed(body) + [axis.dates(from: first, middle: days[days.count / 2], to: last)]
  }

  private func blocks(_ columns: Int, _ rows: Int, _ deepest: Double, _ terminal: Terminal) -> [String] {
    guard let samples = ChartSamples(depths, columns: columns) else { return [] }
    // Half a row is the finest step of the blocks that hang from the top.
    let halves = samples.columns.map { range in
      deepest < 0 ? Int(cut: (min(1, range.lowerBound / deepest) * Double(rows * 2)).rounded()) : 0
    }
    return (0..<rows).map { row in
      halves.map { half in
        if half >= row * 2 + 2 { return terminal.usesUnicode ? "█" : "#" }
        if half == row * 2 + 1 { return terminal.usesUnicode ? "▀" : "\"" }
        return " "
      }.joined()
    }
  }
}
