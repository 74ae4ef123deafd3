import Diagnostics
import Reporting
import Testing

/// What is shown of a problem at the first place where a text stands.
private func shown(
  _ source: String, at text: String, notes: [(String, String)] = [], fix: String? = nil,
  terminal: Terminal = Terminal()
) -> [String] {
  let file = SourceFile(name: "a.strat", text: source)
  func span(_ text: String) -> Span {
    let bytes = Array(text.utf8)
    let lower = file.bytes.indices.first { file.bytes[$0...].starts(with: bytes) } ?? 0
    return Span(lower, lower + bytes.count)
  }
  let record = DiagnosticRecord("E0999", "for this test", explanation: "It is made up.")
  let diagnostic = Diagnostic(
    record, "wrong", at: .source(file, span(text)), notes: notes.map { Note($0.0, at: .source(file, span($0.1))) },
    fixIts: fix.map { [FixIt(span(text), $0)] } ?? [])
  return Array(DiagnosticText(terminal).lines(diagnostic).dropFirst(2))
}

@Suite struct DiagnosticTextTests {
  /// A terminal would break a long line anywhere; a pipe takes it whole.
  @Test(arguments: [40, 60, 80]) func longLinesAreBrokenBetweenWords(width: Int) {
    let record = DiagnosticRecord("E0999", "for this test", explanation: "It is made up.")
    let message = "the price of SPY on 2021-04-15 is 11 sessions old, which is more than `max_stale` allows it to be"
    let note = "ask for the last price with `last(SPY)`, or say that any age will do with `max_age: none` in the call"
    let diagnostic = Diagnostic(record, message, notes: [Note(note)])
    let broken = DiagnosticText(Terminal(width: width, breaksLines: true)).lines(diagnostic)
    #expect(broken.allSatisfy { DisplayWidth.of($0) <= width }, "\(broken)")
    let words = broken.flatMap { $0.split(separator: " ") }
    #expect(words.joined(separator: " ") == "error[E0999]: \(message) = \(note)")
    #expect(
      DiagnosticText(Terminal(width: width)).lines(diagnostic) == ["error[E0999]: \(message)", "   = \(note)"])
  }

  @Test func caretsStandUnderWideAndCombiningCharacters() {
    #expect(shown("let 価格 = x", at: "x") == ["  |", "1 | let 価格 = x", "  |            ^"])
    #expect(shown("let s = \"👩‍👩‍👧🇩🇪e\u{301}\" + x", at: "x").last == "  |                   ^")
    #expect(shown("let 価格 = 1", at: "価格").last == "  |     ^^^^")
  }

  @Test func tabsAreShownAsSpaces() {
    #expect(shown("\tlet\tx", at: "x") == ["  |", "1 |     let x", "  |         ^"])
  }

  @Test func notesOfTheFileAreDrawn() {
    #expect(
      shown("let a = 1\n\n\nlet bb = 2", at: "bb", notes: [("first here", "a =")]) == [
        "  |", "1 | let a = 1", "  |     --- first here", "...", "4 | let bb = 2", "  |     ^^",
      ])
  }

  @Test func aSpanOverLinesMarksItsEnds() {
    #expect(
      shown("let a = [1,\n  2,\n  3]", at: "[1,\n  2,\n  3]") == [
        "  |", "1 | let a = [1,", "  |         ^^^", "...", "3 |   3]", "  |   ^^",
      ])
  }

  @Test func controlCharactersDoNotReachTheTerminal() {
    #expect(shown("let x = \u{1B}[31m", at: "x")[1] == "1 | let x = ␛[31m")
  }

  @Test func fixItsAreShownAsTheChangedLine() {
    #expect(
      shown("let x = &&", at: "&&", fix: "and").suffix(4) == [
        "help: write `and`", "  |", "1 | let x = and", "  |         ~~~",
      ])
    #expect(shown("let x = +1", at: "+", fix: "").suffix(3) == ["help: remove `+`", "  |", "1 | let x = 1"])
    #expect(
      shown("if x:\n  y", at: ":", fix: " {").suffix(4) == ["help: write `{`", "  |", "1 | if x {", "  |      ~"])
  }

  @Test func aLongLineIsShownAroundThePlace() {
    let long = "let x = \"" + String(repeating: "a", count: 400) + "\" + y + \"" + String(repeating: "b", count: 400)
    let lines = shown(long, at: "y")
    #expect(lines[1].contains("\" + y + \""))
    #expect(lines[1].hasPrefix("1 | …a") && lines[1].hasSuffix("b…"))
    #expect(lines[1].count <= 100)
    let caret = lines[2].firstIndex(of: "^").map { lines[2].distance(from: lines[2].startIndex, to: $0) }
    let place = lines[1].firstIndex(of: "y").map { lines[1].distance(from: lines[1].startIndex, to: $0) }
    #expect(caret == place)
  }

  @Test func aLineOfMegabytesIsShownAtOnce() {
    let long = "let x = \"" + String(repeating: "é", count: 5_000_000) + "\" + y"
    let file = SourceFile(name: "a.strat", text: long)
    let record = DiagnosticRecord("E0999", "for this test", explanation: "It is made up.")
    let end = file.bytes.count
    let span = Span(end - 1, end)
    let diagnostic = Diagnostic(record, "wrong", at: .source(file, span), fixIts: [FixIt(span, "z")])
    let clock = ContinuousClock()
    var lines: [String] = []
    let time = clock.measure { lines = DiagnosticText(Terminal()).lines(diagnostic) }
    #expect(lines[3].hasSuffix("é\" + y") && lines.allSatisfy { $0.count < 120 })
    #expect(lines[7].hasSuffix("é\" + z"))
    // Without optimisation a pass over the bytes takes most of this; what is shown takes none of it.
    #expect(time < .seconds(2))
  }

  @Test func colourComesWithATerminalOnly() {
    let plain = shown("let x = 1", at: "x", fix: "y")
    let coloured = shown("let x = 1", at: "x", fix: "y", terminal: Terminal(usesColour: true))
    #expect(!plain.joined().contains("\u{1B}") && coloured.joined().contains("\u{1B}[31m^"))
    for environment in [["NO_COLOR": "1"], ["TERM": "dumb"]] {
      #expect(!Terminal(descriptor: 1, environment: { environment[$0] }).usesColour)
    }
  }
}
