/// The first byte chooses a family of programs, the second a count at or beside an edge of it: what is let through and is
/// past the edge, or said at another place than the edge, is a finding.
enum LimitFuzzing {
  static func run(_ bytes: [UInt8]) -> Int {
    guard let first = bytes.first else { return 0 }
    let program = EdgeProgram.all[Int(first) % EdgeProgram.all.count]
    let counts = program.counts
    let count = counts[Int(bytes.dropFirst().first ?? 0) % counts.count]
    let code = program.run(count)
    let expected = program.edge.map { count > $0 ? program.code : nil } ?? nil
    precondition(code == expected, "\(program.name) of \(count) ends with \(code ?? "nothing")")
    return count
  }
}
