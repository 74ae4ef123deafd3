import Foundation
import Testing

private let script = """
  strategy "steady" { rebalance: "monthly", benchmark: "SPY" }
  param window = 100 in 20..400
  fn signals(as_of) {
      let price = close("SPY")
      if price.last() > price.sma(window) { return ["SPY": 0.6, "QQQ": 0.4] }
      return flat
  }
  test "adds up" { at 2015-06-30 { assert signals(as_of).sum() <= 1 } }

  """

@Suite struct MainJob {
  @Test func aNewScriptRunsChecksAndPassesItsTests() throws {
    let space = try Workspace()
    #expect(try Program.run(["new", "idea"], in: space.url).status == 0)
    #expect(try Program.run(["check", "idea.strat"], in: space.url).output == "no problems\n")
    #expect(try Program.run(["test", "idea.strat"], in: space.url).output == "1 passed, 0 failed\n")
    let run = try Program.run(["run", "idea.strat"], in: space.url)
    #expect(run.status == 0)
    #expect(run.output.contains("Sharpe ratio") && run.output.contains("Monthly returns"))
    #expect(run.messages.contains("sample market"))
  }

  @Test func equalRunsGiveEqualBytes() throws {
    let space = try Workspace()
    let path = try space.write("steady.strat", script)
    let arguments = ["run", path, "--format", "json", "--start", "2010-01-01", "--end", "2012-12-31"]
    let first = try Program.run(arguments)
    #expect(first.status == 0, "\(first.messages)")
    for environment in [[:], ["SWIFT_DETERMINISTIC_HASHING": "1"], ["LC_ALL": "C", "TZ": "Asia/Tokyo"]] {
      #expect(try Program.run(arguments, environment: environment).output == first.output)
    }
  }

  @Test func theDocumentIsJSONWithEveryKey() throws {
    let space = try Workspace()
    let path = try space.write("steady.strat", script)
    let run = try Program.run([
      "run", path, "--format", "json", "--start", "2010-01-01", "--end", "2010-12-31", "--param", "window=50",
      "--costs",
      "10",
    ])
    let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(
      Set(object.keys) == [
        "schema", "strategy_id", "engine_version", "script_sha256", "modules", "data_fingerprint", "run_key", "params",
        "config", "metrics", "benchmark_metrics", "equity_curve", "benchmark_curve", "decisions", "fills",
        "round_trips", "monthly_returns", "tracks", "ended_early", "failed_at", "warnings",
      ])
    #expect((object["params"] as? [String: Double]) == ["window": 50])
    let config = try #require(object["config"] as? [String: Any])
    #expect(config["transaction_cost"] as? Double == 0.001)
    #expect(config["benchmark"] as? String == "SPY")
    #expect((object["metrics"] as? [String: Any])?["beta"] != nil)
  }

  @Test func onlyTheDocumentIsOnStandardOutput() throws {
    let space = try Workspace()
    let path = try space.write(
      "loud.strat", script.replacingOccurrences(of: "let price", with: "print(\"hi\")\n    let price"))
    let run = try Program.run(["run", path, "--format", "json", "--start", "2010-01-01", "--end", "2010-12-31"])
    #expect(run.output.hasPrefix("{") && run.output.hasSuffix("}\n"))
    #expect(run.messages.contains("hi"))
  }

  @Test func signalsOnADayThatIsNoSession() throws {
    let space = try Workspace()
    let path = try space.write("steady.strat", script)
    let saturday = try Program.run(["signals", path, "--as-of", "2015-07-04", "--format", "json"])
    #expect(saturday.status == 0, "\(saturday.messages)")
    #expect(saturday.output.hasPrefix("{\"schema\":1,\"as_of\":\"2015-07-04\",\"status\":"))
    let early = try Program.run(["signals", path, "--as-of", "2005-01-10", "--format", "json"])
    #expect(early.output.contains("\"status\":\"not_warm\",\"weights\":null"), "\(early.output)")
  }

  @Test func theWrittenSampleIsTheBuiltInOne() throws {
    let space = try Workspace()
    #expect(try Program.run(["data", "sample", "market"], in: space.url).status == 0)
    let written = try Program.run(["data", "describe", "market", "--format", "json"], in: space.url)
    let builtIn = try Program.run(["data", "describe", "--format", "json"])
    #expect(written.output == builtIn.output)
    #expect(try Program.run(["data", "check", "market"], in: space.url).output == "no errors, no defects\n")
  }

  @Test func theScriptOfTheReadmeRuns() throws {
    let readme = try String(contentsOf: Program.root.appendingPathComponent("README.md"), encoding: .utf8)
    let text = try #require(
      readme.components(separatedBy: "```strat\n").dropFirst().first?.components(separatedBy: "```").first)
    let space = try Workspace()
    let path = try space.write("momentum_12_1.strat", text)
    #expect(try Program.run(["check", path]).output == "no problems\n")
    #expect(try Program.run(["test", path]).output == "1 passed, 0 failed\n")
    #expect(try Program.run(["run", path]).status == 0)
  }

  @Test func failingTestsAreCounted() throws {
    let space = try Workspace()
    let path = try space.write("t.strat", "test \"good\" { assert 1 + 1 == 2 }\ntest \"bad\" { assert 1 + 1 == 3 }\n")
    let outcome = try Program.run(["test", path])
    #expect(outcome.status == 1)
    #expect(outcome.output == "1 passed, 1 failed\n")
    #expect(outcome.messages.contains("bad") && outcome.messages.contains("t.strat:2:"))
  }

  @Test func aFailedTestHasItsPlaceInEveryFormat() throws {
    let space = try Workspace()
    let path = try space.write("t.strat", "strategy \"s\" { rebalance: \"monthly\" }\ntest \"t\" { assert false }\n")
    let outcome = try Program.run(["test", path, "--format", "csv"])
    #expect(outcome.status == 1)
    #expect(outcome.output.hasPrefix("file,name,status,code,message,line,column\n"))
    #expect(outcome.output.hasSuffix(",failed,E0222,the script defines no `signals`,1,10\n"))
    for format in ["table", "json"] {
      let same = try Program.run(["check", path, "--format", format])
      #expect(same.status == 1)
      #expect((same.output + same.messages).contains(format == "json" ? "\"line\":1" : "t.strat:1:10"))
    }
  }

  @Test func checkPrintsItsFindingsAsJSON() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", "fn a() = nothing_known\n")
    let outcome = try Program.run(["check", path, "--format", "json"])
    #expect(outcome.status == 1)
    #expect(outcome.messages.isEmpty)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let list = try #require(object["diagnostics"] as? [[String: Any]])
    #expect(list.first?["line"] as? Int == 1 && list.first?["column"] as? Int == 10)
  }
}
