import MarketModel

/// The frame of a chart: values at the left, dates below, and the columns that are left between.
struct ChartAxis {
  /// The columns of the chart's body.
  let columns: Int
  private let labels: [String]
  private let labelWidth: Int
  private let usesUnicode: Bool

  /// A frame with one label for each row (empty for none) in a terminal's width.
  init(labels: [String], terminal: Terminal) {
    self.labels = labels
    labelWidth = labels.map { DisplayWidth.of($0) }.max() ?? 0
    usesUnicode = terminal.usesUnicode
    columns = max(10, terminal.width - labelWidth - 4)
  }

  /// The rows of the body with their labels and the axis before them, without trailing spaces.
  func framed(_ body: [String]) -> [String] {
    zip(labels, body).map { label, row in
      let space = String(repeating: " ", count: labelWidth - DisplayWidth.of(label))
      let tick = usesUnicode ? (label.isEmpty ? "│" : "┤") : (label.isEmpty ? "|" : "+")
      var line = "  " + space + label + " " + tick + row
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }

  /// The dates below the body: the first at the left, the middle one if there is room, the last at the right.
  func dates(from first: Day, middle: Day, to last: Day) -> String {
    let indent = String(repeating: " ", count: labelWidth + 4)
    if first == last || columns < 24 { return indent + first.description }
    let room = columns - 20
    if columns < 40 { return indent + first.description + String(repeating: " ", count: room) + last.description }
    let left = (columns - 10) / 2 - 10
    let right = room - left - 10
    return indent + first.description + String(repeating: " ", count: left) + middle.description
      + String(repeating: " ", count: right) + last.description
  }
}
