import Diagnostics
import Interpreter
import MarketData
import MarketModel
import Testing

@testable import Scripting

/// Every builtin that scripts have, on the sample market: its examples, and that it sees nothing that came later.
@Suite struct BuiltinTests {
  private static let builtins = ScriptLibrary.builtins.builtins
  private static let day = "2015-06-30"

  /// What expressions print at a date, each in a test of its own, so that one that fails keeps none from being looked at.
  private static func values(_ expressions: [String], at day: String?, on store: MarketStore) -> [String] {
    nonisolated(unsafe) var result: [String] = []
    let tests = expressions.enumerated().map { place, expression in
      let body = day.map { "at \($0) { print(\(expression)) }" } ?? "print(\(expression))"
      return "test \"\(place)\" { \(body) }"
    }
    let text =
      "strategy \"example\" { universe: \"SP500\" }\nfn signals(as_of) = flat\n" + tests.joined(separator: "\n")
    NativeStack.run {
      do throws(Script.Problems) {
        let script = try Script.load(SourceFile(name: "examples.strat", text: text))
        let outcomes = ScriptTests(script).run(store: store) { (_) throws(Diagnostic) in store }
        // What a function itself prints comes before its value.
        result = outcomes.map { $0.failure?.code ?? $0.printed.last ?? "" }
      } catch { result = error.diagnostics.map { "\($0.code) \($0.message)" } }
    }
    return result
  }

  @Test func examplesGiveWhatTheySay() {
    for builtin in Self.builtins {
      #expect(!builtin.examples.isEmpty, "\(builtin.name) has no example")
      for example in builtin.examples {
        // One by one: an example may be one of an error that is found before anything runs. Those that read data do so
        // on a day; the others have dates of their own.
        let found = [nil, Self.day].map { Self.values([example.expression], at: $0, on: ScriptRunning.sample)[0] }
        let isError = example.result.hasPrefix("E") && found.contains { $0.hasPrefix(example.result) }
        #expect(isError || found.contains(example.result), "\(example.expression) gives \(found)")
      }
    }
  }

  /// What a builtin gives at a date is what it gives when the data end there: whole series, not their latest value only.
  @Test(arguments: ["2015-06-30", "2009-03-31"]) func noBuiltinSeesWhatCameLater(_ date: String) throws {
    let day = try #require(Day(iso: date))
    let store = ScriptRunning.sample
    let cut = try store.tables(knownAt: store.cut(on: day)).makeStore().store
    var looked: Set<String> = []
    for builtin in Self.builtins {
      for overload in builtin.overloads {
        guard let call = SampleCall.of(overload.signature) else { continue }
        let whole = [
          "string(\(call))", "values(\(call))", "dates(\(call))", "[string(k) + string(v) for k, v in \(call)]",
        ]
        for expression in whole {
          let full = Self.values([expression], at: date, on: store)
          #expect(full == Self.values([expression], at: date, on: cut), "\(expression)")
          if !full[0].hasPrefix("E0") { looked.insert(builtin.name) }
        }
      }
    }
    let known = Set(Self.builtins.map(\.name))
    #expect(known.subtracting(looked).subtracting(SampleCall.withoutValue) == [], "were not looked at")
  }
}

/// A call of a builtin on the sample market, made from its signature.
enum SampleCall {
  /// Builtins that no value comes of: they end the script, or take a function without parameters.
  static let withoutValue: Set<String> = ["error"]

  static func of(_ signature: Signature) -> String? { of(signature, replacing: nil, by: "") }

  /// The same call with another argument for one parameter, which is given where it would be left out.
  static func of(_ signature: Signature, replacing place: Int?, by replacement: String) -> String? {
    var arguments: [String] = []
    for (index, parameter) in signature.parameters.enumerated() {
      if parameter.isVariadic { continue }
      let value = index == place ? replacement : argument(parameter, of: signature.name)
      if parameter.defaultText != nil, value == nil { continue }
      guard let value else { return nil }
      let isNamed = parameter.defaultText != nil
      arguments.append(isNamed ? "\(parameter.name): \(value)" : value)
    }
    return "\(signature.name)(\(arguments.joined(separator: ", ")))"
  }

  /// A value of a parameter; `nil` leaves it and those behind it at their defaults.
  private static func argument(_ parameter: SignatureParameter, of function: String) -> String? {
    if let special = special["\(function).\(parameter.name)"] ?? special[parameter.name] { return special }
    return parameter.defaultText == nil ? value(of: parameter.type, place: parameter.name) : nil
  }

  /// What only some values can stand for.
  private static let special = [
    "ticker": "\"SPY\"", "code": "\"US_RT_PAYROLLS\"", "flow.code": "\"COT_GOLD_NONCOMM_NET\"", "id": "\"UST_PAR\"",
    "rate.curve": "\"UST_PAR\"", "universe": "\"SP500\"", "tenor": "730", "vintage.on": "as_of - 90d",
    "revisions.observation": "2009-01-01", "window": "20", "n": "5", "q": "0.25", "rule": "\"monthly\"",
    "fill.max_age": "30d", "between.from": "as_of - 90d", "on.d": "as_of - 90d",
    "mask": "above(close(\"SPY\"), 100)", "by": "x -> x", "neutralize.by": "[\"SPY\": \"a\", \"TLT\": \"b\"]",
    "desc": "true", "normal.x": "0.1", "norm_ppf.p": "0.3", "date.text": "\"2009-01-02\"", "date.y": "2008",
    "date.m": "7", "date.d": "4", "number.text": "\"3.5\"", "initial": "0", "k": "\"SPY\"", "i": "1",
    "format.spec": "\".1f\"", "sessions.from": "as_of - 30d", "sessions.to": "as_of", "start": "1",
    "range.a": "1", "range.b": "5", "reduce.f": "(a, x) -> a", "fails.f": "() -> 1 / 0", "series.m": "[as_of - 3d: 2]",
    "bollinger.k": "2", "filter.f": "x -> x > 0", "partition.f": "x -> x > 0", "any.f": "x -> x > 0",
    "all.f": "x -> x > 0", "plot.value": "1", "merge.a": "[\"a\": 1]", "merge.b": "[\"b\": 1]",
    "dates": "close(\"TLT\")",
    "span": "10", "lo": "0", "hi": "1", "digits": "1", "flatten.xs": "[[1], [2]]",
    "zip.ys": "[1, 2, 3]", "zip.xs": "[3, 4, 5]", "join.xs": "[\"a\", \"b\"]",
  ]

  private static func value(of type: TypeExpression, place: String) -> String? {
    switch type {
    case .number: "3"
    case .bool: "true"
    case .string: "\"a,b\""
    case .date: "as_of - 30d"
    case .duration: "3mo"
    case .series: ["x", "b", "low", "t"].contains(place) ? "close(\"TLT\")" : "close(\"SPY\")"
    case .function: "x -> x"
    case .none: "none"
    case .any: "1"
    case .list(.series): "[close(\"SPY\"), close(\"TLT\")]"
    case .list(.list): "[[1, 2], [3]]"
    case .list(.string): "[\"SPY\", \"TLT\"]"
    case .list: "[1, 2, 3]"
    case .map(.series): "[\"SPY\": close(\"SPY\"), \"TLT\": close(\"TLT\")]"
    case .map: "[\"SPY\": close(\"SPY\"), \"TLT\": close(\"TLT\")]"
    case .optional(let inner): value(of: inner, place: place)
    case .union(let types):
      types.contains(.series) ? value(of: .series, place: place) : types.first.flatMap { value(of: $0, place: place) }
    }
  }
}
