import Codecs
public import Diagnostics
import MarketData

extension ColumnMapping {
  /// Reads a mapping file.
  public init(file path: String) throws(Diagnostic) {
    let root: YAMLNode?
    let bytes = try FileText.read(path)
    do throws(YAMLFailure) { root = try YAML.parse(bytes) } catch {
      throw .badMapping(
        "not a YAML document: \(error.message)", at: .file(path, line: error.line, column: error.column))
    }
    guard let root, case .mapping(let entries) = root.content else {
      throw .badMapping("expected `columns:` with a column for each field", at: .file(path, line: 1, column: 1))
    }
    var reader = MappingReader(path: path)
    for (key, value) in entries { try reader.read(key, value) }
    self = try reader.mapping(at: .file(path, line: root.line, column: root.column))
  }

  /// The mapping as a file.
  public var file: [UInt8] {
    var text = "kind: \(kind.rawValue)\n"
    if skip > 0 { text += "skip: \(skip)\n" }
    if let dates { text += "dates: \(dates.rawValue)\n" }
    text += "columns:\n"
    for column in columns { text += "  \(column.field): \(YAMLText.quoted(column.source))\n" }
    return Array(text.utf8)
  }
}

/// Reads the entries of a mapping file.
private struct MappingReader {
  let path: String
  var kind = FileKind.prices
  var columns: [(field: String, source: String)] = []
  var skip = 0
  var dates: DateOrder?
  private var seen: Set<String> = []

  init(path: String) { self.path = path }

  mutating func read(_ key: YAMLNode, _ value: YAMLNode) throws(Diagnostic) {
    let name = key.text ?? ""
    if !seen.insert(name).inserted { throw problem("the key `\(name)` stands twice", key) }
    switch name {
    case "kind": kind = try word(value, "a kind") { FileKind(rawValue: $0) }
    case "dates": dates = try word(value, "mdy or dmy") { DateOrder(rawValue: $0) }
    case "skip": skip = try word(value, "a number of lines") { Int($0) }
    case "columns":
      guard case .mapping(let entries) = value.content else {
        throw problem("`columns` expects a column for each field, as in `close: Close`", value)
      }
      for (field, column) in entries {
        guard let field = field.text, let source = column.text, !source.isEmpty else {
          throw problem("a field of `columns` expects the name of a column", column)
        }
        columns.append((field, source))
      }
    default: throw problem("unknown key `\(name)`: expected columns, skip, dates or kind", key)
    }
  }

  /// The mapping; a problem without a place of its own gets one.
  func mapping(at place: Location) throws(Diagnostic) -> ColumnMapping {
    do throws(Diagnostic) {
      return try ColumnMapping(kind: kind, columns: columns, skip: skip, dates: dates)
    } catch {
      var problem = error
      problem.location = problem.location ?? place
      throw problem
    }
  }

  private func word<Value>(
    _ node: YAMLNode, _ expected: String, _ read: (String) -> Value?
  ) throws(Diagnostic) -> Value {
    if let value = node.text.flatMap(read) { return value }
    throw problem("`\(node.text ?? "")` is not \(expected)", node)
  }

  private func problem(_ what: String, _ node: YAMLNode) -> Diagnostic {
    .badMapping(what, at: .file(path, line: node.line, column: node.column))
  }
}
