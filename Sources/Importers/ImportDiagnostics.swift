public import Diagnostics
import MarketData
import MarketModel

/// The records of what can be wrong with files to be imported.
public enum ImportDiagnostics {
  /// All records of this layer.
  public static let records: [DiagnosticRecord] =
    [
      .unknownFileFormat, .needsReleaseLag, .noZone, .badVendorColumns, .notDaily, .twoLists, .noDuckDB, .duckDBFailed,
      .nothingToImport, .unknownImporter, .nameForSeveral, .targetFailed, .notOfFormat, .noRows, .dateOrderNeeded,
      .tickerColumnNeeded, .notADataFile, .damagedArchive, .openCommas,
    ] + DiagnosticRecord.ofMappings

  /// The codes of what is said about a file that is nothing to import, which stops no import of a folder.
  static let areOfForeignFiles: Set<String> = Set(
    [
      DiagnosticRecord.unknownFileFormat, .notOfFormat, .noRows, .notADataFile, .nothingToImport, .notText,
      .columnNotInFile,
    ].map(\.code))
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
      "The folder could not be written; the message carries the system's reason. All files of an import "
      + "appear at once, or none of them: make the import again.")
  static let notOfFormat = DiagnosticRecord(
    "E0760", "file that is not of the format named",
    explanation:
      "`--format` says which format the file is to be recognised as; it is no licence to read by position. The file lacks "
      + "columns that a file of that format has: the message names them. Leave `--format` out to have the format told "
      + "from the columns.",
    bad: "strat data import rates.csv --format stooq --into data", good: "strat data import rates.csv --into data")
  static let noRows = DiagnosticRecord(
    "E0761", "file without rows",
    explanation:
      "The file has a header, and no row behind it or none with anything that the format reads; an import of "
      + "nothing is no success. Often the download failed.")
  static let dateOrderNeeded = DiagnosticRecord(
    "E0762", "dates whose order is not known",
    explanation:
      "In dates such as 1/2/2024 the month may stand first or second. One date with a number above 12 decides "
      + "it for the whole file; where there is none, `--dates mdy` or `--dates dmy` says it. Dates of one file that decide "
      + "it both ways are damaged, as when a spreadsheet took some of them apart.",
    bad: "strat data import prices.csv --into data", good: "strat data import prices.csv --dates mdy --into data")
  static let tickerColumnNeeded = DiagnosticRecord(
    "E0763", "rows of several tickers without a ticker column",
    explanation:
      "A file of prices in which no column is understood as the ticker holds one ticker, that of its name. Two "
      + "rows of one date that differ are those of several: name the column `ticker`, or say which it is with "
      + "`--columns`.",
    bad: "date,issuer,close\n2020-01-02,AAA,1\n2020-01-02,BBB,2",
    good: "date,ticker,close\n2020-01-02,AAA,1\n2020-01-02,BBB,2")
  static let notADataFile = DiagnosticRecord(
    "E0764", "file that holds no data to import",
    explanation:
      "The file is a workbook, a picture, a web page or something else that is no text with columns. A workbook "
      + "is saved as CSV, a sheet at a time, and imported then.",
    bad: "strat data import prices.xlsx --into data", good: "strat data import prices.csv --into data")
  static let damagedArchive = DiagnosticRecord(
    "E0765", "ZIP archive that cannot be read",
    explanation:
      "ZIP archives are read within where their files are stored or deflated, up to 4 GB each. Others have to be "
      + "unpacked first; a damaged one has to be fetched again.")
  static let openCommas = DiagnosticRecord(
    "E0766", "commas that could be decimal or of thousands",
    explanation: "In a file whose cells are not separated by commas, `1,234` may be one and a quarter or more than a "
      + "thousand, and no other number of the file says which. Write the numbers with a decimal point.")
}

extension Diagnostic {
  static func unknownFileFormat(_ path: String, _ header: [String]) -> Diagnostic {
    let found = header.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
    let isTable = FileKind.isWide(header) && ["date", "datetime"].contains(FileStart.plain(header[0]))
    return Diagnostic(
      .unknownFileFormat, "no known format: the first row is \(found.isEmpty ? "empty" : found)",
      at: .file(path, line: 1, column: 1),
      notes: isTable
        ? [
          Note("if the columns are tickers and the figures their closes: `--format prices`"),
          Note("if the columns are macro series: `--format fred --release-lag 45d`, or the lag that they have"),
        ] : [Note("`strat data formats` lists the formats; `--format` names one")])
  }
  static func notOfFormat(
    _ path: String, _ format: String, missing: [String], header: [String], other: String?
  ) -> Diagnostic {
    let found = header.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
    let lacks = missing.isEmpty ? "" : ", which has \(missing.joined(separator: ", "))"
    let columns = "the columns of this one are \(found.isEmpty ? "none" : found)"
    return Diagnostic(
      .notOfFormat, "not a file of the format `\(format)`\(lacks); \(columns)", at: .file(path, line: 1, column: 1),
      notes: [
        Note(other.map { "by its columns it is of the format `\($0)`" } ?? "`strat data formats \(format)` shows one")
      ])
  }
  static func noRows(_ path: String, _ format: String, isEmpty: Bool) -> Diagnostic {
    Diagnostic(
      .noRows,
      isEmpty ? "the file has a header and no row" : "the file has no row with anything of the format `\(format)`",
      at: .file(path, line: 1, column: 1), notes: [Note("nothing is imported of it; was the download whole?")])
  }
  static func openQuestion(_ question: CellHabits.Question, at place: Location) -> Diagnostic {
    switch question {
    case .dateOrder(let text):
      Diagnostic(
        .dateOrderNeeded, "no date of the file says whether `\(text)` begins with the month or with the day", at: place,
        notes: [Note("say it with `--dates mdy` (month, day, year) or `--dates dmy` (day, month, year)")])
    case .bothOrders(let monthFirst, let dayFirst):
      Diagnostic(
        .dateOrderNeeded, "`\(monthFirst)` begins with the month, `\(dayFirst)` with the day: the file mixes both",
        at: place, notes: [Note("fetch the file again; a spreadsheet may have rewritten some of its dates")])
    case .commas(let text):
      Diagnostic(
        .openCommas,
        "the comma in `\(text)` may be of thousands or a decimal one, and no number of the file says which",
        at: place, notes: [Note("write the numbers with a decimal point and without signs of thousands")])
    }
  }
  static func tickerColumnNeeded(_ day: Day, _ header: [String], at place: Location) -> Diagnostic {
    let found = header.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      .tickerColumnNeeded, "a second, different row for \(day), and no column is understood as the ticker: \(found)",
      at: place, notes: [Note("call the column of tickers `ticker`, or name it: `--columns ticker=NAME`")])
  }
  static func notADataFile(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic(.notADataFile, reason, at: .file(path, line: 0, column: 0))
  }
  static func damagedArchive(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic(.damagedArchive, "the archive cannot be read: \(reason)", at: .file(path, line: 0, column: 0))
  }
  static func unknownDateOrder(_ word: String) -> Diagnostic {
    Diagnostic(
      .dateOrderNeeded, "there is no order of dates `\(word)`",
      notes: [Note("`mdy` is month, day, year, `dmy` is day, month, year; other dates say it themselves")])
  }
  /// What a path holds, if none of it could be used.
  static func nothingOfUse(_ path: String, _ passedOver: [(path: String, text: String)]) -> Diagnostic {
    if passedOver.isEmpty { return .nothingToImport(path) }
    var notes = passedOver.prefix(20).map { Note("\($0.path): \($0.text)") }
    if passedOver.count > 20 { notes.append(Note("and \(passedOver.count - 20) more")) }
    return Diagnostic(.nothingToImport, "nothing in `\(path)` can be imported", notes: notes)
  }
  static func needsReleaseLag(_ what: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .needsReleaseLag, "a \(what) does not say when its figures became known", at: location,
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
  static func notADay(
    _ reading: WrittenDate.Reading, _ text: String, _ column: String, order: DateOrder?, at place: Location
  ) -> Diagnostic {
    let what = "`\(text)` in column `\(column)`"
    switch reading {
    case .missing:
      return Diagnostic(.badVendorColumns, "the column `\(column)` is empty where a date is needed", at: place)
    case .timeOfDay:
      return Diagnostic(
        .notDaily, "\(what) has a time of day, but bars are daily", at: place, notes: [Note("import daily files")])
    case .undecided: return .openQuestion(.dateOrder(text), at: place)
    case .malformed, .day:
      let read = order.map { ", read as \($0 == .mdy ? "month, day, year" : "day, month, year")" } ?? ""
      return Diagnostic(
        .badVendorColumns, "\(what) is not a date\(read)", at: place,
        notes: [Note("expected YYYY-MM-DD, or another form of a date that exists")])
    }
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
      notes: [Note("make the import again")])
  }
}
