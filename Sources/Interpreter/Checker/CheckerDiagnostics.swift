public import Diagnostics
import MarketModel
import Syntax

/// The records of what the checker finds before a run.
public enum CheckerDiagnostics {
  /// All records of this part.
  public static let records: [DiagnosticRecord] = [
    .misshapenSignals, .strategyBlock, .strategyID, .strategyConstant, .paramShape, .strayJump,
    .valueWithoutUse, .topLevelVariable, .unknownType, .repeatedKey, .comparisonWithMissing, .badArgumentName,
    .badFormat,
    .testingReached, .unreachable, .signalsWithoutValue, .constantCondition, .neverRead, .wholeSample,
    .branchNeverTaken,
  ]
}

extension DiagnosticRecord {
  static let misshapenSignals = DiagnosticRecord(
    "E0222", "`signals` is missing or misshapen",
    explanation: "A strategy defines `signals` with exactly one parameter, the date: `fn signals(as_of) { … }`.",
    bad: "fn signals() = [\"SPY\": 1]", good: "fn signals(as_of) = [\"SPY\": 1]")
  static let strategyBlock = DiagnosticRecord(
    "E0212", "second strategy block",
    explanation: "A script has at most one `strategy` block, and a key stands in it once.",
    bad: "strategy \"a\" { }\nstrategy \"b\" { }", good: "strategy \"a\" { }")
  static let strategyID = DiagnosticRecord(
    "E0213", "id that cannot be one",
    explanation: "The id of a strategy names its runs and files: letters, digits, `_`, `.` and `-`.",
    bad: "strategy \"my strategy\" { }", good: "strategy \"my_strategy\" { }")
  static let strategyConstant = DiagnosticRecord(
    "E0214", "strategy value that cannot be one",
    explanation:
      "The strategy block is read before anything runs, so its values are literals, of the type of their key.",
    bad: "let c = 5bps\nstrategy \"a\" { costs: c }", good: "strategy \"a\" { costs: 5bps }")
  static let paramShape = DiagnosticRecord(
    "E0216", "param that cannot be one",
    explanation:
      "The default and the bounds of a param are literals or arithmetic on them. Numbers take a range with a "
      + "positive step or a list, other types a list, all of the default's type.",
    bad: "param n = 5 in 10..1", good: "param n = 5 in 1..10")
  static let strayJump = DiagnosticRecord(
    "E0217", "nothing to leave here",
    explanation: "`return` leaves a function, `break` and `continue` a loop of the same function.",
    bad: "fn f() { break }", good: "fn f(xs) { for x in xs { break } }")
  static let valueWithoutUse = DiagnosticRecord(
    "E0218", "value without use",
    explanation: "No function changes its argument: `xs.push(1)` is a new list. A statement that only computes a value "
      + "does nothing; assign the value, return it, or remove the statement.",
    bad: "fn f() { var xs = [1]\n xs.push(2)\n xs }", good: "fn f() { var xs = [1]\n xs = xs.push(2)\n xs }")
  static let topLevelVariable = DiagnosticRecord(
    "E0219", "`var` at the top level",
    explanation: "What outlives a call of `signals` is declared with `state`, what never changes with `let`.",
    bad: "var count = 0", good: "state count = 0")
  static let unknownType = DiagnosticRecord(
    "E0220", "unknown type",
    explanation: "Types are number, bool, string, date, duration, series, function, any, list[T], map[T], and T?.",
    bad: "fn f(x: int) = x", good: "fn f(x: number) = x")
  static let repeatedKey = DiagnosticRecord(
    "E0221", "key given twice",
    explanation: "A key stands in a map literal or strategy block once.", bad: "let w = [\"SPY\": 1, \"SPY\": 2]",
    good: "let w = [\"SPY\": 1, \"TLT\": 2]")
  static let comparisonWithMissing = DiagnosticRecord(
    "E0308", "comparison with `na`",
    explanation: "A comparison with a missing number is itself missing, never true. `is_na(x)` asks.",
    bad: "fn f(x) = x == na", good: "fn f(x) = is_na(x)")
  static let badArgumentName = DiagnosticRecord(
    "E0309", "argument name that fits no parameter",
    explanation: "Arguments are given by position, then by the name of a parameter, each once.",
    bad: "fn f(a, b) = a + b\nlet x = f(1, c: 2)", good: "fn f(a, b) = a + b\nlet x = f(1, b: 2)")
  static let badFormat = DiagnosticRecord(
    "E0310", "format that cannot be read",
    explanation: "The formats of interpolation are Python's: `[[fill]align][sign][0][width][,][.digits]` and one of "
      + "`f e g % d` for numbers, `%Y %m %d %b` and text for dates.",
    bad: "let t = \"{3:.2q}\"", good: "let t = \"{3:.2f}\"")
  static let unreachable = DiagnosticRecord(
    "W0204", "unreachable code", explanation: "The statement before leaves the block, so this is never reached.",
    bad: "fn f(x) { return x\n print(x) }", good: "fn f(x) { print(x)\n return x }")
  static let signalsWithoutValue = DiagnosticRecord(
    "W0205", "`signals` can end without a value",
    explanation: "A call of `signals` that ends without a value holds the portfolio. If that is meant, say `hold`.",
    bad: "fn signals(as_of) { if as_of > 2020-01-01 { flat } }",
    good: "fn signals(as_of) { if as_of > 2020-01-01 { flat } else { hold } }")
  static let constantCondition = DiagnosticRecord(
    "W0206", "condition that never changes",
    explanation: "The condition is the same in every run, so one branch is never taken.",
    bad: "fn f(x) = if 1 > 2 { x } else { 0 }", good: "fn f(x) = if x > 2 { x } else { 0 }")
}

extension DiagnosticRecord {
  static let neverRead = DiagnosticRecord(
    "W0207", "declaration that nothing reads",
    explanation:
      "A param, constant or state of a strategy is never read, so it changes nothing: a sweep over such a param gives "
      + "the same run again and again. Use it or remove it; a name that begins with `_` is left alone.",
    bad: "param n = 20\nfn signals(as_of) = [\"SPY\": 1]",
    good: "param n = 20\nfn signals(as_of) = [\"SPY\": 1 / n]")
}

extension Diagnostic {
  static func neverRead(_ what: String, _ name: String, at: Location) -> Diagnostic {
    Diagnostic(
      .neverRead, "\(what) `\(name)` is never read", at: at,
      notes: [Note("nothing depends on it: use it, or remove it")])
  }
  static func misshapenSignals(_ message: String, at: Location) -> Diagnostic {
    Diagnostic(.misshapenSignals, message, at: at, notes: [Note("it is `fn signals(as_of) { … }`")])
  }
  static func secondStrategyBlock(at: Location, first: Location) -> Diagnostic {
    Diagnostic(
      .strategyBlock, "a script has one strategy block", at: at, notes: [Note("the first one is here", at: first)])
  }
  static func secondStrategyKey(_ key: String, at: Location) -> Diagnostic {
    Diagnostic(.repeatedKey, "`\(key)` is given twice", at: at)
  }
  static func strategyID(_ id: String, at: Location) -> Diagnostic {
    Diagnostic(
      .strategyID, "`\(id)` cannot be the id of a strategy", at: at,
      notes: [Note("letters, digits, `_`, `.` and `-` make an id")])
  }
  /// A value of the strategy block that is made of more than literals.
  public static func strategyConstant(_ key: String, at: Location) -> Diagnostic {
    Diagnostic(
      .strategyConstant, "the value of `\(key)` is not a constant", at: at,
      notes: [Note("the block is read before anything runs; what varies is a `param`")],
      about: [DiagnosticSubject(.configKey, key)])
  }
  /// A word without quotes; `ours` is the word as the key takes it.
  public static func strategyWord(_ key: String, _ word: String, _ ours: String, at: Location) -> Diagnostic {
    Diagnostic(
      .strategyConstant, "a word stands in quotes: `\(word)` without them is a name", at: at,
      notes: [Note("write `\(key): \"\(ours)\"`")], fixIts: at.replacement("\"\(ours)\""),
      about: [DiagnosticSubject(.configKey, key, value: ours)])
  }
  static func paramShape(_ message: String, at: Location) -> Diagnostic {
    Diagnostic(.paramShape, message, at: at)
  }
  static func strayJump(_ word: String, at: Location) -> Diagnostic {
    Diagnostic(.strayJump, "`\(word)` stands outside of a \(word == "return" ? "function" : "loop")", at: at)
  }
  static func topLevelVariable(_ name: String, at: Location) -> Diagnostic {
    Diagnostic(
      .topLevelVariable, "`\(name)` cannot be a `var` at the top level", at: at,
      notes: [Note("`state \(name) = …` keeps a value between calls, `let \(name) = …` is a constant")])
  }
  static func unknownType(_ name: String, suggestions: [String], at: Location) -> Diagnostic {
    Diagnostic(
      .unknownType, "there is no type `\(name)`", at: at, notes: Note.didYouMean(suggestions),
      fixIts: at.replacement(by: suggestions))
  }
  static func repeatedKey(_ key: String, at: Location, first: Location) -> Diagnostic {
    Diagnostic(
      .repeatedKey, "the key \(key) is given twice", at: at, notes: [Note("it is first given here", at: first)])
  }
  static func unreachable(at: Location) -> Diagnostic {
    Diagnostic(.unreachable, "this is never reached", at: at)
  }
  static func signalsWithoutValue(at: Location) -> Diagnostic {
    Diagnostic(
      .signalsWithoutValue, "`signals` can end without a value", at: at,
      notes: [Note("end with `hold` to keep the portfolio, or `flat` to leave it")])
  }
  static func constantCondition(_ value: Bool, at: Location) -> Diagnostic {
    Diagnostic(.constantCondition, "this condition is always \(value)", at: at)
  }
  static func comparisonWithMissing(_ other: String, negated: Bool, at: Location) -> Diagnostic {
    let call = (negated ? "not " : "") + "is_na(\(other))"
    return Diagnostic(
      .comparisonWithMissing, "nothing equals `na`: the comparison is itself missing", at: at,
      notes: [Note("`\(call)` asks")], fixIts: at.replacement(call))
  }
  static func valueWithoutUse(_ note: String, fix: FixIt?, at: Location) -> Diagnostic {
    Diagnostic(
      .valueWithoutUse, "nobody can use this value", at: at, notes: [Note(note)], fixIts: fix.map { [$0] } ?? [])
  }

  static func badFormat(_ message: String, at: Location) -> Diagnostic {
    Diagnostic(.badFormat, message, at: at)
  }

  static func unknownParameter(_ label: String, of function: String, suggestions: [String], at: Location) -> Diagnostic
  {
    Diagnostic(
      .badArgumentName, "`\(function)` has no parameter `\(label)`", at: at, notes: Note.didYouMean(suggestions),
      fixIts: at.replacement(by: suggestions))
  }
  static func argumentTwice(_ label: String, of function: String, at: Location) -> Diagnostic {
    Diagnostic(.badArgumentName, "`\(label)` of `\(function)` is given twice", at: at)
  }
  static func alwaysLookAhead(_ text: String, at: Location) -> Diagnostic {
    Diagnostic(
      .lookAhead, "look-ahead: `\(text)` lies after `as_of`", at: at,
      notes: [Note("a script sees what was known at `as_of` and nothing later")])
  }
}
