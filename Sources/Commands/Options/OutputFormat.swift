import ArgumentParser
import Reporting

/// How results are printed.
enum OutputFormat: Equatable {
  /// For people.
  case table
  /// One document for machines.
  case json
  /// Lines for spreadsheets.
  case csv(CSVWriter.Cells)

  /// The names of all of them.
  static let names = ["table", "json", "csv", "csv-raw"]

  /// The format of a name.
  init?(_ name: String) {
    switch name {
    case "table": self = .table
    case "json": self = .json
    case "csv": self = .csv(.guarded)
    case "csv-raw": self = .csv(.plain)
    default: return nil
    }
  }

  /// The name.
  var name: String {
    switch self {
    case .table: "table"
    case .json: "json"
    case .csv(.guarded): "csv"
    case .csv(.plain): "csv-raw"
    }
  }
}

/// The option `--format`.
struct FormatOptions: ParsableArguments {
  @Option(
    name: .customLong("format"),
    help: ArgumentHelp("How to print: table, json, csv or csv-raw.", valueName: "format"))
  var text = OutputFormat.table.name

  /// The format, or a wrong command line.
  func format() throws(CommandFailure) -> OutputFormat {
    guard let format = OutputFormat(text) else {
      throw .usage(.unknownFormat(text, known: OutputFormat.names))
    }
    return format
  }
}
