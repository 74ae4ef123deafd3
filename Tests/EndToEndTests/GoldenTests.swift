import Foundation
import Testing

/// Compares what people see with a file of `Tests/Golden`; `STRAT_UPDATE_GOLDEN=1` rewrites the file instead.
private func check(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let file = Program.root.appendingPathComponent("Tests/Golden/\(name)")
  if ProcessInfo.processInfo.environment["STRAT_UPDATE_GOLDEN"] != nil {
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return
  }
  let expected = try String(contentsOf: file, encoding: .utf8)
  #expect(
    text == expected, "Tests/Golden/\(name) differs; Scripts/update-golden.sh rewrites it",
    sourceLocation: sourceLocation)
}

@Suite struct Golden {
  @Test(arguments: [
    "", "run", "batch", "sweep", "check", "test", "fmt", "signals", "data", "data ls", "data describe", "data check",
    "data sample", "data import", "data export", "data formats", "new", "explain", "doc", "repl", "db", "db migrate",
    "db status", "db rollback", "db check", "results", "results ls", "results show", "results compare",
    "results export", "results rm",
  ])
  func help(command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    let outcome = try Program.run(words + ["--help"], environment: ["COLUMNS": "80"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("EXAMPLE:"))
    let name = command.isEmpty ? "strat" : command.replacingOccurrences(of: " ", with: "_")
    try check(outcome.output, "help/\(name).txt")
  }

  @Test(arguments: ["sma", "portfolio.cap", "macro", "max_leverage", "sharpe_ratio"]) func entries(name: String) throws
  {
    let outcome = try Program.run(["doc", name], environment: ["COLUMNS": "80"])
    #expect(outcome.status == 0)
    try check(outcome.output, "doc/\(name).txt")
  }

  @Test(arguments: ["unicode", "ascii"]) func theScreenOfARun(alphabet: String) throws {
    let space = try Workspace()
    try space.write(
      "steady.strat",
      """
      strategy "steady" { rebalance: "monthly", start: 2008-01-01, end: 2012-12-31 }
      param window = 100 in 20..400
      fn signals(as_of) {
          let price = close("SPY")
          if price.last() > price.sma(window) { return ["SPY": 0.6, "QQQ": 0.4] }
          return flat
      }

      """)
    let locale = alphabet == "ascii" ? ["LC_ALL": "C", "COLUMNS": "80"] : ["COLUMNS": "80"]
    let outcome = try Program.run(["run", "steady.strat"], in: space.url, environment: locale)
    #expect(outcome.status == 0, "\(outcome.messages)")
    try check(outcome.output, "run/\(alphabet).txt")
  }
}
