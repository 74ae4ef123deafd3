import MarketModel
import Testing

@testable import Interpreter

@Suite struct ElementwiseTests {
  /// Prints an expression and compares, or compares the start of the error.
  func check(_ expression: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let found = Running.output(of: "print(\(expression))")
    let isError = expected.hasPrefix("E0") && found.hasPrefix(expected)
    #expect(isError || found == expected, "\(expression) gives \(found)", sourceLocation: sourceLocation)
  }

  @Test func numbersFollowPythonAndNeverBecomeInfinite() {
    check("7 % 3, -7 % 3, 7 % -3, -7 % -3, 5.5 % 2", "1 2 -2 -1 1.5")
    check("0 ** 0, 2 ** 10, 2 ** -1, (-8) ** 3, 0.25 ** 0.5", "1 1024 0.5 -512 0.5")
    check("reason(1 / 0), reason(0 / 0), reason(1 % 0)", "division by zero division by zero division by zero")
    check("reason(0 ** -1), reason((-8) ** 0.5)", "division by zero domain error")
    check(
      "reason(1e308 * 10), reason(-1e308 - 1e308), reason(10 ** 400), reason(1e300 / 1e-300)",
      "overflow overflow overflow overflow")
    check("reason(1 / 0 + log(-1)), reason(log(-1) + 1 / 0)", "division by zero domain error")
    check("is_na(na ** 0), is_na(1 ** na), reason(-(1 / 0))", "true true division by zero")
    check("reason((1 / 0) % log(-1)), reason(2 ** (1 / 0))", "division by zero division by zero")
  }

  @Test func textsAndListsJoin() {
    check("\"a\" + \"é\" + \"\", (\"a\" + \"b\").len()", "aé 2")
    check("[1] + [], [] + [[2]]", "[1] [[2]]")
    check("[1] + 2", "E0302")
    check("\"a\" + 1", "E0302")
  }

  @Test func datesAndDurationsCombine() {
    check("2024-03-01 - 2024-02-28, 2024-02-28 - 2024-03-01", "2 -2")
    check(
      "2024-01-31 + 1mo, 2024-03-31 - 1mo, 2024-02-29 + 1y, 2024-02-28 + 2d",
      "2024-02-29 2024-02-29 2025-02-28 2024-03-01")
    check("2024-03-01 + 1bd, 2024-03-04 - 1bd, 2024-03-02 + 0bd", "2024-03-04 2024-03-01 2024-03-02")
    check("1mo + 2024-01-31", "2024-02-29")
    check("10d + 2w, 1y - 3mo, 3 * 2d, 2mo * 6, -5bd, 2bd * 0", "24d 9mo 6d 1y -5bd 0bd")
    check("9999-12-31 + 1d", "E0401")
    check("0001-01-01 - 1mo", "E0401")
    check("2024-01-01 + 999999bd * 100", "E0401")
    check("2024-01-01 + 999999d * 9", "E0401")
    check("1d + 1mo", "E0302")
    check("1d * 1.5", "E0302")
    check("1d * na", "E0302")
    check("999999d * 9999999999", "E0401")
    check("999999d * 2000 + 999999d * 2000", "E0401")
    check("1d / 2", "E0302")
    check("2024-01-01 + 5", "E0302")
    check("2024-01-01 + 2024-01-02", "E0302")
    check("1d - 2024-01-01", "E0302")
  }

  @Test func mapsWorkMemberByMember() {
    check("2 * [\"a\": 1, \"b\": 3], [\"a\": 1] / 2, 1 - [\"a\": 3]", "[\"a\": 2, \"b\": 6] [\"a\": 0.5] [\"a\": -2]")
    check("[\"a\": 1, \"b\": 2] + [\"c\": 5, \"b\": 3]", "[\"a\": 1, \"b\": 5, \"c\": 5]")
    check("[\"a\": 1] - [\"b\": 2]", "[\"a\": 1, \"b\": -2]")
    check("[\"a\": 2, \"b\": 2] * [\"c\": 5, \"b\": 3], [\"a\": 1] / [\"a\": 0]", "[\"b\": 6] [\"a\": na]")
    check("-[\"a\": 1], [\"a\": [\"b\": 1]] * 2", "[\"a\": -1] [\"a\": [\"b\": 2]]")
    check("[\"a\": 1] % [\"a\": 1]", "E0302")
    check("[\"a\": \"x\"] * 2", "E0302")
  }

  @Test func otherPairsAreErrorsWithAHint() {
    for pair in ["true + 1", "none * 2", "1 - \"a\"", "[1] * 2", "abs + 1", "-\"a\"", "-true", "\"a\" * 2"] {
      check(pair, "E0302")
    }
  }

  @Test func seriesMeetOnCommonDates() {
    let a = "series([2024-01-01: 1, 2024-01-02: 2, 2024-01-04: 4])"
    let b = "series([2024-01-02: 10, 2024-01-03: 20, 2024-01-04: 0])"
    check("(\(a) * 2).values(), (1 - \(a)).values(), (-\(a)).values()", "[2, 4, 8] [0, -1, -3] [-1, -2, -4]")
    check("(\(a) + \(b)).values(), (\(a) + \(b)).dates()", "[12, 4] [2024-01-02, 2024-01-04]")
    check("(\(a) / \(b)).values()", "[0.2, na]")
    check("(\(a) ** 2 % 3).values()", "[1, 1, 1]")
    check("(\(a) + series([:])).len(), (series([:]) * 2).len()", "0 0")
    check("\(a) + \"x\"", "E0302")
    check("[\"k\": \(a)] + \(a)", "E0302")
    check("[\"k\": \(a)] * 2", "[\"k\": 8]")
    check("[\"k\": \(a)] + [\"k\": \(b)]", "[\"k\": 4]")
  }

  @Test func frequenciesDoNotMix() {
    let daily = "series([d: 1 for d in [2024-01-01, 2024-01-02, 2024-01-31, 2024-02-01]])"
    let monthly = "series([2024-01-01: 1, 2024-02-01: 2, 2024-03-01: 3])"
    let ends = "series([2024-01-31: 1, 2024-02-29: 2, 2024-03-31: 3])"
    check("\(daily) + \(monthly)", "E0305")
    check("\(monthly) + \(ends)", "E0305")
    check("(\(monthly) + series([2024-02-01: 1, 2024-03-01: 1])).values()", "[3, 4]")
    check("(\(monthly) + series([2024-02-02: 1])).len()", "0")
  }
}
