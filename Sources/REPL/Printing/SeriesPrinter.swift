import Interpreter
import MarketModel
import Reporting

/// A series: what it is, its shape, its first and last observations, its extremes.
struct SeriesPrinter {
  private let printer: ResultPrinter

  init(_ printer: ResultPrinter) { self.printer = printer }

  /// The lines, at most about a dozen.
  func lines(_ series: SeriesRef) -> [String] {
    let count = series.count
    guard count > 0, let values = try? series.values(0..<count, printer.evaluation) else {
      return ["empty series (\(series.emptyReason.text))"]
    }
    let numbers = Array(UnsafeBufferPointer(start: values, count: count))
    let days = (0..<count).map { Day(rawValue: series.days[$0]) }
    let dash = printer.terminal.usesUnicode ? "–" : "-"
    var lines = [
      "series  \(printer.count(count, "observation"))  \(days[0]) \(dash) \(days[count - 1])  \(Self.frequency(days))"
    ]
    let shape = Sparkline(numbers).text(printer.terminal)
    if !shape.isEmpty { lines.append(shape) }
    lines += table(days, numbers)
    return lines + extremes(days, numbers)
  }

  private func table(_ days: [Day], _ numbers: [Double]) -> [String] {
    let count = days.count
    let isCut = count > printer.rows
    let head = isCut ? 3 : count
    let tail = isCut ? 5 : 0
    var table = TextTable([.init("date"), .init("value", .right)])
    table.showsHeader = false
    for place in Array(0..<head) + Array(count - tail..<count) {
      table.add([days[place].description, printer.number(numbers[place])])
    }
    var lines = table.lines(printer.terminal)
    if isCut { lines.insert(printer.hint(count - head - tail, "observation"), at: head) }
    return lines
  }

  private func extremes(_ days: [Day], _ numbers: [Double]) -> [String] {
    let present = numbers.indices.filter { !numbers[$0].isNaN }
    guard numbers.count > printer.rows, var low = present.first else { return missing(numbers) }
    var high = low
    for place in present {
      if numbers[place] < numbers[low] { low = place }
      if numbers[place] > numbers[high] { high = place }
    }
    return [
      "min \(printer.number(numbers[low])) on \(days[low]), max \(printer.number(numbers[high])) on \(days[high])"
    ] + missing(numbers)
  }

  private func missing(_ numbers: [Double]) -> [String] {
    let gone = numbers.filter(\.isNaN)
    guard let first = gone.first else { return [] }
    let reason = first.missingReason.map { " (\($0.text))" } ?? ""
    return ["\(printer.count(gone.count, "observation")) na\(reason)"]
  }

  /// The frequency by the median gap of the dates.
  private static func frequency(_ days: [Day]) -> String {
    guard days.count > 2 else { return "" }
    let gaps = zip(days.dropFirst(), days).map { $0 - $1 }.sorted()
    switch gaps[gaps.count / 2] {
    case ...4: return "daily"
    case ...10: return "weekly"
    case ...45: return "monthly"
    case ...135: return "quarterly"
    default: return "yearly"
    }
  }
}

/// The shape of a row of numbers in one line of blocks.
struct Sparkline {
  private let numbers: [Double]

  init(_ numbers: [Double]) { self.numbers = numbers }

  /// The line, at most 72 columns; empty where there is no number, or where the terminal knows ASCII only.
  func text(_ terminal: Terminal) -> String {
    let present = numbers.filter { !$0.isNaN }
    guard terminal.usesUnicode, present.count > 1, let low = present.min(), let high = present.max(), high > low else {
      return ""
    }
    let width = max(0, min(numbers.count, terminal.width - 8, 72))
    let blocks = Array("▁▂▃▄▅▆▇█")
    var line = ""
    for column in 0..<width {
      let from = column * numbers.count / width
      let cut = numbers[from..<max(from + 1, (column + 1) * numbers.count / width)].filter { !$0.isNaN }
      guard !cut.isEmpty else {
        line += " "
        continue
      }
      let mean = cut.reduce(0) { $0 + $1 / Double(cut.count) }
      line.append(blocks[ChartShare.cell(mean, from: low, to: high, of: blocks.count)])
    }
    return line
  }
}
