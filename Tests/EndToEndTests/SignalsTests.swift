import Foundation
import Testing

/// `strat signals`: what would be traded.
@Suite struct SignalsTests {
  private func json(_ outcome: Program.Outcome) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any], "\(outcome.messages)")
  }

  /// The text of an object's member `weights`, as it was printed.
  private func weights(_ text: Substring) -> Substring? {
    guard let start = text.firstRange(of: "\"weights\":")?.upperBound,
      let end = text[start...].firstRange(of: ",\"watermark\"")?.lowerBound
    else { return nil }
    return text[start..<end]
  }

  /// The decisions of a run as they were printed: date and weights.
  private func decisions(_ text: String) -> [(date: String, weights: Substring)] {
    guard let start = text.firstRange(of: "\"decisions\":[")?.upperBound,
      let end = text.firstRange(of: "],\"fills\"")?.lowerBound
    else { return [] }
    return text[start..<end].split(separator: "{\"as_of\":\"").compactMap { part in
      weights(part).map { (String(part.prefix(10)), $0) }
    }
  }

  @Test(arguments: ["circuit_breaker", "volatility_target"]) func anExampleWithStateAnswersAsItsRunDoes(
    name: String
  ) throws {
    let script = "Scripts/\(name).strat"
    // Six of the sample's years: each answer replays its part of them.
    let flags = ["--start", "2014-01-02", "--format", "json"]
    let run = try Program.run(["run", script] + flags)
    let decisions = decisions(run.output)
    let sessions = try #require(try json(run)["equity_curve"] as? [[Any]]).compactMap { $0[0] as? String }
    #expect(decisions.count > 150 && decisions.contains { $0.weights.contains(".") })
    // Thirty dates, from the first decision to the last.
    for place in 0..<30 {
      let decision = decisions[place * (decisions.count - 1) / 29]
      let answer = try Program.run(["signals", script, "--as-of", decision.date] + flags)
      #expect(answer.status == 0, "\(answer.messages)")
      #expect(weights(answer.output[...]) == decision.weights, "\(name) on \(decision.date)")
      #expect(try json(answer)["replayed"] as? Int == sessions.firstIndex(of: decision.date).map { $0 + 1 })
    }
  }

  /// The examples that are replayed above are all that need it.
  @Test func theOtherExamplesAreAskedAlone() throws {
    let folder = Program.root.appendingPathComponent("Scripts").path
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".strat") }.sorted()
    #expect(names.count > 10)
    for name in names where !["circuit_breaker.strat", "volatility_target.strat"].contains(name) {
      let answer = try json(
        Program.run(["signals", "Scripts/\(name)", "--as-of", "2012-06-29", "--format", "json"]))
      #expect(answer["replayed"] is NSNull, "\(name)")
    }
  }

  private let counting = """
    strategy "counting" { rebalance: "weekly", start: 2010-01-01, end: 2012-12-31 }
    param size = 0.1
    state count = 0
    fn signals(as_of) {
        count = count + 1
        print("asked", count)
        return ["SPY": (count % 7) * size * equity() / 1_000_000]
    }

    """

  @Test func theRunsOwnFlagsCount() throws {
    let space = try Workspace()
    let path = try space.write("counting.strat", counting)
    let flags = [
      "--costs", "30", "--start", "2011-03-01", "--param", "size=0.05", "--execution", "same_close",
      "--initial-capital", "900000",
    ]
    let decisions = decisions(try Program.run(["run", path, "--format", "json"] + flags).output)
    let date = "2011-11-04"
    let answer = try Program.run(["signals", path, "--as-of", date, "--format", "json"] + flags)
    #expect(weights(answer.output[...]) == decisions.first { $0.date == date }?.weights)
    let plain = try Program.run(["signals", path, "--as-of", date, "--format", "json"])
    #expect(plain.status == 0 && plain.output != answer.output)
    // What is printed on the way is not of this date.
    #expect(answer.messages.components(separatedBy: "asked ").count == 2)
    #expect(answer.messages.contains("asked 36"))
  }

  @Test func theScreenSaysThatItWasReplayed() throws {
    let space = try Workspace()
    let path = try space.write("counting.strat", counting)
    let screen = try Program.run(["signals", path, "--as-of", "2010-01-15"]).output
    #expect(screen.contains("the run was replayed over 10 sessions"))
    let early = try Program.run(["signals", path, "--as-of", "2009-01-15"])
    #expect(early.status == 0 && early.output.contains("nothing was replayed"), "\(early.output)\(early.messages)")
  }

  /// A market in which two tickers end and an index goes on.
  private func folder(_ space: Workspace) throws -> String {
    var lines = ["date,ticker,close"]
    for month in 1...9 {
      for day in 1...28 where month < 9 || day < 20 {
        let date = "2020-0\(month)-\(day < 10 ? "0" : "")\(day)"
        if month <= 6 { lines += ["\(date),AAA,\(100 + day)", "\(date),BBB,\(50 + month)"] }
        lines.append("\(date),INDEX,\(1000 + month)")
      }
    }
    try space.write("d/prices/all.csv", lines.joined(separator: "\n") + "\n")
    return space.path("d")
  }

  @Test func withoutADateItIsTheMarketsLastSession() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", "fn signals(as_of) = [\"AAA\": 1]\n")
    let outcome = try Program.run(["signals", path, "--data", try folder(space), "--format", "json"])
    #expect(try json(outcome)["as_of"] as? String == "2020-06-26", "\(outcome.messages)")
    #expect(outcome.messages.contains("the market's last session"))
    let sample = try Program.run(["signals", path.replacingOccurrences(of: "a.strat", with: "b.strat")])
    #expect(sample.status == 2)
    let spy = try space.write("b.strat", "fn signals(as_of) = [\"SPY\": 1]\n")
    let last = try Program.run(["signals", spy, "--format", "json"])
    #expect(try json(last)["as_of"] as? String == "2019-12-31" && !last.messages.contains("last session"))
  }

  @Test func aWeightOnAStalePriceIsAnError() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", "fn signals(as_of) = [\"AAA\": 1]\n")
    let data = try folder(space)
    let outcome = try Program.run(["signals", path, "--data", data, "--as-of", "2020-08-28"])
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.messages.contains("[E0812]") && outcome.messages.contains("40 sessions old"), "\(outcome.messages)")
    #expect(outcome.messages.contains("a.strat:1:22"), "\(outcome.messages)")
    #expect(try Program.run(["signals", path, "--data", data, "--as-of", "2020-07-10"]).status == 0)
    let patient = try Program.run(["signals", path, "--data", data, "--as-of", "2020-08-28", "--max-stale", "40"])
    #expect(patient.status == 0, "\(patient.messages)")
  }
}
