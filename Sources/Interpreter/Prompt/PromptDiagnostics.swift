import Diagnostics

extension DiagnosticRecord {
  static let unfit = DiagnosticRecord(
    "W0290", "function that does not fit any more",
    explanation:
      "A name was defined anew at the prompt, and an earlier function that uses it would not pass the checker now. It "
      + "is kept and cannot be called until it, or what it uses, is defined to fit.")
  static let tooManyNames = DiagnosticRecord(
    "E0509", "too many names in a session",
    explanation: "A session at a prompt holds a limited number of names. Begin a new one, or put values into a map.")
}

extension Diagnostic {
  static func unfit(_ name: String, _ problem: Diagnostic) -> Diagnostic {
    Diagnostic(
      .unfit, "`\(name)` does not fit any more and cannot be called", at: problem.location,
      notes: [Note(problem.message)])
  }
  static func tooManyNames(_ limit: Int) -> Diagnostic {
    Diagnostic(.tooManyNames, "the session has more than \(limit) names")
  }
}
