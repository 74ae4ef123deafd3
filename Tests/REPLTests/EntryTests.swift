import Testing

@testable import REPL

/// What counts as an input: words of other prompts, what was copied from a session, what was never finished.
@Suite struct EntryTests {
  @Test func endOfInputGivesAnUnfinishedEntryUpAndKeepsTheSession() {
    let done = Transcript.of(
      [.text("let kept = 1"), .text("fn q(x) {"), .end, .text("kept"), .end], interactive: true)
    #expect(done.answers == "_1 = 1\n")
    #expect(done.messages.contains("The unfinished input is given up"))
    #expect(done.status == 0)
    #expect(done.prompts.count == 5)
    // It can be brought back from the history.
    #expect(done.remembered.contains("fn q(x) {"))
  }

  @Test(arguments: ["fn q(x) {", "[1,", "[\"a\": ", "## A comment.", "let x ="])
  func endOfInputLeavesNothingOfAnyUnfinishedEntry(_ beginning: String) {
    let done = Transcript.of([.text(beginning), .end, .text("40 + 2"), .end], interactive: true)
    #expect(done.answers == "_1 = 42\n")
    #expect(done.status == 0)
  }

  @Test func aTerminalThatIsGoneEndsASession() {
    let done = Transcript.of([.text("fn q(x) {"), .end, .end], interactive: true)
    #expect(done.status == 0)
    #expect(done.prompts.count == 3)
  }

  /// Long enough that the parser is not asked after each line.
  private static let longBlock =
    ["fn f(x) {"] + (0..<100).map { "  if x == \($0) { return [\($0), \"(\"] }" } + ["  0 # }", "}"]

  @Test(arguments: [false, true]) func aLongBlockIsOneEntry(_ isTyped: Bool) {
    let done = Transcript.of(lines: Self.longBlock + ["f(7)", "f(-1)"], interactive: isTyped)
    #expect(done.answers.contains("[7, \"(\"]"))
    #expect(!done.messages.contains("error["))
    #expect(done.remembered.contains(Self.longBlock.joined(separator: "\n")))
    #expect(done.status == 0)
  }

  @Test func aMistakeInALongBlockIsToldAndTheNextEntryStandsAlone() {
    var lines = Self.longBlock
    lines[70] = "  let let"
    let done = Transcript.of(lines: lines + ["40 + 2"]) { $0.keepsGoing = true }
    #expect(done.messages.contains("--> [1]:71:"))
    #expect(done.answers.hasSuffix("42\n"))
  }

  @Test(arguments: ["exit", "quit", "exit()", " quit ()  ", ":q"])
  func wordsOfOtherPromptsLeave(_ word: String) {
    let done = Transcript.of(lines: ["1", word, "2"])
    #expect(done.answers == "1\n")
    #expect(done.status == 0)
  }

  @Test func wordsOfOtherPromptsHelp() {
    let help = Transcript.of(lines: [":help"]).answers
    #expect(!help.isEmpty)
    for word in ["help", "help()", "?"] { #expect(Transcript.of(lines: [word]).answers == help) }
    let sma = Transcript.of(lines: [":doc sma"]).answers
    for word in ["sma?", "help sma", "help(\"sma\")", "help(sma)", "?sma", "sma ?"] {
      #expect(Transcript.of(lines: [word]).answers == sma, "\(word)")
    }
    #expect(Transcript.of(lines: ["portfolio.cap?"]).answers == Transcript.of(lines: [":doc portfolio.cap"]).answers)
    #expect(Transcript.of(lines: ["portfolio.cap??"]).answers == Transcript.of(lines: ["??portfolio.cap"]).answers)
  }

  @Test func aNameOfTheSessionIsNoCommand() {
    let done = Transcript.of(lines: [
      "let exit = 3", "exit", "fn help() = 4", "help()", "let quit = [5]", "quit", "exit + 1",
    ])
    #expect(done.answers == "3\n4\n[5]\n4\n")
    #expect(done.status == 0)
  }

  @Test func aQuestionMarkInAnExpressionIsNoQuestion() {
    let done = Transcript.of(lines: ["let x = na", "x ??", "  7", "exit.len()"])
    #expect(done.answers == "7\n")
    #expect(done.status == 1)
    #expect(done.messages.contains("error[E0201]"))
  }

  // MARK: Copied from a session

  private static let copied = [
    "2008-09-15> fn double(x) {", "        ... x * 2 }", "2008-09-15> double(21)", "_1 = 42",
    "2008-09-15> [\"a\": 1, \"b\": 2]", "_2 =", "b  2", "a  1", "2008-09-15>", "2008-09-15> :as_of 2008-09-15",
    "as of 2008-09-15", "2008-09-15> double(as_of.year())",
  ]

  @Test func aPipeMayBeACopyOfASession() {
    let done = Transcript.of(lines: ["# From my notes.", ""] + Self.copied)
    #expect(done.answers == "42\nb  2\na  1\n4016\n")
    #expect(done.status == 0)
    #expect(
      done.messages == "note: copied from a prompt as of 2008-09-15, evaluated as of 2019-12-31\nas of 2008-09-15\n")
  }

  @Test func aPasteMayBeACopyOfASession() {
    let done = Transcript.of([.text(Self.copied.joined(separator: "\n"))], interactive: true)
    #expect(done.answers == "_1 = 42\n_2 =\nb  2\na  1\n_3 = 4016\n")
    #expect(done.remembered.first == "fn double(x) {\nx * 2 }")
  }

  @Test func linesMayBePastedOneByOne() {
    let done = Transcript.of(
      lines: Self.copied.filter { !$0.hasPrefix("b ") && !$0.hasPrefix("a ") }, interactive: true)
    #expect(done.answers == "_1 = 42\n_2 =\nb  2\na  1\n_3 = 4016\n")
  }

  @Test func whatOnlyLooksLikeAPromptIsTheLanguage() {
    let done = Transcript.of(lines: [
      ":as_of 2008-09-15", "2008-09-16 > as_of", "2008-09-14>as_of", "as_of >", "2000-01-01",
    ])
    #expect(done.answers == "true\nfalse\ntrue\n")
    #expect(done.status == 0)
    // Without a prompt before it nothing is an answer.
    #expect(Transcript.of(lines: ["1", "_1 = 42"]).status == 1)
  }
}
