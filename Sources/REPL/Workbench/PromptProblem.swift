import Diagnostics
import Interpreter

/// Why an input did not do what was asked.
struct PromptProblem: Error {
  /// Whose fault it is; decides the status that a session without a terminal ends with.
  enum Cause: Int32 {
    /// What was typed is wrong, or failed.
    case input = 1
    /// There is no such command, or it takes other arguments.
    case usage = 2
    /// The data.
    case data = 3
  }

  let cause: Cause
  let diagnostics: [Diagnostic]

  init(_ cause: Cause, _ diagnostics: [Diagnostic]) {
    self.cause = cause
    self.diagnostics = diagnostics
  }

  init(_ failure: PromptFailure) { self.init(.input, failure.diagnostics) }

  static func usage(_ diagnostic: Diagnostic) -> PromptProblem { PromptProblem(.usage, [diagnostic]) }
  static func input(_ diagnostic: Diagnostic) -> PromptProblem { PromptProblem(.input, [diagnostic]) }
}
