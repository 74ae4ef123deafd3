import Interpreter
import MarketModel
import Reporting

/// A map: a curve as a small chart, a cross-section as a table from the largest value to the smallest, others in the
/// order they have.
struct MapPrinter {
  private let printer: ResultPrinter

  init(_ printer: ResultPrinter) { self.printer = printer }

  /// The lines; `all` shows every entry.
  func lines(_ map: MapRef, all: Bool = false) -> [String] {
    guard map.count > 0 else { return ["[:]"] }
    let entries = (0..<map.count).map { (key: map.entries[$0].key, value: map.entries[$0].value) }
    if isCurve(entries) {
      let points = entries.map { (tenor: $0.key.raw, rate: $0.value.raw) }.sorted { $0.tenor < $1.tenor }
      return CurveChart(points).lines(printer.terminal, printer) + (all ? rows(entries, all: true) : [])
    }
    guard entries.allSatisfy({ $0.value.isNumber }) else { return rows(entries, all: all) }
    return rows(sorted(entries), all: all)
      + (entries.count > 2 ? [printer.terminal.paint(summary(entries.map(\.value.raw)), .dim)] : [])
  }

  /// Keys that are numbers of days, and rates.
  private func isCurve(_ entries: [(key: Value, value: Value)]) -> Bool {
    entries.count > 2
      && entries.allSatisfy { $0.key.isNumber && $0.key.raw > 0 && $0.value.isNumber && !$0.value.raw.isNaN }
  }

  /// From the largest value to the smallest, equals in their order, missing ones last.
  private func sorted(_ entries: [(key: Value, value: Value)]) -> [(key: Value, value: Value)] {
    func rank(_ value: Double) -> Double { value.isNaN ? -.infinity : value }
    return entries.enumerated().sorted { a, b in
      let (left, right) = (rank(a.element.value.raw), rank(b.element.value.raw))
      return left == right ? a.offset < b.offset : left > right
    }.map(\.element)
  }

  private func rows(_ entries: [(key: Value, value: Value)], all: Bool) -> [String] {
    let isCut = !all && entries.count > printer.rows
    let head = isCut ? printer.rows * 2 / 3 : entries.count
    let tail = isCut ? printer.rows / 3 : 0
    let isNumeric = entries.allSatisfy { $0.value.isNumber }
    var table = TextTable([
      .init("key", shrinks: true), .init("value", isNumeric ? .right : .left, shrinks: !isNumeric),
    ])
    table.showsHeader = false
    for entry in entries.prefix(head) + entries.suffix(tail) {
      table.add([printer.key(entry.key), printer.cell(entry.value)])
    }
    var lines = table.lines(printer.terminal)
    if isCut { lines.insert(printer.hint(entries.count - head - tail, "entry", "entries"), at: head) }
    return lines
  }

  private func summary(_ numbers: [Double]) -> String {
    let present = numbers.filter { !$0.isNaN }
    let sum = present.reduce(0, +)
    var text = printer.count(numbers.count, "entry", "entries") + ", sum " + printer.number(rounded(sum))
    if !present.isEmpty { text += ", mean " + printer.number(rounded(sum / Double(present.count))) }
    if present.count < numbers.count { text += ", \(numbers.count - present.count) na" }
    return text
  }

  /// Six significant digits, for figures beside the table.
  private func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    var scale = 1.0
    while (value * scale).magnitude < 1e5, scale < 1e12 { scale *= 10 }
    return (value * scale).rounded() / scale
  }
}

/// A curve by tenor: a chart whose axis is the square root of time, as curves are looked at, and its points.
struct CurveChart {
  private let points: [(tenor: Double, rate: Double)]

  /// A curve; tenors in days, ascending.
  init(_ points: [(tenor: Double, rate: Double)]) { self.points = points }

  /// The chart and a line of tenors with their rates.
  func lines(_ terminal: Terminal, _ printer: ResultPrinter) -> [String] {
    let places = points.map { (x: $0.tenor.squareRoot(), y: $0.rate) }
    let canvas = PlotCanvas([PlotTrack(name: "", points: places)], terminal: terminal, height: 8)
    let labels = points.map { (x: $0.tenor.squareRoot(), text: CurveChart.tenor($0.tenor)) }
    return canvas.lines(labels: labels) + wrapped(terminal, printer)
  }

  private func wrapped(_ terminal: Terminal, _ printer: ResultPrinter) -> [String] {
    let text = points.map { "\(CurveChart.tenor($0.tenor)):\u{00A0}\(printer.number($0.rate))" }.joined(separator: "  ")
    return Paragraph.lines(text, width: terminal.width - 2).map { "  " + $0.replacing("\u{00A0}", with: " ") }
  }

  /// A number of days as people call it: `30d`, `6mo`, `10y`.
  static func tenor(_ days: Double) -> String {
    let years = (days / 365).rounded()
    if years >= 1, (days - years * 365).magnitude <= years + 1 { return "\(Int(cut: years))y" }
    let months = (days / 30.4375).rounded()
    if days >= 59, (days - months * 30.4375).magnitude <= 3 { return "\(Int(cut: months))mo" }
    return DisplayDecimals.fixed(days, 2) + "d"
  }
}
