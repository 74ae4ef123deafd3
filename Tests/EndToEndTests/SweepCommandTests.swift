import Foundation
import Testing

@Suite struct SweepCommandTests {
  private static let cross = """
    strategy "cross" { rebalance: "weekly", end: 2009-12-31 }
    param fast = 10 in 5..20 step 5 where fast < slow
    param slow = 20 in [10, 20, 40]
    fn signals(as_of) {
      let p = close("SPY")
      return if sma(p, fast) > sma(p, slow) { ["SPY": 1] } else { flat }
    }

    """

  private func document(_ outcome: Program.Outcome) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test func aTrialIsTheRunAlone() throws {
    let space = try Workspace()
    let path = try space.write("cross.strat", Self.cross)
    let sweep = try document(try Program.run(["sweep", path, "--format", "json"]))
    #expect(sweep["pruned"] as? Int == 4)
    let trials = try #require(sweep["trials"] as? [[String: Any]])
    #expect(trials.count == 8)
    for trial in [trials[0], trials[5]] {
      let params = try #require(trial["params"] as? [String: Any])
      let flags = params.sorted { $0.key < $1.key }.flatMap { ["--param", "\($0.key)=\($0.value)"] }
      let alone = try document(try Program.run(["run", path, "--format", "json"] + flags))
      #expect(alone["run_key"] as? String == trial["run_key"] as? String)
      let metrics = try #require(alone["metrics"] as? NSDictionary)
      #expect(metrics == trial["metrics"] as? NSDictionary)
    }
  }

  @Test func theResultDoesNotDependOnTheNumberOfJobs() throws {
    let space = try Workspace()
    let path = try space.write("cross.strat", Self.cross)
    for format in ["table", "csv", "json"] {
      let one = try Program.run(["sweep", path, "--jobs", "1", "--format", format])
      let two = try Program.run(["sweep", path, "--jobs", "2", "--format", format])
      #expect(one.status == 0, "\(one.messages)")
      #expect(one.output == two.output && one.messages == two.messages)
      #expect(one.messages.contains("8 trials, 4 left out by `where`"))
    }
  }

  @Test func randomTrialsFollowTheSeed() throws {
    let space = try Workspace()
    let path = try space.write("cross.strat", Self.cross)
    func params(_ seed: String) throws -> [String] {
      try Program.run(["sweep", path, "--random", "4", "--seed", seed, "--format", "csv"]).output
        .split(separator: "\n").dropFirst().map { $0.split(separator: ",").prefix(2).joined(separator: ",") }
    }
    let one = try params("1")
    #expect(one.count == 4 && Set(one).count == 4)
    #expect(try params("1") == one)
    #expect(try params("2") != one || params("3") != one)
  }

  @Test func wrongUsageIsSaid() throws {
    let space = try Workspace()
    let path = try space.write("cross.strat", Self.cross)
    let fixed = try space.write("fixed.strat", "fn signals(as_of) = [\"SPY\": 1]\n")
    func check(_ arguments: [String], _ code: String, status: Int32 = 2) throws {
      let outcome = try Program.run(["sweep"] + arguments)
      #expect(outcome.status == status, "\(arguments): \(outcome.messages)")
      #expect(outcome.messages.contains("[\(code)]"), "\(arguments): \(outcome.messages)")
    }
    try check([fixed], "E0933")
    try check([path, "--param", "fast=20..5:5"], "E0931")
    try check([path, "--param", "fats=1..5:1"], "E0901")
    try check([path, "--param", "fast=500"], "E0412")
    try check([path, "--param", "fast"], "E0908")
    try check([path, "--grid", "--random", "3"], "E0938")
    try check([path, "--random", "0"], "E0935")
    try check([path, "--param", "fast=0.5..9.5"], "E0931")
    try check([path, "--data", "nowhere"], "E0701", status: 3)
    try check(["nowhere.strat"], "E0918")
  }
}
