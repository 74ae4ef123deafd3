import Backtest
import Diagnostics
import Foundation
import Interpreter
import MarketData
import MarketModel
import Scripting
import Testing

/// Numbers at the ends of what doubles and integers hold, in every place that takes one: a value, a missing value or an
/// error with a place, never the end of the process; when a date is evaluated alone and beside others.
@Suite struct NumberPlaceTests {
  private static let isLong = ProcessInfo.processInfo.environment["STRAT_LONG"] != nil
  /// What goes to every place: ±2^63, 2^53 + 1, the end of the doubles, minus zero, a missing number.
  private static let extremes = [
    "-9223372036854775808", "9223372036854775808", "9007199254740993", "1e308", "-0.0", "na",
  ]
  /// `STRAT_LONG=1` tries these, too, at each place; without it one or two at a place, others at the next.
  private static let further = [
    "9223372036854775807", "-9223372036854774784", "9007199254740992", "-9007199254740993", "2147483648", "-2147483648",
    "-2147483649", "4294967296", "-1e308", "1e308 * 10", "0", "-1", "0.5", "5e-324", "1099511627777",
  ]
  private static let numbers = extremes + further

  /// The extremes, and some of the other values of the place of a number.
  private static func some(_ values: [String], at place: Int, and count: Int) -> [String] {
    let most = extremes.count
    guard !isLong, values.count > most + count else { return values }
    let others = values.dropFirst(most)
    return values.prefix(most)
      + (0..<count).map { others[others.startIndex + (place * count + $0) % others.count] }
  }
  private static let durations = [
    "999999d", "-999999y", "999999bd", "1d * -2147483648", "1bd * 2147483647", "1mo * -2147483648", "-999999bd",
    "1bd * -2147483648", "0d", "-1bd",
  ]
  private static let dates = ["0001-01-01", "9999-12-31", "2015-07-01", "0004-02-29"]
  private static let store = SampleMarket.store()

  /// What may stand for a parameter of a type.
  private static func extremes(_ type: TypeExpression) -> [String] {
    switch type {
    case .number: numbers
    case .duration: durations
    case .date: dates
    case .any: numbers + durations + dates
    case .list(.number), .list(.any): numbers.map { "[\($0), 1]" }
    case .map(.number), .map(.any): numbers.map { "[\"SPY\": \($0), \"TLT\": 1]" }
    case .optional(let inner): extremes(inner)
    case .union(let types): types.flatMap(extremes)
    case .bool, .string, .function, .none, .series, .list, .map: []
    }
  }

  /// Every builtin as a function of one of its parameters, with what to give to it.
  private static let calls: [(body: String, values: [String])] = ScriptLibrary.builtins.builtins.flatMap { builtin in
    builtin.overloads.flatMap { overload in
      overload.signature.parameters.enumerated().compactMap { place, parameter in
        let values = extremes(parameter.type)
        guard !values.isEmpty, let call = SampleCall.of(overload.signature, replacing: place, by: "v") else {
          return nil
        }
        return (call, values)
      }
    }
  }

  /// Places that are no parameters.
  private static let places: [(body: String, values: [String])] =
    [
      "close(\"SPY\")[v]", "close(\"SPY\")[v] ?? 0", "[1, 2, 3][v]", "\"abc\"[v]", "[1: 2][v]",
      "close(\"SPY\")[v..]", "close(\"SPY\")[..v]", "close(\"SPY\")[v..<v]", "[1, 2, 3][v..-1]", "[1, 2, 3][0..v]",
      "\"abc\"[v..v]", "\"abc\"[..<v]", "(v..5).len()", "(1..v).len()", "[x for x in 0..v step 1e300]",
      "(0..5 step v).len()", "1d * v", "as_of - 1bd * v", "as_of + 1mo * v", "v % 7", "7 % v", "v ** v", "-v",
      "\"{v:.3f}\"", "\"{v:,.2%}\"", "\"{v:>12}\"", "\"{v:+.5e}\"",
    ].map { ($0, numbers) }
    + [
      "as_of + v", "as_of - v", "close(\"SPY\").lag(v)", "close(\"SPY\", max_age: v)", "-v", "v + v", "v - 1d",
      "v < 1bd",
      "at as_of - v { price(\"SPY\") }",
    ].map { ($0, durations) }
    + ["as_of - v", "at v { price(\"SPY\") }", "at v { session_offset(as_of, -3) }", "v + 1d", "v - 1bd", "v + 1mo"]
    .map { ($0, dates) }

  private static func limits() -> Limits {
    var limits = Limits()
    limits.steps = 300_000
    limits.memory = 32 << 20
    return limits
  }

  /// Runs a script's tests and says how each ended.
  private static func endings(_ text: String) -> [String] {
    nonisolated(unsafe) var result: [String] = []
    NativeStack.run {
      do throws(Script.Problems) {
        let script = try Script.load(SourceFile(name: "numbers.strat", text: text))
        let outcomes = ScriptTests(script, limits: limits()).run(store: store) { (_) throws(Diagnostic) in store }
        result = outcomes.map { outcome in
          outcome.failure.map { $0.code + ($0.location == nil ? " without a place" : "") } ?? "value"
        }
      } catch { result = error.diagnostics.map { "\($0.code) \($0.message)" } }
    }
    return result
  }

  private static func tests(_ body: String, _ values: [String]) -> String {
    // A parameter without a type, so that the checker leaves the number to the run.
    let function = "fn f(v) = \(body)\n"
    return values.enumerated().reduce(function) { text, value in
      text + """
        test "\(value.offset)" {
          at 2015-06-30 {
            let x = f(\(value.element))
            let _s = [string(x), fails(() -> values(x)), fails(() -> x[-2]), fails(() -> mean(x, 3)[-1])]
          }
        }

        """
    }
  }

  @Test func everyParameterOfEveryBuiltinTakesThem() {
    #expect(Self.calls.count > 150)
    for (place, (body, all)) in Self.calls.enumerated() {
      let values = Self.some(all, at: place, and: 2)
      let endings = Self.endings(Self.tests(body, values))
      #expect(endings.count == values.count, "\(body): \(endings)")
      #expect(endings.allSatisfy { $0 == "value" || ($0.hasPrefix("E") && $0.count == 5) }, "\(body): \(endings)")
    }
  }

  @Test func everyIndexSliceRangeAndDurationTakesThem() {
    for (place, (body, all)) in Self.places.enumerated() {
      let values = Self.some(all, at: place, and: 4)
      let endings = Self.endings(Self.tests(body, values))
      #expect(endings.count == values.count, "\(body): \(endings)")
      #expect(endings.allSatisfy { $0 == "value" || ($0.hasPrefix("E") && $0.count == 5) }, "\(body): \(endings)")
    }
  }

  /// The four places that once ended the process, with what they give.
  @Test func theSmallestIntegerIsAnIndexAndAnOffsetLikeAnyOther() {
    let smallest = "-9223372036854775808"
    let value = { RunningScripts.value($0, at: "2015-06-30", on: Self.store) }
    #expect(value("close(\"SPY\")[\(smallest)]") == "na")
    #expect(value("reason(close(\"SPY\")[\(smallest)])") == "insufficient history")
    #expect(value("close(\"SPY\")[\(smallest)] ?? 1") == "1")
    #expect(value("session_offset(as_of, \(smallest))").hasPrefix("E0401 "))
    #expect(value("session_offset(as_of, 9223372036854775807)").hasPrefix("E0401 "))
    #expect(value("[1, 2][\(smallest)]").hasPrefix("E0404 "))
    #expect(value("\"ab\"[\(smallest)..]") == "ab")
    #expect(value("as_of + 1d * \(smallest)").hasPrefix("E0"))
    #expect(value("-(1d * -2147483648)").hasPrefix("E0"))
  }

  /// Evaluated beside other dates, a place gives what it gives alone.
  @Test func datesSideBySideTakeThem() {
    let places = Self.calls + Self.places
    var decided = 0
    for (place, (body, values)) in places.enumerated() {
      for value in Self.some(values, at: place, and: 0) {
        let text = """
          strategy "numbers" { missing: "hold" }
          fn f(v) = \(body)
          fn signals(as_of) = if f(\(value)) > 0 { ["SPY": 1] } else { flat }

          """
        nonisolated(unsafe) var result: Result<Int, any Error> = .success(0)
        NativeStack.run { result = Result { try Self.decide(text) } }
        // What the checker refuses has been seen at the places of its own.
        if case .success(let count) = result { decided += count }
      }
    }
    #expect(decided > 500, "dates were decided side by side")
  }

  private static let days = (0..<8).map { Day(16_000 + 14 * $0) }

  /// Decides on the dates side by side and alone, and compares.
  ///
  /// - Returns: how many were decided side by side.
  private static func decide(_ text: String) throws -> Int {
    let script = try Script.load(SourceFile(name: "numbers.strat", text: text))
    var draft = ConfigDraft()
    for entry in script.block.entries { try draft.set(entry.key, entry.value, from: .block(entry.location)) }
    let config = try draft.resolve(store)
    var ahead = try ScriptStrategy(script, store: store, config: config, limits: limits())
    var alone = try ScriptStrategy(script, store: store, config: config, limits: limits())
    ahead.prepare(for: days)
    for day in days {
      let view = store.view(on: day, calendar: store.calendar)
      let one = Result { try alone.generateSignals(asOf: day, view: view, portfolio: .cash(1)) }
      if let beside = ahead.decidedAhead(asOf: day) {
        #expect("\(beside.outcome)" == (try? one.get()).map { "\($0.outcome)" }, "on \(day):\n\(text)")
      } else {
        _ = try? ahead.generateSignals(asOf: day, view: view, portfolio: .cash(1))
      }
      if case .failure = one { break }
    }
    return ahead.countDecidedAhead
  }
}
