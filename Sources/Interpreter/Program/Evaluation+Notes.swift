extension Evaluation {
  /// Notes that a cross-sectional function left members out, so that a gap in the data shows in the run. The run counts
  /// equal notes.
  func noteLeftOut(_ count: Int, _ function: String) throws(Trap) {
    if count == 0 { return }
    try note("`\(function)` left out \(count) member\(count == 1 ? "" : "s") that \(count == 1 ? "is" : "are") na")
  }

  /// Adds a line to the run's notes; fails beyond the output limit.
  func note(_ text: String) throws(Trap) {
    try count(outputBytes: text.utf8.count + 1)
    machine.output.notes.append(text)
  }

  /// Adds a printed line; fails beyond the output limit.
  func printLine(_ text: String) throws(Trap) {
    try count(outputBytes: text.utf8.count + 1)
    machine.output.printed.append(text)
  }

  private func count(outputBytes bytes: Int) throws(Trap) {
    guard bytes <= machine.limits.output - machine.output.bytes else {
      throw fail(.outputLimit("printed and noted more than \(machine.limits.output) bytes"))
    }
    machine.output.bytes += bytes
  }
}
