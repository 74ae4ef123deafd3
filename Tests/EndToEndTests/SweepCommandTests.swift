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

  private static let halfOpen = "param n = 10 in 5..<50 step 15\n\nfn signals(as_of) = [\"SPY\": n / 100]\n"

  /// The values of a param in a sweep's trials.
  private func values(_ path: String, _ more: [String] = []) throws -> [String] {
    let sweep = try Program.run(["sweep", path, "--end", "2006-03-31", "--format", "csv"] + more)
    #expect(sweep.status == 0, "\(sweep.messages)")
    return sweep.output.split(separator: "\n").dropFirst().map { String($0.prefix { $0 != "," }) }
  }

  /// `5..<50` has 5, 20 and 35; 50 is not in it, whoever asks.
  @Test func aHalfOpenDomainHasNoEnd() throws {
    let space = try Workspace()
    let path = try space.write("n.strat", Self.halfOpen)
    #expect(try values(path) == ["5", "20", "35"])
    #expect(try values(path, ["--param", "n=5..<20:5"]) == ["5", "10", "15"])
    #expect(try values(path, ["--param", "n=5..20:5"]) == ["5", "10", "15", "20"])
    #expect(try Program.run(["run", path, "--param", "n=49", "--end", "2006-03-31"]).status == 0)
    for (command, value) in [
      ("run", "50"), ("signals", "50"), ("sweep", "20,50"), ("sweep", "5..50:15"), ("batch", "50"),
    ] {
      let more = command == "signals" ? ["--as-of", "2006-03-31"] : command == "batch" ? ["--no-cache"] : []
      let outcome = try Program.run([command, path, "--param", "n=\(value)"] + more)
      #expect(outcome.status == 1, "\(command) \(value): \(outcome.messages)")
      #expect((outcome.messages + outcome.output).contains("5..<50"), "\(command) \(value): \(outcome.messages)")
    }
    for range in ["n=5..<5:1", "n=20..<5:1", "n=5..<20:0", "n=5..<20:-5"] {
      let outcome = try Program.run(["sweep", path, "--param", range])
      #expect(outcome.status == 2 && outcome.messages.contains("[E0931]"), "\(range): \(outcome.messages)")
    }
  }

  /// Steps of a tenth neither lose nor add the last value by rounding, and each is the decimal that one would write.
  @Test func decimalStepsAreCounted() throws {
    let space = try Workspace()
    func sweep(_ domain: String) throws -> [String] {
      try values(try space.write("x.strat", "param x = 0.3 in \(domain)\nfn signals(as_of) = [\"SPY\": x]\n"))
    }
    #expect(try sweep("0.1..0.5 step 0.1") == ["0.1", "0.2", "0.3", "0.4", "0.5"])
    #expect(try sweep("0.1..<0.5 step 0.1") == ["0.1", "0.2", "0.3", "0.4"])
    #expect(try sweep("0..<0.4 step 0.1") == ["0", "0.1", "0.2", "0.3"])
    #expect(try sweep("0.05..0.35 step 0.1") == ["0.05", "0.15", "0.25", "0.35"])
    #expect(try sweep("-0.3..0.3 step 0.3") == ["-0.3", "0", "0.3"])
    #expect(try sweep("0.1..0.75 step 0.3") == ["0.1", "0.4", "0.7"])
  }

  /// A sweep that is killed half-way goes on where it was and gives what it would have given.
  @Test(.timeLimit(.minutes(3))) func aKilledSweepGoesOnWhereItWas() throws {
    let space = try Workspace()
    try space.write(
      "slow.strat",
      """
      strategy "slow" { rebalance: "weekly", end: 2007-12-31 }
      param n = 1 in 1..24
      fn signals(as_of) {
        var i = 0
        while i < 4000 { i = i + 1 }
        return ["SPY": if n == 7 { [1][n] } else { n / 100 }]
      }

      """)
    func arguments(_ more: [String]) -> [String] { ["sweep", "slow.strat", "--jobs", "1"] + more }
    func run(_ more: [String]) throws -> Program.Outcome {
      try Program.run(arguments(more), in: space.url, environment: ["STRAT_CACHE": space.path("cache")])
    }
    let whole = try ["csv", "json", "table"].map { try run(["--format", $0, "--fresh", "--no-cache"]) }
    for signal in [SIGKILL, SIGINT] {
      try? FileManager.default.removeItem(atPath: space.path("cache"))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Program.path)
      process.arguments = arguments(["--format", "csv"])
      process.currentDirectoryURL = space.url
      process.environment = ["LC_ALL": "C.UTF-8", "STRAT_CACHE": space.path("cache")]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      func kept() -> Int {
        let files = FileManager.default.enumerator(atPath: space.path("cache"))?.allObjects as? [String] ?? []
        return files.count { $0.hasSuffix(".outcome") }
      }
      let end = Date().addingTimeInterval(120)
      while kept() < 9, process.isRunning, Date() < end { usleep(1_000) }
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      let count = kept()
      try #require(count >= 9 && count < 24)
      for (format, first) in zip(["csv", "json", "table"], whole) {
        let resumed = try run(["--format", format])
        #expect(resumed.status == 1 && resumed.output == first.output)
        #expect(resumed.messages.contains("24 trials: 23 done, 1 failed; "), "\(resumed.messages)")
        #expect(resumed.messages.contains("unchanged and not run again"), "\(resumed.messages)")
      }
      #expect(kept() == 24)
    }
    #expect(try !run(["--fresh"]).messages.contains("unchanged"))
  }

  @Test func theResultDoesNotDependOnTheNumberOfJobs() throws {
    let space = try Workspace()
    let path = try space.write("cross.strat", Self.cross)
    for format in ["table", "csv", "json"] {
      let one = try Program.run(["sweep", path, "--fresh", "--jobs", "1", "--format", format])
      let two = try Program.run(["sweep", path, "--fresh", "--jobs", "2", "--format", format])
      #expect(one.status == 0, "\(one.messages)")
      #expect(one.output == two.output && one.messages == two.messages)
      #expect(one.messages.contains("8 trials: 8 done; 4 left out by `where`"))
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
    try check([path, "--param", "fast=500"], "E0412", status: 1)
    try check([path, "--param", "fast"], "E0908")
    try check([path, "--grid", "--random", "3"], "E0938")
    try check([path, "--random", "0"], "E0935")
    try check([path, "--param", "fast=0.5..9.5"], "E0931")
    try check([path, "--data", "nowhere"], "E0701", status: 3)
    try check(["nowhere.strat"], "E0918")
  }
}
