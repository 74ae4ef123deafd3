public import Diagnostics
public import MarketModel

/// A kind of defect: something odd in the data that is loaded as it is, and counted.
public enum DefectKind: String, CaseIterable, Sendable {
  /// An open, high or low that is not positive, or a negative volume: that field is missing.
  case badValue = "bad_value"
  /// A high below, or a low above, another known price of its row.
  case ohlc
  /// No shares traded.
  case zeroVolume = "zero_volume"
  /// A price row without its close: not loaded.
  case noClose = "no_close"
  /// A curve point without its rate: not loaded.
  case noRate = "no_rate"
  /// A price row without an adjusted close, although an earlier row of its ticker has one.
  case noAdjustedClose = "no_adjusted_close"
  /// A price on a Saturday or Sunday.
  case weekend
  /// More than 10 sessions, or two periods of longer bars, between two rows of a listing.
  case gap
  /// Two consecutive levels in a ratio of 1.8 or more.
  case jump
  /// An exact repetition of a row: loaded once.
  case duplicateRow = "duplicate_row"
  /// A date before the one above it of the same ticker and file: sorted.
  case unordered
  /// A release more than 24 hours before its observation date begins.
  case earlyRelease = "early_release"
  /// A close or adjusted close that is not positive: the row is not loaded.
  case badPrice = "bad_price"
  /// More than 10 weekdays, or two periods of longer bars, without a row of any ticker.
  case commonGap = "common_gap"
}

/// How large a defect is: a number with its unit.
public struct DefectSize: Sendable {
  /// The number.
  public let value: Double
  /// Its unit, or the column that it stands in.
  public let unit: String

  init(_ value: Double, _ unit: String) {
    self.value = value
    self.unit = unit
  }

  /// The unit of steps of a level.
  static let levelRatio = "level ratio"
}

/// One occurrence of a defect.
public struct Defect: Sendable {
  /// What kind it is.
  public let kind: DefectKind
  /// The file; `nil` where the rows came from elsewhere.
  public let file: String?
  /// The 1-based line; 0 for none.
  public let line: Int
  /// The ticker, series, curve or universe.
  public let name: String
  /// The date of the row, where it has one.
  public let day: Day?
  /// The number in question: a bad value, a ratio of levels, sessions between rows.
  public let size: DefectSize?

  /// What it concerns: `SPY 2020-01-02`.
  public var subject: String { name + (day.map { " \($0)" } ?? "") }
}

/// What was found while loading a data set.
public struct LoadingReport: Sendable {
  /// All occurrences, by kind, then file and line; empty where the data set came from the cache, which keeps their
  /// counts alone.
  public let defects: [Defect]
  /// How often each kind was found, in the order of their declaration; kinds without an occurrence are left out.
  public let counts: [(kind: DefectKind, count: Int)]
  /// What is to be known of the data set as a whole, in the order of its files.
  public let notes: [LoadingNote]

  /// What was found; nothing by default, as in data made by a program.
  public init(defects: [Defect] = [], notes: [LoadingNote] = []) {
    self.notes = notes
    self.defects = defects
    var counts = [DefectKind: Int]()
    for defect in defects { counts[defect.kind, default: 0] += 1 }
    self.counts = DefectKind.allCases.compactMap { kind in counts[kind].map { (kind, $0) } }
  }

  /// What was found when the data were read from their source.
  init(counts: [(kind: DefectKind, count: Int)], notes: [LoadingNote]) {
    defects = []
    self.notes = notes
    self.counts = counts
  }

  /// How many defects were found.
  public var total: Int { counts.reduce(0) { $0 + $1.count } }

  /// How often a kind was found.
  public func count(of kind: DefectKind) -> Int { counts.first { $0.kind == kind }?.count ?? 0 }

  /// One line for people: `12 ohlc, 3 zero_volume`; `nil` without defects.
  public var summary: String? {
    counts.isEmpty ? nil : counts.map { "\($0.count) \($0.kind.rawValue)" }.joined(separator: ", ")
  }
}

/// Nothing was loaded: the first problems, in order of file and line, and how many there are.
public struct DataLoadingFailure: Error, Sendable {
  /// At most 20.
  public let diagnostics: [Diagnostic]
  /// How many problems there are in all.
  public let count: Int

  /// One problem.
  public init(_ diagnostic: Diagnostic) {
    diagnostics = [diagnostic]
    count = 1
  }

  init(diagnostics: [Diagnostic], count: Int) {
    self.diagnostics = diagnostics
    self.count = count
  }
}
