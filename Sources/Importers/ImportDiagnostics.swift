public import Diagnostics
import MarketModel

/// The records of what can be wrong with files to be imported.
public enum ImportDiagnostics {
  /// All records of this layer.
  public static let records: [DiagnosticRecord] = [
    .unknownFileFormat, .needsReleaseLag, .noZone, .badVendorColumns, .notDaily, .twoLists, .noDuckDB, .duckDBFailed,
    .nothingToImport, .unknownImporter, .nameForSeveral, .targetFailed,
  ]
}

extension DiagnosticRecord {
  static let unknownFileFormat = DiagnosticRecord(
    "E0740", "file of no known format",
    explanation:
      "The format of a file is told from its header; `strat data formats` lists what is known. `--format` names "
      + "one, where the header could be several or has other words.",
    bad: "strat data import notes.csv --into data", good: "strat data import prices.csv --format prices --into data")
  static let needsReleaseLag = DiagnosticRecord(
    "E0741", "file without release times",
    explanation: "The file does not say when its figures became known, and none is made up. Say how long after its "
      + "observation date a figure is known: `--release-lag 45d` (calendar days) or `12bd` (weekdays).",
    bad: "strat data import current.csv --into data",
    good: "strat data import current.csv --release-lag 45d --into data")
  static let noZone = DiagnosticRecord(
    "E0742", "no time zone files",
    explanation:
      "The release rule of the format is in New York's time, and the system has no file of that zone. Install "
      + "the time zone tables (Debian: `apt-get install tzdata`).")
  static let badVendorColumns = DiagnosticRecord(
    "E0743", "columns that the format does not have",
    explanation:
      "A column that the format needs is missing, or there are more columns than it has. `strat data formats` "
      + "shows the beginning of a file.")
  static let notDaily = DiagnosticRecord(
    "E0744", "bars that are not daily",
    explanation: "Only daily bars can be imported: rows of hours or weeks stand for "
      + "no day.", bad: "AAPL.US,60,20200102,150000,…", good: "AAPL.US,D,20200102,000000,…")
  static let twoLists = DiagnosticRecord(
    "E0745", "two lists of members on one date",
    explanation: "A file of member lists has two on one date that differ; which is right cannot be known.")
  static let noDuckDB = DiagnosticRecord(
    "E0746", "no duckdb program",
    explanation:
      "Parquet, Arrow and DuckDB files are read through the `duckdb` program, which is not on the PATH. Install "
      + "it (https://duckdb.org, or `pip install duckdb-cli`), or write the data as CSV.")
  static let duckDBFailed = DiagnosticRecord(
    "E0747", "duckdb cannot read the file",
    explanation:
      "The `duckdb` program ended with an error; the message carries its words. Arrow files need an extension, "
      + "installed once: `duckdb -c \"INSTALL nanoarrow FROM community\"`.")
  static let nothingToImport = DiagnosticRecord(
    "E0748", "nothing to import",
    explanation: "A path to import is a data folder, a folder with vendors' files, or a file.",
    bad: "strat data import empty_folder --into data", good: "strat data import downloads --into data")
  static let unknownImporter = DiagnosticRecord(
    "E0749", "unknown format of files", explanation: "`strat data formats` lists the formats that can be imported.",
    bad: "strat data import a.csv --format yahu --into data", good: "strat data import a.csv --format yahoo --into data"
  )
  static let nameForSeveral = DiagnosticRecord(
    "E0750", "one name for several files",
    explanation: "`--name` is the ticker, series, curve or universe of one file; give one file with it.",
    bad: "strat data import a.csv b.csv --name SPY --into data", good: "strat data import a.csv --name SPY --into data")
  static let targetFailed = DiagnosticRecord(
    "E0753", "data that cannot be added",
    explanation:
      "The folder could not be written; the message carries the system's reason. Each file appears whole or not "
      + "at all: the same import again adds what is missing.")
}

extension Diagnostic {
  static func unknownFileFormat(_ path: String, _ header: [String]) -> Diagnostic {
    let found = header.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      .unknownFileFormat, "the format of `\(path)` is not known: its first row is \(found.isEmpty ? "empty" : found)",
      at: .file(path, line: 1, column: 1), notes: [Note("`strat data formats` lists the formats; `--format` names one")]
    )
  }
  static func needsReleaseLag(_ what: String) -> Diagnostic {
    Diagnostic(
      .needsReleaseLag, "a \(what) does not say when its figures became known",
      notes: [Note("say it with `--release-lag 45d` (calendar days) or `12bd` (weekdays)")])
  }
  static func noZone() -> Diagnostic {
    Diagnostic(.noZone, "the system does not know the time of New York", notes: [Note("install the time zone tables")])
  }
  static func missingImportColumn(_ what: String) -> Diagnostic {
    Diagnostic(
      .badVendorColumns, "there is no column for the \(what)", notes: [Note("`strat data formats` shows a file")])
  }
  static func oneValueColumn(_ found: [String]) -> Diagnostic {
    let columns = found.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      .badVendorColumns,
      "one column of figures is expected beside the dates, not \(columns.isEmpty ? "none" : columns)",
      notes: [Note("`strat data formats` shows a file")])
  }
  static func malformedRow(_ found: Int, expected: Int, at place: Location) -> Diagnostic {
    Diagnostic(.badVendorColumns, "the row has \(found) cells, the header \(expected)", at: place)
  }
  static func openQuote(at place: Location) -> Diagnostic {
    Diagnostic(.badVendorColumns, "a double quote is not closed on its line", at: place)
  }
  static func malformedNumber(_ text: String, _ column: String, at place: Location) -> Diagnostic {
    Diagnostic(.badVendorColumns, "`\(text)` in column `\(column)` is not a number", at: place)
  }
  static func malformedDate(_ text: String, _ column: String, at place: Location, expected: String) -> Diagnostic {
    Diagnostic(.badVendorColumns, "`\(text)` in column `\(column)` is not a date: expected \(expected)", at: place)
  }
  static func notDaily(_ text: String, at place: Location) -> Diagnostic {
    Diagnostic(.notDaily, "the period of the bar is `\(text)`, not `D`", at: place, notes: [Note("import daily files")])
  }
  static func twoLists(_ day: Day) -> Diagnostic {
    Diagnostic(.twoLists, "there are two lists for \(day), and they differ", notes: [Note("remove one of them")])
  }
  static func noDuckDB(_ path: String) -> Diagnostic {
    Diagnostic(
      .noDuckDB, "`\(path)` is read through the `duckdb` program, which is not on the PATH",
      notes: [Note("install it (https://duckdb.org, or `pip install duckdb-cli`), or write the data as CSV")])
  }
  static func duckDBFailed(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic(.duckDBFailed, "`duckdb` cannot read `\(path)`: \(reason)", notes: [Note("try it with `duckdb` alone")])
  }
  static func nothingToImport(_ path: String) -> Diagnostic {
    Diagnostic(
      .nothingToImport, "there is nothing to import in `\(path)`",
      notes: [Note("name a data folder, a folder with vendors' files, or a file")])
  }
  static func unknownImporter(_ name: String) -> Diagnostic {
    let close = Suggestions.close(to: name, among: Importer.all.map(\.name))
    return Diagnostic(
      .unknownImporter, "there is no format `\(name)`",
      notes: [Note(close.isEmpty ? "`strat data formats` lists them" : "did you mean `\(close[0])`?")])
  }
  static func nameForSeveral(_ name: String, _ count: Int) -> Diagnostic {
    Diagnostic(
      .nameForSeveral, "`--name \(name)` cannot name \(count) files at once", notes: [Note("import them one by one")])
  }
  static func targetFailed(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic(
      .targetFailed, "`\(path)` cannot be written: \(reason)",
      notes: [Note("the same import again adds what is missing")])
  }
}
