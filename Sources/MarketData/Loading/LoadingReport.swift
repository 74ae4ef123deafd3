public import Diagnostics

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
  /// More than 10 sessions between two rows of a listing.
  case gap
  /// Two consecutive levels in a ratio of 1.8 or more.
  case jump
  /// An exact repetition of a row: loaded once.
  case duplicateRow = "duplicate_row"
  /// A date before the one above it of the same ticker and file: sorted.
  case unordered
}

/// One occurrence of a defect.
public struct Defect: Sendable {
  /// What kind it is.
  public let kind: DefectKind
  /// The file; `nil` where the rows came from elsewhere.
  public let file: String?
  /// The 1-based line; 0 for none.
  public let line: Int
  /// What it concerns: a ticker or curve and a date, and the numbers in question.
  public let subject: String
}

/// What was found while loading a data set.
public struct LoadingReport: Sendable {
  /// All occurrences, by file and line within each kind.
  public internal(set) var defects: [Defect] = []

  /// How often each kind was found, in the order of their declaration; kinds without an occurrence are left out.
  public var counts: [(kind: DefectKind, count: Int)] {
    var counts = [DefectKind: Int]()
    for defect in defects { counts[defect.kind, default: 0] += 1 }
    return DefectKind.allCases.compactMap { kind in counts[kind].map { (kind, $0) } }
  }

  /// How often a kind was found.
  public func count(of kind: DefectKind) -> Int { defects.count { $0.kind == kind } }
}

/// Nothing was loaded: the first problems, in order of file and line, and how many there are.
public struct DataLoadingFailure: Error, Sendable {
  /// At most 20.
  public let diagnostics: [Diagnostic]
  /// How many problems there are in all.
  public let count: Int
}
