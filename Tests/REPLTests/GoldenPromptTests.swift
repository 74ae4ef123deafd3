import Foundation
import Testing

@testable import REPL

/// Every command of the prompt has a session of its own whose transcript is a golden file.
@Suite struct GoldenPromptTests {
  /// A folder of its own for what a session writes.
  private static func folder() -> String {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("strat-\(UUID().uuidString)")
    try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url.path
  }

  /// The script that sessions load.
  private static let script = """
    import portfolio

    strategy "cross" {
      rebalance: "monthly"
      costs: 5bps
    }

    param window = 200 in 20..300
    state decisions = 0

    ## Whether a ticker stands above its average.
    fn is_up(ticker) = close(ticker).last() > sma(close(ticker), window).last()

    fn signals(as_of) {
      decisions += 1
      return [t: 0.5 for t in ["SPY", "TLT"] if is_up(t)]
    }
    """

  /// The inputs for each command, by its name.
  private static func inputs(_ folder: String) -> [String: [String]] {
    let file = folder + "/cross.strat"
    try? script.write(toFile: file, atomically: true, encoding: .utf8)
    return [
      "as_of": [":as_of", ":as_of 2008-09-15", ":as_of first", ":as_of last", ":as_of yesterday", ":as_of 2008-05"],
      "next": [":as_of 2010-01-29", ":next", ":next month", ":next 2w", ":next soon", ":next 2", ":next 2 months"],
      "prev": [":as_of 2010-01-29", ":prev", ":prev quarter", ":prev 5bd"],
      "diff": [
        ":diff 2008-12-31 2009-12-31 macro(\"US_RT_PAYROLLS\")", ":diff 2008-12-31 2009-12-31 price(\"SPY\")",
        ":diff 2010-01-04 2011-01-04 curve(\"UST_PAR\")", ":diff 2010-01-04 2011-01-04 \"same\"", ":diff 2010-01-04",
      ],
      "run": [
        ":load \(file)", ":run --start 2015-01-01 --end 2016-12-31", "run.sharpe_ratio", ":run --strat 2015-01-01",
      ],
      "signals": [":load \(file)", ":as_of 2015-06-30", ":signals", "decisions"],
      "params": [
        ":params", ":load \(file)", ":params", ":params window=50", "window", ":params window=5", ":params wdow=5",
      ],
      "state": [":state", ":load \(file)", "let w = signals(as_of)", ":state", ":state reset", ":state"],
      "set": [":set costs=10 rebalance=weekly", ":set rebalnce=weekly", ":set rebalance=hourly"],
      "plot": [
        ":as_of 2012-12-31", ":plot close(\"SPY\")",
        ":plot close(\"SPY\"), sma(close(\"SPY\"), 200) --height 8 --drawdown",
        ":plot curve(\"UST_PAR\")", ":plot [\"a\": 3, \"b\": -1, \"c\": na]",
        ":plot [\"a\": 3, \"b\": 1]", ":plot [\"a\": -3, \"b\": -1]", ":plot [1, 4, 2, 8] --height 4",
        ":plot close(\"SPY\"), [1, 2] --apart --height 4", ":plot \"text\"",
        ":plot close(\"SPY\").tail(40) --svg \(folder)/spy.svg",
      ],
      "table": [
        ":table close(\"SPY\").tail(20)", ":table macro(\"US_RT_PAYROLLS\").tail(3)",
        ":table [x: x * x for x in [\"a\"].zip([2])]",
        ":table [k * k for k in 1..40]",
      ],
      "type": [
        ":type 1", ":type [close(\"SPY\")]", ":type [\"a\": 1, \"b\": \"c\"]", ":type sma", ":type x -> x", ":type let",
        ":type close(\"SPY\")", "fn momentum(ticker) = close(ticker).change(252)", ":type momentum",
        ":type momentum(\"SPY\").last()", "let xs = [1, \"a\"]", ":type xs", ":type xs[0]", "import portfolio",
        ":type portfolio.cap", ":type momentum(error(\"not evaluated\"))", ":type undefined",
      ],
      "why": [
        ":why price(\"LEH\")", ":why price(\"SPY\")", ":why 1 + 1", ":why 1 / 0",
        "fn gap(ticker, n = 200) {\nlet p = price(ticker)\np / sma(close(ticker), n).last() - 1\n}",
        ":why gap(\"LEH\")", ":why gap(\"SPY\")", ":as_of 2005-06-30", ":why gap(\"SPY\", 4000)",
        ":why macro(\"US_RT_PAYROLLS\").last()", "let then = gap(\"LEH\", 9000)", ":as_of 2019-12-31", ":why then",
        ":why [t: gap(t) for t in [\"SPY\", \"LEH\"]]", ":why gap(undefined)",
        ":why if gap(\"LEH\") > 0 { 1 } else { 2 }",
        ":why rate(\"UST_PAR\", 3650)", ":why let x = 1", ":why",
      ],
      "trace": [
        "fn gap(ticker, n = 200) {\nlet p = price(ticker)\np / sma(close(ticker), n).last() - 1\n}",
        ":trace gap(\"SPY\")", ":trace 1 + 2 * 3", ":trace [k * k for k in 1..40]", ":trace gap(\"LEH\") > 0",
        "let count = 1", "state seen = 0", "fn next() {\nseen += 1\nreturn seen + count\n}", ":trace next()", "seen",
        ":trace if gap(\"LEH\") > 0 { 1 } else { 2 }", ":trace _ + _1", "import portfolio",
        ":trace portfolio.cap([\"SPY\": 2, \"TLT\": 1], 1)", ":trace",
      ],
      "doc": [":doc sma", "?portfolio.cap", ":doc max_leverage", ":load \(file)", "?is_up", ":doc smaa"],
      "source": [":load \(file)", ":source is_up", "??portfolio.cap", ":source sma", ":source nothing_like_it"],
      "vars": [
        ":vars", "let x = close(\"SPY\")", "var y = [1]", "fn f(a, b = 2) = a", "param n = 3", "import stats", ":vars",
      ],
      "last": [":last", "1 / nothing", ":last"],
      "limits": [":limits"],
      "explain": [":explain E0201", ":explain E9999", ":explain"],
      "data": [":data", ":data UST*", ":data payroll", ":data NOTHING*"],
      "series": [
        ":as_of 2009-06-30", ":series US_RT_PAYROLLS", ":series US_RT_PAYROLLS --vintages", ":series US_RT_PAYROLL",
        ":series US_RT_PAYROLLS --vintage",
      ],
      "load": [":load \(file)", "window", ":load \(folder)/nothing.strat", ":load \(folder)", ":load"],
      "reload": [":load \(file)", "let keep = window", ":reload", "keep", ":reload maybe"],
      "save": ["let x = 2", "x + 1", "undefined", "fn f(a) = a + x", "f(_)", ":save \(folder)/out.strat", ":save"],
      "replay": ["let x = 1", "x + 1", "undefined", ":replay 2", ":replay 1-3", ":replay 9", ":replay all"],
      "edit": ["1 + 1", ":edit", ":edit 7"],
      "help": [":help", ":help plot", ":help names", ":help sma", ":help plto", "?"],
      "quit": [":quit now", ":quit", "never"],
      "time": [":time nothing_known", ":time"],
    ]
  }

  /// Inputs and what came of each, with the folder's name taken out.
  private static func transcript(_ lines: [String], _ folder: String, interactive: Bool = true) -> String {
    let done = Transcript.of(lines: lines, interactive: interactive) { options in
      options.edit = { path in
        guard var text = try? String(contentsOfFile: path, encoding: .utf8) else { return false }
        text = text.replacingOccurrences(of: "1 + 1", with: "20 + 22")
        return (try? text.write(toFile: path, atomically: true, encoding: .utf8)) != nil
      }
    }
    return done.all.replacingOccurrences(of: folder, with: "FOLDER")
  }

  /// Compares with a file of `Tests/Golden`; `STRAT_UPDATE_GOLDEN=1` rewrites the file instead.
  private static func expect(_ text: String, _ name: String) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appendingPathComponent("Golden/repl/\(name).txt")
    if ProcessInfo.processInfo.environment["STRAT_UPDATE_GOLDEN"] != nil {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      return try Data(text.utf8).write(to: file)
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    #expect(text == expected, "Tests/Golden/repl/\(name).txt differs; Scripts/update-golden.sh rewrites it")
  }

  @Test(arguments: MetaCommand.all.map(\.name))
  func commandHasAGoldenTranscript(_ name: String) throws {
    let folder = Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let lines = try #require(Self.inputs(folder)[name], "`:\(name)` has no session")
    try Self.expect(Self.transcript(lines, folder), name)
  }

  @Test func everyCommandSaysWhatItIs() {
    for command in MetaCommand.all {
      #expect(!command.meaning.isEmpty && command.meaning.hasSuffix("."), "\(command.name)")
      #expect(command.example.hasPrefix(":" + command.name), "\(command.name)")
    }
    #expect(Set(MetaCommand.all.map(\.name)).count == MetaCommand.all.count)
  }

  @Test func commandsMayBeShortened() throws {
    #expect(try MetaCommand.named("q").name == "quit")
    #expect(try MetaCommand.named("asof").name == "as_of")
    #expect(try MetaCommand.named("expl").name == "explain")
    #expect(throws: PromptProblem.self) { try MetaCommand.named("s") }
  }
}
