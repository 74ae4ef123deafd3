extension Evaluation {
  /// Notes that a cross-sectional function left members out, so that a gap in the data shows in the run. The run counts
  /// equal notes.
  ///
  /// These are not the script's own words: they take nothing of its output limit, or a long run over data with gaps
  /// would fail of them. A loop is noted a limited number of times.
  func noteLeftOut(_ count: Int, _ function: String) throws(Trap) {
    if count == 0 || machine.output.notes.count >= 10_000 { return }
    machine.output.notes.append(
      "`\(function)` left out \(count) member\(count == 1 ? "" : "s") that \(count == 1 ? "is" : "are") na")
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

  /// Records a value of a track; fails beyond the limit of tracks.
  func plot(_ name: String, _ value: Double) throws(Trap) {
    if machine.output.trackNames.insert(name).inserted {
      try count(outputBytes: name.utf8.count)
      guard machine.output.trackNames.count <= machine.limits.tracks else {
        throw fail(.outputLimit("plots more than \(machine.limits.tracks) tracks"))
      }
    }
    // Within one date the last value of a name wins, so a loop that plots keeps the list short.
    if let place = machine.output.tracks.firstIndex(where: { $0.name == name }) {
      machine.output.tracks[place].value = value
    } else {
      machine.output.tracks.append((name, value))
    }
  }

  private func count(outputBytes bytes: Int) throws(Trap) {
    guard bytes <= machine.limits.output - machine.output.bytes else {
      throw fail(.outputLimit("printed and noted more than \(machine.limits.output) bytes"))
    }
    machine.output.bytes += bytes
  }
}
