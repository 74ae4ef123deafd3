import MarketModel
import Reporting

/// Tracks in one frame of braille dots, two by four to a character, with values at the left and labels below. A terminal
/// without Unicode gets one mark to a character, another for each track.
///
/// In colour, a character that two tracks share has the colour of the later one.
struct PlotCanvas {
  private let tracks: [PlotTrack]
  private let terminal: Terminal
  private let rows: Int
  private let labelWidth: Int
  private let columns: Int
  private let bounds: PlotBounds?
  private let labels: [String]

  static let inks: [Ink] = [.cyan, .yellow, .green, .red]
  static let marks = ["*", "+", "o", "x"]

  /// A frame that fills the terminal's width.
  init(_ tracks: [PlotTrack], terminal: Terminal, height: Int) {
    self.tracks = tracks
    self.terminal = terminal
    rows = max(3, height)
    bounds = PlotBounds(tracks)
    let number = DisplayNumber(terminal)
    let rows = rows
    labels =
      bounds.map { bounds in
        (0..<rows).map { row in
          guard row % 2 == 0 || row == rows - 1 else { return "" }
          let share = Double(row) / Double(rows - 1)
          return PlotCanvas.label(
            ChartShare.value(share, from: bounds.y.upperBound, to: bounds.y.lowerBound), bounds.y, number)
        }
      } ?? []
    labelWidth = labels.map { DisplayWidth.of($0) }.max() ?? 0
    columns = max(10, terminal.width - labelWidth - 4)
  }

  /// The frame with dates below; nothing if no track has a value.
  func datedLines() -> [String] {
    guard let bounds else { return [] }
    let first = bounds.x.lowerBound
    let last = bounds.x.upperBound
    let count = columns >= 60 ? 5 : columns >= 36 ? 3 : 2
    let places = (0..<count).map { first + (last - first) * Double($0) / Double(count - 1) }
    return lines(labels: places.map { (x: $0, text: Day(rawValue: Int32($0.rounded())).description) })
  }

  /// The frame with labels at places of the x axis; of those that would touch, the later one is left out.
  func lines(labels below: [(x: Double, text: String)]) -> [String] {
    guard let bounds else { return [] }
    let body = terminal.usesUnicode ? braille(bounds) : ascii(bounds)
    let framed = zip(labels, body).map { label, row in
      let tick = terminal.usesUnicode ? (label.isEmpty ? "│" : "┤") : (label.isEmpty ? "|" : "+")
      let line = "  " + String(repeating: " ", count: labelWidth - DisplayWidth.of(label)) + label + " " + tick + row
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
    return framed + [axis(below, bounds)]
  }

  /// What stands for each track: its colour or mark, and its name.
  func legend() -> String {
    let parts = tracks.enumerated().map { place, track in
      let sign = terminal.usesUnicode ? "━" : PlotCanvas.marks[place % PlotCanvas.marks.count]
      return terminal.paint(sign, PlotCanvas.inks[place % PlotCanvas.inks.count]) + " " + track.name
    }
    return "  " + parts.joined(separator: "   ")
  }

  private static func label(_ value: Double, _ range: ClosedRange<Double>, _ number: DisplayNumber) -> String {
    let width = range.upperBound - range.lowerBound
    if range.upperBound.magnitude >= 10_000 || range.lowerBound.magnitude >= 10_000 { return number.compact(value) }
    return number.fixed(value, width >= 100 ? 0 : width >= 2 ? 2 : width >= 0.02 ? 4 : 6)
  }

  private func axis(_ below: [(x: Double, text: String)], _ bounds: PlotBounds) -> String {
    var line = ""
    for label in below {
      let width = DisplayWidth.of(label.text)
      let middle = PlotCanvas.place(label.x, bounds.x, columns)
      let start = min(max(0, middle - width / 2), max(0, columns - width))
      guard line.isEmpty || start > line.count else { continue }
      line += String(repeating: " ", count: start - line.count) + label.text
    }
    return String(repeating: " ", count: labelWidth + 4) + line
  }

  // MARK: Dots

  private func braille(_ bounds: PlotBounds) -> [String] {
    var cells = [[UInt32]](repeating: [UInt32](repeating: 0, count: columns), count: rows)
    var owners = [[Int]](repeating: [Int](repeating: -1, count: columns), count: rows)
    for (number, track) in tracks.enumerated() {
      for (x, y) in dots(track, bounds, columns * 2, rows * 4) {
        cells[y / 4][x / 2] |= PlotCanvas.bit(x % 2, y % 4)
        owners[y / 4][x / 2] = number
      }
    }
    return zip(cells, owners).map { row, owners in
      var text = ""
      for (cell, owner) in zip(row, owners) {
        let character = cell == 0 ? " " : Unicode.Scalar(0x2800 + cell).map { String(Character($0)) } ?? " "
        text += owner < 0 || tracks.count == 1 ? character : terminal.paint(character, ink(owner))
      }
      return text
    }
  }

  private func ascii(_ bounds: PlotBounds) -> [String] {
    var cells = [[String]](repeating: [String](repeating: " ", count: columns), count: rows)
    for (number, track) in tracks.enumerated() {
      let mark = PlotCanvas.marks[number % PlotCanvas.marks.count]
      for (x, y) in dots(track, bounds, columns, rows) { cells[y][x] = mark }
    }
    return cells.map { $0.joined() }
  }

  private func ink(_ track: Int) -> Ink { PlotCanvas.inks[track % PlotCanvas.inks.count] }

  /// The dots of a track: each point, and straight lines between neighbours that no gap parts.
  private func dots(_ track: PlotTrack, _ bounds: PlotBounds, _ width: Int, _ height: Int) -> [(x: Int, y: Int)] {
    var dots: [(x: Int, y: Int)] = []
    var before: (x: Int, y: Int)?
    for point in track.points {
      guard !point.y.isNaN else {
        before = nil
        continue
      }
      let place = (
        x: PlotCanvas.place(point.x, bounds.x, width), y: height - 1 - PlotCanvas.place(point.y, bounds.y, height)
      )
      if let before { dots += PlotCanvas.line(from: before, to: place) } else { dots.append(place) }
      before = place
    }
    return dots
  }

  private static func place(_ value: Double, _ range: ClosedRange<Double>, _ count: Int) -> Int {
    ChartShare.cell(value, from: range.lowerBound, to: range.upperBound, of: count)
  }

  /// The dots of a line, its start left out.
  private static func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int)) -> [(x: Int, y: Int)] {
    let steps = max(abs(end.x - start.x), abs(end.y - start.y))
    guard steps > 0 else { return [end] }
    return (1...steps).map { step in
      let share = Double(step) / Double(steps)
      return (
        start.x + Int((Double(end.x - start.x) * share).rounded()),
        start.y + Int((Double(end.y - start.y) * share).rounded())
      )
    }
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
