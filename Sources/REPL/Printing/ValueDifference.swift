import Interpreter
import MarketModel
import Reporting

/// What differs between a value as of one day and as of another.
struct ValueDifference {
  private let printer: ResultPrinter
  private let first: Day
  private let second: Day

  init(_ printer: ResultPrinter, _ first: Day, _ second: Day) {
    self.printer = printer
    self.first = first
    self.second = second
  }

  /// The lines.
  func lines(_ before: Value, _ after: Value) -> [String] {
    if let a = before.series, let b = after.series { return series(a, b) }
    if let a = before.map, let b = after.map { return map(a, b) }
    if before.isNumber, after.isNumber { return numbers(before.raw, after.raw) }
    let (a, b) = (printer.cell(before), printer.cell(after))
    return a == b && before.list == nil ? ["unchanged: \(a)"] : ["\(first)  \(a)", "\(second)  \(b)"]
  }

  private func numbers(_ before: Double, _ after: Double) -> [String] {
    var table = TextTable([.init("as of"), .init("value", .right)])
    table.showsHeader = false
    table.add([first.description, printer.number(before)])
    table.add([second.description, printer.number(after)])
    table.add(["change", change(before, after)])
    return table.lines(printer.terminal)
  }

  private func change(_ before: Double, _ after: Double) -> String {
    let difference = after - before
    if difference.isNaN { return printer.number(difference) }
    let share = before == 0 ? "" : " (" + DisplayNumber(printer.terminal).percent(difference / before.magnitude) + ")"
    return (difference > 0 ? "+" : "") + NumberShown.text(rounded(difference)) + share
  }

  // MARK: Series

  private func series(_ before: SeriesRef, _ after: SeriesRef) -> [String] {
    let old = Dictionary(uniqueKeysWithValues: observations(before))
    let new = observations(after)
    let added = new.filter { old[$0.0] == nil }
    let gone = old.count - (new.count - added.count)
    var table = TextTable([
      .init("observation"), .init("\(first)", .right), .init("\(second)", .right), .init("change", .right),
    ])
    let revised = new.filter { day, value in old[day].map { $0 != value && !($0.isNaN && value.isNaN) } ?? false }
    for (day, value) in revised.suffix(printer.rows) {
      let earlier = old[day] ?? value
      table.add([
        Day(rawValue: day).description, printer.number(earlier), printer.number(value), change(earlier, value),
      ])
    }
    var lines = revised.isEmpty ? ["no observation was revised"] : table.lines(printer.terminal)
    if revised.count > printer.rows {
      lines.insert(printer.terminal.paint("\(printer.terminal.ellipsis) earlier revisions left out", .dim), at: 2)
    }
    if !revised.isEmpty { lines.append(printer.count(revised.count, "observation") + " revised") }
    if let from = added.first, let to = added.last {
      lines.append(
        printer.count(added.count, "observation") + " added, \(Day(rawValue: from.0)) to \(Day(rawValue: to.0))")
    }
    if gone > 0 { lines.append(printer.count(gone, "observation") + " withdrawn") }
    return lines
  }

  private func observations(_ series: SeriesRef) -> [(Int32, Double)] {
    guard let values = try? series.values(0..<series.count, printer.evaluation) else { return [] }
    return (0..<series.count).map { (series.days[$0], values[$0]) }
  }

  // MARK: Maps

  private func map(_ before: MapRef, _ after: MapRef) -> [String] {
    var keys = (0..<before.count).map { before.entries[$0].key }
    keys += (0..<after.count).map { after.entries[$0].key }.filter { before[uncharged: $0] == nil }
    let rows = keys.enumerated().compactMap { place, key -> (place: Int, key: Value, a: Value?, b: Value?)? in
      let (a, b) = (before[uncharged: key], after[uncharged: key])
      return a.map(printer.cell) == b.map(printer.cell) ? nil : (place, key, a, b)
    }
    guard !rows.isEmpty else { return ["unchanged: \(printer.count(before.count, "entry", "entries"))"] }
    func size(_ a: Value?, _ b: Value?) -> Double {
      guard a?.isNumber ?? true, b?.isNumber ?? true else { return 0 }
      let difference = ((b?.raw ?? 0) - (a?.raw ?? 0)).magnitude
      return difference.isNaN ? 0 : difference
    }
    let isCurve = keys.allSatisfy(\.isNumber)
    let sorted = rows.sorted { left, right in
      if isCurve { return left.key.raw < right.key.raw }
      let (a, b) = (size(left.a, left.b), size(right.a, right.b))
      return a == b ? left.place < right.place : a > b
    }
    var table = TextTable([
      .init("key", shrinks: true), .init("\(first)", .right, shrinks: true), .init("\(second)", .right, shrinks: true),
      .init("change", .right),
    ])
    for row in sorted.prefix(printer.rows) {
      let absent = printer.terminal.absent
      let isNumeric = row.a?.isNumber ?? true && row.b?.isNumber ?? true
      table.add([
        printer.key(row.key), row.a.map(printer.cell) ?? absent,
        row.b.map(printer.cell) ?? absent, isNumeric ? change(row.a?.raw ?? 0, row.b?.raw ?? 0) : "",
      ])
    }
    var lines = table.lines(printer.terminal)
    if rows.count > printer.rows {
      let left = rows.count - printer.rows
      lines.append(printer.terminal.paint("\(printer.terminal.ellipsis) \(left) more differ", .dim))
    }
    return lines
  }

  /// Ten significant digits: the difference of two roundings is no news.
  private func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    var scale = 1.0
    while (value * scale).magnitude < 1e9, scale < 1e15 { scale *= 10 }
    return (value * scale).rounded() / scale
  }
}
