import MarketData
import Testing

@testable import REPL

@Suite struct PromptLoopTests {
  @Test func answersGoOutAndMessagesBeside() {
    let done = Transcript.of(lines: ["let x = 20", "x + 1", "print(\"hello\")", "note(\"beside\")", "[1, \"a\"]"])
    #expect(done.answers == "21\nhello\n[1, \"a\"]\n")
    #expect(done.messages == "note: beside\n")
    #expect(done.status == 0)
  }

  @Test func aPipeEndsAtTheFirstErrorWithItsStatus() {
    let failed = Transcript.of(lines: ["1", "undefined", "2"])
    #expect(failed.answers == "1\n")
    #expect(failed.messages.contains("error[E0201]"))
    #expect(failed.status == 1)
    #expect(Transcript.of(lines: [":plto x", "2"]).status == 2)
    #expect(Transcript.of(lines: [":plto x"]).messages.contains("did you mean `:plot`?"))
    let gone = SessionData(name: "nothing") { () throws(SessionDataFailure) in
      throw SessionDataFailure([.dataGone("nothing")])
    } stamp: {
      nil
    }
    #expect(Transcript.of(lines: ["1"], data: gone).status == 3)
  }

  @Test func aPipeGoesOnWhenToldTo() {
    let done = Transcript.of(lines: ["undefined", "2", ":nothing"]) { $0.keepsGoing = true }
    #expect(done.answers == "2\n")
    #expect(done.status == 1)
  }

  @Test func aPipeReadsAsAFile() {
    let done = Transcript.of(lines: [
      "let xs = [3, 1, 2]", "  .sort()", "# a comment", "  .reverse()", "xs", "if xs.len() > 5 {", "  \"long\"", "}",
      "",
      "else {", "  \"short\"", "}", "## Doubles.", "fn f(x) =", "  x * 2", ":doc f",
    ])
    #expect(done.answers == "[3, 2, 1]\n\"short\"\nfn f(x)\n\nDoubles.\n")
    #expect(done.status == 0)
  }

  @Test func anEntryThatEndsTooEarlyIsAnError() {
    let done = Transcript.of(lines: ["fn f(x) {", "  x"])
    #expect(done.status == 1)
    #expect(done.messages.contains("error[E01"))
  }

  @Test func thePromptShowsTheDateAndAsksOn() {
    let done = Transcript.of(lines: ["fn f(x) {", "x }", ":as_of 2008-09-15", "f(1)"], interactive: true)
    #expect(done.prompts.first?.hasSuffix("> ") == true)
    #expect(done.prompts[1] == "        ... ")
    #expect(done.prompts[3] == "2008-09-15> ")
    #expect(done.remembered == ["fn f(x) {\nx }", ":as_of 2008-09-15", "f(1)"])
    #expect(done.answers == "_1 = 1\n")
  }

  @Test func anInterruptThrowsTheEntryAway() {
    let done = Transcript.of(
      [.text("let x = 1"), .text("fn f(a) {"), .interrupted, .text("x"), .text("fn g("), .interrupted, .end],
      interactive: true)
    #expect(done.answers == "_1 = 1\n")
    #expect(done.remembered == ["let x = 1", "x"])
  }

  @Test func errorsDoNotEndASessionAtATerminal() {
    let done = Transcript.of(lines: ["undefined", "1 +* 2", ":nothing", "40 + 2"], interactive: true)
    #expect(done.answers == "_1 = 42\n")
    #expect(done.status == 0)
  }

  @Test func aPasteIsOneEntry() {
    let done = Transcript.of([.text("fn f(x) {\n\tlet y = x * 2\n\ty\n}\nf(4)"), .text("1\n:vars")], interactive: true)
    #expect(done.answers.hasPrefix("_1 = 8\n_2 = 1\n"))
    #expect(done.remembered == ["fn f(x) {\n\tlet y = x * 2\n\ty\n}\nf(4)", "1", ":vars"])
  }

  @Test func aDataFolderThatChangesOrVanishesIsSaidOnce() {
    nonisolated(unsafe) var stamp: String? = "a"
    nonisolated(unsafe) var count = 0
    let data = SessionData(name: "data/us") { () throws(SessionDataFailure) in
      if stamp == nil { throw SessionDataFailure([.dataGone("data/us")]) }
      return SampleMarket.store()
    } stamp: {
      count += 1
      // Asked at the start, before each input and when it is loaded again.
      if count == 3 { stamp = "b" }
      if count == 5 { stamp = nil }
      return stamp
    }
    let done = Transcript.of(lines: ["1", "2", "3", "4", "5", ":reload", "6"], interactive: true, data: data)
    #expect(done.messages.ranges(of: "data/us has changed").count == 1)
    #expect(done.messages.ranges(of: "warning[W0945]: data/us is gone").count >= 1)
    #expect(done.answers.hasSuffix("_6 = 6\n"))
  }

  @Test func notesThatAreSaidAgainAreCounted() {
    let done = Transcript.of(lines: [
      "for i in 1..2000 { note(\"again\") }",
      "for i in 1..3 { note(if i % 2 == 1 { \"turn 1\" } else { \"turn 0\" }) }", "note(\"once\")",
    ])
    #expect(done.messages == "note: again (2,000 times)\nnote: turn 1 (2 times)\nnote: turn 0\nnote: once\n")
  }

  @Test(arguments: MetaCommand.all.map(\.name))
  func noCommandTrapsOnOddArguments(_ name: String) {
    // What is written goes nowhere.
    let folder = name == "save" ? "/nonexistent/" : ""
    let odd = [
      "-", "--", "---", "-1", "0", "99999999999999999999", "-99999999999999999999", "\"", "\"\"", "'", "=", "a=", "=a",
      ",",
      "*", "[", ")", "{", "\\", "\u{0}", "\u{1B}[31m", "~", "/", "..", ".", "--=", "--a=b", "1-", "-1-", "1--1", "2-1",
      String(repeating: "x", count: 10_000), String(repeating: "(", count: 10_000),
      String(repeating: "-", count: 10_000),
      "日本 é", "1e400", "nan", "\t", ": :", "?", "a b c d", "2008-09-15 2008-09-16 \"",
    ]
    let done = Transcript.of(lines: ["1 + 1"] + odd.map { ":\(name) \(folder)\($0)" } + ["2 + 2"]) { options in
      options.keepsGoing = true
      options.edit = { _ in false }
    }
    #expect(done.answers.hasPrefix("2\n"))
    #expect(name == "quit" || done.answers.hasSuffix("4\n"), "\(done.answers)")
    // What was typed is repeated in a line that can be read.
    let said = done.messages.split(separator: "\n").filter { $0.hasPrefix("error[E094") }
    #expect(said.allSatisfy { $0.count < 400 })
  }

  /// A device or a pipe might never end, or never begin, and is not to be replaced by a file.
  @Test(arguments: [":load /dev/zero", ":load /dev/null", ":load .", ":save /dev/null", ":save /dev/zero", ":save ."])
  func onlyFilesAreReadAndWritten(_ line: String) {
    let done = Transcript.of(lines: [line, ":save /dev/null", "2 + 2"]) { $0.keepsGoing = true }
    #expect(done.answers == "4\n")
    #expect(done.messages.components("error[E0943]") == 2, "\(done.messages)")
  }

  @Test func aNumberThatIsNoneOfAnInputIsAnErrorOfTheInput() {
    for line in [":edit -", ":replay --", ":replay 1-2-3", ":edit 0", ":edit 7", ":replay 9-8"] {
      let done = Transcript.of(lines: ["1 + 1", line, "2 + 2"]) { $0.edit = { _ in true } }
      #expect(done.answers == "2\n", "\(line)")
      #expect(done.status == 1, "\(line)")
      #expect(done.messages.contains("error[E0946]"), "\(line)")
    }
  }
}

extension String {
  /// How often a text stands in this one.
  fileprivate func components(_ text: String) -> Int {
    split(separator: text, omittingEmptySubsequences: false).count - 1
  }
}
