import Syntax
import Testing

@Test(arguments: [
  ("-2 ** 2", "(- (2.0 ** 2.0))"), ("2 ** -1", "(2.0 ** (- 1.0))"), ("2 ** 3 ** 2", "(2.0 ** (3.0 ** 2.0))"),
  ("-3.abs()", "(- 3.0.abs())"), ("1 - 2 - 3", "((1.0 - 2.0) - 3.0)"), ("1 + 2 * 3", "(1.0 + (2.0 * 3.0))"),
  ("a and b or c and not d", "((a and b) or (c and (not d)))"), ("a or b ?? c", "((a or b) ?? c)"),
  ("up and p > q ?? false", "((up and (p > q)) ?? false)"), ("a ?? b ?? c", "((a ?? b) ?? c)"),
  ("x not in xs", "(x not in xs)"), ("not x in xs", "(not (x in xs))"), ("10..1 step -1", "(10.0 .. 1.0 step (- 1.0))"),
  ("a + 1..<b", "((a + 1.0) ..< b)"), ("x -> y -> x + y", "(x -> (y -> (x + y)))"), ("() -> 1", "( -> 1.0)"),
  ("(a, b) -> a", "(a b -> a)"), ("f(a, b: 1)(2)", "f(a b: 1.0)(2.0)"),
  ("range(0, 9, step: 2)", "range(0.0 9.0 step: 2.0)"),
  ("xs[2..<5]", "xs[2.0:5.0]"), ("xs[-3..]", "xs[(- 3.0):=]"), ("xs[..<2]", "xs[:2.0]"), ("xs[..]", "xs[:=]"),
  ("m.if.b", "m.if.b"),
])
func operatorsGroupAsTheTableSays(_ text: String, _ expected: String) { #expect(grouped(text) == expected) }

@Test func everyOperatorHasOneRow() {
  for operation in BinaryOperator.allCases {
    #expect(OperatorTable.rows.count { $0.operation == operation } == 1, "\(operation)")
  }
  #expect(OperatorTable.rows.map(\.level) == OperatorTable.rows.map(\.level).sorted())
}

@Test(arguments: [
  ("a < b < c", "E0109"), ("a ?? b and c", "E0110"), ("a ?? not b", "E0110"), ("a && b", "E0107"),
  ("a || b", "E0107"), ("!a", "E0107"), ("a ? b : c", "E0107"), ("7 // 2", "E0107"), ("5%", "E0107"),
  ("{\"a\": 1}", "E0107"), ("+x", "E0107"), ("f(**kwargs)", "E0107"), ("x is none", "E0107"),
  ("x is not none", "E0107"),
  (".5", "E0107"), ("1.", "E0107"), ("xs[1:2]", "E0107"), ("xs[:2]", "E0107"), ("f(a = 1)", "E0107"),
  ("x => x", "E0107"), ("lambda x: x", "E0107"), ("'text'", "E0107"), ("(1, 2)", "E0107"), ("x |> f", "E0107"),
  ("xs[a or 1..]", "E0105"), ("1..2..3", "E0105"), ("f(a: 1, 2)", "E0105"), ("(1 + 2", "E0106"),
])
func aSpellingOfAnotherLanguageIsAnswered(_ text: String, _ code: String) {
  #expect(codes(expression: text).first == code)
}

@Test(arguments: [
  ("def f(x) = 1", "E0107"), ("function f(x) { 1 }", "E0107"), ("x = 3", "E0107"), ("let x := 3", "E0107"),
  ("fn f(x) { if x = 1 { 2 } }", "E0107"), ("fn f(x) { if x { 1 } elif x { 2 } }", "E0107"),
  ("fn f(x): 1", "E0107"), ("strategy \"a\" { costs = 1 }", "E0107"), ("return 1", "E0105"),
])
func aForeignDeclarationIsAnswered(_ text: String, _ code: String) { #expect(codes(text).first == code) }
