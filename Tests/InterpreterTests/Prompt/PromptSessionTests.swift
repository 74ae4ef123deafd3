import Diagnostics
import Foundation
import MarketModel
import Syntax
import Testing

@testable import Interpreter

/// Modules from a dictionary.
private struct Modules: ModuleSource {
  var texts: [String: String] = [:]

  func module(_ reference: ModuleReference, importedBy importer: SourceFile) -> Result<ModuleText, Diagnostic> {
    guard case .name(let name) = reference, let text = texts[name] else { return .failure(.importFailed("no module")) }
    return .success(ModuleText(key: name, displayName: name, file: SourceFile(name: name + ".strat", text: text)))
  }
}

/// A session of a test: what it answers, as text.
final class PromptBench {
  let session: PromptSession

  init(modules: [String: String] = [:], limits: Limits = Limits()) {
    session = PromptSession(
      library: BuiltinLibrary(BuiltinLibrary.coreBuiltins), source: Modules(texts: modules), limits: limits,
      host: BareHost())
  }

  /// The results of an input as literals, `; ` between them; the codes of its errors, `!` before them.
  func answer(_ text: String) -> String {
    do throws(PromptFailure) {
      let outcome = try session.enter(text, asOf: nil)
      let warnings = outcome.warnings.map { "?" + $0.code }
      return (outcome.events.compactMap { literal($0) } + warnings).joined(separator: "; ")
    } catch {
      return error.diagnostics.filter { $0.severity == .error }.map { "!" + $0.code }.joined(separator: " ")
    }
  }

  private func literal(_ event: PromptOutcome.Event) -> String? {
    guard case .result(_, let value) = event else { return nil }
    return try? ValueText.literal(value, session.machine.evaluation, depth: 0)
  }

  /// Gives inputs and expects their answers, in order.
  func expect(_ inputs: (String, String)..., at place: SourceLocation = #_sourceLocation) {
    for (input, expected) in inputs {
      let found = answer(input)
      #expect(found == expected, "`\(input)`", sourceLocation: place)
    }
  }
}

@Suite struct PromptSessionTests {
  @Test func expressionsAreAnswered() {
    PromptBench().expect(
      ("1 + 1", "2"), ("\"a\" + \"b\"", "\"ab\""), ("[1, 2, 3].map(x -> x * 2)", "[2, 4, 6]"),
      ("[\"a\": 1]", "[\"a\": 1]"), ("2024-01-31 + 1mo", "2024-02-29"), ("none", "none"), ("1; 2", "1; 2"),
      ("if 1 < 2 { \"yes\" } else { \"no\" }", "\"yes\"; ?W0206"))
  }

  @Test func valuesLiveOn() {
    PromptBench().expect(
      ("let x = [1, 2]", ""), ("let [a, b] = x", ""), ("a + b", "3"), ("var n = 1", ""), ("n += x.len()", ""),
      ("n", "3"), ("var m = [:]", ""), ("m[\"k\"] = x", ""), ("m[\"k\"][0] = 9", ""), ("m", "[\"k\": [9, 2]]"),
      ("x", "[1, 2]"), ("for i in 1..3 { n += i }", ""), ("n", "9"))
  }

  @Test func everyDeclarationWorks() {
    let bench = PromptBench(modules: ["tools": "let base = 10\nparam k = 2\nfn twice(x) = x * k"])
    bench.expect(
      ("import tools", ""), ("tools.twice(4)", "8"), ("3.twice()", "6"), ("tools.base", "10"),
      ("param n = 20 in 10..30", ""), ("fn f(x, by = n) -> number = x * by", ""), ("f(2)", "40"), ("2.f(by: 3)", "6"),
      ("state count = 0", ""), ("count = count + 1", ""), ("count", "1"), ("fn bump() { count += 10 }", ""),
      ("bump()", "none"), ("count", "11"), ("strategy \"s\" { rebalance: \"monthly\" }", ""),
      ("test \"f\" { assert f(1) == 20; count = 5 }", ""), ("count", "11"),
      ("test \"wrong\" { assert f(1) == 21 }", "!E0408"), ("f.name", "!E0301"), ("param n = 5 in 10..30", "!E0412"))
  }

  @Test func laterFunctionsSeeTheNewDefinition() {
    PromptBench().expect(
      ("fn g(x) = x + 1", ""), ("fn f(x) = g(x) * 10", ""), ("f(1)", "20"), ("fn g(x) = x + 2", ""), ("f(1)", "30"),
      ("let k = 2", ""), ("fn h() = k", ""), ("h()", "2"), ("let k = [3]", ""), ("h()", "[3]"), ("let g = 5", ""),
      ("g", "5"), ("f(1)", "!E0303"), ("fn g(x) = x", ""), ("f(1)", "10"))
  }

  @Test func aFunctionThatDoesNotFitIsKeptUntilItDoes() {
    PromptBench().expect(
      ("fn g(x) = x", ""), ("fn f(x) = g(x)", ""), ("fn g(x, y) = x + y", "?W0290"), ("f(1)", "!E0409"),
      ("g(1, 2)", "3"),
      ("fn g(x, y = 5) = x + y", ""), ("f(1)", "6"))
  }

  @Test func aFailedInputChangesNothing() {
    let bench = PromptBench()
    bench.expect(
      ("let x = 1", ""), ("var v = [1]", ""), ("fn f() = x", ""),
      ("x = 2", "!E0203"), ("v[0] = 5; v.push(1)[9]", "!E0404"), ("v", "[1]"),
      ("let x = 7; let y = x + 1; undefined", "!E0201"), ("x", "1"), ("y", "!E0201"),
      ("fn f() = 2; let z = [][0]", "!E0404"), ("f()", "1"), ("let x = error(\"no\")", "!E0409"), ("x", "1"),
      ("import nothing", "!E0208"), ("fn q() = missing_name", "!E0201"), ("q()", "!E0201"))
  }

  @Test func resultsHaveNames() {
    let bench = PromptBench()
    bench.expect(
      ("_", "!E0201"), ("21", "21"), ("_ * 2", "42"), ("_1 + _2", "63"), ("_", "63"), ("let _3 = \"mine\"", ""),
      ("_3", "\"mine\""), ("let add = x -> x + _1", ""), ("add(1)", "22"), ("_9", "!E0201"))
    for number in 0..<PromptSession.keptResults + 10 { _ = bench.answer("\(number)") }
    bench.expect(("add(1)", "22"), ("_2", "!E0201"))
  }

  @Test func functionValuesOutliveTheirInput() {
    PromptBench().expect(
      ("fn make(n) = x -> x + n", ""), ("let add5 = make(5)", ""), ("fn make(n) = 0", ""), ("add5(1)", "6"),
      ("let fs = [add5, y -> y * 2]", ""), ("1 + 1", "2"), ("fs[1](4) + fs[0](1)", "14"), ("let a = abs", ""),
      ("a(-3)", "3"))
  }

  @Test func functionsDoNotSeeVariables() {
    PromptBench().expect(
      ("var v = 1", ""), ("fn f() = v", "!E0204"), ("[1].map(x -> x + v)", "!E0204"), ("[x + v for x in [1]]", "[2]"))
  }

  @Test func incompleteInputIsKnown() {
    for text in ["fn f(x) {", "[1,", "1 +", "let x =", "if true {\n 1", "f(1,\n"] {
      #expect(PromptSession.isIncomplete(text), "\(text)")
    }
    for text in ["1", "fn f(x) = x", "", "# note", "1 + }", "let x = 1\nx"] {
      #expect(!PromptSession.isIncomplete(text), "\(text)")
    }
  }

  @Test func problemsStandWhereTheyWereTyped() throws {
    let bench = PromptBench()
    _ = bench.answer("let a = 1")
    _ = bench.answer("## Adds.\nfn f(x) {\n  let y = x[0]\n  y\n}")
    do throws(PromptFailure) {
      _ = try bench.session.enter("f([])", asOf: nil)
      Issue.record("an index out of range was found")
    } catch {
      let problem = try #require(error.diagnostics.first)
      #expect(problem.location?.name == "[2]")
      #expect(problem.location?.start.line == 3)
      #expect(problem.notes.compactMap { $0.location?.name } == ["[3]"])
    }
  }

  @Test func endlessLoopsStopWhenAsked() {
    let bench = PromptBench()
    _ = bench.answer("let x = 5")
    bench.session.machine.cancellation.clear()
    let session = bench.session
    nonisolated(unsafe) let target = session
    let clock = ContinuousClock()
    let start = clock.now
    // On a thread of its own: the tests beside this one may hold all of the pool's.
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.2)
      target.interrupt()
    }
    bench.expect(("while true { }", "!E0505"), ("x", "5"))
    #expect(clock.now - start < .seconds(20))
  }

  @Test func memoryIsFlat() {
    let bench = PromptBench()
    _ = bench.answer("let xs = [k * k for k in 1..100]")
    _ = bench.answer("fn f(x) = [x, x]")
    _ = bench.answer("var n = [0]")
    var largest = 0
    for number in 0..<10_000 {
      switch number % 5 {
      case 0: _ = bench.answer("xs.map(x -> x + \(number))")
      case 1: _ = bench.answer("n = n.push(\(number)).last(50)")
      case 2: _ = bench.answer("let y = f(_)")
      case 3:
        // What an input gives is whole, whatever it makes garbage of.
        let text = "let g = z -> z + y.len()\n\"text number {g(\(number))}\""
        bench.expect((text, "\"text number \(number + 2)\""))
      default: _ = bench.answer("\"text number {g(\(number))}\"")
      }
      if number >= 2_000 { largest = max(largest, bench.session.store.used) }
    }
    #expect(largest < 9 << 20)
    #expect(bench.session.store.programs.count < 80)
    #expect(bench.session.slots.count < 20)
    bench.expect(("xs.len()", "100"), ("n.len()", "50"), ("g(1)", "3"))
  }

  @Test func aTraceLooksIntoFunctionsAndLeavesTheSessionAsItWas() throws {
    let bench = PromptBench(modules: ["m": "let [a, b] = [1, 2]\nfn add(x) = x + b"])
    bench.expect(
      ("import m", ""), ("let k = 10", ""), ("state n = [1]", ""), ("var v = 1", ""), ("k * 2", "20"),
      ("fn f(x) {\n n = n.push(x)\n let y = m.add(x) * k\n y\n}", ""))
    for _ in 0..<50 {
      let trace = try #require(try bench.session.trace("f(3) + _ + v", asOf: nil, .everything))
      let root = try #require(trace.root)
      #expect(trace.failure == nil)
      #expect(root.value == "71")
      let call = try #require(root.children.first?.children.first)
      #expect(call.text == "f(3)")
      #expect(call.children.last?.text == "y")
      let product = try #require(call.children.first { $0.text == "m.add(x) * k" })
      #expect(product.children.first?.children.last?.text == "x + b")
    }
    // What no name is for is given back.
    let slots = bench.session.slots.count
    _ = try bench.session.trace("f(3)", asOf: nil, .everything)
    #expect(bench.session.slots.count == slots)
    bench.expect(("n", "[1]"), ("v", "1"), ("f(2)", "40"), ("n", "[1, 2]"), ("m.add(1)", "3"), ("_2", "[1]"))
  }

  @Test func aTraceSaysWhereAnEvaluationStopped() throws {
    let bench = PromptBench()
    bench.expect(("fn f(x) = [1, 2][x]", ""))
    let trace = try #require(try bench.session.trace("f(7) + 1", asOf: nil, .everything))
    #expect(trace.root?.failed == true)
    #expect(trace.failure?.severity == .error)
    #expect(try bench.session.trace("let x = 1", asOf: nil, .everything) == nil)
    #expect(throws: PromptFailure.self) { try bench.session.trace("g(1)", asOf: nil, .everything) }
    bench.expect(("f(1)", "2"))
  }

  @Test func anExpressionHasATypeBeforeItIsEvaluated() throws {
    let bench = PromptBench(modules: ["m": "fn add(x: number, y: number = 2) = x + y"])
    bench.expect(("import m", ""), ("fn half(x: number) = x / 2", ""), ("let k = 10", ""))
    let session = bench.session
    #expect(try session.type(of: "half") == "fn half(x: number) -> number")
    #expect(try session.type(of: "m.add") == "fn add(x: number, y: number = 2) -> number")
    #expect(try session.type(of: "half(error(\"not evaluated\"))") == "number")
    #expect(try session.type(of: "[half(k)]") == "list[number]")
    // The values know better.
    #expect(try session.type(of: "k") == nil)
    #expect(throws: PromptFailure.self) { try session.type(of: "nothing_like_it") }
  }

  @Test func whatGaveANameItsValueIsKnown() {
    let bench = PromptBench()
    bench.expect(("let a = 1 + 2", ""), ("a * 3", "9"), ("let [b, c] = [1, 2]", ""), ("let a = 5", ""))
    #expect(bench.session.origin(of: "a")?.text == "5")
    #expect(bench.session.origin(of: "_1")?.text == "a * 3")
    #expect(bench.session.origin(of: "b") == nil)
  }
}
