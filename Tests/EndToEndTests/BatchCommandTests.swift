import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A workspace with a small market, scripts that take a while, and one of each kind of failure.
private struct Bench {
  let space: Workspace
  let names: [String]

  /// `slow` scripts count to so much at each decision.
  init(slow count: Int, turns: Int = 2_000) throws {
    space = try Workspace()
    let days = (1...12).flatMap { month in (1...28).map { String(format: "2015-%02d-%02d", month, $0) } }
    let rows = days.enumerated().map { "SPY,\($1),\(100 + $0 % 7)\n" }
    try space.write("data/prices/p.csv", "ticker,date,close\n" + rows.joined())
    var names: [String] = []
    for number in 0..<count {
      let name = String(format: "slow_%02d.strat", number)
      try space.write(
        "ideas/" + name,
        """
        strategy "slow_\(number)" { rebalance: "daily" }
        fn signals(as_of) {
          var i = 0
          while i < \(turns) { i = i + 1 }
          return ["SPY": \(number + 1) / 100]
        }

        """)
      names.append(name)
    }
    for (name, text) in Bench.failing {
      try space.write("ideas/" + name, text)
      names.append(name)
    }
    self.names = names.sorted()
  }

  static let failing = [
    ("bad_syntax.strat", "fn signals(as_of) = [\"SPY\": 1\n"), ("bad_name.strat", "fn signals(as_of) = nothing\n"),
    ("bad_index.strat", "fn signals(as_of) = [\"SPY\": [1][3]]\n"),
    ("bad_ticker.strat", "fn signals(as_of) = [\"QQQ\": 1]\n"),
    ("bad_loop.strat", "fn signals(as_of) {\n  while true { }\n  return flat\n}\n"),
  ]

  var arguments: [String] { ["batch", "ideas", "--data", "data", "--limit", "steps=200k"] }
  var environment: [String: String] { ["STRAT_CACHE": space.path("cache"), "COLUMNS": "100"] }

  func run(_ more: [String]) throws -> Program.Outcome {
    try Program.run(arguments + more, in: space.url, environment: environment)
  }

  /// How many outcomes are kept by now.
  var kept: Int {
    let found = FileManager.default.enumerator(atPath: space.path("cache"))?.allObjects as? [String] ?? []
    return found.count { $0.hasSuffix(".outcome") }
  }

  /// Starts the batch, and stops it with a signal once some outcomes are kept.
  func stopped(by signal: Int32, after count: Int, _ more: [String]) throws -> Program.Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = arguments + more
    process.currentDirectoryURL = space.url
    process.environment = environment.merging(["LC_ALL": "C.UTF-8"]) { $1 }
    let output = space.url.appendingPathComponent("output")
    let messages = space.url.appendingPathComponent("messages")
    for file in [output, messages] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: messages)
    try process.run()
    let end = Date().addingTimeInterval(60)
    while kept < count, process.isRunning, Date() < end { usleep(2_000) }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return Program.Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      messages: String(decoding: try Data(contentsOf: messages), as: UTF8.self))
  }
}

/// The rows of a batch's document.
private func rows(_ outcome: Program.Outcome) throws -> [[String: Any]] {
  let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
  #expect(document?["schema"] as? Int == 1)
  return try #require(document?["scripts"] as? [[String: Any]])
}

/// The rows without what differs between runs by nature.
private func withoutSeconds(_ text: String) -> String {
  text.replacing(/"seconds":[^}]*/, with: "")
}

@Suite struct BatchCommandTests {
  @Test func theResultDoesNotDependOnTheNumberOfJobs() throws {
    let bench = try Bench(slow: 4, turns: 50)
    for format in ["json", "csv", "table"] {
      let one = try bench.run(["--fresh", "--jobs", "1", "--format", format])
      let two = try bench.run(["--fresh", "--jobs", "2", "--format", format])
      #expect(one.status == 1 && two.status == 1)
      #expect(withoutSeconds(one.output) == withoutSeconds(two.output))
      #expect(one.messages == two.messages)
      if format != "json" { #expect(one.output == two.output) }
    }
  }

  @Test func failuresAreRowsAndTheStatusSaysSo() throws {
    let bench = try Bench(slow: 3, turns: 50)
    let outcome = try bench.run(["--format", "json", "--junit", "report.xml"])
    #expect(outcome.status == 1)
    let rows = try rows(outcome)
    #expect(rows.map { $0["file"] as? String } == bench.names.map { "ideas/" + $0 })
    for row in rows {
      let isBad = (row["file"] as? String)?.contains("bad_") == true
      #expect(row["status"] as? String == (isBad ? "failed" : "ok"))
      #expect((row["metrics"] == nil) == isBad)
      #expect(isBad == !((row["diagnostics"] as? [Any]) ?? []).isEmpty)
      #expect(row["seconds"] is Double)
    }
    #expect(!outcome.messages.contains("\u{1B}"), "nothing moves where no person reads")
    let report = try XMLDocument(contentsOf: bench.space.url.appendingPathComponent("report.xml"))
    let suite = try #require(report.rootElement()?.elements(forName: "testsuite").first)
    let cases = suite.elements(forName: "testcase")
    #expect(suite.attribute(forName: "tests")?.stringValue == "\(bench.names.count)")
    #expect(suite.attribute(forName: "failures")?.stringValue == "\(Bench.failing.count)")
    #expect(cases.map { $0.attribute(forName: "name")?.stringValue } == bench.names)
    #expect(cases.count { !$0.elements(forName: "failure").isEmpty } == Bench.failing.count)
  }

  @Test func theTableHasTheBestFirstAndTheFailuresByCode() throws {
    let bench = try Bench(slow: 3, turns: 50)
    let outcome = try bench.run(["--sort", "average_gross", "--top", "2"])
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.contains("slow_02.strat") })
    #expect(lines.first { $0.hasPrefix("1 ") || $0.hasPrefix(" 1") }?.contains("slow_02") == true, "\(lines)")
    #expect(!outcome.output.contains("slow_00"))
    #expect(outcome.output.contains("E0501"))
    #expect(outcome.messages.contains("8 scripts"))
  }

  @Test func aSecondBatchDoesNoWork() throws {
    let bench = try Bench(slow: 3)
    let first = try bench.run(["--format", "csv"])
    let second = try bench.run(["--format", "json"])
    let rows = try rows(second)
    for row in rows where row["run_key"] is String { #expect(row["skipped"] as? Bool == true) }
    #expect(rows.count { $0["skipped"] as? Bool == true } == 6)
    #expect(second.messages.contains("0 run, 6 unchanged"), "\(second.messages)")
    #expect(second.status == 1)
    let third = try bench.run(["--format", "csv"])
    #expect(third.output.replacing("true", with: "false") == first.output)
    try bench.space.write("ideas/slow_01.strat", "fn signals(as_of) = [\"SPY\": 0.5]\n")
    #expect(try bench.run([]).messages.contains("1 run, 5 unchanged"))
    #expect(try bench.run(["--fresh"]).messages.contains("6 run"))
  }

  @Test(.timeLimit(.minutes(3))) func aKilledBatchGoesOnWhereItWas() throws {
    let bench = try Bench(slow: 24)
    let whole = try bench.run(["--format", "csv", "--fresh"])
    try FileManager.default.removeItem(atPath: bench.space.path("cache"))
    let killed = try bench.stopped(by: SIGKILL, after: 5, ["--format", "csv"])
    try #require(killed.status == -SIGKILL)
    #expect(killed.output.isEmpty)
    let kept = bench.kept
    #expect(kept >= 5 && kept < bench.names.count)
    let resumed = try bench.run(["--format", "json"])
    #expect(try rows(resumed).count { $0["skipped"] as? Bool == true } >= kept)
    let again = try bench.run(["--format", "csv"])
    #expect(again.output.replacing("true", with: "false") == whole.output)
  }

  @Test(.timeLimit(.minutes(3))) func anInterruptFinishesWhatRunsAndWritesWhatIsDone() throws {
    let bench = try Bench(slow: 24)
    let stopped = try bench.stopped(by: SIGINT, after: 4, ["--format", "json", "--jobs", "1"])
    #expect(stopped.status == 1)
    #expect(stopped.messages.contains("W0937"), "\(stopped.messages)")
    let rows = try rows(stopped)
    #expect(rows.count == bench.names.count)
    let left = rows.count { $0["status"] as? String == "not_run" }
    #expect(left > 0 && left < rows.count)
    #expect(rows.contains { $0["status"] as? String == "ok" })
    #expect(try bench.run(["--format", "json"]).messages.contains("unchanged"))
  }

  @Test func wrongUsageIsSaidBeforeAnythingRuns() throws {
    let bench = try Bench(slow: 1, turns: 1)
    let space = bench.space
    try FileManager.default.createDirectory(atPath: space.path("empty"), withIntermediateDirectories: true)
    try space.write("params.yaml", "slow_00.strat:\n  n: 1\nabsent.strat:\n  n: 2\n")
    try space.write("list.yaml", "- n\n")
    func check(_ arguments: [String], _ status: Int32, _ code: String) throws {
      let outcome = try Program.run(arguments, in: space.url, environment: bench.environment)
      #expect(outcome.status == status, "\(arguments): \(outcome.messages)")
      #expect(outcome.messages.contains("[\(code)]"), "\(arguments): \(outcome.messages)")
      #expect(outcome.output.isEmpty)
    }
    try check(["batch", "empty"], 2, "E0912")
    try check(["batch", "nowhere"], 2, "E0918")
    try check(["batch", "ideas/*.none"], 2, "E0918")
    try check(["batch", "ideas", "--data", "nowhere"], 3, "E0701")
    try check(["batch", "ideas", "--sort", "sharp_ratio"], 2, "E0934")
    try check(["batch", "ideas", "--jobs", "0"], 2, "E0935")
    try check(["batch", "ideas", "--top", "x"], 2, "E0935")
    try check(["batch", "ideas", "--param-file", "list.yaml"], 2, "E0930")
    try check(["batch", "ideas", "--param-file", "params.yaml"], 2, "E0936")
    try check(["batch", "ideas", "--param-file", "absent.yaml"], 2, "E0918")
    try check(["batch", "ideas", "--costs", "-1"], 2, "E0802")
  }

  @Test func patternsAndParamFilesReachTheScriptsTheyName() throws {
    let bench = try Bench(slow: 1, turns: 1)
    for name in ["p_one", "p_two"] {
      try bench.space.write("ideas/\(name).strat", "param n = 1 in 1..50\nfn signals(as_of) = [\"SPY\": n / 100]\n")
    }
    try bench.space.write("params.yaml", "n: 10\np_two.strat:\n  n: 20\n")
    let outcome = try Program.run(
      ["batch", "ideas/p_*.strat", "--data", "data", "--param-file", "params.yaml", "--format", "json"],
      in: bench.space.url, environment: bench.environment)
    #expect(outcome.status == 0, "\(outcome.messages)")
    let gross = try rows(outcome).compactMap { ($0["metrics"] as? [String: Any])?["average_gross"] as? Double }
    try #require(gross.count == 2)
    #expect(gross[1] > 1.9 * gross[0])
    let misspelt = try Program.run(
      ["batch", "ideas/p_*.strat", "--data", "data", "--param", "m=1"], in: bench.space.url,
      environment: bench.environment)
    #expect(misspelt.status == 2)
    #expect(misspelt.messages.contains("E0936"))
  }

  /// The full size runs where `STRAT_BATCH` says how many scripts; a small one always.
  @Test func manyScriptsAreTheSameWithAnyNumberOfJobs() throws {
    let count = Int(ProcessInfo.processInfo.environment["STRAT_BATCH"] ?? "") ?? 40
    let bench = try Bench(slow: count, turns: 5)
    let one = try bench.run(["--jobs", "1", "--format", "json"])
    let two = try bench.run(["--jobs", "2", "--format", "json", "--fresh"])
    #expect(withoutSeconds(one.output) == withoutSeconds(two.output))
    #expect(try rows(one).count == count + Bench.failing.count)
  }
}

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
