import Diagnostics
import Foundation
import Syntax
import Testing

@testable import Interpreter

/// What hover and `:type` show: the types that the checker knows.
@Suite struct TypeInformationTests {
  private func types(_ script: String) -> TypeInformation {
    CheckerTests.graph(script).types(library: CheckerTests.library)
  }

  private func text(_ name: String, in script: String) -> String? { types(script).declaration(name)?.text }

  @Test func functionsShowWhatTheirBodiesAsk() {
    #expect(
      text("momentum", in: "fn momentum(ticker) = close(ticker).lag(21)") == "fn momentum(ticker: string) -> series")
    #expect(
      text("f", in: "fn f(x: series, n: number = 20) -> number = mean(x.tail(n))")
        == "fn f(x: series, n: number = 20) -> number")
    // Handed on to a function of the script that hands it on to a builtin.
    let handedOn = text("g", in: "fn f(t) = close(t)\nfn g(name, n = 3) = f(name).tail(n)")
    #expect(handedOn?.hasPrefix("fn g(name: string, n: number") == true)
    #expect(handedOn?.hasSuffix(" = 3) -> series") == true)
    // What is added may be a number, a series, a map: nothing is said.
    #expect(text("h", in: "fn h(a, b) = a + b")?.hasPrefix("fn h(a, b) -> ") == true)
    #expect(text("k", in: "fn k(flag) = if flag { 1 } else { 2 }") == "fn k(flag: bool) -> number")
    #expect(text("signals", in: "fn signals(as_of) = [\"SPY\": 1]") == "fn signals(as_of: date) -> map[number]")
  }

  @Test func usesThatDisagreeSayNothing() {
    let found = text("f", in: "fn f(x) { let a = close(x)\n let b = x.upper().len() + sqrt(x)\n [a, b] }")
    #expect(found?.hasPrefix("fn f(x) -> list[") == true)
  }

  @Test func resultsAreThoseOfAllWays() {
    #expect(text("f", in: "fn f(x) { if x > 1 { return \"a\" }\n 2 }") == "fn f(x) -> number | string")
    #expect(text("f", in: "fn f(x) { if x > 1 { 2 } }") == "fn f(x) -> number?")
    #expect(text("f", in: "fn f(x) = if x > 1 { 2 } else { na }") == "fn f(x) -> number")
    #expect(
      text("f", in: "fn f() = if true { true } else { na }") == "fn f() -> number | bool"
        || text("f", in: "fn f() = if true { true } else { na }") == "fn f() -> bool")
    #expect(text("f", in: "fn f(n) = if n > 0 { f(n - 1) } else { 0 }") == "fn f(n) -> any")
  }

  @Test func valuesShowTheirTypes() {
    let script = """
      param n = 20
      state held = [:]
      let floor = 0.03
      let names = ["SPY", "IEF"]
      let table = ["SPY": [1, 2]]
      let ahead = 3mo
      let double = x -> x * 2
      """
    #expect(text("n", in: script) == "param n: number")
    #expect(text("held", in: script) == "state held: map")
    #expect(text("floor", in: script) == "let floor: number")
    #expect(text("names", in: script) == "let names: list[string]")
    #expect(text("table", in: script) == "let table: map[list[number]]")
    #expect(text("ahead", in: script) == "let ahead: duration")
    #expect(text("double", in: script) == "let double: function")
  }

  @Test func modulesAreSeenThrough() {
    #expect(text("w", in: "import portfolio\nlet w = [\"A\": 1].cap(0.5)") == "let w: map")
    #expect(text("f", in: "import portfolio\nlet f = portfolio.cap") == "let f: function")
  }

  @Test func whatStandsAtAPlace() throws {
    let script = "fn f(ticker) { let p = close(ticker)\n p.lag(1) }"
    let found = types(script)
    func offset(_ text: String) throws -> Int {
      script.utf8.distance(from: script.startIndex, to: try #require(script.range(of: text)?.lowerBound))
    }
    #expect(found.declaration(at: try offset("p ="))?.text == "let p: series")
    #expect(found.declaration(at: try offset("ticker)"))?.text == "ticker: string")
    let callee = try #require(found.expression(at: try offset("close")))
    #expect(["function", "series"].contains(callee.type))
    #expect(found.expression(at: try offset("p.lag"))?.type == "series")
    #expect(found.expression(at: try offset("1)"))?.type == "number")
    #expect(found.dataNames.isEmpty)
    #expect(types("fn f() = close(\"SPY\")").dataNames.map(\.name) == ["SPY"])
  }

  @Test func wrongUseOfAResultIsFoundThroughModules() {
    let found = CheckerTests.graph("import portfolio\nlet x = [\"A\": 1].cap(1).upper()").diagnostics
    #expect(found.map(\.code) == ["E0301"])
  }
}
