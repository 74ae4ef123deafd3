public import Diagnostics

extension DefectKind {
  /// What is said about the kind; its code is W07 and the place of the kind among all.
  public var record: DiagnosticRecord {
    switch self {
    case .badValue:
      DiagnosticRecord(
        "W0701", "bad_value",
        explanation: "An open, high or low is zero or negative, or a volume negative. That field is missing "
          + "(reason: bad value); the rest of the row is loaded.")
    case .ohlc:
      DiagnosticRecord(
        "W0702", "ohlc",
        explanation: "A high lies below, or a low above, another known price of its row. Loaded as it is.")
    case .zeroVolume:
      DiagnosticRecord("W0703", "zero_volume", explanation: "A row has a volume of zero. Loaded as it is.")
    case .noClose:
      DiagnosticRecord("W0704", "no_close", explanation: "A price row has no close. It is not loaded.")
    case .noRate:
      DiagnosticRecord("W0705", "no_rate", explanation: "A curve point has no rate. It is not loaded.")
    case .noAdjustedClose:
      DiagnosticRecord(
        "W0706", "no_adjusted_close",
        explanation:
          "A row has no adjusted close although an earlier row of its ticker has one. Its level is the close "
          + "times the last known ratio of adjusted to raw close.")
    case .weekend:
      DiagnosticRecord(
        "W0707", "weekend",
        explanation: "A price is dated on a Saturday or Sunday. It stays in its series and is a session only under "
          + "`calendar: all`.")
    case .gap:
      DiagnosticRecord(
        "W0708", "gap",
        explanation: "More than 10 sessions lie between two rows of one listing, or more than two periods of weekly, "
          + "monthly, quarterly or yearly bars. The size is in sessions or in periods. Loaded as it is.")
    case .jump:
      DiagnosticRecord(
        "W0709", "jump",
        explanation:
          "Two consecutive levels of a listing are in a ratio of 1.8 or more, or 1/1.8 or less: often a split that was "
          + "not adjusted. The size is that ratio, or in words by how many percent the close rose or fell. Loaded as "
          + "it is.")
    case .duplicateRow:
      DiagnosticRecord("W0710", "duplicate_row", explanation: "A row repeats another exactly. It is loaded once.")
    case .unordered:
      DiagnosticRecord(
        "W0711", "unordered",
        explanation: "A row is dated before the one above it of the same ticker and file. Rows are sorted.")
    case .earlyRelease:
      DiagnosticRecord(
        "W0712", "early_release",
        explanation:
          "A figure was released more than 24 hours before its observation date begins in UTC, as projections "
          + "and flash figures are. The size is in days. Loaded as it is: only its release decides when it is seen. "
          + "Where all rows of a series have it, its two date columns may be swapped.")
    case .badPrice:
      DiagnosticRecord(
        "W0713", "bad_price",
        explanation:
          "A close or adjusted close is zero or negative, so no return can be formed. The size is that price. "
          + "The row is not loaded.")
    case .commonGap:
      DiagnosticRecord(
        "W0714", "common_gap",
        explanation:
          "No ticker has a row on more than 10 weekdays in a row, or for more than two periods where all bars "
          + "are weekly or longer: often a part of the data is missing. The size is in weekdays or in periods. Loaded as "
          + "it is.")
    }
  }
}

extension Defect {
  /// The defect as a warning with its place, for lists.
  public var diagnostic: Diagnostic {
    Diagnostic(kind.record, "\(kind.rawValue): \(text)", at: file.map { .file($0, line: line, column: 0) })
  }
}
