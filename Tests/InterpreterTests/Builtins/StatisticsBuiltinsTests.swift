import Testing

@testable import Interpreter

@Suite struct StatisticsBuiltinsTests {
  func check(_ expression: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let found = Running.output(of: StatisticsBuiltinsTests.prelude + "print(\(expression))")
    let isError = expected.hasPrefix("E0") && found.hasPrefix(expected)
    #expect(isError || found == expected, "\(expression) gives \(found)", sourceLocation: sourceLocation)
  }

  private static let prelude = """
    let s = series([2024-01-01: 1, 2024-01-02: 3, 2024-01-03: 2, 2024-01-04: 6])
    let g = series([2024-01-01: 1, 2024-01-02: na, 2024-01-03: 3, 2024-01-04: 5])
    let e = series([:])

    """

  @Test func reducing() {
    check("sum(s), mean(s), median(s), min(s), max(s), variance(s)", "12 3 2.5 1 6 4.666666666666667")
    check("sum(g), mean(g), count(g), len(g), std(g)", "9 3 3 4 2")
    check(
      "sum(e), count(e), mean(e), reason(mean(e)), reason(std([1]))", "0 0 na insufficient history insufficient history"
    )
    check("mean([1, na, 3]), sum([na]), mean([]), sum([])", "na na na 0")
    check("mean([\"a\": 1, \"b\": na, \"c\": 3]), sum([:]), max([\"a\": s, \"b\": 2])", "2 0 6")
    check("quantile([1, 2, 3, 4], 0.25), quantile(s, 0), quantile(s, 1)", "1.75 1 6")
    check("quantile(s, -0.1)", "E0401")
    check("mean([\"x\"])", "E0301")
    check("mean(3)", "E0301")
    check("zscore(s), rank(s), rank(s, pct: true)", "1.3887301496588271 4 1")
    check(
      "zscore([\"a\": 1, \"b\": 3]).keys(), rank([\"a\": 1, \"b\": 3], desc: true)",
      "[\"a\", \"b\"] [\"a\": 2, \"b\": 1]")
    check("std([0.1, 0.1, 0.1]), reason(zscore(s * 0 + 0.1)), skew([1, 1, 1])", "0 division by zero na")
  }

  @Test func rolling() {
    check("mean(s, 2).values(), sum(s, window: 3).values()", "[na, 2, 2.5, 4] [na, na, 6, 11]")
    check("mean(g, 2).values(), mean(g, 2, min_obs: 1).values()", "[na, na, na, 4] [1, 1, 3, 4]")
    check("max(s, window: 2).values(), min(s, window: 2, min_obs: 1).values()", "[na, 3, 3, 6] [1, 1, 2, 2]")
    check("rank(s, 3).values(), zscore(s, 2).tail(1).values()", "[na, na, 2, 3] [0.7071067811865475]")
    check("quantile(s, 0.5, 2).values(), median(s, 3).values()", "[na, 2, 2.5, 4] [na, na, 2, 3]")
    check("mean(s, 0)", "E0401")
    check("mean(s, 2.5)", "E0401")
    check("mean(s, 2, min_obs: 3)", "E0401")
    check("mean(s, min_obs: 1)", "E0401")
    check("mean([1, 2], 2)", "E0401")
    check("mean(s, 1000000).last()", "na")
  }

  @Test func smallestAndLargestOfSeveral() {
    check("min(1, 2), max(1, 2, 3), min(1, na), min(2024-01-02, 2024-01-01)", "1 3 na 2024-01-01")
    check("min(s, 2).values(), max(0, s, 3).values(), max(s, g).values()", "[1, 2, 2, 2] [3, 3, 3, 6] [1, na, 3, 6]")
    check("min([2024-01-02, 2024-01-01]), 5.max(3)", "2024-01-01 5")
    check("min(1, 2024-01-01)", "E0401")
    check("min(1, \"a\")", "E0301")
    check("min([1], [2])", "E0304")
  }

  @Test func pairs() {
    check("corr(s, s * 2), cov(s, s) == variance(s), beta(s * 3, s)", "1 true 3")
    check("corr([1, 2], [1, na]), reason(beta([1, 2], [3, 3])), cov([1], [2])", "na division by zero na")
    check("cov(s, g), corr(g, s, 2).values()", "5 [na, na, 1, 1]")
    check("corr([1, 2], [1])", "E0401")
    check("corr(s, [1])", "E0401")
    check("corr(s, e)", "na")
  }

  @Test func counting() {
    check("count([1, na, \"a\", none]), count([1, 2, 3], x -> x > 1), count(g, v -> v > 2)", "2 2 2")
    check("count([\"a\": 1, \"b\": na]), count([\"a\": 1, \"b\": 2], (k, v) -> k == \"a\")", "1 1")
    check("count([1], x -> x)", "E0402")
  }
}
