import Diagnostics
import Syntax
import Testing

@Test(arguments: [
  ("let = 1\nlet y = 2\nlet z = )\n", 2), ("fn f() {\n let = 1\n return )\n}\nlet = 3", 3),
  ("strategy \"a\" {\n costs 5bps\n rebalance: \"monthly\"\n slippage )\n}\nlet x = 1", 2),
  ("fn f() {\n g(a b,\n c\n d)\n let y = 1\n}", 1), ("let x = (1 +\nlet y = 2\nlet z = )", 2),
])
func severalErrorsAreReportedAtOnce(_ text: String, _ count: Int) { #expect(codes(text).count == count) }

@Test func afterTwentyErrorsTheRestIsCounted() {
  let found = codes(String(repeating: "let = 1\n", count: 500))
  #expect(found.count == 21)
  #expect(found.last == "E0111")
}

@Test(arguments: [
  ("let x = (1 +", true), ("fn f() {", true), ("fn f() {\n", true), ("fn f() {\n let x = 1\n", true),
  ("let x =", true), ("[1, 2,", true), ("let x = )", false), ("\"{a +}\"", false), ("let x = 1", false),
  ("let x = \"abc", false), ("let = 1\nfn f() {", false),
])
func aPromptWantsMoreOnlyWhereTheTextEndedEarly(_ text: String, _ expected: Bool) {
  #expect(parsePrompt(SourceFile(name: "prompt", text: text)).isIncomplete == expected)
}

private func nested(_ count: Int) -> String {
  String(repeating: "(", count: count) + "1" + String(repeating: ")", count: count)
}

@Test func bracketsNestTwoHundredDeep() {
  #expect(codes(expression: nested(200)).isEmpty)
  #expect(codes(expression: nested(201)) == ["E0108"])
}

@Test func anExpressionIsAThousandOperatorsDeepThroughItsBlocksToo() {
  #expect(codes(expression: "a" + String(repeating: " + a", count: 999)).isEmpty)
  #expect(codes(expression: "a" + String(repeating: " + a", count: 1_000)) == ["E0108"])
  let inner = "(if c { 1" + String(repeating: " + a", count: 600) + " } else { 2 })"
  #expect(codes(expression: inner + String(repeating: " + a", count: 600)) == ["E0108"])
}

@Test(arguments: [
  "-", "not ", "2 ** ", "x -> ", "(", "[", "f(", "a.b(", "\"{", "a ?? ", "if a { } else ", "{", "}", ")", "let ",
  ") ; ", "\"{ \"", "xs[", "1.", "fn f() { ", "a + ", "\\", "'", "\"{:", "if c { ", "#", "##\n", "\u{0}", "at d { ",
  "list[", "for a in ", "a.b", "else ", "2024-01-", "1_", "..", "?", ": ", ",", "[[a: ",
])
func aRunOfAnythingEndsQuickly(_ unit: String) {
  for head in ["", "let x = ", "fn f() { let y = "] {
    let text = head + String(repeating: unit, count: 4_000)
    let (_, diagnostics) = parse(SourceFile(name: "hostile", text: text))
    #expect(diagnostics.count <= 21)
  }
}

@Test func randomBytesAreParsedWithoutFail() {
  var seed: UInt64 = 42
  func next(_ bound: Int) -> Int {
    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(seed >> 33) % bound
  }
  let pieces = [
    "let ", "x", " = ", "(", ")", "[", "]", "{", "}", "\"", "{", ":", ",", "..", "->", "if ", "else ", "1",
    "2024-01-01", "\n",
    ";", "fn ", "at ", "\\", "#", "??", "not ", "in ", "for ", "\u{202E}", "é", "state ", "param ", "strategy ", "3mo",
    ".",
  ]
  for _ in 0..<1_000 {
    let text = (0..<next(40)).map { _ in pieces[next(pieces.count)] }.joined()
    let (_, diagnostics) = parse(SourceFile(name: "random", text: text))
    #expect(diagnostics.count <= 21)
    _ = parsePrompt(SourceFile(name: "random", text: text))
  }
}
