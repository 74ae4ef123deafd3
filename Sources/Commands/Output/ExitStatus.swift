import Diagnostics

/// What the program tells its caller at its end.
enum ExitStatus: Int32 {
  /// Everything asked for was done.
  case done = 0
  /// The script or its run failed.
  case failed = 1
  /// The command line asks for something that does not exist.
  case usage = 2
  /// The data cannot be loaded, or do not hold what the run needs; or the output could not be written.
  case data = 3
}

/// The end of a command that could not do what was asked: the status and what is said about it.
struct CommandFailure: Error {
  let status: ExitStatus
  let diagnostics: [Diagnostic]
  /// How many problems there are in all, where not every one is listed.
  let count: Int

  init(_ status: ExitStatus, _ diagnostics: [Diagnostic], count: Int? = nil) {
    self.status = status
    self.diagnostics = diagnostics
    self.count = max(diagnostics.count, count ?? 0)
  }

  /// A wrong command line.
  static func usage(_ diagnostic: Diagnostic) -> CommandFailure { CommandFailure(.usage, [diagnostic]) }

  /// Says what there is to say.
  func report() {
    Console.report(diagnostics)
    if count > diagnostics.count { Console.note("… and \(count - diagnostics.count) more") }
  }
}
