import Testing

@testable import Interpreter

@Suite struct ProgramTests {
  /// Runs statements and compares what they print.
  func check(_ body: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(Running.output(of: body) == expected, sourceLocation: sourceLocation)
  }

  @Test func arithmeticFollowsPrecedence() {
    check("print(1 + 2 * 3, -2 ** 2, 2 ** -1, -3.abs(), 7 % 3, -7 % 3, 10 / 4)", "7 -4 0.5 -3 1 2 2.5")
    check("print(1 / 0, is_na(1 / 0), reason(1 / 0))", "na true division by zero")
    check("print(1e308 * 10, reason(1e308 * 10))", "na overflow")
  }

  @Test func valuesAreCopies() {
    check("let a = [1, 2]\nvar b = a\nb[0] = 9\nprint(a, b)", "[1, 2] [9, 2]")
    check(
      "var m = [\"x\": [1]]\nlet n = m\nm[\"x\"][0] = 5\nm.y = 2\nprint(m, n)", "[\"x\": [5], \"y\": 2] [\"x\": [1]]")
    check("var xs = [1]\nlet ys = xs\nxs += [2]\nxs = xs.push(3)\nprint(xs, ys)", "[1, 2, 3] [1]")
    check("var xs = [1, 2, 3]\nfor x in xs { xs = xs.push(x) }\nprint(xs)", "[1, 2, 3, 1, 2, 3]")
  }

  @Test func controlFlowAndReturns() {
    check("var s = 0\nfor i in 1..10 { if i % 2 == 0 { continue }\nif i > 7 { break }\ns += i }\nprint(s)", "16")
    check("var n = 0\nwhile true { n += 1\nif n == 5 { break } }\nprint(n)", "5")
    #expect(
      Running.run("fn f(n) { for i in 0..10 { if i == n { return i * 10 } }\n -1 }\ntest \"t\" { print(f(3), f(30)) }")
        == "30 -1")
    #expect(
      Running.run(
        "fn f(n) { let x = if n > 0 { n } else { return \"neg\" }\n x + 1 }\ntest \"t\" { print(f(1), f(-1)) }")
        == "2 neg")
    #expect(
      Running.run("fn fib(n) = if n < 2 { n } else { fib(n - 1) + fib(n - 2) }\ntest \"t\" { print(fib(20)) }")
        == "6765")
  }

  @Test func functionsAndLambdas() {
    #expect(
      Running.run(
        "fn f(a, b = a * 2, c = 1) = a + b + c\ntest \"t\" { print(f(1), f(1, 1), f(1, c: 5), f(b: 3, a: 1)) }")
        == "4 3 8 5")
    check(
      "let k = 3\nlet f = x -> x * k\nprint([1, 2].map(f), [1, 2].map(x -> { let y = x + k\n y * 2 }))",
      "[3, 6] [8, 10]")
    check("fn g(n) = if n == 0 { 0 } else { n + g(n - 1) }\nprint(g(4))", "10")
    check(
      "print([x * y for x in 1..3 for y in 1..2 if x != y], [k: v * 2 for k, v in [\"a\": 1, \"b\": 2]])",
      "[2, 2, 3, 6] [\"a\": 2, \"b\": 4]")
  }

  @Test func missingNumbersAndConditions() {
    check("print(na ?? 1, [\"a\": 1][\"b\"] ?? 2, [1, 2][5] ?? 3, none ?? 4)", "1 2 3 4")
    check("if na > 1 { print(1) }", "E0403 the condition `na > 1` is missing: missing")
    check("print(false and na > 1, na > 1 or true)", "false true")
  }

  @Test func stringsAndSlices() {
    check("let m = [\"SPY\": 0.25]\nprint(\"w {m[\"SPY\"]:.1%} of {1 + 1}\")", "w 25.0% of 2")
    check(
      "let xs = [0, 1, 2, 3, 4]\nprint(xs[1..<3], xs[-2..], xs[..1], \"hello\"[1..3], xs[0..<-1])",
      "[1, 2] [3, 4] [0, 1] ell [0, 1, 2, 3]")
  }

  @Test func limitsHold() {
    var limits = Limits()
    limits.steps = 10_000
    #expect(Running.output(of: "while true { }", limits: limits).hasPrefix("E0501"))
    #expect(Running.run("fn f(n) = f(n + 1)\ntest \"t\" { f(0) }").hasPrefix("E0503"))
    limits = Limits()
    limits.memory = 1 << 20
    #expect(Running.output(of: "var xs = [1]\nwhile true { xs = xs + xs }", limits: limits).hasPrefix("E0502"))
  }

  /// Copies of a state are charged and limited like every other value.
  @Test func aStateThatIsLargerThanItLooksEnds() {
    let nested = "state s = [1]\ntest \"t\" { for i in 1..100000 { s = [s] } }"
    #expect(Running.run(nested).hasPrefix("E0503 lists and maps are nested more than 1000 deep"))
    let doubled = "state s = [1]\ntest \"t\" { for i in 1..40 { s = [s, s] } }"
    #expect(Running.run(doubled).hasPrefix("E0502"))
  }
}
