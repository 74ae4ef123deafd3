public import Diagnostics

/// The records of what can be wrong with a data set in a database.
public enum MarketDatabaseDiagnostics {
  /// All records of this layer.
  public static let records: [DiagnosticRecord] = [.emptyDataSet, .badStoredSetting]
}

extension DiagnosticRecord {
  static let emptyDataSet = DiagnosticRecord(
    "E0733", "database without a data set",
    explanation: "The database has no rows of the data set that is asked for: the first of it, or the one that "
      + "`?dataset=NAME` names. `strat data import` writes one.",
    bad: "strat run a.strat --data sqlite:empty.db", good: "strat data import data/us --into sqlite:us.db")
  static let badStoredSetting = DiagnosticRecord(
    "E0734", "setting of a data set that cannot be read",
    explanation: "A setting in the table `data_sets` or `series_metadata` is none: a decision time is `hh:mm Zone`, "
      + "bar dates are `start` or `end`, a release lag is a number of calendar days (`45d`) or weekdays (`12bd`).")
}

extension Diagnostic {
  static func emptyDataSet(_ place: String, _ name: String?) -> Diagnostic {
    Diagnostic(
      .emptyDataSet, "`\(place)` has no rows of " + (name.map { "the data set `\($0)`" } ?? "any data set"),
      notes: [Note("`strat data import FOLDER --into \(place)` writes one")])
  }
  static func badStoredSetting(_ name: String, _ text: String) -> Diagnostic {
    Diagnostic(
      .badStoredSetting, "the setting `\(name)` of the data set is `\(text)`", notes: [Note("correct the row")])
  }
}
