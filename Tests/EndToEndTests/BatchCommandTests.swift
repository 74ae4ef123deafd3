import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

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
      let first = (row["diagnostics"] as? [[String: Any]])?.first
      let name = (row["file"] as? String)?.split(separator: "/").last.map(String.init) ?? ""
      #expect(first?["code"] as? String == bench.codes[name], "\(name): \(first ?? [:])")
      #expect(row["seconds"] is Double)
    }
    #expect(!outcome.messages.contains("\u{1B}"), "nothing moves where no person reads")
    let report = try XMLDocument(contentsOf: bench.space.url.appendingPathComponent("report.xml"))
    let suite = try #require(report.rootElement()?.elements(forName: "testsuite").first)
    let cases = suite.elements(forName: "testcase")
    #expect(suite.attribute(forName: "tests")?.stringValue == "\(bench.names.count)")
    #expect(suite.attribute(forName: "failures")?.stringValue == "\(bench.codes.count)")
    #expect(cases.map { $0.attribute(forName: "name")?.stringValue } == bench.names)
    #expect(cases.count { !$0.elements(forName: "failure").isEmpty } == bench.codes.count)
  }

  @Test func theTableHasTheBestFirstAndTheFailuresByCode() throws {
    let bench = try Bench(slow: 3, turns: 50)
    let outcome = try bench.run(["--sort", "average_gross", "--top", "2"])
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.contains("slow_02.strat") })
    #expect(lines.first { $0.hasPrefix("1 ") || $0.hasPrefix(" 1") }?.contains("slow_02") == true, "\(lines)")
    #expect(!outcome.output.contains("slow_00"))
    #expect(outcome.output.contains("E0501"))
    let (done, failed) = (bench.names.count - bench.codes.count, bench.codes.count)
    #expect(
      outcome.messages.contains("\(bench.names.count) scripts: \(done) done, \(failed) failed\n"),
      "\(outcome.messages)")
  }

  @Test func aSecondBatchDoesNoWork() throws {
    let bench = try Bench(slow: 3)
    let first = try bench.run(["--format", "csv"])
    let second = try bench.run(["--format", "json"])
    let rows = try rows(second)
    for row in rows where row["run_key"] is String { #expect(row["skipped"] as? Bool == true) }
    #expect(rows.count { $0["skipped"] as? Bool == true } == bench.runs)
    #expect(second.messages.contains("; \(bench.runs) unchanged and not run again"), "\(second.messages)")
    #expect(second.status == 1)
    let third = try bench.run(["--format", "csv"])
    #expect(third.output.replacing("true", with: "false") == first.output)
    try bench.space.write("ideas/slow_01.strat", "fn signals(as_of) = [\"SPY\": 0.5]\n")
    #expect(try bench.run([]).messages.contains("; \(bench.runs - 1) unchanged and not run again"))
    #expect(try !bench.run(["--fresh"]).messages.contains("unchanged"))
    #expect(try !bench.run(["--no-cache"]).messages.contains("unchanged"))
    #expect(try bench.run([]).messages.contains("; \(bench.runs) unchanged and not run again"))
  }

  @Test func aDamagedOutcomeIsAWarningAndMadeAnew() throws {
    let bench = try Bench(slow: 2, turns: 50)
    let first = try bench.run(["--format", "csv"])
    let files = try #require(FileManager.default.enumerator(atPath: bench.space.path("cache"))?.allObjects as? [String])
      .filter { $0.hasSuffix(".outcome") }.sorted()
    #expect(files.count == bench.runs)
    for file in files.prefix(2) {
      let url = URL(fileURLWithPath: bench.space.path("cache/" + file))
      var bytes = try Data(contentsOf: url)
      bytes[bytes.count / 2] ^= 4
      try bytes.write(to: url)
    }
    let second = try bench.run(["--format", "csv"])
    #expect(second.messages.contains("[W0939]"), "\(second.messages)")
    #expect(second.messages.contains("2 kept outcomes were damaged"))
    #expect(second.messages.contains("; \(bench.runs - 2) unchanged and not run again"))
    #expect(second.output.replacing("true", with: "false") == first.output)
    let third = try bench.run(["--format", "csv"])
    #expect(third.messages.contains("; \(bench.runs) unchanged") && !third.messages.contains("W0939"))
  }

  @Test func twoBatchesAtOnceShareTheirOutcomes() throws {
    let bench = try Bench(slow: 8)
    let alone = try bench.run(["--format", "csv", "--no-cache"])
    let processes = try (0..<3).map { _ in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Program.path)
      process.arguments = bench.arguments + ["--format", "csv"]
      process.currentDirectoryURL = bench.space.url
      process.environment = bench.environment.merging(["LC_ALL": "C.UTF-8"]) { $1 }
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      return process
    }
    for process in processes { process.waitUntilExit() }
    #expect(processes.allSatisfy { $0.terminationReason == .exit && $0.terminationStatus == 1 })
    let after = try bench.run(["--format", "csv"])
    #expect(
      after.messages.contains("; \(bench.runs) unchanged") && !after.messages.contains("W0939"), "\(after.messages)")
    #expect(after.output.replacing("true", with: "false") == alone.output)
    let left = try FileManager.default.contentsOfDirectory(atPath: bench.space.path("cache/outcomes/making"))
    #expect(left.isEmpty, "\(left)")
  }

  @Test(.timeLimit(.minutes(3))) func aKilledBatchGoesOnWhereItWas() throws {
    let bench = try Bench(slow: 12, turns: 8_000)
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
    let bench = try Bench(slow: 12, turns: 8_000)
    let stopped = try bench.stopped(by: SIGINT, after: bench.runs - 10, ["--format", "json", "--jobs", "1"])
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
    try check(["batch", "ideas", "--sort", "sharp_ratio"], 2, "E1023")
    try check(["batch", "ideas", "--jobs", "0"], 2, "E0935")
    try check(["batch", "ideas", "--top", "x"], 2, "E0935")
    try check(["batch", "ideas", "--param-file", "list.yaml"], 2, "E0930")
    try check(["batch", "ideas", "--param-file", "params.yaml"], 2, "E0936")
    try check(["batch", "ideas", "--param-file", "absent.yaml"], 2, "E0918")
    try check(["batch", "ideas", "--costs", "-1"], 2, "E0802")
  }

  /// One that runs, one that fails when it is checked and one that fails when it runs.
  @Test func theCountsAddUp() throws {
    let space = try Workspace()
    try space.write("scripts/ok.strat", "fn signals(as_of) = [\"SPY\": 1]\n")
    try space.write("scripts/fails_in_check.strat", "fn signals(as_of) = [\"SPY\": nothing]\n")
    try space.write("scripts/fails_in_run.strat", "fn signals(as_of) = [\"SPY\": [1][3]]\n")
    for more in [["--fresh"], [], ["--fresh", "--jobs", "1"]] {
      let outcome = try Program.run(
        ["batch", "scripts"] + more, in: space.url, environment: ["STRAT_CACHE": space.path("cache")])
      #expect(outcome.status == 1)
      #expect(outcome.messages.contains("3 scripts: 1 done, 2 failed"), "\(outcome.messages)")
    }
  }

  /// A folder holds libraries and files of tests beside strategies; who names one means it.
  @Test func whatIsNoStrategyIsLeftOutOfAFolder() throws {
    let space = try Workspace()
    try space.write("scripts/a.strat", "import lib\nfn signals(as_of) = [\"SPY\": lib.half()]\n")
    try space.write("scripts/lib.strat", "fn half() = 0.5\n")
    try space.write("scripts/tests.strat", "test \"sums\" { assert 1 + 1 == 2 }\n")
    try space.write("scripts/comments.strat", "# nothing yet\n")
    let environment = ["STRAT_CACHE": space.path("cache")]
    for path in ["scripts", "scripts/*.strat"] {
      let outcome = try Program.run(["batch", path], in: space.url, environment: environment)
      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(outcome.messages.contains("1 script: 1 done"), "\(outcome.messages)")
      #expect(
        outcome.messages.contains("3 files without `signals` left out: comments.strat, lib.strat, tests.strat"),
        "\(outcome.messages)")
    }
    let named = try Program.run(
      ["batch", "scripts", "scripts/lib.strat"], in: space.url, environment: environment)
    #expect(named.status == 1 && named.output.contains("lib.strat"), "\(named.messages)")
    // A strategy that is not finished is one all the same.
    try space.write("scripts/broken.strat", "strategy \"broken\" { rebalance: \"daily\" }\n")
    try space.write("scripts/unread.strat", "fn half( = 1\n")
    let broken = try Program.run(["batch", "scripts"], in: space.url, environment: environment)
    #expect(broken.status == 1 && broken.messages.contains("3 scripts: 1 done, 2 failed"), "\(broken.messages)")
    try FileManager.default.removeItem(atPath: space.path("scripts/a.strat"))
    for name in ["broken", "unread"] { try FileManager.default.removeItem(atPath: space.path("scripts/\(name).strat")) }
    let nothing = try Program.run(["batch", "scripts"], in: space.url, environment: environment)
    #expect(nothing.status == 2 && nothing.messages.contains("[E0912]"), "\(nothing.messages)")
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

  /// A thousand scripts where another build of the program is named, which is a fast one; `STRAT_BATCH` says how many else.
  @Test(.timeLimit(.minutes(5))) func manyScriptsAreKilledResumedAndTheSame() throws {
    let variables = ProcessInfo.processInfo.environment
    let count = Int(variables["STRAT_BATCH"] ?? "") ?? (variables["STRAT_BINARY"] == nil ? 40 : 975)
    let bench = try Bench(slow: count, turns: 5)
    let one = try bench.run(["--jobs", "1", "--format", "csv", "--fresh"])
    try FileManager.default.removeItem(atPath: bench.space.path("cache"))
    let killed = try bench.stopped(by: SIGKILL, after: bench.runs / 2, ["--format", "csv"])
    try #require(killed.status == -SIGKILL)
    let resumed = try bench.run(["--format", "csv", "--jobs", "2"])
    #expect(resumed.output.replacing("true", with: "false") == one.output)
    let again = try bench.run(["--format", "csv", "--jobs", "2"])
    #expect(
      again.messages.contains("\(bench.names.count) scripts: ") && again.messages.contains("; \(bench.runs) unchanged"))
    #expect(again.output.replacing("true", with: "false") == one.output)
    let fresh = try bench.run(["--format", "csv", "--jobs", "2", "--fresh"])
    #expect(fresh.output == one.output)
    let columns = try #require(fresh.output.split(separator: "\n").first).split(separator: ",").count
    #expect(fresh.output.split(separator: "\n").count == bench.names.count + 1)
    #expect(columns > 30)
  }
}
