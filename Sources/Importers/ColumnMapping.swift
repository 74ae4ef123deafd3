public import Diagnostics
public import MarketData

/// Which columns of a file stand for which fields, said by the user: for files that no format fits.
///
/// It is written on the command line, `date=Date,close=closeadj`, or kept in a small YAML file that many imports use:
///
///     kind: prices
///     skip: 1
///     dates: mdy
///     columns:
///       date: Date
///       close: closeadj
public struct ColumnMapping: Equatable, Sendable {
  /// A field and the column that it is read from.
  public struct Column: Equatable, Sendable {
    /// The field, as data folders name it.
    public let field: String
    /// The header's cell.
    public let source: String
  }

  /// What the rows are.
  public let kind: FileKind
  /// The columns, in the order in which they were given.
  public let columns: [Column]
  /// How many lines stand before the header.
  public let skip: Int
  /// Which comes first in dates such as `1/2/2024`.
  public let dates: DateOrder?

  /// A mapping; throws what is wrong with it.
  public init(
    kind: FileKind = .prices, columns: [(field: String, source: String)], skip: Int = 0, dates: DateOrder? = nil
  ) throws(Diagnostic) {
    self.kind = kind
    var found: [Column] = []
    for (name, source) in columns {
      guard let field = kind.fieldName(name) else { throw .unknownField(name, kind) }
      found.append(Column(field: field, source: source))
    }
    self.columns = found
    self.skip = skip
    self.dates = dates
    if skip < 0 || skip > ColumnMapping.mostSkipped { throw .badSkip(skip) }
    try check()
  }

  /// More lines than anybody writes before a header.
  private static let mostSkipped = 10_000

  private func check() throws(Diagnostic) {
    if columns.isEmpty { throw .badColumns("") }
    for (place, column) in columns.enumerated() {
      let before = columns[..<place]
      if before.contains(where: { $0.field == column.field }) { throw .fieldTwice(column.field) }
      if let other = before.first(where: { FileStart.plain($0.source) == FileStart.plain(column.source) }) {
        throw .columnForTwo(column.source, other.field, column.field)
      }
    }
    let missing = kind.fieldsNeeded.filter { name in !columns.contains { $0.field == name } }
    if !missing.isEmpty { throw .fieldsNotMapped(missing, kind) }
    let choice = kind.fieldsOfChoice
    if !choice.isEmpty, !columns.contains(where: { choice.contains($0.field) }) {
      throw .fieldsNotMapped([choice.joined(separator: " or ")], kind)
    }
  }

  /// The columns of a text such as `date=Date,close=closeadj`; a column with a comma in its name stands in quotes.
  public static func columns(_ text: String) throws(Diagnostic) -> [(field: String, source: String)] {
    var columns: [(field: String, source: String)] = []
    for part in parts(text) {
      guard let sign = part.firstIndex(of: "=") else { throw .badColumns(part) }
      let field = trimmed(part[..<sign])
      var source = trimmed(part[part.index(after: sign)...])
      if source.count >= 2, source.first == "\"", source.last == "\"" {
        source = String(source.dropFirst().dropLast())
      }
      if field.isEmpty || source.isEmpty { throw .badColumns(part) }
      columns.append((field, source))
    }
    return columns
  }

  private static func parts(_ text: String) -> [String] {
    var parts: [String] = [""]
    var isQuoted = false
    for character in text {
      if character == "\"" { isQuoted.toggle() }
      if character == ",", !isQuoted { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
