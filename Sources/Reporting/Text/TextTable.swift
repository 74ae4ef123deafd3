/// Rows of cells in aligned columns, with a header and a rule below it.
///
/// Columns are as wide as their widest cell. Where the table is wider than the terminal, the columns that may shrink are
/// cut with an ellipsis or broken between words, the widest first; where that does not suffice, columns that can be
/// spared are left out, and at last all are cut. No line is wider than the terminal.
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
    /// Whether cells that would be cut are broken between words instead.
    public var wraps: Bool
    /// Above 0 it is left out where the terminal is too narrow for all: the highest first, equal ones together.
    public var spare: Int

    /// A column; one that wraps shrinks.
    public init(
      _ title: String, _ alignment: Alignment = .left, shrinks: Bool = false, wraps: Bool = false, spare: Int = 0
    ) {
      self.title = title
      self.alignment = alignment
      self.shrinks = shrinks || wraps
      self.wraps = wraps
      self.spare = spare
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
    terminal.showsControls ? shown().laidOut(terminal, indent) : laidOut(terminal, indent)
  }

  /// The table as a terminal may be sent it: a cell stays one, whatever stands in it.
  private func shown() -> TextTable {
    var table = self
    table.rows = rows.map { row in
      row.enumerated().map { place, cell in
        place < columns.count && columns[place].wraps ? cell : Cell(ControlText.line(cell.text), cell.ink)
      }
    }
    return table
  }

  private func laidOut(_ terminal: Terminal, _ indent: Int) -> [String] {
    let layout = TableLayout(self, room: terminal.width - indent)
    var lines: [String] = []
    if showsHeader {
      lines.append(line(layout.titles, layout, terminal, indent))
      let rule = terminal.usesUnicode ? "─" : "-"
      lines.append(String(repeating: " ", count: indent) + String(repeating: rule, count: layout.width))
    }
    for row in rows {
      lines += layout.broken(row).map { line($0, layout, terminal, indent) }
    }
    return lines
  }

  private func line(_ cells: [Cell], _ layout: TableLayout, _ terminal: Terminal, _ indent: Int) -> String {
    var line = String(repeating: " ", count: indent)
    var pending = 0
    for column in layout.shown {
      let cell = column < cells.count ? cells[column] : ""
      let width = layout.widths[column]
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
