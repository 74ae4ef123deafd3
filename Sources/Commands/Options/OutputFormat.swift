import ArgumentParser

/// How results are printed.
enum OutputFormat: String, CaseIterable {
  /// For people.
  case table
  /// One document for machines.
  case json
  /// Lines for spreadsheets.
  case csv
}

/// The option `--format`.
struct FormatOptions: ParsableArguments {
  @Option(name: .customLong("format"), help: ArgumentHelp("How to print: table, json or csv.", valueName: "format"))
  var text = OutputFormat.table.rawValue

  /// The format, or a wrong command line.
  func format() throws(CommandFailure) -> OutputFormat {
    guard let format = OutputFormat(rawValue: text) else {
      throw .usage(.unknownFormat(text, known: OutputFormat.allCases.map(\.rawValue)))
    }
    return format
  }
}
