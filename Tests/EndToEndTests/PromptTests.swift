import Foundation
import Testing

/// `strat repl` as a shell runs it: sessions in files, their answers and exit statuses.
@Suite struct PromptTests {
  @Test func aSessionInAFileIsATest() throws {
    let session = """
      let spy = close("SPY")
      :as_of 2012-12-31
      fn gain(s, n) =
        s.change(n).last()
      gain(close("SPY"), 20) == gain(close("SPY"), 20)
      test "prices rise and fall" { at 2012-12-31 { assert close("SPY").len() > 1000 } }
      """
    let done = try Program.run(["repl"], input: session + "\n")
    #expect(done.status == 0, "\(done.messages)")
    #expect(done.output == "true\npassed: prices rise and fall\n")
  }

  @Test func aDriverMayWaitForEachAnswer() throws {
    let driver = try PipedSession(["repl"])
    #expect(driver.ask("1 + 1\n") == "2\n")
    #expect(driver.ask("let xs = [3, 1, 2]\nxs.len()\n") == "3\n")
    // What comes at once is read at once, the rest of a statement too.
    #expect(driver.ask("fn f(x) {\n  x * 2\n}\n[f(4), 1]\n  .sort()\n") == "[1, 8]\n")
    #expect(driver.ask("# nothing\n\n:type 1\n") == "number\n")
    #expect(driver.ask("fn g(x) {\n", atMost: 0.5) == nil)
    #expect(driver.ask("x }\ng(7)\n") == "7\n")
    #expect(driver.end() == 0)
  }

  @Test func statusesSayWhoseFaultItIs() throws {
    #expect(try Program.run(["repl"], input: "1\n").status == 0)
    let failed = try Program.run(["repl"], input: "1\nundefined_name\n2\n")
    #expect(failed.status == 1)
    #expect(failed.output == "1\n")
    #expect(try Program.run(["repl"], input: ":nonsense\n").status == 2)
    #expect(try Program.run(["repl", "--data", "no/such/folder"], input: "1\n").status == 3)
    #expect(try Program.run(["repl", "no_such.strat"], input: "").status == 2)
    #expect(try Program.run(["repl", "--at-failure"], input: "").status == 2)
    let onward = try Program.run(["repl", "--keep-going"], input: "undefined_name\n2\n")
    #expect(onward.status == 1)
    #expect(onward.output == "2\n")
  }

  @Test func aSavedSessionIsAScript() throws {
    let space = try Workspace()
    let session = """
      import portfolio
      let names = ["SPY", "TLT"]
      :as_of 2014-06-30
      let prices = [t: price(t) for t in names]
      undefined_name
      fn weights() = names.map(t -> 1 / names.len())
      fn dear() = prices.filter(p -> p > 100)
      prices.len()
      _ + 1
      strategy "saved" { rebalance: "monthly", start: 2014-01-02, end: 2014-12-31 }
      fn signals(as_of) = [t: 0.5 for t in names].cap(60pct)
      :save saved.strat
      """
    let done = try Program.run(["repl", "--keep-going"], in: space.url, input: session + "\n")
    #expect(done.output == "2\n3\n")
    for command in ["check", "test", "run"] {
      let outcome = try Program.run([command, "saved.strat"], in: space.url)
      #expect(outcome.status == 0, "\(command): \(outcome.messages)")
    }
    let text = try String(contentsOf: space.url.appendingPathComponent("saved.strat"), encoding: .utf8)
    #expect(text.contains("let _1 = at 2014-06-30 {"))
    #expect(!text.contains("undefined_name"))
    #expect(try Program.run(["fmt", "--check", "saved.strat"], in: space.url).status == 0)
  }

  @Test func aFailedRunOpensWhereItFailed() throws {
    let space = try Workspace()
    try space.write(
      "fails.strat",
      """
      strategy "fails" { rebalance: "monthly", start: 2010-01-04 }
      state calls = 0

      fn signals(as_of) {
        calls += 1
        if calls == 7 { error("on purpose") }
        return ["SPY": 1]
      }

      """)
    let done = try Program.run(
      ["repl", "fails.strat", "--at-failure", "--keep-going"], in: space.url,
      input: "as_of\ncalls\nweights().len()\n:last\n")
    #expect(done.messages.contains("on purpose"))
    #expect(done.messages.contains("the run stopped at 2010-07"))
    #expect(done.output.hasPrefix("2010-07"))
    #expect(done.output.hasSuffix("\n6\n1\n"))
  }

  @Test func aDataFolderThatVanishesIsSaidAndTheLastOneKept() throws {
    let space = try Workspace()
    #expect(try Program.run(["data", "sample", "market"], in: space.url).status == 0)
    let script = "price(\"SPY\") > 0\n"
    let done = try Program.run(["repl", "--data", "market"], in: space.url, input: script)
    #expect(done.status == 0, "\(done.messages)")
    #expect(done.output == "true\n")
  }
}
