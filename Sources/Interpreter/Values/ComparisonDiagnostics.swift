import Diagnostics
import MarketModel

extension DiagnosticRecord {
  static let noEquality = DiagnosticRecord(
    "E0306", "values that cannot be equal",
    explanation: "`==` and `!=` compare two values of one type; only `none` may be compared with anything. Functions "
      + "have no equality.", bad: "let same = 1 == \"1\"", good: "let same = 1 == number(\"1\")")
  static let noOrder = DiagnosticRecord(
    "E0307", "values without an order",
    explanation: "`< <= > >=` compare two numbers, two strings, two dates, or two durations of a kind. Sorting takes "
      + "also lists of these, and never a mixture of types.",
    bad: "let before = \"a\" < 1", good: "let before = \"a\" < \"b\"")
}

extension Diagnostic {
  static func noEquality(_ left: ValueKind, _ right: ValueKind) -> Diagnostic {
    if left == .function && right == .function {
      return Diagnostic(
        .noEquality, "functions have no equality", notes: [Note("compare what they give, or a name kept beside them")])
    }
    return Diagnostic(
      .noEquality, "\(left.described) and \(right.described) cannot be compared for equality",
      notes: [
        Note(
          conversionHint(left, right) ?? "values of different types are never equal; only `none` may be "
            + "compared with anything")
      ])
  }

  static func noEquality(_ left: CalendarDuration, _ right: CalendarDuration) -> Diagnostic {
    Diagnostic(
      .noEquality, "the durations \(left) and \(right) are of different kinds",
      notes: [Note("days, months and sessions do not convert into each other")])
  }

  static func noOrder(_ operation: String, _ left: ValueKind, _ right: ValueKind) -> Diagnostic {
    let hint: String
    if left == .none || right == .none {
      hint = "say what `none` shall mean: `x ?? default`"
    } else if left == right {
      hint = "numbers, strings, dates and durations have an order"
    } else {
      hint = conversionHint(left, right) ?? "both sides must be of one type"
    }
    return Diagnostic(
      .noOrder, "\(operation) cannot compare \(left.described) with \(right.described)", notes: [Note(hint)])
  }

  static func noOrder(_ operation: String, _ left: CalendarDuration, _ right: CalendarDuration) -> Diagnostic {
    Diagnostic(
      .noOrder, "\(operation) cannot compare the durations \(left) and \(right), which are of different kinds",
      notes: [Note("days, months and sessions do not convert into each other")])
  }

  static func mixedSort(_ first: ValueKind, _ other: ValueKind) -> Diagnostic {
    Diagnostic(
      .noOrder, "sorting cannot compare \(first.described) with \(other.described)",
      notes: [Note("sort by one type: `by: x -> …` chooses what to compare")])
  }

  static func notSortable(_ kind: ValueKind) -> Diagnostic {
    Diagnostic(
      .noOrder, "\(kind.described) has no place in an order",
      notes: [Note("numbers, strings, dates, durations and lists of them can be sorted; `by: x -> …` chooses one")])
  }

  static func unfitFormat(_ expected: String, _ found: ValueKind) -> Diagnostic {
    .wrongArgument(
      "this format is for \(expected), not for \(found.described)",
      remedy: "every value takes `[[fill]align][width]`; dates take `%Y %m %d %b`")
  }

  static func nestedTooDeeply(_ limit: Int) -> Diagnostic {
    Diagnostic(
      .depthLimit, "lists and maps are nested more than \(limit) deep",
      notes: [Note("`--limit depth=…` raises the limit")])
  }

  private static func conversionHint(_ left: ValueKind, _ right: ValueKind) -> String? {
    let kinds = [left, right]
    if kinds.contains(.string), kinds.contains(.number) { return "`number(text)` and `string(x)` convert" }
    if kinds.contains(.string), kinds.contains(.date) { return "`date(text)` makes a date" }
    if kinds.contains(.date), kinds.contains(.duration) { return "`date ± duration` is a date" }
    return nil
  }
}
