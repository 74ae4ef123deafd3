/// What came of one script of a batch.
public struct BatchRow: Sendable {
  /// How a script ended.
  public enum Status: String, Sendable {
    /// It ran to its end.
    case ok
    /// It could not be read, checked, configured or run.
    case failed
    /// The batch was stopped before its turn.
    case notRun = "not_run"
    /// It was found in a folder and is no strategy: a library, or a file of tests.
    case noStrategy = "no_strategy"
  }

  /// The script's path, as given or found.
  public let path: String
  /// The name its results are stored under; `nil` if it could not be read as a script.
  public var strategyID: String?
  /// The key of its run; `nil` if there is none.
  public var runKey: String?
  /// Sessions a year that its run is annualized with; `nil` if it could not be configured.
  public var annualization: Int?
  /// How it ended.
  public var status = Status.notRun
  /// Whether nothing was run, because the same run's outcome was kept from an earlier time.
  public var isKept = false
  /// What came of the run; `nil` unless `status` is `ok`.
  public var summary: RunSummary?
  /// Why it failed, the first problem first.
  public var problems: [Problem] = []
  /// Names of params given to all scripts that this one has.
  public var usedParams: [String] = []
  /// Wall seconds from reading the script to its end; the one thing about a row that two runs do not have in common.
  public var seconds = 0.0

  /// A script that was not run.
  init(path: String) { self.path = path }

  mutating func fail(_ problems: [Problem]) {
    status = .failed
    self.problems = problems
  }
}

/// How far a batch or a sweep has come.
public struct ExperimentProgress: Sendable {
  /// How many runs there are in all.
  public var total: Int
  /// How many have ended, the failed and the kept included.
  public var done = 0
  /// How many failed.
  public var failed = 0
  /// How many were kept from an earlier time.
  public var kept = 0
  /// How many are under way.
  public var running = 0

  /// Nothing done yet.
  public init(total: Int) { self.total = total }
}
