import Diagnostics
import Interpreter
import MarketData
import MarketModel
import Testing

@testable import Scripting

/// What errors of evaluation say beyond the problem: why something is missing, from when it would not be, what names
/// stood for, and the calls with their arguments.
@Suite struct FaultExplanationTests {
  private static let sample = SampleMarket.store()

  /// The notes of the error that the text's only test, or else its run, ends with.
  private func notes(_ text: String) -> [String] {
    guard text.contains("test ") else {
      return RunningScripts.failure(text, on: Self.sample)?.notes.map(\.message) ?? ["no failure"]
    }
    nonisolated(unsafe) var result = ["no failure"]
    NativeStack.run {
      do throws(Script.Problems) {
        let script = try Script.load(SourceFile(name: "test.strat", text: text))
        let outcomes = ScriptTests(script).run(store: Self.sample) { (_) throws(Diagnostic) in Self.sample }
        if let failure = outcomes.first?.failure { result = failure.notes.map(\.message) }
      } catch { result = error.diagnostics.map(\.message) }
    }
    return result
  }

  private static let remedy =
    "say what a gap shall mean: `condition ?? false`, or `missing: \"hold\"` in the strategy block"

  @Test func aSeriesThatIsNotReleasedNamesItsFirstRelease() throws {
    let found = notes(
      """
      fn yoy(s) = s.change(12mo)
      test "t" {
        at 1990-02-01 {
          let cpi = macro("US_RT_CPI")
          assert yoy(cpi) > 0
        }
      }
      """)
    let first = RunningScripts.value("released(\"US_RT_CPI\") ?? \"none\"", at: "1990-02-01", on: Self.sample)
    #expect(first == "none")
    try #require(found.count == 7, "\(found)")
    #expect(found[0].hasPrefix("`yoy(cpi)` is missing: first release "))
    #expect(found[0].hasSuffix(" is after 1990-02-01 (US_RT_CPI)"))
    #expect(
      found[1...4] == [
        "that is because `s.change(12mo)` is", "that is because `s` is", "that is because `cpi` is",
        "that is because `macro(\"US_RT_CPI\")` is",
      ])
    #expect(found[5] == Self.remedy)
    #expect(found[6] == "called in `test \"t\"`")
  }

  @Test(arguments: [
    ("assert n > 5", ["`n` is 3"]), ("assert 5 < n", ["`n` is 3"]), ("assert n == 5", ["`n` is 3"]),
    ("assert n in [1, 2]", ["`n` is 3", "`[1, 2]` is [1, 2]"]), ("assert n >= m", ["`n` is 3", "`m` is 4"]),
    ("assert xs.len() > 5", ["`xs.len()` is 1"]), ("assert 3 > 5", []),
  ])
  func aFalseAssertionSaysWhatVaried(_ assertion: String, _ expected: [String]) {
    let found = notes("test \"t\" {\n  let n = 3\n  let m = 4\n  let xs = [n, m][..<1]\n  \(assertion)\n}")
    #expect(found == expected + ["called in `test \"t\"`"])
  }

  @Test func tooShortAHistorySaysHowMuchThereIs() {
    let found = notes(
      """
      test "t" {
        at 2005-01-10 {
          let p = close("SPY")
          assert p > sma(p, 20)
        }
      }
      """)
    #expect(
      found == [
        "`sma(p, 20)` is missing: insufficient history: SPY has 6 prices by 2005-01-10, the first of 2005-01-03",
        Self.remedy, "called in `test \"t\"`",
      ])
  }

  @Test func aTickerThatIsGoneSaysSince() {
    let found = notes("test \"t\" { at 2010-01-04 { for t in [\"SPY\", \"LEH\"] { assert price(t) > 1 } } }")
    #expect(
      found == [
        "`price(t)` is missing: stale: the latest price of LEH, of 2008-09-17, is too old on 2010-01-04",
        "here `t` is \"LEH\"", Self.remedy, "called in `test \"t\"`",
      ])
  }

  @Test func aTickerThatIsNotThereYetSaysFromWhen() {
    let found = notes("test \"t\" { at 2005-01-10 { assert [\"FB\", \"SPY\"].filter(t -> price(t) > 0).len() == 2 } }")
    #expect(found.first == "`price(t)` is missing: first price 2012-05-18 is after 2005-01-10 (FB)")
    #expect(found.contains("here `t` is \"FB\""))
  }

  @Test func aDivisionByZeroNamesTheDivisor() {
    let found = notes("test \"t\" { let a = 3\nlet b = a - 3\nassert 1 / b > 0 }")
    #expect(found.first == "`1 / b` is missing: division by zero: `b` is 0")
    #expect(found.contains("here `a` is 3, `b` is 0"))
  }

  @Test func aMissingWeightIsFollowedToItsTicker() {
    let found = notes(
      """
      fn inverse(t) = 1 / (close(t).last() - close(t).last())
      fn signals(as_of) = if as_of < 2006-01-01 { flat } else { [t: if t == "SPY" { 1 } else { inverse(t) }
        for t in ["SPY", "IEF"]] }
      """)
    #expect(
      found.first
        == "`if t == \"SPY\" { 1 } else { inverse(t) }` is missing: division by zero: "
        + "`close(t).last() - close(t).last()` is 0")
    #expect(found.contains("that is because `inverse(t)` is"))
    #expect(found.contains("here `t` is \"IEF\""))
  }

  @Test func theFirstDayWithTheDataIsFound() {
    let found = notes(
      """
      fn signals(as_of) {
        if as_of < 2005-06-01 { return flat }
        let p = close("SPY")
        ["SPY": if p > sma(p, 400) { 1 } else { 0 }]
      }
      """)
    let later = "is the first day on which it is not missing (on 2006-08-02 it is)"
    #expect(found.contains { $0.hasSuffix(later) }, "\(found)")
  }

  @Test func callsShowTheirArguments() {
    let found = notes(
      """
      fn average(ticker, n) = sma(close(ticker), n).last()
      fn score(t) = average(t, n: 10 - 10)
      fn signals(as_of) = [t: score(t) for t in ["SPY"]]
      """)
    #expect(
      found == [
        "here `t` is \"SPY\", `ticker` is \"SPY\", `n` is 0", "called in `average(\"SPY\", 0)` at as_of 2005-01-31",
        "called in `score(\"SPY\")` at as_of 2005-01-31", "called in `signals` at as_of 2005-01-31",
      ])
  }

  @Test func stateIsThatOfTheFailedCall() {
    let found = notes(
      """
      state count = 0
      fn signals(as_of) {
        count += 1
        let left = 3 - count
        if 1 / left > 0 { ["SPY": 1] } else { flat }
      }
      """)
    #expect(found.first == "`1 / left` is missing: division by zero: `left` is 0")
    #expect(found.contains("here `count` is 3, `left` is 0"))
  }
}
