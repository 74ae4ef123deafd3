import Diagnostics
import MarketData
import Testing

@testable import Scripting

/// Where errors about what `signals` gave stand: at the weight or the key that is wrong, else at the expression that gave
/// the weights; a state that cannot be kept, where it was assigned.
@Suite struct DecisionPlaceTests {
  private static let sample = SampleMarket.store()

  /// A wrong decision; `«` and `»` stand around the place of the error.
  struct Wrong: Sendable, CustomTestStringConvertible {
    let code: String
    let text: String

    var testDescription: String { text }
  }

  static let wrong: [Wrong] = [
    Wrong(code: "E0418", text: "fn signals(as_of) = [\"SPY\": «true»]"),
    Wrong(code: "E0418", text: "fn signals(as_of) {\n  let w = [\"SPY\": 0.5, \"TLT\": «\"x\"»]\n  return w\n}"),
    Wrong(code: "E0418", text: "fn signals(as_of) = if as_of > 2000-01-01 { [\"SPY\": «[1]»] } else { flat }"),
    Wrong(code: "E0418", text: "fn signals(as_of) = [\"SPY\": «none»]"),
    Wrong(code: "E0418", text: "fn signals(as_of) = «[1: 0.5]»"),
    Wrong(
      code: "E0418", text: "fn f() = 3\nfn signals(as_of) {\n  let x = f()\n  if x > 2 { return «x» }\n  return flat\n}"
    ),
    Wrong(code: "E0807", text: "fn signals(as_of) = [«\"SPYY\"»: 0.5]"),
    Wrong(code: "E0807", text: "fn signals(as_of) {\n  var w = [:]\n  w[«\"NOPE\"»] = 0.5\n  w\n}"),
    Wrong(code: "E0807", text: "fn signals(as_of) = [«t»: 0.5 for t in [\"SPY\", \"X\" + \"Y\"]]"),
    Wrong(code: "E0807", text: "fn signals(as_of) = «[\"SPY\", \"NOPE\"].equal_weight()»"),
    Wrong(code: "E0806", text: "fn signals(as_of) {\n  let x = sqrt(-1)\n  let y = x + 1\n  return [\"SPY\": «y»]\n}"),
    Wrong(code: "E0806", text: "fn signals(as_of) = [\"SPY\": «10 ** 400»]"),
    Wrong(
      code: "E0806", text: "fn book() = [t: «sqrt(0 - price(t))» for t in [\"SPY\"]]\nfn signals(as_of) = 0.5 * book()"),
    Wrong(
      code: "E0411",
      text: "state s = 0\nfn keep(x) { «s = x» }\nfn signals(as_of) {\n  s = 1\n  keep(close(\"SPY\"))\n  hold\n}"),
    Wrong(code: "E0411", text: "state m = [:]\nfn signals(as_of) {\n  «m[\"a\"] = close(\"SPY\")»\n  hold\n}"),
  ]

  @Test(arguments: wrong) func anErrorOfADecisionHasAPlace(_ wrong: Wrong) throws {
    let parts = wrong.text.split(separator: "«").flatMap { $0.split(separator: "»") }.map(String.init)
    try #require(parts.count >= 2)
    let text = parts.joined()
    let failure = try #require(RunningScripts.failure(text, on: Self.sample))
    #expect(failure.code == wrong.code)
    guard case .source(let file, let span)? = failure.location else {
      Issue.record("no place: \(failure.message)")
      return
    }
    #expect(file.text(span) == parts[1])
    #expect(Int(span.lower) == parts[0].utf8.count)
  }

  @Test func aMissingWeightSaysWhereTheGapComesFrom() throws {
    let failure = try #require(
      RunningScripts.failure(
        "fn signals(as_of) {\n  let x = sqrt(-1)\n  let y = x + 1\n  return [\"SPY\": y]\n}", on: Self.sample))
    #expect(failure.message == "the weight of SPY on 2005-01-31 is missing: domain error")
    #expect(failure.location?.start.line == 4)
    let notes = failure.notes.prefix(3)
    #expect(
      notes.map(\.message) == [
        "`y` is missing: domain error", "that is because `x + 1` is", "that is because `sqrt(-1)` is",
      ])
    #expect(notes.map { $0.location?.start.line } == [4, 3, 2])
  }

  @Test func aGapIsFollowedThroughTheTurnsOfALoop() throws {
    let failure = try #require(
      RunningScripts.failure(
        """
        let assets = ["SPY", "TLT"]
        fn signals(as_of) {
          var w = [t: 1 for t in assets]
          for i in 1..2000 {
            w = [t: sqrt(w[t] - 0.6) for t in assets]
            w = w / sum(w)
          }
          return w
        }
        """, on: Self.sample))
    let first = try #require(failure.notes.first)
    #expect(first.message.hasPrefix("`sqrt(w[t] - 0.6)` is missing: domain error: `w[t] - 0.6` is -"))
    #expect(first.location?.start.line == 5)
  }

  /// Whether a run that holds on errors ends with one.
  private func endsAlthoughErrorsAreHeld(_ text: String) -> Bool {
    do {
      _ = try RunningScripts.run(text, on: Self.sample, flags: [("on_error", "hold")])
      return false
    } catch { return true }
  }

  @Test(arguments: [
    "price(\"NEW\" + \"CO\")", "macro(\"NO\" + \"NE\").last()", "rate(\"NO\" + \"NE\", 1y)",
    "members(\"NO\" + \"NE\").len()",
  ])
  func aNameThatTheDataNeverHaveIsNoReasonToHold(_ read: String) {
    #expect(endsAlthoughErrorsAreHeld("fn signals(as_of) = if is_na(\(read)) { flat } else { [\"SPY\": 1] }"))
  }

  @Test func otherErrorsAreHeld() {
    #expect(!endsAlthoughErrorsAreHeld("fn signals(as_of) = [\"SPY\": [1][5]]"))
  }

  @Test func twoNamesOfOneTickerHaveAPlace() throws {
    let failure = try #require(
      RunningScripts.failure("fn signals(as_of) = [\"FB\": 0.5, \"META\": 0.5]", on: Self.sample))
    #expect(failure.location != nil, "\(failure.message)")
  }
}
