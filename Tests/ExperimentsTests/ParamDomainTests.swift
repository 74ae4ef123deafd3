import Backtest
import Diagnostics
import Interpreter
import MarketModel
import Scripting
import Testing

@testable import Experiments

private let text = """
  param n = 20 in 5..50 step 5
  param x = 0.5 in 0..<1
  param word = "a" in ["a", "b"]
  param on = true
  param back = 3mo in [1mo, 3mo, 10d]
  param first = 2006-01-31
  fn signals(as_of) = ["SPY": if on and word == "a" and back == 3mo and first < as_of { x } else { n / 50 }]

  """

/// The domain of a param is one value, and every place that gives params asks it.
@Suite struct ParamDomainTests {
  private static func script() throws -> Script { try Script.load(SourceFile(name: "p.strat", text: text)) }

  private static func domain(_ name: String) throws -> ParamDomain { try ParamValues.domain(name, try script()) }

  /// Code and message of what a value meets by each way: a run, a line of a file, a sweep, the prompt, the checker.
  private static func said(_ name: String, _ value: String) throws -> [(way: String, said: String)] {
    func of(_ work: @escaping @Sendable () throws -> Void) -> String {
      do {
        try onLargeStack(work)
        return "taken"
      } catch {
        let problem = error as? Diagnostic ?? (error as? PromptFailure)?.diagnostics.first
        return "\(problem?.code ?? "\(error)") \(problem?.message ?? "")"
      }
    }
    let script = try script()
    return [
      (
        "run",
        of {
          var values = ParamValues()
          try values.set(name, value, of: script)
          _ = try ScriptRun(script, values, on: sample, settings()).strategy()
        }
      ),
      (
        "file",
        of {
          var params = BatchParams()
          try params.read(Array("\(name): '\(value)'\n".utf8), name: "params.yaml")
          let values = try params.values(script, path: "p.strat").values
          _ = try ScriptRun(script, values, on: sample, settings()).strategy()
        }
      ),
      (
        "sweep",
        of {
          _ = try Sweep(script, on: sample, settings(), .grid) { domains throws(Diagnostic) in
            [
              try SweepAxis(name, value, of: script, domains),
              try SweepAxis("x", "0.25..0.5:0.25", of: script, domains),
            ]
          }
        }
      ),
      (
        "prompt",
        of {
          let session = MarketSession(store: sample)
          _ = try session.load(SourceFile(name: "p.strat", text: text))
          try session.set(param: name, value)
        }
      ),
    ]
  }

  @Test(
    arguments: [
      ("n", "51", "E0412 param `n` is 51, outside 5..50"),
      ("n", "7.5", "E0412 param `n` takes whole numbers of 5..50, 7.5 was given"),
      ("word", "c", "E0412 param `word` cannot be \"c\": it is none of [\"a\", \"b\"]"),
      ("back", "6mo", "E0412 param `back` cannot be 6mo: it is none of [1mo, 3mo, 10d]"),
      ("back", "10bd", "E0412 param `back` cannot be 10bd: it is none of [1mo, 3mo, 10d]"),
      ("n", "many", "E0901 `many` is no value for the param `n`"),
      ("on", "yes", "E0901 `yes` is no value for the param `on`"),
      ("back", "3", "E0901 `3` is no value for the param `back`"),
      ("first", "2006", "E0901 `2006` is no value for the param `first`"),
      ("nn", "5", "E0901 the script has no param `nn`"),
      ("n", "7", "taken"), ("word", "b", "taken"), ("back", "10d", "taken"), ("first", "2007-02-01", "taken"),
    ])
  func everyWayInSaysTheSame(name: String, value: String, expected: String) throws {
    for (way, said) in try Self.said(name, value) where name != "nn" || way != "file" {
      #expect(said == expected, "\(name)=\(value) by the \(way)")
    }
  }

  @Test(
    arguments: [
      ("param n = 51 in 5..50", "param `n` is 51, outside 5..50"),
      ("param w = \"c\" in [\"a\", \"b\"]", "param `w` cannot be \"c\": it is none of [\"a\", \"b\"]"),
      ("param d = 6mo in [1mo, 10d]", "param `d` cannot be 6mo: it is none of [1mo, 10d]"),
    ])
  func theCheckerSaysTheSameOfADefault(declaration: String, message: String) throws {
    let file = SourceFile(name: "d.strat", text: declaration + "\n" + holding("SPY"))
    do {
      _ = try Script.load(file)
      Issue.record("`\(declaration)` was accepted")
    } catch {
      let problems = error.diagnostics.filter { $0.severity == .error }
      #expect(problems.map(\.code) == ["E0412"] && problems.first?.message == message)
      #expect(problems.first?.subjects.first?.kind == .param)
    }
  }

  @Test func aValueOfAFileIsRefusedAtItsPlaceThere() throws {
    var params = BatchParams()
    try params.read(Array("word: b\nn: 51\n".utf8), name: "params.yaml")
    do {
      _ = try params.values(try Self.script(), path: "p.strat")
      Issue.record("it was accepted")
    } catch {
      let place = (error as? Diagnostic)?.location
      #expect(place?.name == "params.yaml" && place?.start.line == 2)
    }
  }

  @Test func valuesAreCountedAndNumbered() throws {
    let n = try Self.domain("n").values
    #expect(n.count == 10 && n.value(number: 0) == .number(5) && n.value(number: 9) == .number(50))
    #expect(n.value(at: 0.999_999) == .number(50) && n.value(at: 0) == .number(5))
    let x = try Self.domain("x").values
    #expect(x.count == nil)
    #expect((x.value(at: 0.999_999_999_999_999_9).number ?? 1) < 1)
    let back = try Self.domain("back").values
    #expect(back.count == 3 && back.value(number: 2) == .duration(CalendarDuration(10, .days)))
    #expect(try Self.domain("on").values.count == nil)
  }

  @Test func aRangeOfTheCommandLineStaysWithinTheScripts() throws {
    let script = try Self.script()
    let domains = ParamValues.all(script).map { $0.param.domain }
    func axis(_ name: String, _ text: String) throws -> SweepAxis { try SweepAxis(name, text, of: script, domains) }
    #expect(try axis("n", "10..20").values.count == 3)
    #expect(try axis("n", "10..<20").values.count == 2)
    #expect(try axis("n", "10..20:2").values.count == 6)
    #expect(try axis("x", "0..1").values.count == nil)
    #expect(try axis("x", "0..1:0.25").values.count == 5)
    #expect(try axis("x", "0.25").isFixed)
  }
}
