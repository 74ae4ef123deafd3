import Diagnostics
import Interpreter
import MarketData
import Scripting

/// A family of programs that go to the edge of something that is counted: how many names, arguments, items, calls,
/// observations there are.
public struct EdgeProgram: Sendable {
  /// What is counted.
  public let name: String
  /// The largest count that is let through; `nil` where any count is, and `around` is where the program's own ways part.
  public let edge: Int?
  /// Counts that are tried with their neighbours.
  public let around: [Int]
  /// What is said past the edge.
  public let code: String?
  /// The program of a count.
  public let text: @Sendable (Int) -> String
  /// What it may use.
  let limits: Limits

  init(
    _ name: String, edge: Int? = nil, around: [Int] = [], code: String? = nil, limits: Limits = Limits(),
    _ text: @escaping @Sendable (Int) -> String
  ) {
    self.name = name
    self.edge = edge
    self.around = edge.map { [$0] } ?? around
    self.code = code
    self.limits = limits
    self.text = text
  }

  /// Every count that is tried: one below, the edge itself, one past it.
  public var counts: [Int] { around.flatMap { [$0 - 1, $0, $0 + 1] } }

  /// Checks the program of a count, runs its tests on the sample market and decides on a few dates.
  ///
  /// - Returns: the code of the first error, `nil` where there is none.
  public func run(_ count: Int) -> String? {
    nonisolated(unsafe) var result: String?
    NativeStack.run { result = self.runHere(count) }
    return result
  }

  private func runHere(_ count: Int) -> String? {
    let script: Script
    do throws(Script.Problems) {
      script = try Script.load(SourceFile(name: "edge.strat", text: text(count)), limits: limits)
    } catch { return error.diagnostics.first { $0.severity == .error }?.code }
    let store = SampleMarket.store()
    let outcomes = ScriptTests(script, limits: limits).run(store: store) { (_) throws(Diagnostic) in store }
    if let failure = outcomes.lazy.compactMap(\.failure).first { return failure.code }
    return LaneFuzzing.failure(of: script, limits: limits)
  }
}

extension EdgeProgram {
  /// All families.
  public static let all = names + frames + sizes + histories

  /// `count` pieces of text.
  private static func repeated(_ count: Int, _ separator: String = "\n", _ piece: (Int) -> String) -> String {
    (0..<max(0, count)).map(piece).joined(separator: separator)
  }

  private static func test(_ body: String) -> String { "test \"t\" {\n  at 2015-06-30 {\n\(body)\n  }\n}\n" }

  private static func changed(_ change: (inout Limits) -> Void) -> Limits {
    var limits = Limits()
    change(&limits)
    return limits
  }

  // MARK: Names

  private static let names = [
    EdgeProgram("constants", edge: NameLimit.standard, code: "E0509") { count in
      repeated(count) { "let g\($0) = \($0)" } + "\n" + test("assert g0 == 0 and g\(count - 1) == \(count - 1)")
    },
    EdgeProgram("states", edge: NameLimit.standard, code: "E0509") { count in
      repeated(count) { "state s\($0) = \($0)" } + "\nfn signals(as_of) {\n  s\(count - 1) += s0\n  flat\n}\n"
    },
    EdgeProgram("params", edge: NameLimit.standard, code: "E0509") { count in
      repeated(count) { "param p\($0) = \($0)" } + "\nfn signals(as_of) = [\"SPY\": p0 * p\(count - 1)]\n"
    },
    EdgeProgram("patterns", edge: NameLimit.standard / 2, code: "E0509") { count in
      repeated(count) { "let [a\($0), b\($0)] = [1, 2]" } + "\n" + test("assert a0 + b\(count - 1) == 3")
    },
    EdgeProgram("a long name", around: [64, 4_096, 65_536]) { count in
      let name = String(repeating: "n", count: count)
      return "let \(name) = 1\nfn f\(name)(\(name)x) = \(name)x\n" + test("assert f\(name)(\(name)) == 1")
    },
  ]

  // MARK: Frames

  private static let frames = [
    EdgeProgram("locals", around: [16, 64, 5_000]) { count in
      test(repeated(count) { "let v\($0) = \($0)" } + "\nassert v0 + v\(count - 1) == \(count - 1)")
    },
    EdgeProgram("parameters", around: [8, 64, 256, 4_096]) { count in
      "fn f(\(repeated(count, ", ") { "a\($0)" })) = a\(count - 1)\n"
        + test("assert f(\(repeated(count, ", ") { "\($0)" })) == \(count - 1)")
    },
    EdgeProgram("defaults and names", around: [8, 256]) { count in
      "fn f(\(repeated(count, ", ") { "a\($0) = \($0)" })) = a0 + a\(count - 1)\n"
        + test("assert f(a\(count - 1): 1) == 1 and f() == \(count - 1)")
    },
    EdgeProgram("captures", around: [8, 256, 4_096]) { count in
      test(
        repeated(count) { "let v\($0) = \($0)" }
          + "\nlet f = x -> x + \(repeated(min(count, 50), " + ") { "v\($0)" })\n"
          + "let g = () -> [\(repeated(count, ", ") { "v\($0)" })]\nassert g().len() == \(count) and f(1) > 0")
    },
    EdgeProgram("captures at the end of the stack", around: [1_000], limits: changed { $0.depth = 5_000 }) { count in
      let held = repeated(count) { "  let v\($0) = n" }
      let sum = "[" + repeated(count, ", ") { "v\($0)" } + "]"
      return "fn f(n) {\n\(held)\n  let g = () -> \(sum)\n  g().len() + f(n + 1)\n}\n"
        + test("assert fails(() -> f(0))")
    },
    EdgeProgram("calls", edge: 999, code: "E0503") { count in
      "fn f(n) = if n <= 1 { 0 } else { 1 + f(n - 1) }\n" + test("assert f(\(count)) == \(count - 1)")
    },
    EdgeProgram("arguments", around: [8, 9, 16, 4_096, 20_000]) { count in
      "fn signals(as_of) = [\"SPY\": max(\(repeated(count, ", ") { "\($0)" }))]\n"
        + test("assert max(\(repeated(count, ", ") { "\($0)" })) == \(count - 1)")
    },
    EdgeProgram("brackets", edge: Limits().nesting - 2, code: "E0108") { count in
      test("assert " + String(repeating: "(", count: count) + "true" + String(repeating: ")", count: count))
    },
  ]

  // MARK: Sizes

  private static let sizes = [
    EdgeProgram("a list literal", around: [4, 8, 64, 1_024, 20_000]) { count in
      "fn signals(as_of) = if len([\(repeated(count, ", ") { "\($0)" })]) > 0 { [\"SPY\": 1] } else { flat }\n"
        + test("let xs = [\(repeated(count, ", ") { "\($0)" })]\nassert len(xs) == \(count) and xs[-1] == \(count - 1)")
    },
    EdgeProgram("a map literal", around: [4, 8, 9, 16, 1_024]) { count in
      test("let m = [\(repeated(count, ", ") { "\"k\($0)\": \($0)" })]\nassert m[\"k\(count - 1)\"] == \(count - 1)")
    },
    EdgeProgram("a list that grows", edge: 100, code: "E0506", limits: changed { $0.list = 100 }) { count in
      test("var xs = []\nfor i in 1..\(count) { xs = xs.push(i) }\nlet ys = xs\nxs[0] = 7\nassert ys[0] == 1")
    },
    EdgeProgram("a short list that grows", edge: 3, code: "E0506", limits: changed { $0.list = 3 }) { count in
      test("var xs = []\nfor i in 1..\(count) { xs = xs + [i] }\nassert xs[-1] == \(count)")
    },
    EdgeProgram("a map that grows", edge: 5, code: "E0506", limits: changed { $0.list = 5 }) { count in
      test("var m = [:]\nfor i in 1..\(count) { m[i] = i }\nlet n = m\nm[1] = 2\nassert n[1] == 1")
    },
    EdgeProgram("a map with a table", around: [8, 16, 32, 64]) { count in
      test(
        "var m = [:]\nfor i in 1..\(count) { m[\"{i}\"] = i }\nlet n = m.remove(\"1\").merge([\"new\": 0])\n"
          + "assert n.len() == \(count) and n.map_values(v -> v + 1)[\"\(count)\"] == \(count + 1)")
    },
    EdgeProgram("bytes of a text", edge: 64, code: "E0507", limits: changed { $0.string = 64 }) { count in
      test("var s = \"\"\nfor i in 1..\(count) { s = s + \"x\" }\nassert len(s) == \(count) and s[-1] == \"x\"")
    },
    EdgeProgram("a format's width", edge: 1_000, code: "E0401") { count in
      test("assert len(format(1.5, \"\(count).2f\")) == \(count) and len(format(\"é\", \"*^\(count)\")) == \(count)")
    },
    EdgeProgram("bytes of the region", edge: 1_001, code: "E0502", limits: changed { $0.memory = 8_032 }) { count in
      test("let xs = range(\(count))")
    },
    EdgeProgram("a matrix of all members", edge: 31, code: "E0502", limits: changed { $0.memory = 30_000 }) { count in
      test(
        "let s = series([2014-01-02: 1, 2014-01-03: 3])\nlet m = [\"{i}\": s for i in 1..\(count)]\n"
          + "assert cov_matrix(m, 2).len() == \(count)")
    },
    EdgeProgram("turns of a loop", edge: 100, code: "E0501", limits: changed { $0.steps = 101 }) { count in
      test("for _ in 1..\(count) {}")
    },
    EdgeProgram("bytes of printed lines", edge: 19, code: "E0504", limits: changed { $0.output = 20 }) { count in
      test("print(\"" + String(repeating: "p", count: count) + "\")")
    },
    EdgeProgram("tracks", edge: 3, code: "E0504", limits: changed { $0.tracks = 3 }) { count in
      test("for i in 1..\(count) { plot(\"{i}\", i) }")
    },
    EdgeProgram("lists in lists", around: [8, 16]) { count in
      test("var xs = [1]\nfor i in 1..\(count) { xs = [xs, xs] }\nassert len(xs) == 2 and xs == xs")
    },
  ]

  // MARK: Histories

  /// Windows, lags and parts as long as the history, and one observation longer and shorter.
  private static let histories = [
    EdgeProgram("a window", around: [1, 252]) { count in history(count, 0) },
    EdgeProgram("a window as long as the history", around: [0]) { count in history(count, 1) },
  ]

  private static func history(_ count: Int, _ length: Int) -> String {
    let functions = [
      "sma", "std", "median", "max", "min", "sum", "ema", "rsi", "zscore", "rank", "wma", "skew", "kurt",
    ]
    let window = length == 0 ? "\(max(1, count))" : "len(s) + \(count)"
    return """
      fn signals(as_of) {
        let s = close("SPY")
        let n = max(1, min(len(s), \(window)))
        if sma(s, n) > 0 and s.lag(n) > 0 { ["SPY": 1] } else { hold }
      }

      """
        + test(
          "let s = close(\"SPY\")\nlet t = close(\"TLT\")\nlet n = \(window)\n"
            + functions.map { "let _\($0) = [\($0)(s, n)[-1], values(\($0)(s, n)).len()]" }.joined(separator: "\n")
            + "\nlet _r = [corr(s, t, n)[-1], s.lag(n)[-1], s.change(n)[-1], s[-n], s.tail(n).len(), s.head(n).len(), "
            + "s[n..].len(), s[..n].len(), s[-n..-1].len(), values(s.tail(n).lag(n)).len(), beta(s, t, n)[-1]]\n"
            + "assert len(s.tail(n)) <= len(s)")
  }
}
