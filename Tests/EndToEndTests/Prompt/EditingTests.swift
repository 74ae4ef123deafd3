import Foundation
import Testing

/// What a person at the prompt sees while typing: completion, entries of several lines, pasting, Ctrl-C.
@Suite struct PromptEditing {
  @Test func tabCompletesNamesArgumentsAndTickers() throws {
    let session = try PromptSession()
    try session.type("resamp" + Key.tab, until: "> resample(")
    try session.type(Key.clear + "close(\"QQ" + Key.tab, until: "> close(\"QQQ\"")
    try session.type(Key.clear + "ema(close(\"QQQ\"), spa" + Key.tab, until: "> ema(close(\"QQQ\"), span: ")
    try session.type(Key.clear + "macro(\"US_RT_P" + Key.tab, until: "> macro(\"US_RT_PAYROLLS\"")
    try session.type(Key.clear + "curve(\"UST" + Key.tab, until: "> curve(\"UST_PAR\"")
    try session.type(Key.clear + "members(\"SP" + Key.tab, until: "> members(\"SP500\"")
    try session.type(Key.clear + "\"a\".uppe" + Key.tab, until: "> \"a\".upper()")
    try session.type(Key.clear + "strategy \"a\" { rebal" + Key.tab, until: "rebalance: ")
    try session.type(Key.clear + ":as_" + Key.tab, until: "> :as_of ")
    // The middle of a line: what stands behind is kept.
    session.terminal.type(Key.clear + "sqr(4)" + Key.home + String(repeating: "\u{6}", count: 3) + Key.tab)
    try session.terminal.wait("the call to be completed") { $0.line($0.row).hasSuffix("> sqrt(4)") }
    session.terminal.type(Key.clear)
    try session.interrupt()
  }

  @Test func aQuoteThatACompletionHasWrittenIsNotWrittenTwice() throws {
    let session = try PromptSession()
    try session.type("close(\"QQ" + Key.tab, until: "> close(\"QQQ\"")
    try session.type("\").len()", until: "> close(\"QQQ\").len()")
    // Other quotes are as they were.
    try session.type(Key.clear + "[\"QQQ\", \"\"]", until: "> [\"QQQ\", \"\"]")
    try session.type(Key.clear + "close(\"QQ" + Key.tab, until: "> close(\"QQQ\"")
    try session.type(" + \"", until: "> close(\"QQQ\" + \"")
    session.terminal.type(Key.clear)
    try session.interrupt()
  }

  /// Ctrl-C throws away a key that is not read yet, at any moment of its reading.
  @Test func ctrlCRightBehindAKeyIsNeverLost() throws {
    let session = try PromptSession()
    for round in 0..<500 {
      session.terminal.type("\"")
      usleep(UInt32(round % 50 * 10))
      try session.interrupt()
    }
    #expect(try session.enter("20 + 1").contains { $0.contains("21") })
  }

  @Test func completionKnowsTheSession() throws {
    let session = try PromptSession()
    try session.enter("fn my_ratio(numerator, denominator = 2) = numerator / denominator")
    try session.enter("let my_series = close(\"SPY\")")
    try session.enter("import portfolio")
    try session.type("my_r" + Key.tab, until: "> my_ratio(")
    try session.type("1, den" + Key.tab, until: "> my_ratio(1, denominator: ")
    try session.type(Key.clear + "my_s" + Key.tab, until: "> my_series")
    try session.type(Key.clear + "portfolio.cap_g" + Key.tab, until: "> portfolio.cap_groups(")
    // Lines before in one entry count as well.
    session.terminal.type(Key.clear)
    try session.begin("fn later(first_argument) {")
    try session.type("  first_a" + Key.tab, until: "first_argument")
    try session.interrupt()
  }

  @Test func twoTabsShowCandidatesWithTheirSignatures() throws {
    let session = try PromptSession(columns: 80)
    session.terminal.type("ma" + Key.tab + Key.tab)
    let screen = try session.terminal.wait("the candidates") { screen in
      screen.text.contains("macro(code: string") && screen.beforeCursor.hasSuffix("> ma")
    }
    #expect(screen.lines.contains { $0.hasPrefix("max(") })
    session.terminal.type(Key.clear + "close(\"A" + Key.tab + Key.tab)
    try session.terminal.wait("the tickers") { screen in
      screen.lines.contains { $0.hasPrefix("AAPL  ") } && screen.beforeCursor.hasSuffix("close(\"A")
    }
  }

  @Test func anEntryGoesOnUntilItIsComplete() throws {
    let session = try PromptSession()
    try session.begin("fn twice(x) {")
    try session.begin("  x * 2")
    try session.enter("}")
    #expect(try session.enter("twice(21)").contains { $0.contains("42") })
    try session.begin("[1,")
    try session.begin("2,")
    #expect(try session.enter("3].sum()").contains { $0.contains("6") })
  }

  @Test func tabIndentsAContinuation() throws {
    let session = try PromptSession()
    try session.begin("fn twice(x) {")
    session.terminal.type(Key.tab + "x * 2")
    try session.terminal.seeAtCursor("  x * 2")
    try session.begin("")
    try session.enter("}")
    #expect(try session.enter("twice(4)").contains { $0.contains("8") })
  }

  @Test func aPastedFunctionIsOneEntry() throws {
    let session = try PromptSession()
    try session.terminal.wait("pasting to be marked") { $0.isPasteMarked }
    session.terminal.paste("fn thrice(x) {\n\tlet y = x * 3\n\treturn y\n}")
    try session.terminal.wait("the last line") { $0.line($0.row) == "}" }
    try session.enter("")
    #expect(try session.enter("thrice(5)").contains { $0.contains("15") })
    // It comes back as one entry.
    session.terminal.type(Key.up)
    try session.terminal.seeAtCursor("thrice(5)")
    session.terminal.type(Key.up)
    try session.terminal.wait("the whole function") { screen in
      screen.line(screen.row) == "}" && screen.text.contains("        return y\n}")
    }
    try session.interrupt()
  }

  @Test func interruptingThrowsAwayWhatIsTyped() throws {
    let session = try PromptSession()
    try session.enter("let marker = 7")
    try session.type("1 + ", until: "1 + ")
    try session.interrupt()
    #expect(try session.enter("2 + 3").contains { $0.contains("5") })
    // In a continuation.
    try session.begin("fn never(x) {")
    try session.type("  x +", until: "x +")
    try session.interrupt()
    #expect(try session.enter("4 + 5").contains { $0.contains("9") })
    // In a search.
    session.terminal.type(Key.search)
    try session.terminal.see("(reverse-i-search)")
    session.terminal.type("mark")
    try session.terminal.wait("the entry that was searched for") { $0.line($0.row).contains("`mark': let marker = 7") }
    try session.interrupt()
    #expect(try session.enter("marker + 1").contains { $0.contains("8") })
    #expect(try session.leave() == 0)
  }

  @Test func searchingFindsAnEntryToRunAgain() throws {
    let session = try PromptSession()
    try session.enter("let marker = 41")
    try session.enter("1 + 1")
    session.terminal.type(Key.search + "mark")
    try session.terminal.wait("the entry that was searched for") { $0.line($0.row).contains("let marker = 41") }
    try session.enter("")
    #expect(try session.enter("marker + 1").contains { $0.contains("42") })
  }

  @Test func whatIsTypedIsShownInColours() throws {
    let session = try PromptSession()
    try session.enter("let words = \"some text\"")
    try session.terminal.wait("the colours") {
      $0.style(of: "let words") == "1" && $0.style(of: "\"some text\"") == "32"
    }
    let plain = try PromptSession(environment: ["NO_COLOR": "1"])
    try plain.enter("let words = \"some text\"")
    #expect(plain.terminal.screen.style(of: "let words") == "")
  }

  @Test func longEntriesWrapAndAreWrittenOverInPlace() throws {
    let session = try PromptSession(columns: 40)
    let list = (1...30).map(String.init).joined(separator: ", ")
    let shown = try session.enter("let numbers = [\(list)]")
    // Nothing of it is there twice, and nothing was lost.
    let screen = session.terminal.screen
    #expect(screen.text.components(separatedBy: "let numbers").count == 2)
    #expect(screen.text.replacingOccurrences(of: "\n", with: "").contains("27, 28, 29, 30]"))
    #expect(shown.count < 8)
    #expect(try session.enter("numbers.len()").contains { $0.contains("30") })
  }
}
