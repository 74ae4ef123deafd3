public import Diagnostics
public import MarketModel
import Syntax

/// The records of what can go wrong while a script runs. Texts of evaluation errors live here and nowhere else.
public enum RuntimeDiagnostics {
  /// All records of this layer.
  public static let records: [DiagnosticRecord] = [
    .typeMismatch, .wrongArgument, .conditionNotBool, .missingCondition, .indexOutOfRange, .missingKey,
    .duplicateKey, .assertionFailed, .scriptError, .stepLimit, .memoryLimit, .depthLimit, .outputLimit, .listLimit,
    .stringLimit, .timeLimit, .interrupted,
    .noAsOf, .lookAhead, .notCallable, .argumentCount, .badOperands, .patternLength, .frequencyMismatch,
    .negativeLag,
    .noEquality, .noOrder, .paramValue, .stateHolds, .unfit, .tooManyNames,
  ]
}

extension DiagnosticRecord {
  static let typeMismatch = DiagnosticRecord(
    "E0301", "wrong type of value",
    explanation: "A value of one type stands where another is needed. Nothing is converted silently, but for a series "
      + "where a number is needed: it stands for its latest value.",
    bad: "let x = sqrt(\"4\")", good: "let x = sqrt(number(\"4\"))")
  static let badOperands = DiagnosticRecord(
    "E0302", "operator does not fit its operands",
    explanation: "Arithmetic takes numbers, series and maps of numbers; `+` also joins strings and lists; dates and "
      + "durations combine as `date - date` and `date ± duration`.",
    bad: "let x = \"a\" - 1", good: "let x = \"a\" + \"1\"")
  static let notCallable = DiagnosticRecord(
    "E0303", "not a function",
    explanation: "Only functions can be called.", bad: "let x = 3\nlet y = x(1)", good: "fn x(a) = a\nlet y = x(1)")
  static let argumentCount = DiagnosticRecord(
    "E0304", "wrong number of arguments",
    explanation: "A function is called with a value for each parameter that has no default, and no more than it has.",
    bad: "fn f(a, b) = a + b\nlet y = f(1)", good: "fn f(a, b = 2) = a + b\nlet y = f(1)")
  static let frequencyMismatch = DiagnosticRecord(
    "E0305", "series of different frequency",
    explanation:
      "A monthly series and a daily one have no dates in common that mean the same. Bring one to the dates of "
      + "the other: `unrate.on_dates(price)` is the value known on each price date.",
    bad: "let x = macro(\"US_RT_CPI\") * close(\"SPY\")",
    good: "let x = macro(\"US_RT_CPI\").on_dates(close(\"SPY\")) * close(\"SPY\")")
  static let wrongArgument = DiagnosticRecord(
    "E0401", "an argument the function cannot work with",
    explanation: "The argument has the right type but not a value that makes sense: a window below 1, a negative lag, "
      + "an unknown rule.", bad: "let x = sma(close(\"SPY\"), 0)", good: "let x = sma(close(\"SPY\"), 20)")
  static let conditionNotBool = DiagnosticRecord(
    "E0402", "a condition that is no bool",
    explanation: "Only `true` and `false` decide: numbers, strings, lists and series are never conditions. Compare the "
      + "value; for a mask over a series use `above(a, b)` and `where(mask, a, b)`.",
    bad: "if 1 { print(\"x\") }", good: "if 1 > 0 { print(\"x\") }")
  static let missingCondition = DiagnosticRecord(
    "E0403", "a condition that is missing",
    explanation: "The condition compares a missing number, so it is neither true nor false. Say what a gap shall mean "
      + "with `??`, or set `missing:` in the strategy block to \"false\" or \"hold\".",
    bad: "let up = if sqrt(-1) > 0 { 1 } else { 0 }",
    good: "let up = if (sqrt(-1) > 0) ?? false { 1 } else { 0 }")
  static let indexOutOfRange = DiagnosticRecord(
    "E0404", "index out of range",
    explanation: "A list of n items has the indices 0 to n - 1, and -1 to -n from its end. `xs[i] ?? default` gives a "
      + "default instead of an error.", bad: "let x = [1, 2][2]", good: "let x = [1, 2][2] ?? 0")
  static let missingKey = DiagnosticRecord(
    "E0405", "key not in the map",
    explanation:
      "Reading a key that a map does not have is an error; `m[k] ?? default` and `get(m, k, default)` are the "
      + "ways around.", bad: "let w = [\"SPY\": 1][\"SPX\"]", good: "let w = [\"SPY\": 1][\"SPX\"] ?? 0")
  static let duplicateKey = DiagnosticRecord(
    "E0406", "a key that cannot be one",
    explanation: "Keys of a map are strings, numbers that are not missing, bools and dates.",
    bad: "let m = [[1]: 2]", good: "let m = [\"a\": 2]")
  static let patternLength = DiagnosticRecord(
    "E0407", "a list of another length",
    explanation: "Taking a list apart needs exactly as many names as it has items.",
    bad: "let [a, b] = [1, 2, 3]", good: "let [a, b, _] = [1, 2, 3]")
  static let assertionFailed = DiagnosticRecord(
    "E0408", "assertion failed", explanation: "The condition of an `assert` is false.",
    bad: "assert 1 + 1 == 3", good: "assert 1 + 1 == 2")
  static let scriptError = DiagnosticRecord(
    "E0409", "error raised by the script", explanation: "The script called `error(message)`.",
    bad: "if len([]) == 0 { error(\"no members\") }", good: "if len([1]) == 0 { error(\"no members\") }")
  static let noAsOf = DiagnosticRecord(
    "E0410", "data read where there is no date",
    explanation:
      "Data can be read in what `signals` calls, inside `at DATE { … }` and at the prompt; constants, defaults "
      + "of params and a bare test have no `as_of`.",
    bad: "let spy = close(\"SPY\")", good: "fn spy() = close(\"SPY\")")
  static let stepLimit = DiagnosticRecord(
    "E0501", "too many steps",
    explanation: "One call of `signals` or one test may take a limited number of steps, so that an endless loop ends. "
      + "`--limit steps=…` changes it.", bad: "while true { }", good: "for i in 1..10 { print(i) }")
  static let memoryLimit = DiagnosticRecord(
    "E0502", "too much memory",
    explanation: "One call of `signals` or one test may make a limited amount of lists, maps, strings and series. "
      + "`--limit memory=…` changes it.", bad: "var xs = [1]\nwhile true { xs = xs + xs }",
    good: "var x = 1\nfor i in 1..10 { x = x + x }")
  static let depthLimit = DiagnosticRecord(
    "E0503", "calls nested too deeply",
    explanation: "Functions may call each other to a limited depth, so that a recursion without end stops. "
      + "`--limit depth=…` changes it.", bad: "fn f(n) = f(n + 1)\nlet x = f(1)",
    good: "fn f(n) = if n > 10 { n } else { f(n + 1) }\nlet x = f(1)")
  static let outputLimit = DiagnosticRecord(
    "E0504", "too much output",
    explanation: "A run may print and note a limited amount of text and plot a limited number of tracks. "
      + "`--limit output=…` changes it.", bad: "while true { print(\"{1:80}\") }", good: "for i in 1..10 { print(i) }")
  static let interrupted = DiagnosticRecord(
    "E0505", "interrupted", explanation: "The evaluation was stopped from outside.")
  static let listLimit = DiagnosticRecord(
    "E0506", "list or map too long",
    explanation: "One list or map may have a limited number of elements. `--limit list=…` changes it.",
    bad: "let xs = range(5e6)", good: "let xs = range(1000)")
  static let stringLimit = DiagnosticRecord(
    "E0507", "string too long",
    explanation: "One string may have a limited number of bytes. `--limit string=…` changes it.",
    bad: "var s = \"x\"\nwhile true { s = s + s }", good: "var s = \"\"\nfor i in 1..10 { s = s + \"{i} \" }")
  static let timeLimit = DiagnosticRecord(
    "E0508", "too much time",
    explanation: "One call of `signals` or one test may run for a limited time. The limit of steps ends most scripts "
      + "long before it. `--limit seconds=…` changes it.", bad: "while true { }", good: "for i in 1..10 { print(i) }")
  static let lookAhead = DiagnosticRecord(
    "E0601", "look-ahead",
    explanation:
      "A script sees what was known at `as_of` and nothing later. A date after it, in `as_of:`, in `at` or as "
      + "a bound, would read the future.",
    bad: "fn signals(as_of) = at as_of + 5d { [\"SPY\": 1] }",
    good: "fn signals(as_of) = at as_of - 5d { [\"SPY\": 1] }")
}

extension Diagnostic {
  static func conditionNotBool(_ kind: ValueKind, hint isSeries: Bool) -> Diagnostic {
    Diagnostic(
      .conditionNotBool, "this condition is \(kind.described), not a bool",
      notes: isSeries ? [Note("compare the series with something, or use `above(a, b)` and `where(mask, a, b)`")] : [])
  }
  static func missingCondition(_ subject: String, _ reason: MissingReason) -> Diagnostic {
    Diagnostic(
      .missingCondition, "\(subject) is missing: \(reason.text)",
      notes: [Note("say what a gap shall mean: `condition ?? false`, or `missing: \"hold\"` in the strategy block")])
  }
  static func stepLimit(_ limit: Int) -> Diagnostic {
    Diagnostic(
      .stepLimit, "this call took more than \(limit) steps",
      notes: [Note("is there a loop without end? `--limit steps=…` raises the limit")])
  }
  static func memoryLimit(_ limit: Int) -> Diagnostic {
    Diagnostic(
      .memoryLimit, "this call used more than \(limit >> 20) MiB",
      notes: [Note("lists, maps, strings and made series count; `--limit memory=…` raises the limit")])
  }
  static func listLimit(_ limit: Int) -> Diagnostic {
    Diagnostic(
      .listLimit, "this list or map has more than \(limit) elements",
      notes: [Note("a series holds a long history in less room; `--limit list=…` raises the limit")])
  }
  static func stringLimit(_ limit: Int) -> Diagnostic {
    Diagnostic(
      .stringLimit, "this string has more than \(limit) bytes", notes: [Note("`--limit string=…` raises the limit")])
  }
  static func timeLimit(_ limit: Int) -> Diagnostic {
    Diagnostic(
      .timeLimit, "this call took more than \(limit) second\(limit == 1 ? "" : "s")",
      notes: [Note("is there a loop that ends late? `--limit seconds=…` raises the limit")])
  }
  static func depthLimit(_ limit: Int) -> Diagnostic {
    Diagnostic(
      .depthLimit, "calls are nested more than \(limit) deep",
      notes: [Note("does a recursion lack its end? `--limit depth=…` raises the limit")])
  }
  static func outputLimit(_ what: String) -> Diagnostic {
    Diagnostic(
      .outputLimit, "the run \(what)", notes: [Note("`--limit output=…` and `--limit tracks=…` raise the limits")])
  }
  static func interrupted() -> Diagnostic { Diagnostic(.interrupted, "the evaluation was interrupted") }
  static func typeMismatch(expected: String, found: ValueKind, what: String) -> Diagnostic {
    Diagnostic(.typeMismatch, "\(what) must be \(expected), not \(found.described)")
  }
  /// An argument that a builtin cannot work with: what was found, what is needed.
  public static func wrongArgument(_ message: String, remedy: String? = nil) -> Diagnostic {
    Diagnostic(.wrongArgument, message, notes: remedy.map { [Note($0)] } ?? [])
  }
  /// Data read where no date is current.
  public static func noAsOf(_ what: String) -> Diagnostic {
    Diagnostic(
      .noAsOf, "`\(what)` needs a date, and there is none here",
      notes: [Note("data is read in what `signals` calls, or inside `at DATE { … }`")])
  }
  /// An attempt to read the future: what was attempted, and the dates involved.
  public static func lookAhead(_ attempt: String, asked: Day, asOf: Day) -> Diagnostic {
    Diagnostic(
      .lookAhead, "look-ahead: \(attempt) asks for \(asked), which lies after as_of \(asOf)",
      notes: [Note("a script sees what was known at `as_of` and nothing later")])
  }
}

extension Diagnostic {
  static func patternLength(names: Int, items: Int) -> Diagnostic {
    Diagnostic(
      .patternLength, "\(names) name\(names == 1 ? "" : "s") for \(items) item\(items == 1 ? "" : "s")",
      notes: [Note("`_` stands for an item that is not needed")])
  }
  static func notCallable(_ text: String, _ kind: ValueKind) -> Diagnostic {
    Diagnostic(.notCallable, "`\(text)` is \(kind.described), not a function")
  }
  static func argumentCount(_ name: String, required: Int, most: Int, given: Int) -> Diagnostic {
    let takes = required == most ? "\(required)" : "\(required) to \(most)"
    return Diagnostic(.argumentCount, "`\(name)` takes \(takes) argument\(takes == "1" ? "" : "s"), \(given) given")
  }
  static func namedThroughValue(_ name: String) -> Diagnostic {
    Diagnostic(
      .argumentCount, "a function value takes its arguments by position",
      notes: [Note("`\(name)` is called through a value here; named arguments need the function's own name")])
  }
  static func unknownArgument(_ label: String, _ function: String, _ signature: Signature) -> Diagnostic {
    Diagnostic(
      .argumentCount, "`\(function)` has no free parameter `\(label)` in this form",
      notes: [Note("it is `\(signature.text)`")])
  }
  static func assertionFailed(_ condition: String, message: String?, notes: [String]) -> Diagnostic {
    Diagnostic(
      .assertionFailed, message.map { "assertion failed: \($0)" } ?? "assertion failed: `\(condition)`",
      notes: notes.map { Note($0) })
  }
  static func badKey(_ what: String, _ reason: MissingReason?) -> Diagnostic {
    Diagnostic(
      .duplicateKey, "\(what) cannot be a key\(reason.map { " (\($0.text))" } ?? "")",
      notes: [Note("keys are strings, numbers, bools and dates")])
  }
  static func notIndexable(_ kind: ValueKind) -> Diagnostic {
    Diagnostic(
      .typeMismatch, "\(kind.described) has no items to index",
      notes: kind == .function
        ? [Note("a price history is `close(ticker)`, its earlier values are `close(ticker).lag(1)`")] : [])
  }
  static func seriesIndex(_ index: Int) -> Diagnostic {
    Diagnostic(
      .wrongArgument, "a series is indexed from its end: `s[-1]` is the latest, `s[\(index)]` is not defined",
      notes: [Note("earlier values are `s.lag(\(max(1, index)))`; by position from the start, `values(s)[\(index)]`")])
  }
  static func indexOutOfRange(_ index: String, count: Int) -> Diagnostic {
    let range = count == 0 ? "it is empty" : "it has the indices 0 to \(count - 1), and -1 to -\(count) from its end"
    return Diagnostic(.indexOutOfRange, "index \(index) is out of range", notes: [Note(range)])
  }
  static func missingKey(_ key: String, suggestions: [String]) -> Diagnostic {
    let close = suggestions.isEmpty ? [] : [Note("close keys: \(suggestions.joined(separator: ", "))")]
    return Diagnostic(
      .missingKey, "the map has no key \(key)",
      notes: close + [Note("`m[key] ?? default` gives a default instead")])
  }
}

extension Diagnostic {
  static func memberOfNoMap(_ kind: ValueKind, _ name: String) -> Diagnostic {
    Diagnostic(
      .typeMismatch, "only a map has members by name, this is \(kind.described)",
      notes: [Note(ForeignName.named("." + name)?.advice ?? "did you mean the call `.\(name)()`?")])
  }
  static func scriptError(_ message: String) -> Diagnostic { Diagnostic(.scriptError, message) }
}
