import Analytics
import Databases
import Diagnostics

/// The records of what can be wrong with commands on saved results.
enum StoreDiagnostics {
  /// All records of this layer.
  static let records: [DiagnosticRecord] = [
    .unknownRun, .ambiguousRun, .unknownMetric, .badCondition, .unknownStorage, .unknownVersion,
  ]
}

extension DiagnosticRecord {
  static let unknownRun = DiagnosticRecord(
    "E1021", "run that is not in the database",
    explanation: "A saved run is named by its number or by the beginning of its key (four digits at least); "
      + "`strat results ls` lists both.", bad: "strat results show momentum", good: "strat results show 3")
  static let ambiguousRun = DiagnosticRecord(
    "E1022", "several runs of one name", explanation: "More than one run's key begins so. Give more digits.")
  static let unknownMetric = DiagnosticRecord(
    "E1023", "unknown metric",
    explanation: "The metrics are those of `strat run --format json`; `strat doc` describes each.",
    bad: "strat results ls --sort sharp", good: "strat results ls --sort sharpe_ratio")
  static let badCondition = DiagnosticRecord(
    "E1024", "condition that cannot be read",
    explanation:
      "A condition is a metric, one of `>`, `>=`, `<`, `<=`, `=`, and a number, which may be percent. Quote it: to "
      + "a shell, `>` means something else.", bad: "strat results ls --where 'sharpe_ratio'",
    good: "strat results ls --where 'sharpe_ratio > 1'")
  static let unknownStorage = DiagnosticRecord(
    "E1025", "unknown way of keeping signals",
    explanation: "PostgreSQL keeps signals as a hypertable of `timescaledb` or in `partitions` by year.",
    bad: "strat db migrate --storage timescale", good: "strat db migrate --storage timescaledb")
  static let unknownVersion = DiagnosticRecord(
    "E1026", "version that the schema never had",
    explanation: "Versions are the numbers of migrations, and 0 for none; `strat db status` lists them.",
    bad: "strat db rollback --to 99", good: "strat db rollback --to 1")
}

extension Diagnostic {
  static func unknownRun(_ name: String, _ place: DatabaseLocation) -> Diagnostic {
    Diagnostic(
      .unknownRun, "there is no run `\(name)` in the database `\(place)`",
      notes: [Note("`strat results ls` lists the runs with their numbers and keys")])
  }
  static func ambiguousRun(_ name: String, _ ids: [Int]) -> Diagnostic {
    let numbers = ids.prefix(5).map { String($0) }.joined(separator: ", ")
    return Diagnostic(
      .ambiguousRun, "\(ids.count) runs have a key that begins with `\(name)`",
      notes: [Note("give more digits, or one of the numbers \(numbers)")])
  }
  static func unknownMetric(_ name: String) -> Diagnostic {
    let names = MetricCatalog.all.map(\.id)
    var close = Suggestions.close(to: name, among: names)
    if close.isEmpty, name.utf8.count > 2 { close = Array(names.filter { $0.contains(name) }.prefix(3)) }
    return Diagnostic(
      .unknownMetric, "there is no metric `\(name)`",
      notes: close.isEmpty ? [Note("`strat doc metrics` lists all of them")] : Note.didYouMean(close))
  }
  static func badCondition(_ text: String) -> Diagnostic {
    Diagnostic(
      .badCondition, "`\(text)` is no condition on a metric",
      notes: [Note("write for example `'sharpe_ratio >= 1'` or `'max_drawdown > -30%'`, in quotes")])
  }
  static func unknownStorage(_ text: String) -> Diagnostic {
    Diagnostic(
      .unknownStorage, "signals cannot be kept as `\(text)`", notes: [Note("write `timescaledb` or `partitions`")])
  }
  static func unknownVersion(_ version: Int) -> Diagnostic {
    Diagnostic(
      .unknownVersion, "there is no version \(version) of the schema",
      notes: [Note("versions are 0 to \(Schema.version)")])
  }
}
