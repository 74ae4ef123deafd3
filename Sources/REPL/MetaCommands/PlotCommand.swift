import Diagnostics
import Interpreter
import MarketModel
import Reporting

/// `:plot`: what is drawn, and in which frames.
struct PlotCommand {
  private let bench: Workbench
  private let arguments: MetaArguments
  private var terminal: Terminal { bench.output.terminal }
  /// The most tracks that one frame can tell apart.
  private static let most = 4

  init(_ bench: Workbench, _ arguments: MetaArguments) {
    self.bench = bench
    self.arguments = arguments
  }

  /// What an expression is drawn as.
  private enum Shape {
    case dated(PlotTrack)
    case placed(PlotTrack)
    case curve(PlotTrack)
    case bars([(label: String, value: Double)])

    var track: PlotTrack? {
      switch self {
      case .dated(let track), .placed(let track), .curve(let track): track
      case .bars: nil
      }
    }
  }

  func run() throws(PromptProblem) {
    _ = try arguments.required()
    var shapes: [Shape] = []
    for text in arguments.expressions { shapes.append(try shape(of: text)) }
    let height = try self.height()
    if let path = arguments.flag("svg") { return try writePicture(shapes, to: path) }
    let tracks = shapes.compactMap(\.track)
    let kinds = Set(shapes.map { self.kind(of: $0) })
    let isTogether = arguments.flag("apart") == nil && kinds.count == 1 && tracks.count <= PlotCommand.most
    var lines: [String] = []
    if isTogether, !tracks.isEmpty, let first = shapes.first {
      lines += frame(tracks, like: first, height)
    } else {
      for shape in shapes { lines += (lines.isEmpty ? [] : [""]) + apart(shape, height) }
    }
    if arguments.flag("drawdown") != nil {
      for case .dated(let track) in shapes { lines += drawdown(track) }
    }
    bench.output.show(lines)
  }

  private func height() throws(PromptProblem) -> Int {
    guard let text = arguments.flag("height") else { return 12 }
    guard let height = Int(text), (3...100).contains(height) else { throw .usage(.metaNoHeight(text)) }
    return height
  }

  // MARK: Shapes

  private func shape(of text: String) throws(PromptProblem) -> Shape {
    let value = try bench.value(text)
    if let series = value.series {
      guard let values = try? series.values(0..<series.count, bench.printer.evaluation), series.count > 0 else {
        throw .input(.nothingToPlot(text, series.emptyReason.text))
      }
      let points = (0..<series.count).map { (x: Double(series.days[$0]), y: values[$0]) }
      return .dated(PlotTrack(name: text, points: points))
    }
    if let list = value.list, list.count > 0 {
      let items = (0..<list.count).map { list[$0] }
      if items.allSatisfy(\.isNumber) {
        let points = items.enumerated().map { (x: Double($0.offset), y: $0.element.raw) }
        return .placed(PlotTrack(name: text, points: points))
      }
    }
    if let map = value.map, map.count > 0 {
      let entries = (0..<map.count).map { map.entries[$0] }
      guard entries.allSatisfy({ $0.value.isNumber }) else {
        throw .input(.nothingToPlot(text, "its values are no numbers"))
      }
      if entries.allSatisfy({ $0.key.isNumber }) {
        let points = entries.map { (x: $0.key.raw, y: $0.value.raw) }.sorted { $0.x < $1.x }
        return .curve(PlotTrack(name: text, points: points))
      }
      if entries.allSatisfy({ $0.key.day != nil }) {
        let points = entries.map { (x: Double($0.key.day?.rawValue ?? 0), y: $0.value.raw) }.sorted { $0.x < $1.x }
        return .dated(PlotTrack(name: text, points: points))
      }
      return .bars(entries.map { ($0.key.string?.text ?? bench.printer.cell($0.key), $0.value.raw) })
    }
    throw .input(.nothingToPlot(text, "it is \(value.kind.described)"))
  }

  private func kind(of shape: Shape) -> Int {
    switch shape {
    case .dated: 0
    case .placed: 1
    case .curve: 2
    case .bars: 3
    }
  }

  // MARK: Frames

  private func frame(_ tracks: [PlotTrack], like shape: Shape, _ height: Int) -> [String] {
    let canvas = PlotCanvas(tracks, terminal: terminal, height: height)
    var lines: [String]
    switch shape {
    case .dated: lines = canvas.datedLines()
    case .placed, .curve, .bars:
      let bounds = PlotBounds(tracks)?.x ?? 0...1
      let isCurve = if case .curve = shape { true } else { false }
      let places =
        isCurve
        ? tracks[0].points.map(\.x) : PlotSVG.ticks(bounds, about: 6)
      lines = canvas.lines(
        labels: places.map { (x: $0, text: isCurve ? CurveChart.tenor($0) : NumberShown.text($0)) })
    }
    if lines.isEmpty { return ["every value is na"] }
    lines.insert(canvas.legend(), at: 0)
    return lines
  }

  private func apart(_ shape: Shape, _ height: Int) -> [String] {
    if case .bars(let bars) = shape { return self.bars(bars) }
    return shape.track.map { frame([$0], like: shape, height) } ?? []
  }

  private func bars(_ bars: [(label: String, value: Double)]) -> [String] {
    let sorted = bars.enumerated().sorted { a, b in
      let left = a.element.value.isNaN ? -.infinity : a.element.value
      let right = b.element.value.isNaN ? -.infinity : b.element.value
      return left == right ? a.offset < b.offset : left > right
    }.map(\.element)
    let shown = sorted.prefix(30).map { bar in
      BarPlot.Bar(
        label: bar.label, value: bar.value, number: bar.value.isNaN ? "na" : bench.printer.number(bar.value))
    }
    let lines = BarPlot(shown, terminal).lines
    return sorted.count > shown.count
      ? lines + [bench.printer.hint(sorted.count - shown.count, "entry", "entries")] : lines
  }

  private func drawdown(_ track: PlotTrack) -> [String] {
    var peak = -Double.infinity
    let points = track.present.compactMap { point -> (day: Day, value: Double)? in
      peak = max(peak, point.y)
      return peak > 0 ? (Day(rawValue: Int32(point.x)), point.y / peak - 1) : nil
    }
    guard !points.isEmpty else { return [] }
    return ["", "  " + terminal.paint("drawdown", .bold) + " " + track.name] + DrawdownChart(points).lines(terminal)
  }

  private func writePicture(_ shapes: [Shape], to path: String) throws(PromptProblem) {
    let tracks = shapes.compactMap(\.track)
    guard !tracks.isEmpty, tracks.count == shapes.count, Set(shapes.map { kind(of: $0) }).count == 1 else {
      throw .input(.nothingToPlot(arguments.text, "a picture holds lines of one kind of axis"))
    }
    let isDated = kind(of: shapes[0]) == 0
    guard let picture = PlotSVG(tracks, title: arguments.text, isDated: isDated) else {
      throw .input(.nothingToPlot(arguments.text, "every value is na"))
    }
    try Files.write(picture.text, to: path)
    bench.output.tell(["wrote \(path)"])
  }
}
