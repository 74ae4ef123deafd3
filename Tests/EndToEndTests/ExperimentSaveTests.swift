import Foundation
import Testing

/// `strat batch --save` and `strat sweep --save`: what is kept, what is counted, and what happens when it cannot be kept.
@Suite struct ExperimentSaveTests {
  private static let cross = """
    strategy "cross" { rebalance: "weekly", end: 2007-12-31 }
    param fast = 10 in 5..20 step 5 where fast < slow
    param slow = 20 in [10, 20, 40]
    fn signals(as_of) {
      let p = close("SPY")
      return if sma(p, fast) > sma(p, slow) { ["SPY": 1] } else { flat }
    }

    """

  private func saved(_ database: String, _ space: Workspace) throws -> [[String: Any]] {
    let outcome = try Program.run(
      ["results", "ls", "--format", "json", "--db", database], in: space.url, environment: ["HOME": space.url.path])
    #expect(outcome.status == 0, "\(outcome.messages)")
    let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    return try #require(document?["runs"] as? [[String: Any]])
  }

  @Test func aBatchKeepsEachResultOnce() throws {
    let bench = try Bench(slow: 3, turns: 50)
    let save = ["--save", "--db", "sqlite:r.db"]
    let first = try bench.run(save)
    #expect(first.status == 1)
    #expect(first.messages.contains("3 runs saved in sqlite:"), "\(first.messages)")
    #expect(try saved("sqlite:r.db", bench.space).count == 3)
    // Nothing has to be run to know that all is there.
    let second = try bench.run(save)
    #expect(second.messages.contains("; \(bench.runs) unchanged"))
    #expect(second.messages.contains("0 runs saved") && second.messages.contains("3 saved before"))
    // What is missing from the database is run again and saved, and so it is in another database.
    let removal = try Program.run(["results", "rm", "2", "--db", "sqlite:r.db"], in: bench.space.url)
    #expect(removal.status == 0, "\(removal.messages)")
    let third = try bench.run(save)
    #expect(third.messages.contains("; \(bench.runs - 1) unchanged"), "\(third.messages)")
    #expect(third.messages.contains("1 run saved") && third.messages.contains("2 saved before"))
    #expect(try saved("sqlite:r.db", bench.space).count == 3)
    #expect(try bench.run(["--save", "--db", "sqlite:other.db"]).messages.contains("3 runs saved"))
  }

  @Test func aSweepKeepsEveryTrialAndTheirNumber() throws {
    let space = try Workspace()
    try space.write("cross.strat", Self.cross)
    let save = ["--save", "--db", "sqlite:r.db"]
    let sweep = try Program.run(["sweep", "cross.strat", "--format", "json"] + save, in: space.url)
    #expect(sweep.status == 0, "\(sweep.messages)")
    #expect(sweep.messages.contains("8 runs saved in sqlite:"), "\(sweep.messages)")
    #expect(sweep.messages.contains("strategy `cross` has had 8 trials in all"))
    let runs = try saved("sqlite:r.db", space)
    #expect(runs.count == 8)
    // The same run alone is one of them, and what was kept of it is what the run prints, byte for byte.
    let params = ["--param", "fast=10", "--param", "slow=40", "--format", "json"]
    let alone = try Program.run(["run", "cross.strat"] + params + save, in: space.url)
    #expect(alone.messages.contains("was saved before"), "\(alone.messages)")
    let key = try #require(
      (try JSONSerialization.jsonObject(with: Data(alone.output.utf8)) as? [String: Any])?["run_key"] as? String)
    let kept = try Program.run(["results", "export", key, "--db", "sqlite:r.db"], in: space.url)
    #expect(kept.output == alone.output)
    // What was tried before is not counted again; another configuration is another trial.
    let more = try Program.run(
      ["sweep", "cross.strat", "--param", "fast=6,10", "--param", "slow=40"] + save, in: space.url)
    #expect(more.messages.contains("1 run saved") && more.messages.contains("1 saved before"), "\(more.messages)")
    #expect(more.messages.contains("has had 9 trials in all"), "\(more.messages)")
    let costs = try Program.run(
      ["sweep", "cross.strat", "--param", "fast=10,15", "--param", "slow=40", "--costs", "9"] + save, in: space.url)
    #expect(costs.messages.contains("has had 11 trials in all"), "\(costs.messages)")
    let shown = try Program.run(["results", "show", "1", "--format", "csv", "--db", "sqlite:r.db"], in: space.url)
    #expect(shown.output.contains("trials,11"), "\(shown.output)")
  }

  /// What was tried and came to nothing was tried all the same, and is counted once.
  @Test func failedTrialsAreCounted() throws {
    let space = try Workspace()
    try space.write(
      "some.strat",
      """
      strategy "some" { end: 2006-12-31 }
      param n = 1 in 1..6
      fn signals(as_of) = ["SPY": if n % 3 == 0 { [1][n] } else { n / 10 }]

      """)
    let arguments = ["sweep", "some.strat", "--save", "--db", "sqlite:r.db"]
    for more in [[], ["--fresh"], ["--no-cache"], []] {
      let sweep = try Program.run(
        arguments + more, in: space.url, environment: ["STRAT_CACHE": space.path("cache")])
      #expect(sweep.status == 1)
      #expect(sweep.messages.contains("6 trials: 4 done, 2 failed"), "\(sweep.messages)")
      #expect(sweep.messages.contains("has had 6 trials in all, 2 of them failed"), "\(sweep.messages)")
    }
    #expect(try saved("sqlite:r.db", space).count == 4)
    for value in ["3", "9"] {
      let alone = try Program.run(
        ["run", "some.strat", "--param", "n=\(value)", "--save", "--db", "sqlite:r.db"], in: space.url)
      #expect(alone.status == 1)
    }
    let shown = try Program.run(["results", "show", "1", "--format", "csv", "--db", "sqlite:r.db"], in: space.url)
    #expect(shown.output.contains("\ntrials,6\nfailed_trials,2\n"), "\(shown.output)")
  }

  /// The program behind a shell that limits how large files may become: blocks of 512 bytes.
  private func limited(_ blocks: Int, _ bench: Bench, _ arguments: [String]) throws -> Program.Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "ulimit -f \(blocks); exec \"$0\" \"$@\"", Program.path] + bench.arguments + arguments
    process.currentDirectoryURL = bench.space.url
    process.environment = bench.environment.merging(["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]) { $1 }
    let (output, messages) = (bench.space.path("output"), bench.space.path("messages"))
    for path in [output, messages] { try Data().write(to: URL(fileURLWithPath: path)) }
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: messages)
    try process.run()
    process.waitUntilExit()
    return Program.Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: try String(contentsOfFile: output, encoding: .utf8),
      messages: try String(contentsOfFile: messages, encoding: .utf8))
  }

  @Test func aDatabaseThatFailsInTheMiddleIsOneMessageAndLosesNothing() throws {
    let bench = try Bench(slow: 24, turns: 5)
    let database = ["--db", "sqlite:r.db"]
    #expect(try Program.run(["db", "migrate"] + database, in: bench.space.url).status == 0)
    let save = ["--jobs", "1", "--format", "json", "--save"] + database
    let failed = try limited(600, bench, save)
    #expect(failed.status == 3, "\(failed.status) \(failed.messages)")
    #expect(failed.messages.components(separatedBy: "[E1005]").count == 2, "\(failed.messages)")
    #expect(failed.messages.contains("[W0937]"))
    let done = try rows(failed).count { $0["status"] as? String == "ok" }
    let left = try rows(failed).count { $0["status"] as? String == "not_run" }
    #expect(done > 1 && left > 1, "\(done) \(left)")
    #expect(try Program.run(["db", "check"] + database, in: bench.space.url).status == 0)
    // The one whose saving failed has run to its end all the same.
    #expect(try saved("sqlite:r.db", bench.space).count == done - 1)
    let again = try bench.run(save)
    #expect(again.status == 1)
    #expect(again.messages.contains("\(25 - done) runs saved"), "\(again.messages)")
    #expect(try saved("sqlite:r.db", bench.space).count == 24)
  }

  @Test func aDatabaseThatCannotBeOpenedIsSaidBeforeAnythingRuns() throws {
    let bench = try Bench(slow: 1, turns: 5)
    try bench.space.write("cross.strat", Self.cross)
    try bench.space.write("text.db", String(repeating: "this is no database ", count: 100))
    for command in [bench.arguments, ["sweep", "cross.strat"]] {
      let outcome = try Program.run(
        command + ["--save", "--db", "sqlite:text.db"], in: bench.space.url, environment: bench.environment)
      #expect(outcome.status == 3)
      #expect(outcome.messages.contains("[E1006]") && outcome.output.isEmpty, "\(outcome.messages)")
    }
    #expect(bench.kept == 0)
  }
}
