import Diagnostics
import MarketData

// What is said about columns that the user names.
extension DiagnosticRecord {
  /// The records, for the list of the layer.
  static let ofMappings: [DiagnosticRecord] = [
    .badColumns, .unknownField, .columnForTwo, .fieldsNotMapped, .columnNotInFile, .badMapping,
  ]

  static let badColumns = DiagnosticRecord(
    "E0754", "columns that cannot be read",
    explanation: "`--columns` is a list of fields with the columns that they are read from. A column whose name has a "
      + "comma stands in double quotes.",
    bad: "strat data import a.csv --columns Date,Close --into data",
    good: "strat data import a.csv --columns 'date=Date,close=Close' --into data")
  static let unknownField = DiagnosticRecord(
    "E0755", "unknown field of a kind of data",
    explanation:
      "What stands before `=` is a field of the kind of data: `--kind` is prices where nothing else is said.",
    bad: "strat data import a.csv --columns 'date=Date,price=Close' --into data",
    good: "strat data import a.csv --columns 'date=Date,close=Close' --into data")
  static let columnForTwo = DiagnosticRecord(
    "E0756", "field or column named twice",
    explanation: "A field is read from one column, and a column stands for one field.",
    bad: "strat data import a.csv --columns 'date=Date,close=Last,adjusted_close=Last' --into data",
    good: "strat data import a.csv --columns 'date=Date,close=Last' --into data")
  static let fieldsNotMapped = DiagnosticRecord(
    "E0757", "field without a column",
    explanation:
      "A kind of data has fields that every row needs; each must have its column. The ticker of prices may be "
      + "in the file's name instead.", bad: "strat data import a.csv --columns 'date=Date,volume=Vol' --into data",
    good: "strat data import a.csv --columns 'date=Date,close=Last,volume=Vol' --into data")
  static let columnNotInFile = DiagnosticRecord(
    "E0758", "column that the file does not have",
    explanation: "A column that stands for a field is not in the file's header, or is in it twice. The header is the "
      + "first line after those that `--skip` leaves out.")
  static let badMapping = DiagnosticRecord(
    "E0759", "mapping that cannot be read",
    explanation: "A mapping is a YAML file with `columns` and, where they are needed, `kind`, `skip` and `dates`. "
      + "`--columns … --save-mapping FILE` writes one.",
    bad: "columns: [Date, Close]", good: "columns: {date: Date, close: Close}")
}

extension Diagnostic {
  static func badColumns(_ part: String) -> Diagnostic {
    Diagnostic(
      .badColumns, "`\(part)` of `--columns` names no field and column",
      notes: [Note("as in --columns 'date=Date,close=Close'")])
  }
  static func unknownField(_ name: String, _ kind: FileKind) -> Diagnostic {
    let close = Suggestions.close(to: name, among: kind.fieldNames)
    return Diagnostic(
      .unknownField, "\(kind.rawValue) have no field `\(name)`",
      notes: (close.isEmpty ? [] : [Note("did you mean `\(close[0])`?")])
        + [Note("they have \(kind.fieldNames.joined(separator: ", "))")])
  }
  static func fieldTwice(_ field: String) -> Diagnostic {
    Diagnostic(.columnForTwo, "the field `\(field)` is given two columns")
  }
  static func columnForTwo(_ column: String, _ first: String, _ second: String) -> Diagnostic {
    Diagnostic(.columnForTwo, "the column `\(column)` is to be both `\(first)` and `\(second)`")
  }
  static func fieldsNotMapped(_ fields: [String], _ kind: FileKind) -> Diagnostic {
    let names = fields.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(.fieldsNotMapped, "\(kind.rawValue) need a column for \(names)")
  }
  static func columnNotInFile(_ column: String, _ path: String, header: [String], skip: Int) -> Diagnostic {
    let isTwice = header.count { $0 == column } > 1
    let found = header.prefix(20).map { "`\($0)`" }.joined(separator: ", ")
    let columns = header.isEmpty ? "there is no header" : "its header has \(found)"
    let skipped = skip == 0 ? "" : " (after \(skip) skipped \(skip == 1 ? "line" : "lines"))"
    return Diagnostic(
      .columnNotInFile, "\(isTwice ? "two columns are" : "no column is") called `\(column)`; \(columns)\(skipped)",
      at: .file(path, line: skip + 1, column: 1))
  }
  static func badMapping(_ what: String, at place: Location?) -> Diagnostic {
    Diagnostic(.badMapping, what, at: place, notes: [Note("`--columns … --save-mapping FILE` writes one")])
  }
  static func badSkip(_ count: Int) -> Diagnostic {
    Diagnostic(.badMapping, "\(count) lines cannot stand before a header: expected 0 to 10000")
  }
  static func mappingOptions(_ what: String) -> Diagnostic {
    Diagnostic(.badMapping, what, notes: [Note("as in --columns 'date=Date,close=Close' --skip 1")])
  }
  static func unknownKind(_ name: String) -> Diagnostic {
    let kinds = FileKind.allCases.map(\.rawValue)
    let close = Suggestions.close(to: name, among: kinds)
    return Diagnostic(
      .unknownField, "there is no kind `\(name)`",
      notes: [Note(close.isEmpty ? "there are \(kinds.joined(separator: ", "))" : "did you mean `\(close[0])`?")])
  }
}
