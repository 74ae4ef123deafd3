import LanguageService
import Reporting
import Testing

@testable import REPL

struct LineEditingTests {
  @Test func coloursOfAPromptTakeNoColumns() {
    #expect(ScreenText.marked("\u{1B}[1;32mstrat\u{1B}[0m> ") == "\u{1}\u{1B}[1;32m\u{2}strat\u{1}\u{1B}[0m\u{2}> ")
    #expect(ScreenText.bare("\u{1B}[1mé\u{1B}[0m> ") == "é> ")
    #expect(ScreenText.marked("> ") == "> ")
    #expect(ScreenText.bare("a\u{1B}[") == "a")
  }

  @Test(
    arguments: [
      ("> ", "", 1), ("> ", String(repeating: "x", count: 8), 1), ("> ", String(repeating: "x", count: 9), 2),
      ("> ", "a\nb", 2), ("> ", "a\n", 1), ("> ", "日本日本", 1), ("> ", "日本日本日", 2), (">>> ", "\tx", 1),
      ("> ", String(repeating: "x", count: 8) + "\ny", 3), ("\u{1B}[1m>\u{1B}[0m ", "12345678", 1),
    ] as [(String, String, Int)])
  func rowsAreCountedAsTheEditorShowsThem(_ prompt: String, _ text: String, _ rows: Int) {
    #expect(ScreenText.rows(prompt: prompt, text: text, columns: 10) == rows)
  }

  @Test func codeIsPaintedLineByLine() {
    let colour = Terminal(usesColour: true)
    #expect(SourcePainter.paint("let x = 1", colour) == "\u{1B}[1mlet\u{1B}[0m x = \u{1B}[36m1\u{1B}[0m")
    #expect(SourcePainter.paint("let x = 1", Terminal()) == "let x = 1")
    for line in SourcePainter.paint("# a\n\"b\"\n", colour).split(separator: "\n") {
      #expect(line.hasSuffix("\u{1B}[0m"))
    }
  }

  private func lines(_ candidates: [Candidate], total: Int? = nil, rows: Int = 24, columns: Int = 40) -> [String] {
    let completion = Completion(
      range: 0..<0, insertion: "", candidates: candidates, total: total ?? candidates.count)
    return CandidateList(completion: completion, terminal: Terminal()).lines(rows: rows, columns: columns)
  }

  @Test func namesStandInColumns() {
    let names = ["A", "BB", "CCC", "D", "E", "F", "G"].map { Candidate($0, .ticker) }
    #expect(lines(names, columns: 21) == ["A    CCC  E    G", "BB   D    F"])
  }

  @Test func whatIsToldStandsBehind() {
    let found = [
      Candidate("sma", .builtin, signature: "sma(x: series, n: number) -> series", documentation: "The mean."),
      Candidate("span", .argument, signature: "number = 20", documentation: ""),
    ]
    #expect(lines(found, columns: 80) == ["sma(x: series, n: number) -> series  The mean.", "span: number = 20"])
    for line in lines(found, columns: 30) { #expect(DisplayWidth.of(line) < 30) }
  }

  @Test func longListsAreCut() {
    let many = (0..<300).map { Candidate("T\($0)", .ticker) }
    let found = lines(many, total: 20_000, rows: 10, columns: 40)
    #expect(found.count == 7 && found.last == "… 19,964 more")
    let told = (0..<50).map { Candidate("f\($0)", .builtin, signature: "f\($0)()", documentation: "Does.") }
    #expect(lines(told, rows: 10, columns: 80).last == "… 44 more")
  }
}
