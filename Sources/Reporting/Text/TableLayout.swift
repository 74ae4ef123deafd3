/// Which columns of a table are shown in so much room, and how wide each is.
struct TableLayout {
  /// The width of each column.
  private(set) var widths: [Int]
  /// The columns that are shown, from the left.
  private(set) var shown: [Int]
  private let table: TextTable
  /// A column that may shrink keeps so much.
  private static let least = 8
  /// Longer texts are broken between words before other columns are left out.
  private static let longest = 24
  /// Longer words do not keep a column from shrinking.
  private static let longestWord = 32

  /// A layout that is no wider than the room.
  init(_ table: TextTable, room: Int) {
    self.table = table
    shown = Array(table.columns.indices)
    widths = table.columns.indices.map { column in
      let cells = table.rows.map { column < $0.count ? DisplayWidth.of($0[column].text) : 0 }
      return max(table.showsHeader ? DisplayWidth.of(table.columns[column].title) : 0, cells.max() ?? 0)
    }
    let natural = widths
    let least = table.columns.indices.map { table.columns[$0].shrinks ? min(natural[$0], self.least($0)) : natural[$0] }
    fit(room, least)
    while width > room, let rank = shown.map({ table.columns[$0].spare }).max(), rank > 0 {
      shown.removeAll { table.columns[$0].spare == rank }
      for column in shown { widths[column] = natural[column] }
      fit(room, least)
    }
    fit(room, natural.map { min($0, 1) })
  }

  /// How wide the table is.
  var width: Int { shown.reduce(0) { $0 + widths[$1] } + table.gap * max(0, shown.count - 1) }

  /// Takes from the widest columns until the table fits, but leaves each so much.
  private mutating func fit(_ room: Int, _ least: [Int]) {
    var excess = width - room
    while excess > 0 {
      let candidates = shown.filter { widths[$0] > least[$0] }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
      excess -= 1
    }
  }

  /// How far a column may shrink: one that is broken between words keeps its longest word, and what is short enough to
  /// stand in one line is not broken before other columns are left out.
  private func least(_ column: Int) -> Int {
    guard table.columns[column].wraps else { return TableLayout.least }
    let texts = table.rows.compactMap { column < $0.count ? $0[column].text : nil }
    let widths = texts.flatMap { text in
      DisplayWidth.of(text) <= TableLayout.longest
        ? [DisplayWidth.of(text)] : text.split(separator: " ").map { DisplayWidth.of($0) }
    }
    return max(TableLayout.least, min(widths.max() ?? 0, TableLayout.longestWord))
  }

  /// The titles.
  var titles: [TextTable.Cell] { table.columns.map { TextTable.Cell($0.title, .bold) } }

  /// A row as one or more lines of cells: those of columns that wrap are broken between words.
  func broken(_ row: [TextTable.Cell]) -> [[TextTable.Cell]] {
    let parts = row.indices.map { column in
      let isBroken = column < table.columns.count && table.columns[column].wraps
      return isBroken && DisplayWidth.of(row[column].text) > widths[column]
        ? Paragraph.lines(row[column].text, width: widths[column]) : [row[column].text]
    }
    let height = max(1, parts.map(\.count).max() ?? 1)
    return (0..<height).map { place in
      row.indices.map { column in
        TextTable.Cell(place < parts[column].count ? parts[column][place] : "", row[column].ink)
      }
    }
  }
}
