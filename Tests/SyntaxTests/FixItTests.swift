import Diagnostics
import Syntax
import Testing

@Test(arguments: [
  ("let x = a && b", "let x = a and b"), ("let x = a || b", "let x = a or b"), ("let x = !a", "let x = not a"),
  ("let x = 5%", "let x = 5pct"), ("let x = .5", "let x = 0.5"), ("let x = 1.", "let x = 1.0"),
  ("let x = 3m", "let x = 3mo"), ("let x = 007", "let x = 7"), ("let x = +y", "let x = y"),
  ("let x := 1", "let x = 1"), ("def f(x) = 1", "fn f(x) = 1"), ("x = 3", "let x = 3"),
  ("let x = f(a = 1)", "let x = f(a: 1)"), ("let x = a is none", "let x = a == none"),
  ("let x = a is not none", "let x = a != none"), ("let x = xs[1:2]", "let x = xs[1..<2]"),
  ("let x = 'SPY'", "let x = \"SPY\""), ("let f = x => x", "let f = x -> x"),
  ("fn f(x) { if x = 1 { 2 } }", "fn f(x) { if x == 1 { 2 } }"),
  ("fn f(x) { if x { 1 } elif x { 2 } }", "fn f(x) { if x { 1 } else if x { 2 } }"),
])
func aFixItMendsTheText(_ text: String, _ expected: String) {
  let file = SourceFile(name: "test.strat", text: text)
  let mended = file.applying(parse(file).diagnostics.flatMap(\.fixIts))
  #expect(String(decoding: mended.bytes, as: UTF8.self) == expected)
  #expect(parse(mended).diagnostics.isEmpty)
}

@Test func theExamplesOfEachRecordShowIt() {
  for record in SyntaxDiagnostics.records where !record.bad.isEmpty {
    #expect(codes(record.bad).contains(record.code), "\(record.code): \(record.bad)")
    #expect(codes(record.good).isEmpty, "\(record.code): \(record.good)")
  }
}
