import Diagnostics
import Syntax
import Testing

@Test(arguments: [
  ("1", 1), ("1_000_000", 1_000_000), ("0.5", 0.5), ("1.5e-3", 0.0015), ("25bps", 0.0025), ("7pct", 0.07),
  ("0.1pct", 0.001), ("1e2bps", 0.01), ("29pct", 0.29), ("3.3bps", 0.00033),
])
func aNumberIsTheNearestDouble(_ text: String, _ expected: Double) {
  guard case .number(let number)? = value(text)?.kind else {
    Issue.record("\(text) is no number")
    return
  }
  #expect(number == expected)
}

@Test(arguments: [
  "007", "01.5", "00", "1__0", "1_", "1e999", "3m", "1x", "1.5d", "2024-01", "1e99999999999999999999bps",
  "1e9223372036854775807pct", "1e-9223372036854775808bps x",
])
func aMisspeltNumberIsAnError(_ text: String) { #expect(!codes(expression: text).isEmpty) }

@Test(arguments: ["10d", "2w", "3mo", "1y", "21bd", "2024-02-29"])
func durationsAndDatesAreRead(_ text: String) { #expect(codes(expression: text).isEmpty) }

@Test(arguments: ["2024-02-30", "2024-1-5", "2024-01-31x", "0000-01-01"])
func anImpossibleDateIsAnErrorAtItsPlace(_ text: String) { #expect(codes(expression: text) == ["E0103"]) }

@Test func aSubtractionWithoutSpacesIsNoDate() {
  #expect(grouped("2024-1") == "(2024.0 - 1.0)")
  #expect(grouped("1..5") == "(1.0 .. 5.0)")
  #expect(grouped("5.max(3)") == "5.0.max(3.0)")
}

@Test(arguments: [
  #""a\n\r\t\"\\\{\}\u{1F600}""#, #""{x}""#, #""{x:.2f} and {y:>10,.1%}""#, #""{m["SPY"]}""#,
  #""{f("a{b}c")}""#, #""{[k: 1][k]:d}""#, #""é漢😀""#,
])
func aStringIsRead(_ text: String) { #expect(codes(expression: text).isEmpty) }

@Test(arguments: [#""abc"#, #""a\qb""#, #""{""#, #""{}""#, #""a}""#, #""\u{110000}""#, #""\u{}""#, #""{a""#])
func aBrokenStringIsOneError(_ text: String) { #expect(codes(expression: text) == ["E0104"]) }

@Test func aMarkAtTheStartAndEitherLineEndAreAccepted() {
  #expect(codes("\u{FEFF}let x = 1\r\nlet y = 2\r\n").isEmpty)
  #expect(codes("#!/usr/bin/env strat\nlet x = 1").isEmpty)
}

@Test func textThatIsNoTextIsRefused() {
  #expect(codes("let x = 1 # \u{202E}").first == "E0101")
  #expect(codes("let x = \u{0}1").first == "E0101")
  let (_, diagnostics) = parse(SourceFile(name: "a", bytes: Array("let x = 1 ".utf8) + [0xFF, 0xC0]))
  #expect(diagnostics.first?.code == "E0101")
}

@Test(arguments: [
  "fn f(x) {\n  x\n    .abs()\n    .max(1)\n}", "let x = [1,\n 2\n, 3\n]", "let x = 1 +\n  2", "let x =\n 1",
  "let x = true\n  and false\n  or true", "let x = na\n ?? 1", "fn f() { if true { 1 }\n else { 2 } }",
  "let f = [1].map(x -> {\n let y = x\n y\n})", "let x = 1; let y = 2;", "fn f() {\n return\n}",
])
func aNewlineDoesNotEndWhatGoesOn(_ text: String) { #expect(codes(text).isEmpty) }

@Test func aLineThatBeginsWithABracketOrMinusIsAStatementOfItsOwn() {
  let (unit, diagnostics) = parse(SourceFile(name: "a", text: "fn f(a) {\n a\n -1\n (a)\n [a]\n}"))
  #expect(diagnostics.isEmpty)
  guard case .block(let block)? = unit.functions.first?.body else {
    Issue.record("no block")
    return
  }
  #expect(block.statements.count == 4)
}
