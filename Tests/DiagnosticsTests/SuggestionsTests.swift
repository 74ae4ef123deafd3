import Diagnostics
import Testing

@Test(arguments: [
  ("clsoe", ["close"]), ("Close", ["close"]), ("mebmers", ["members"]), ("zzzzzz", []), ("hihg", ["high"]),
])
func closeNamesAreSuggested(_ name: String, _ expected: [String]) {
  #expect(Suggestions.close(to: name, among: ["close", "open", "high", "low", "members"]) == expected)
}

@Test func placesCountCodePointsAndBothLineEnds() {
  let file = SourceFile(name: "a.strat", text: "let é = 1\r\nlet y = 2")
  #expect(file.position(of: 7) == (1, 7))
  #expect(file.position(of: 12) == (2, 1))
  #expect(String(decoding: file.line(1), as: UTF8.self) == "let é = 1")
}

@Test func aSpanBeyondTheTextIsClamped() {
  let file = SourceFile(name: "a.strat", text: "abc")
  #expect(file.text(Span(1, 99)) == "bc")
  #expect(file.position(of: 99) == (1, 4))
}
