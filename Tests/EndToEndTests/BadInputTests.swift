import Foundation
import Testing

/// Runs the program and checks its exit status, the code it names, and that a remedy stands in the message.
private func check(
  _ arguments: [String], status: Int32, code: String, says: [String] = [],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let outcome = try runOnSmallMarket(arguments)
  #expect(outcome.status == status, "\(outcome.messages)", sourceLocation: sourceLocation)
  #expect(outcome.messages.contains("[\(code)]"), "\(outcome.messages)", sourceLocation: sourceLocation)
  for text in says { #expect(outcome.messages.contains(text), "\(outcome.messages)", sourceLocation: sourceLocation) }
  #expect(!outcome.messages.contains("Fatal error"), sourceLocation: sourceLocation)
}

/// Runs the program on a market of one ticker, unless the arguments name another: most problems show without much data.
private func runOnSmallMarket(_ arguments: [String]) throws -> Program.Outcome {
  guard arguments[0] == "run" || arguments[0] == "signals", !arguments.contains("--data") else {
    return try Program.run(arguments)
  }
  let space = try Workspace()
  let days = (1...12).flatMap { month in
    (1...28).map { "2015-\(month < 10 ? "0" : "")\(month)-\($0 < 10 ? "0" : "")\($0)" }
  }
  try space.write("prices/p.csv", "ticker,date,close\n" + days.map { "SPY,\($0),100\n" }.joined())
  return try Program.run(arguments + ["--data", space.url.path])
}

/// A script that holds SPY, with other text in the places that a test is about.
private func script(block: String = "", body: String = "[\"SPY\": 1]", top: String = "") -> String {
  "strategy \"t\" { \(block) }\n\(top)\nfn signals(as_of) {\n    \(body)\n}\n"
}

@Suite struct BadFiles {
  @Test func aMissingScript() throws {
    try check(["run", "no_such.strat"], status: 2, code: "E0918", says: ["no_such.strat"])
  }

  @Test func aMisspeltScriptNamesItsNeighbour() throws {
    let space = try Workspace()
    try space.write("momentum.strat", script())
    try check(["run", space.path("momentun.strat")], status: 2, code: "E0918", says: ["momentum.strat"])
  }

  @Test func aFolderInPlaceOfAScript() throws {
    try check(["run", "Sources"], status: 2, code: "E0903")
  }

  @Test func aFileThatIsNoText() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", "fn a() = 1\n\0\n")
    try check(["run", path], status: 2, code: "E0904", says: ["a.strat:2"])
  }

  @Test func aFolderWithoutScripts() throws {
    let space = try Workspace()
    try check(["test", space.url.path], status: 2, code: "E0912")
  }

  @Test func aMissingDataFolder() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", script())
    try check(["run", path, "--data", space.path("nowhere")], status: 3, code: "E0701", says: ["nowhere"])
  }

  @Test func anEmptyDataFolder() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", script())
    let outcome = try runOnSmallMarket(["run", path, "--data", space.url.path])
    #expect(outcome.status == 3, "\(outcome.messages)")
    #expect(outcome.messages.contains("error[E07"))
  }

  @Test func aBrokenRowNamesFileAndLine() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", script())
    try space.write("data/prices/p.csv", "ticker,date,close\nSPY,2020-01-02,100\nSPY,2020-01-03\nSPY,2020-01-06,1x2\n")
    let outcome = try runOnSmallMarket(["run", path, "--data", space.path("data")])
    #expect(outcome.status == 3)
    #expect(outcome.messages.contains("p.csv:3") && outcome.messages.contains("p.csv:4"), "\(outcome.messages)")
  }
}

@Suite struct BadScripts {
  /// Warnings about the first forty functions do not hide the error in the last one, neither in `check` nor in `run`.
  @Test(arguments: ["check", "run"]) func errorsAreSaidBeforeWarnings(_ command: String) throws {
    let space = try Workspace()
    let functions = (1...40).map { "fn f\($0)() {\n  let n = \($0)\n  n\n}\n" }.joined()
    let path = try space.write("a.strat", "let n = 1\n" + functions + "fn signals(as_of) = [\"SPY\": nothing + n]\n")
    let outcome = try Program.run([command, path], in: space.url)
    #expect(outcome.status == 1)
    #expect(outcome.messages.hasPrefix("error[E0201]: unknown name `nothing`"), "\(outcome.messages.prefix(300))")
    #expect(outcome.messages.components(separatedBy: "warning[W0203]").count == 11)
    #expect(outcome.messages.hasSuffix("… and 30 more warnings\n"), "\(outcome.messages.suffix(100))")
    #expect(outcome.output == (command == "check" ? "1 error, 40 warnings\n" : ""))
  }

  @Test func syntaxErrorsAreReportedTogether() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", "fn a( = 1\n\nfn b() { let x = 3m }\n")
    let outcome = try runOnSmallMarket(["run", path])
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("a.strat:1:") && outcome.messages.contains("a.strat:3:"), "\(outcome.messages)")
    #expect(outcome.messages.contains("^"))
  }

  @Test func anUnknownNameHasSuggestions() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", script(body: "[\"SPY\": clsoe(\"SPY\").last()]"))
    let outcome = try Program.run(["check", path])
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("clsoe") && outcome.messages.contains("close"), "\(outcome.messages)")
  }

  @Test func anUnknownTicker() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", script(body: "[\"SPY\": close(\"SPYY\").last()]"))
    try check(["run", path], status: 1, code: "E0413", says: ["SPYY", "a.strat:4"])
  }

  @Test func aWeightForAnUnknownTicker() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", script(body: "[\"NOBODY\": 1]"))
    try check(["run", path], status: 1, code: "E0807", says: ["NOBODY"])
  }

  @Test func anEndlessLoop() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", script(body: "while true { }"))
    let outcome = try runOnSmallMarket(["run", path, "--limit", "steps=100k"])
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("[E05") && outcome.messages.contains("steps"), "\(outcome.messages)")
  }

  @Test func runawayRecursion() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", script(body: "down(1)", top: "fn down(n) = 1 + down(n + 1)"))
    let outcome = try runOnSmallMarket(["run", path])
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("[E05") && outcome.messages.contains("depth"), "\(outcome.messages)")
  }

  @Test func aListThatEatsMemory() throws {
    let space = try Workspace()
    let path = try space.write(
      "a.strat", script(body: "var xs = [1, 2]\n    while true { xs = [xs, xs, xs.map(x -> [x, x])] }"))
    let outcome = try runOnSmallMarket(["run", path, "--limit", "memory=1M"])
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("[E05"), "\(outcome.messages)")
  }

  @Test func aWeightThatIsMissing() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", script(body: "[\"SPY\": sqrt(-1)]"))
    try check(["run", path], status: 1, code: "E0806", says: ["SPY"])
  }

  @Test func aScriptWithoutSignals() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", "fn a() = 1\n")
    try check(["run", path], status: 1, code: "E0222")
  }

  @Test func aLeverageOfFiftyInTheBlockIsTheScriptsFault() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", script(block: "max_leverage: 50"))
    try check(["run", path], status: 1, code: "E0802", says: ["max_leverage", "50", "20", "a.strat:1"])
  }
}

@Suite struct BadUsage {
  @Test(
    arguments: [
      (["--max-leverage", "50"], "E0802"), (["--start", "2012-01-01", "--end", "2011-01-01"], "E0803"),
      (["--start", "2030-01-01", "--end", "2031-01-01"], "E0803"), (["--benchmark", "NOBODY"], "E0804"),
      (["--param", "fast"], "E0908"), (["--param", "nothing=1"], "E0901"), (["--limit", "time=3"], "E0909"),
      (["--format", "xml"], "E0907"), (["--data", "mysql://x"], "E0916"),
      (["--release-lag", "soon", "--data", "x"], "E0917"),
    ] as [([String], String)])
  func aWrongFlag(flags: [String], code: String) throws {
    let space = try Workspace()
    let path = try space.write("a.strat", script())
    try check(["run", path] + flags, status: 2, code: code)
  }

  @Test(
    arguments: [
      (["--skip", "1"], "E0759"), (["--kind", "prices"], "E0759"), (["--columns", "x"], "E0754"),
      (["--dates", "x"], "E0762"), (["--release-lag", "soon"], "E0917"), (["--format", "nothing"], "E0749"),
    ] as [([String], String)])
  func aWrongFlagOfAnImport(flags: [String], code: String) throws {
    let space = try Workspace()
    let path = try space.write("SPY.csv", "date,close\n2015-01-02,1\n")
    let target = space.url.appendingPathComponent("taken").path
    try check(["data", "import", path, "--into", target] + flags, status: 2, code: code)
  }

  @Test func aWrongDate() throws {
    let space = try Workspace()
    let path = try space.write("a.strat", script())
    try check(["signals", path, "--as-of", "31/01/2015"], status: 2, code: "E0911")
  }

  @Test(arguments: [["nonsense"], ["run"], ["run", "a", "--nonsense"], ["signals"], ["data", "nonsense"]])
  func whatTheParserRefuses(arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    // What there is: the options, or in place of an unknown command the commands.
    #expect(outcome.messages.contains("Usage:") || outcome.messages.contains("= the commands are "))
  }

  @Test func newNeverOverwrites() throws {
    let space = try Workspace()
    #expect(try Program.run(["new", "idea"], in: space.url).status == 0)
    let second = try Program.run(["new", "idea"], in: space.url)
    #expect(second.status == 2)
    #expect(second.messages.contains("[E0905]"))
    #expect(try Program.run(["new", "no such folder/idea"], in: space.url).messages.contains("[E0906]"))
    #expect(try Program.run(["new", "a b"], in: space.url).messages.contains("[E0914]"))
  }
}
