/// Rows of cells in aligned columns, with a header and a rule below it.
///
/// Columns are as wide as their widest cell. Where the table is wider than the terminal, the columns that may shrink
/// are cut with an ellipsis, the widest first.
public struct TextTable {
  /// Where a column's cells stand.
  public enum Alignment: Sendable {
    /// For words.
    case left
    /// For numbers.
    case right
  }

  /// A column.
  public struct Column: Sendable {
    /// What stands above it.
    public var title: String
    /// Where its cells stand.
    public var alignment: Alignment
    /// Whether its cells may be cut where the terminal is too narrow.
    public var shrinks: Bool

    /// A column.
    public init(_ title: String, _ alignment: Alignment = .left, shrinks: Bool = false) {
      self.title = title
      self.alignment = alignment
      self.shrinks = shrinks
    }
  }

  /// A cell: its text, and its colour where there is colour.
  public struct Cell: Sendable, ExpressibleByStringLiteral {
    /// What it says.
    public var text: String
    /// Its colour.
    public var ink: Ink?

    /// A cell.
    public init(_ text: String, _ ink: Ink? = nil) {
      self.text = text
      self.ink = ink
    }

    /// A cell without colour.
    public init(stringLiteral value: String) { self.init(value) }
  }

  /// The columns, from the left.
  public let columns: [Column]
  /// The rows, from the top; missing cells at their end are empty.
  public private(set) var rows: [[Cell]] = []
  /// Whether the titles and the rule are shown.
  public var showsHeader = true
  /// Spaces between columns.
  public var gap = 2

  /// A table without rows.
  public init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row at the bottom.
  public mutating func add(_ cells: [Cell]) { rows.append(cells) }

  /// Adds a row of plain texts at the bottom.
  public mutating func add(_ texts: [String]) { rows.append(texts.map { Cell($0) }) }

  /// The table as lines, without line ends and without trailing spaces.
  public func lines(_ terminal: Terminal, indent: Int = 0) -> [String] {
    let widths = fittedWidths(terminal, indent: indent)
    var lines: [String] = []
    if showsHeader {
      lines.append(line(columns.map { Cell($0.title, .bold) }, widths, terminal, indent))
      let rule = terminal.usesUnicode ? "─" : "-"
      let total = widths.reduce(0, +) + gap * max(0, widths.count - 1)
      lines.append(String(repeating: " ", count: indent) + String(repeating: rule, count: total))
    }
    for row in rows { lines.append(line(row, widths, terminal, indent)) }
    return lines
  }

  private func fittedWidths(_ terminal: Terminal, indent: Int) -> [Int] {
    var widths = columns.indices.map { column in
      let cells = rows.map { column < $0.count ? DisplayWidth.of($0[column].text) : 0 }
      return max(showsHeader ? DisplayWidth.of(columns[column].title) : 0, cells.max() ?? 0)
    }
    var excess = widths.reduce(0, +) + gap * max(0, widths.count - 1) + indent - terminal.width
    while excess > 0 {
      let candidates = columns.indices.filter { columns[$0].shrinks && widths[$0] > 8 }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private func line(_ cells: [Cell], _ widths: [Int], _ terminal: Terminal, _ indent: Int) -> String {
    var line = String(repeating: " ", count: indent)
    var pending = 0
    for (column, width) in widths.enumerated() {
      let cell = column < cells.count ? cells[column] : ""
      let text = DisplayWidth.fitted(cell.text, to: width, ellipsis: terminal.ellipsis)
      let space = max(0, width - DisplayWidth.of(text))
      let isRight = columns[column].alignment == .right
      if !text.isEmpty {
        line += String(repeating: " ", count: pending + (isRight ? space : 0)) + terminal.paint(text, cell.ink)
        pending = isRight ? 0 : space
      } else {
        pending += width
      }
      pending += gap
    }
    return line.allSatisfy({ $0 == " " }) ? "" : line
  }
}
