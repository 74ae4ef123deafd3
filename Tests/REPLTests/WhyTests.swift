import Foundation
import Testing

@testable import REPL

/// `:why` names the data behind a value, and goes back to where a missing one arose, however long the way.
@Suite struct WhyTests {
  /// Risk parity by hand: `w_i = 1/(Sw)_i`, again and again. A covariance is made negative, so that the square root has
  /// nothing to give in the first turn; all later turns pass that on.
  private static let script = """
    ## Risk parity by hand, from a covariance matrix
    strategy "rp" {
      start: 2007-03-01
      rebalance: "monthly"
    }
    let assets = ["SPY", "TLT", "GLD", "DBC", "EFA"]

    fn signals(as_of) {
      let rets = [t: returns(t) for t in assets]
      let S = cov_matrix(rets, 252)
      var w = [t: 1 / len(assets) for t in assets]
      for i in 1..200 {
        let m = [t: sum([S[t][u] * w[u] for u in assets]) - 1 for t in assets]
        w = [t: sqrt(w[t] / m[t]) for t in assets]
        w = w / sum(w)
      }
      return w
    }
    """

  private func why(_ expression: String, width: Int = 200) throws -> Transcript {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("strat-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("script.strat").path
    try Self.script.write(toFile: file, atomically: true, encoding: .utf8)
    return Transcript.of(lines: [":load \(file)", ":as_of 2007-10-31", ":why " + expression], width: width)
  }

  @Test func theDataBehindALongComputationAreNamed() throws {
    let done = try why("signals(as_of)[\"SPY\"]")
    #expect(done.status == 0, "\(done.messages)")
    for ticker in ["SPY", "TLT", "GLD", "DBC", "EFA"] {
      #expect(done.answers.contains("returns \(ticker): "), "\(done.answers)")
    }
    #expect(!done.answers.contains("no data were read"))
  }

  @Test func aGapIsFollowedToItsOrigin() throws {
    let done = try why("signals(as_of)[\"SPY\"]")
    #expect(done.answers.hasPrefix("`signals(as_of)[\"SPY\"]` is missing: domain error: `w[t] / m[t]` is -"))
    let last = done.answers.split(separator: "\n").last { $0.hasPrefix("  that is because") }
    #expect(last?.hasPrefix("  that is because `sqrt(w[t] / m[t])` is (") == true, "\(done.answers)")
    #expect(last?.hasSuffix("script.strat:14:13)") == true, "\(done.answers)")
  }

  @Test func repeatedNotesAreOneLine() throws {
    let done = try why("signals(as_of)")
    let notes = done.messages.split(separator: "\n").filter { $0.hasPrefix("note: ") }
    #expect(Set(notes).count == notes.count && notes.count <= 2, "\(notes)")
  }

  @Test func manySourcesAreNamedInALine() {
    let done = Transcript.of(
      lines: [
        ":as_of 2007-10-31",
        ":why [\"SPY\", \"TLT\", \"GLD\", \"DBC\", \"EFA\", \"QQQ\", \"IWM\", \"EEM\"].map(t -> price(t))",
      ],
      width: 200)
    #expect(done.answers.hasSuffix("… 2 sources more: price IWM, price EEM\n"), "\(done.answers)")
  }
}
