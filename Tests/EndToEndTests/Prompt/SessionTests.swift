import Foundation
import Testing

private let script = """
  strategy "steady" { rebalance: "monthly" }
  param window = 100 in 20..400
  state calls = 0
  ## How far the last close is above its mean.
  fn gap(ticker) = price(ticker) / close(ticker).sma(window).last() - 1
  fn signals(as_of) {
    calls += 1
    return if gap("SPY") > 0 { ["SPY": 0.6] } else { flat }
  }

  """

extension [String] {
  /// Whether a text stands in one of the lines.
  fileprivate func show(_ text: String) -> Bool {
    contains { $0.replacingOccurrences(of: ",", with: "").contains(text) }
  }
}

/// What a session at the prompt does, as a person sees it.
@Suite struct PromptSessions {
  @Test func aFailedInputChangesNothing() throws {
    let session = try PromptSession()
    try session.enter("let kept = 1")
    try session.enter("fn twice(x) = kept * x * 2")
    let failed = try session.enter("let kept = 1 + [\"a\"].sum()")
    #expect(failed.show("error"))
    #expect(try session.enter("kept").show("= 1"))
    // Of several statements none counts where one fails.
    try session.type("let other = 2; let kept = no_such_name", until: "no_such_name")
    #expect(try session.enter("").show("no_such_name"))
    #expect(try session.enter("kept + 10").show("= 11"))
    #expect(try session.enter("other").show("error"))
    #expect(try session.enter("twice(3)").show("= 6"))
    // Results are numbered on, and failures have no number.
    #expect(try session.enter("_ + 1").show("= 7"))
  }

  @Test func ctrlDGivesAnUnfinishedInputUpAndKeepsTheSession() throws {
    let session = try PromptSession()
    try session.enter("let kept = 1")
    for beginning in ["fn q(x) {", "[1,", "kept +"] {
      try session.begin(beginning)
      session.terminal.type(Key.endOfInput)
      #expect(try session.seePrompt().text.contains("The unfinished input is given up"))
    }
    #expect(try session.enter("kept").show("= 1"))
    // On an empty line it leaves.
    #expect(try session.leave() == 0)
  }

  @Test func travellingInTimeShowsWhatWasKnown() throws {
    let session = try PromptSession()
    try session.enter(":as_of 2015-04-15")
    #expect(session.terminal.screen.beforeCursor.contains("2015-04-15"))
    let expression = "macro(\"US_RT_PAYROLLS\").on(2015-03-01)"
    #expect(try session.enter(expression).show("150617"))
    try session.enter(":next month")
    #expect(session.terminal.screen.beforeCursor.contains("2015-05-15"))
    #expect(try session.enter(expression).show("150625"))
    #expect(try session.enter("close(\"SPY\").last_date()").show("2015-05-15"))
    try session.enter(":as_of 2015-06-30")
    #expect(try session.enter(expression).show("150630"))
    let difference = try session.enter(":diff 2015-04-15 2015-06-30 \(expression)")
    #expect(difference.show("150617") && difference.show("150630"))
    try session.enter(":prev")
    #expect(session.terminal.screen.beforeCursor.contains("2015-06-29"))
    #expect(try session.enter(":as_of 2015-13-45").show("2015-13-45"))
    #expect(session.terminal.screen.beforeCursor.contains("2015-06-29"))
  }

  @Test func whatIsSavedDoesTheSameAgain() throws {
    let space = try Workspace()
    let session = try PromptSession(in: space)
    try session.enter("let factor = 3")
    try session.enter("fn scaled(x) = x * factor")
    try session.enter("scaled(no_such_name)")
    try session.enter("scaled(14)")
    #expect(try session.enter(":save kept.strat").show("kept.strat"))
    #expect(try session.leave() == 0)
    let text = try String(contentsOfFile: space.path("kept.strat"), encoding: .utf8)
    #expect(text.contains("fn scaled(x)") && text.contains("scaled(14)") && !text.contains("no_such_name"))
    #expect(try Program.run(["check", "kept.strat"], in: space.url).status == 0)
    #expect(try Program.run(["test", "kept.strat"], in: space.url).status == 0)
    let again = try PromptSession(["kept.strat"], in: space)
    #expect(try again.enter("scaled(2)").show("= 6"))
    #expect(try again.enter("scaled(3)").show("= 9"))
    #expect(try again.enter(":replay").show("= 9"))
  }

  @Test func everyCommandDoesItsWork() throws {
    let space = try Workspace()
    try space.write("mine.strat", script)
    let editor = try space.write("editor.sh", "#!/bin/sh\necho '40 + 2' > \"$1\"\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: editor)
    let session = try PromptSession(in: space, environment: ["EDITOR": editor], rows: 60, columns: 120)
    // The command, and a word of what it shows.
    let tried: [(String, String)] = [
      (":load mine.strat", ""), (":reload", ""), (":vars", "gap"), (":params", "window"), (":params window=50", "50"),
      (":state", "calls"), (":state reset", "calls"), (":signals", ""), (":run --start 2014-01-01", "Sharpe"),
      (":set costs=10", "10"), (":doc gap", "How far"), (":source gap", "fn gap(ticker)"),
      (":type close(\"SPY\")", "series"),
      (":table curve(\"UST_PAR\")", "3650"), (":plot close(\"SPY\")", "┤"), (":why price(\"LEH\")", "stale"),
      (":time 1 + 1", "steps"), (":trace gap(\"SPY\")", "SPY"), (":data UST*", "UST_PAR"),
      (":series US_RT_PAYROLLS --vintages", "150617"), (":prev", ""), (":next", ""), (":as_of", "2015-06-30"),
      (":diff 2015-04-15 2015-06-30 price(\"SPY\")", "1"), ("zzz", "zzz"), (":last", "zzz"), (":limits", "steps"),
      (":explain E0201", "E0201"), (":help plot", ":plot"), (":replay", ""), (":edit", "42"),
      (":save out.strat", "out.strat"),
    ]
    let names = Set(try session.enter(":help").map { PromptSessions.command($0) }.filter { !$0.isEmpty })
    #expect(names.count > 20)
    #expect(names.isSuperset(of: ["next", "prev", "as_of"]), "\(names.sorted())")
    for (command, shown) in tried where names.contains(PromptSessions.command(command)) || command == "zzz" {
      let lines = try session.enter(command)
      #expect(shown.isEmpty || lines.show(shown), "\(command) shows \(lines)")
      #expect(command == "zzz" || command == ":last" || !lines.show("error["), "\(command) shows \(lines)")
    }
    #expect(names.subtracting(["quit"]).isSubset(of: tried.map { PromptSessions.command($0.0) }))
    session.terminal.type(":quit\r")
    #expect(try session.terminal.end() == 0)
  }

  /// The command that a line names: `plot` of `:plot EXPR`.
  private static func command(_ line: String) -> String {
    String(line.drop { $0 == " " }.prefix { $0 == ":" || $0 == "_" || $0.isLetter }.drop { $0 != ":" }.dropFirst())
  }

  @Test func nothingIsWiderThanTheScreen() throws {
    for columns in [80, 140] {
      let space = try Workspace()
      try space.write("mine.strat", script)
      let session = try PromptSession(in: space, rows: 50, columns: columns)
      for entry in [
        ":help", "close(\"SPY\")", "curve(\"UST_PAR\")", "members()", ":plot close(\"SPY\"), close(\"QQQ\") --drawdown",
        "[t: price(t) for t in members()]", ":data", ":limits", ":load mine.strat", ":run --start 2014-01-01",
        "macro(\"US_RT_PAYROLLS\")", ":doc zscore",
      ] {
        let wraps = session.terminal.screen.wraps
        let lines = try session.enter(entry)
        #expect(session.terminal.screen.wraps == wraps, "\(entry) at \(columns): \(lines)")
      }
    }
  }
}
