import Interpreter
import Reporting

/// A list: in one line where it fits, as a table where its items are maps or lists, one item a line otherwise.
struct ListPrinter {
  private let printer: ResultPrinter

  init(_ printer: ResultPrinter) { self.printer = printer }

  /// The lines; `all` shows every item.
  func lines(_ list: ListRef, all: Bool = false) -> [String] {
    guard list.count > 0 else { return ["[]"] }
    let items = (0..<list.count).map { list[$0] }
    if let line = oneLine(items) { return [line] }
    if let rows = records(items) { return table(rows, count: items.count, all: all) }
    return column(items, all: all)
  }

  private func oneLine(_ items: [Value]) -> String? {
    guard items.count <= 200, items.allSatisfy({ $0.map == nil && $0.series == nil && !isDeep($0) }) else { return nil }
    let line = "[" + items.map { printer.cell($0) }.joined(separator: ", ") + "]"
    return DisplayWidth.of(line) <= printer.terminal.width - 8 ? line : nil
  }

  private func isDeep(_ value: Value) -> Bool {
    guard let list = value.list else { return false }
    return list.count > 6 || (0..<list.count).contains { list[$0].list != nil || list[$0].map != nil }
  }

  // MARK: Tables

  /// Items that are maps with the same keys, or lists of the same length.
  private func records(_ items: [Value]) -> (titles: [String], rows: [[Value]])? {
    if let first = items[0].map, items.allSatisfy({ $0.map?.count == first.count }), first.count > 0 {
      let keys = (0..<first.count).map { first.entries[$0].key }
      let rows = items.map { item in keys.map { item.map?[uncharged: $0] } }
      guard rows.allSatisfy({ $0.allSatisfy { $0 != nil } }) else { return nil }
      return (keys.map { $0.string?.text ?? printer.cell($0) }, rows.map { $0.compactMap(\.self) })
    }
    if let first = items[0].list, first.count > 0, items.allSatisfy({ $0.list?.count == first.count }) {
      let rows = items.map { item in (0..<first.count).compactMap { item.list?[$0] } }
      return ((0..<first.count).map(String.init), rows)
    }
    return nil
  }

  private func table(_ records: (titles: [String], rows: [[Value]]), count: Int, all: Bool) -> [String] {
    var table = TextTable(
      records.titles.enumerated().map { place, title in
        let isNumeric = records.rows.allSatisfy { $0[place].isNumber }
        return TextTable.Column(title, isNumeric ? .right : .left, shrinks: true)
      })
    let isCut = !all && count > printer.rows
    let head = isCut ? printer.rows * 2 / 3 : count
    let tail = isCut ? printer.rows / 3 : 0
    for row in records.rows.prefix(head) + records.rows.suffix(tail) { table.add(row.map { printer.cell($0) }) }
    var lines = table.lines(printer.terminal)
    if isCut { lines.insert(printer.hint(count - head - tail, "item"), at: head + 2) }
    return lines
  }

  private func column(_ items: [Value], all: Bool) -> [String] {
    let isCut = !all && items.count > printer.rows
    let head = isCut ? printer.rows * 2 / 3 : items.count
    let tail = isCut ? printer.rows / 3 : 0
    var table = TextTable([.init("", .right), .init("", shrinks: true)])
    table.showsHeader = false
    for place in Array(0..<head) + Array(items.count - tail..<items.count) {
      table.add(["[\(place)]", printer.cell(items[place])])
    }
    var lines = table.lines(printer.terminal)
    if isCut { lines.insert(printer.hint(items.count - head - tail, "item"), at: head) }
    return lines
  }
}
