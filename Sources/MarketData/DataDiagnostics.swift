import Codecs
public import Diagnostics

/// Everything that can be said about data: errors that stop loading (E07xx) and defects that are counted (W07xx).
public enum DataDiagnostics {
  /// All records of this layer, in ascending order of code.
  public static let records: [DiagnosticRecord] =
    [
      .dataNotFound, .noDataFiles, .unreadableDataFile, .damagedGzip, .malformedRow, .malformedNumber, .malformedDate,
      .missingColumn, .missingKey, .conflictingRows, .membershipEndsEarly,
      .noReleaseTime, .malformedReleaseTime, .malformedSettings, .unknownZone, .badAlias, .dividendTooLarge,
      .badAction, .timeOfDay, .unknownCalendarTicker, .strictDefect, .badTenor, .notText, .columnTwice,
      .outputNotEmpty, .outputFailed, .unknownLagSeries, .differsFromStored, .vintageTooOld,

      .settingDiffers, .fileChanged, .lineTooLong, .cacheChanged, .startDatedBars, .unknownTenorUnit, .noAction,
      .noTickerColumn,
    ] + DefectKind.allCases.map(\.record) + [.damagedCache, .cacheNotWritten]
}

extension DiagnosticRecord {
  static let dataNotFound = DiagnosticRecord(
    "E0701", "no data folder",
    explanation: "The path given for the data does not exist, is not a folder, or may not be read.")
  static let noDataFiles = DiagnosticRecord(
    "E0702", "no data file",
    explanation: "A data folder holds CSV files in `prices`, `series`, `curves`, `flows`, `universes` or `actions`. "
      + "Other folders are ignored.")
  static let unreadableDataFile = DiagnosticRecord(
    "E0703", "unreadable data file",
    explanation: "The file could not be opened or read; the message carries the system's reason.")
  static let damagedGzip = DiagnosticRecord(
    "E0704", "damaged gzip file",
    explanation:
      "A file whose name ends in `.gz` is not a whole gzip file, or one that grows past all reason: to more than "
      + "\(GzipStream.mostGrowth) times its size and more than \(GzipStream.sizeOfAnyGrowth >> 20) MiB, or to more than 8 GB. "
      + "Fetch or pack it again.")
  static let malformedRow = DiagnosticRecord(
    "E0705", "malformed row",
    explanation: "Every row has as many fields as the header, separated by commas; a field with a comma stands in "
      + "double quotes.",
    bad: "ticker,date,close\nSPY,2020-01-02", good: "ticker,date,close\nSPY,2020-01-02,324.87")
  static let malformedNumber = DiagnosticRecord(
    "E0706", "malformed number",
    explanation: "Numbers have a decimal point, an optional exponent and no thousands separators, and must be finite. "
      + "Empty, null, NA, N/A, NaN, None and #N/A are missing.",
    bad: "SPY,2020-01-02,\"1,324.87\"", good: "SPY,2020-01-02,1324.87")
  static let malformedDate = DiagnosticRecord(
    "E0707", "impossible date",
    explanation: "Dates are written YYYY-MM-DD and must exist.", bad: "SPY,02/30/2020,324.87",
    good: "SPY,2020-02-28,324.87")
  static let missingColumn = DiagnosticRecord(
    "E0708", "missing column",
    explanation: "A file lacks a column that its kind requires. Columns are found by name, whatever the case.",
    bad: "series,value", good: "series,observation_date,release_time,value")
  static let missingKey = DiagnosticRecord(
    "E0709", "missing key",
    explanation: "A field that identifies the row (a name, a date, a tenor) is empty.", bad: ",2020-01-02,324.87",
    good: "SPY,2020-01-02,324.87")
  static let conflictingRows = DiagnosticRecord(
    "E0710", "conflicting rows",
    explanation: "Two rows with the same key differ, in one file or across files. Which is right cannot be known: "
      + "remove one. Exact repetitions are only counted.",
    bad: "SPY,2020-01-02,324.87\nSPY,2020-01-02,324.88", good: "SPY,2020-01-02,324.87")
  static let membershipEndsEarly = DiagnosticRecord(
    "E0713", "membership ends before it starts",
    explanation: "A membership holds from `start` up to, but not on, `end`.", bad: "SP500,XYZ,2015-01-01,2014-01-01",
    good: "SP500,XYZ,2014-01-01,2015-01-01")
  static let noReleaseTime = DiagnosticRecord(
    "E0714", "no release time",
    explanation: "Macro data are seen from their release on. Without `release_time` a back-test would see a quarter's "
      + "figure on its first day. Give vintages, or a lag: `--release-lag 45d` (calendar days) or `12bd` (weekdays), or "
      + "`release_lag` in dataset.yaml. The lag becomes part of every result's fingerprint.",
    bad: "series,observation_date,value", good: "series,observation_date,release_time,value")
  static let malformedReleaseTime = DiagnosticRecord(
    "E0715", "malformed release time",
    explanation: "A release time is YYYY-MM-DDThh:mm[:ss[.fff]] with Z or an offset such as -05:00; without one it is "
      + "UTC. A date alone means 23:59:59 UTC of that day.",
    bad: "2020-02-07 8:30", good: "2020-02-07T13:30:00Z")
  static let malformedSettings = DiagnosticRecord(
    "E0716", "malformed dataset.yaml",
    explanation: "dataset.yaml may hold name, decision_time, calendar, aliases (name: ticker), release_lag (series "
      + "or \"*\": lag), bar_dates (start, end) and tenor_unit (days, weeks, months, years).",
    bad: "decision: 16:00", good: "decision_time: 16:00 America/New_York")
  static let unknownZone = DiagnosticRecord(
    "E0717", "unknown time zone",
    explanation: "A decision time is `hh:mm Zone` with a zone of the system's zone files, such as America/New_York.",
    bad: "decision_time: 16:00 New York", good: "decision_time: 16:00 America/New_York")
  static let badAlias = DiagnosticRecord(
    "E0718", "bad alias",
    explanation: "An alias is another name of a ticker of the data set; it may not be a ticker itself.",
    bad: "aliases: {SPY: QQQ}", good: "aliases: {SP: SPY}")
  static let dividendTooLarge = DiagnosticRecord(
    "E0719", "dividend not below the price",
    explanation: "A cash dividend must be less than the close before its ex-date: it could not have been paid.",
    bad: "XYZ,2020-01-02,1,120", good: "XYZ,2020-01-02,1,1.20")
  static let badAction = DiagnosticRecord(
    "E0720", "impossible corporate action",
    explanation: "A split ratio is positive (2 for two new shares for one old, 0.125 for a reverse split of 1:8; 0 is "
      + "none); dividends and delisting prices are not negative.",
    bad: "XYZ,2020-01-02,-2,", good: "XYZ,2020-01-02,2,")
  static let timeOfDay = DiagnosticRecord(
    "E0721", "time of day in a date",
    explanation:
      "Bars are daily. A midnight time after a date is dropped; any other is an error, because intraday rows "
      + "cannot stand for days.",
    bad: "SPY,2020-01-02 09:31:00,324.87", good: "SPY,2020-01-02,324.87")
  static let unknownCalendarTicker = DiagnosticRecord(
    "E0722", "unknown calendar",
    explanation: "`calendar` is sessions, all, weekdays, or a ticker with prices in the data set.",
    bad: "calendar: NYSE", good: "calendar: SPY")
  static let strictDefect = DiagnosticRecord(
    "E0723", "defect under --strict",
    explanation: "With --strict every defect is an error; without it defects are loaded as they are and counted.")
  static let badTenor = DiagnosticRecord(
    "E0724", "tenor not a whole number of days",
    explanation: "Tenors are whole calendar days, not negative: 10 years are 3650.", bad: "UST,2020-01-02,0.5,1.5",
    good: "UST,2020-01-02,182,1.5")
  package static let notText = DiagnosticRecord(
    "E0725", "not a text file",
    explanation:
      "Data files are text in UTF-8, or in UTF-16 with its byte-order mark. A workbook, a Parquet file or a gzip "
      + "file without its .gz ending must be converted or renamed first.")
  static let columnTwice = DiagnosticRecord(
    "E0726", "column given twice",
    explanation: "Two columns of the header mean the same field, so which one counts is unknown.",
    bad: "date,close,Close", good: "date,close,adjusted_close")
  static let outputNotEmpty = DiagnosticRecord(
    "E0727", "folder not empty",
    explanation: "Data are written only to a new or an empty folder, never over existing files.")
  static let outputFailed = DiagnosticRecord(
    "E0728", "cannot write",
    explanation:
      "A file or folder could not be written; the message carries the system's reason. Nothing is left behind.")
  static let unknownLagSeries = DiagnosticRecord(
    "E0729", "release lag of an unknown series",
    explanation: "`release_lag` names a series that the data set does not have.", bad: "release_lag: {UNRAT: 45d}",
    good: "release_lag: {UNRATE: 45d}")
  static let lineTooLong = DiagnosticRecord(
    "E0767", "line without end",
    explanation:
      "A line of a data file has more than 8 MiB, which no row and no header has. The file is no table, or its line ends "
      + "were lost: `head -c 300 FILE` shows how it begins.")
  static let cacheChanged = DiagnosticRecord(
    "E0768", "kept copy changed while it was used",
    explanation:
      "Kept copies of data sets are replaced whole, never written into: another program did, while this one computed with "
      + "what it held. Nothing that was shown can be relied on. The copy was removed; run the command again.")
  static let startDatedBars = DiagnosticRecord(
    "E0780", "bars dated at the start of their period",
    explanation:
      "Weekly, monthly, quarterly or yearly bars lie on the first day or the first weekday of their period, as some "
      + "vendors date them. Such a bar is known when its period is over. `bar_dates: start` in dataset.yaml (or in the "
      + "column `bar_dates` of a database's `data_sets`) dates each at the last weekday of its period, or under "
      + "`calendar: all` at its last day; `bar_dates: end` says that the bars were known on the dates that they have.",
    bad: "IDX,2020-02-01,92", good: "IDX,2020-02-28,92")
  static let unknownTenorUnit = DiagnosticRecord(
    "E0781", "tenor without a unit",
    explanation:
      "A column of tenors holds days if it is called tenor_days, days or maturity_days. Else each cell tells its "
      + "unit (`10y`, `6mo`, `1 Yr`, `90d`), or `tenor_unit` in dataset.yaml does: 10 may be days or years, and the "
      + "answers differ.",
    bad: "curve,date,tenor,rate\nUST,2024-01-02,10,3.95", good: "curve,date,tenor,rate\nUST,2024-01-02,10y,3.95")
  static let noAction = DiagnosticRecord(
    "E0782", "corporate action that says nothing",
    explanation:
      "A row of an actions file gives at least one of split_ratio, cash_dividend and delisting_price. A split "
      + "of 0 is none.",
    bad: "XYZ,2020-01-02,,", good: "XYZ,2020-01-02,2,")
  static let noTickerColumn = DiagnosticRecord(
    "E0783", "no column of tickers",
    explanation:
      "A prices file without a column of tickers is one ticker's, named like the file. Where its dates repeat "
      + "with different prices it is more likely one of several tickers whose column has a name that is not known.",
    bad: "date,issuer,close\n2020-01-02,AAPL,75.09\n2020-01-02,MSFT,160.62",
    good: "date,ticker,close\n2020-01-02,AAPL,75.09\n2020-01-02,MSFT,160.62")
  static let damagedCache = DiagnosticRecord(
    "W0751", "damaged cache",
    explanation:
      "A kept copy of the data set does not have its checksum: the disk or another program changed it. It is "
      + "not used; the data set is read from its files and kept anew. Nothing is lost.")
  static let cacheNotWritten = DiagnosticRecord(
    "W0752", "cache that cannot be kept",
    explanation:
      "The data set was read from its files, but could not be kept for the next time: the message carries the "
      + "system's reason. `STRAT_CACHE` names another folder, `--no-cache` keeps nothing.")
  static let differsFromStored = DiagnosticRecord(
    "E0730", "rows that differ from stored ones",
    explanation:
      "Importing adds rows and changes none: results that were made with the old figures must stay what they "
      + "are. The message has the first row that differs, with both values. Adjusted closes that all differ by one factor "
      + "are a vendor's newer scale and are taken over; a revision of a series is a row of its own with its release time; "
      + "`--replace` takes the values of the file for the rows that it has.",
    bad: "strat data import spy_corrected.csv --into prices",
    good: "strat data import spy_corrected.csv --into prices --replace")
  static let fileChanged = DiagnosticRecord(
    "E0735", "data file that changed during an import",
    explanation:
      "Rows of the file were to take other values, but they are no longer where they were read: somebody else "
      + "writes the file. Nothing was changed; make the import again.")
  static let vintageTooOld = DiagnosticRecord(
    "E0731", "vintage before one that is there",
    explanation: "Vintages are kept as changes, each against the one before it, so one can't be put before those that "
      + "are there. Import them in order, or all at once.",
    bad: "strat data import 2015-02.csv --into d && strat data import 2015-01.csv --into d",
    good: "strat data import 2015-01.csv 2015-02.csv --into d")
  static let settingDiffers = DiagnosticRecord(
    "E0732", "setting that differs from the one that is there",
    explanation:
      "The settings of a data set (decision time, calendar, aliases, release lags) say how its rows are read. "
      + "Rows under other settings need a folder or database of their own.")
}
