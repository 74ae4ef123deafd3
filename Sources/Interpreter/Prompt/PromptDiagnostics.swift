import Diagnostics

extension DiagnosticRecord {
  static let unfit = DiagnosticRecord(
    "W0290", "function that does not fit any more",
    explanation:
      "A name was defined anew at the prompt, and an earlier function that uses it would not pass the checker now. It "
      + "is kept and cannot be called until it, or what it uses, is defined to fit.")
  static let tooManyNames = DiagnosticRecord(
    "E0509", "too many names",
    explanation: "A program holds at most \(NameLimit.standard) constants, params and state variables at the module "
      + "level, those of all its modules together; so does a session at a prompt, whose names all count. Put values "
      + "into a list or a map, or begin a new session.")
}

extension Diagnostic {
  static func unfit(_ name: String, _ problem: Diagnostic) -> Diagnostic {
    Diagnostic(
      .unfit, "`\(name)` does not fit any more and cannot be called", at: problem.location,
      notes: [Note(problem.message)])
  }
  static func tooManyNames(in whole: String, _ limit: Int, at place: Location? = nil) -> Diagnostic {
    Diagnostic(
      .tooManyNames, "the \(whole) has more than \(limit) names at the module level", at: place,
      notes: [Note("constants, params and states count, those of modules too; a list or a map holds many values")])
  }
}
