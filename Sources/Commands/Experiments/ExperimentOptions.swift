import Analytics
import ArgumentParser
import Diagnostics
import Experiments
import Interpreter

/// The options that commands with many runs share.
struct ExperimentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("How many runs at a time; without it as many as there are processors.", valueName: "count"))
  var jobs: String?

  @Option(
    name: .customLong("sort"),
    help: ArgumentHelp("The metric that the table is sorted by, best first.", valueName: "metric"))
  var sort = "sharpe_ratio"

  @Option(help: ArgumentHelp("How many rows the table has.", valueName: "count"))
  var top: String?

  /// The workers.
  func pool() throws(CommandFailure) -> WorkerPool { WorkerPool(workers: try count(jobs, "--jobs", most: 1_024)) }

  /// The ranking.
  func ranking() throws(CommandFailure) -> Ranking {
    guard let metric = MetricCatalog.metric(sort) else {
      throw .usage(.unknownMetric(sort))
    }
    return Ranking(metric)
  }

  /// How many rows are shown.
  func rows(default fallback: Int) throws(CommandFailure) -> Int {
    try count(top, "--top", most: 1_000_000) ?? fallback
  }

  private func count(_ text: String?, _ option: String, most: Int) throws(CommandFailure) -> Int? {
    guard let text else { return nil }
    guard let number = Int(text), (1...most).contains(number) else {
      throw .usage(.badCount(text, option: option, most: most))
    }
    return number
  }
}

extension DiagnosticRecord {
  static let badCount = DiagnosticRecord(
    "E0935", "option that is no count",
    explanation: "`--jobs`, `--top`, `--random` and `--seed` take a whole number.",
    bad: "strat batch Scripts --jobs many", good: "strat batch Scripts --jobs 2")
  static let unusedParam = DiagnosticRecord(
    "E0936", "param that no script has",
    explanation:
      "`--param` and the general lines of `--param-file` give a value to each script of the batch with a param "
      + "of that name. A name that none of them has is most likely misspelt, and so is a section of the file that "
      + "names no script of the batch. The other scripts have been run.",
    bad: "strat batch Scripts --param fsat=20", good: "strat batch Scripts --param fast=20")
  static let stopped = DiagnosticRecord(
    "W0937", "stopped before all was run",
    explanation: "After Ctrl-C, or where a result could not be saved, no further run is begun; those under way were "
      + "finished and are in the result. The same command goes on where this one stopped.")
}

extension DiagnosticRecord {
  static let damagedOutcomes = DiagnosticRecord(
    "W0939", "kept outcome that is damaged",
    explanation:
      "The outcome of an earlier run is not as it was written. It was not trusted: the run was made again, "
      + "and its outcome kept anew.")
}

extension Diagnostic {
  static func damagedOutcomes(_ count: Int, in folder: String) -> Diagnostic {
    Diagnostic(
      .damagedOutcomes, "\(count) kept outcome\(count == 1 ? " was" : "s were") damaged and made anew",
      notes: [Note("they are in `\(folder)`, which may be deleted at any time")])
  }
  static func badCount(_ text: String, option: String, least: Int = 1, most: Int) -> Diagnostic {
    Diagnostic(
      .badCount, "`\(option) \(text)` is no whole number from \(least) to \(most)",
      notes: [Note("write for example `\(option) \(max(least, min(most, 4)))`")])
  }
  static func unusedParam(_ name: String, at location: Location?) -> Diagnostic {
    Diagnostic(
      .unusedParam, "no script of the batch has a param `\(name)`", at: location,
      notes: [Note("`strat check` and the head of a script show its params")])
  }
  static func unusedSection(_ name: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .unusedParam, "no script of the batch is named `\(name)`", at: location,
      notes: [Note("write a script's path or its file name")])
  }
  /// - Parameter goesOn: whether the same command leaves out what was run.
  static func stopped(_ count: Int, of all: Int, goesOn: Bool) -> Diagnostic {
    Diagnostic(
      .stopped, "stopped: \(count) of \(all) were not run",
      notes: [Note(goesOn ? "run it again to go on" : "run it again for all of them")])
  }
}
