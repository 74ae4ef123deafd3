import MarketModel
import Testing

@testable import Interpreter

@Suite struct SeriesBuiltinsTests {
  /// Prints an expression over a few series and compares, or compares the code of the error.
  func check(_ expression: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let found = Running.output(of: SeriesBuiltinsTests.prelude + "print(\(expression))")
    let isError = expected.hasPrefix("E0") && found.hasPrefix(expected)
    #expect(isError || found == expected, "\(expression) gives \(found)", sourceLocation: sourceLocation)
  }

  private static let prelude = """
    let s = series([2024-01-01: 1, 2024-01-02: 2, 2024-01-04: 4, 2024-01-05: 8])
    let g = series([2024-01-01: na, 2024-01-02: 3, 2024-01-03: na, 2024-01-08: na, 2024-01-09: 5])
    let m = series([2023-12-29: 1, 2024-01-31: 2, 2024-02-29: 3, 2024-03-29: 4, 2024-04-30: 5])
    let e = series([:])

    """

  @Test func endsAndParts() {
    check(
      "s.len(), e.len(), g.len(), s.first(), s.last(), reason(e.first()), reason(e.last())",
      "4 0 5 1 8 insufficient history insufficient history")
    check("s.head(2).values(), s.tail(2).values(), s.tail(9).len(), s.head(0).len()", "[1, 2] [4, 8] 4 0")
    check("s.head(-1)", "E0401")
    check("s.tail(1.5)", "E0401")
    check(
      "s.between(2024-01-02, 2024-01-04).values(), s.between(2024-01-03).values(), s.between(2024-01-05, 2024-01-01).len()",
      "[2, 4] [4, 8] 0")
    check("s.last_date(), e.last_date(), s.dates()[0]", "2024-01-05 none 2024-01-01")
    check("s[-1], s[-2], s[-9], s[-2..].values()", "8 4 na [4, 8]")
    check("series([2024-01-05: 1, 2024-01-01: 2]).dates()", "[2024-01-01, 2024-01-05]")
    check("series([\"a\": 1])", "E0401")
  }

  @Test func lagsCountObservationsOrTime() {
    check(
      "s.lag().values(), s.lag(0).values(), s.lag(3).values(), s.lag(9).values()",
      "[na, 1, 2, 4] [1, 2, 4, 8] [na, na, na, 1] [na, na, na, na]")
    check("reason(s.lag(4).last())", "insufficient history")
    check("s.lag(1d).values(), s.lag(2d).values(), s.lag(0d).values()", "[na, 1, 2, 4] [na, na, 2, 2] [1, 2, 4, 8]")
    check(
      "m.lag(1mo).values(), m.lag(1y).values(), m.lag(1bd).values()",
      "[na, 1, 1, 3, 4] [na, na, na, na, na] [na, 1, 2, 3, 4]")
    check("s.lag(-1)", "E0602")
    check("s.lag(-1d)", "E0602")
    check("s.lag(1.5)", "E0401")
    check("s.diff().values(), s.diff(2).values()", "[na, 1, 2, 4] [na, na, 3, 6]")
    check("s.change().values(), s.change(1d).values()", "[na, 1, 1, 1] [na, 1, 1, 1]")
    check("reason(series([2024-01-01: 0, 2024-01-02: 2]).change().last())", "division by zero")
    check("reason(series([2024-01-01: -1, 2024-01-02: 2]).log_change().last())", "domain error")
    check("series([2024-01-01: 1, 2024-01-02: exp(2)]).log_change()", "2")
  }

  @Test func readingByDate() {
    check(
      "s.on(2024-01-03), s.on(2024-01-05), s.on(2030-01-01), reason(s.on(2023-12-31))", "2 8 8 insufficient history")
    check("s.on_dates([2024-01-05, 2023-12-31, 2024-01-03, 2024-01-03]).values()", "[na, 2, 8]")
    check("g.on_dates(s).values(), g.on_dates(s).dates() == s.dates()", "[na, 3, 3, 3] true")
    check("s.on_dates([]).len()", "0")
    check("s.on_dates([1])", "E0401")
  }

  @Test func gaps() {
    check("g.dropna().values(), g.dropna().dates()", "[3, 5] [2024-01-02, 2024-01-09]")
    check("g.fill(0).values(), g.fill(value: 1).values()", "[0, 3, 0, 0, 5] [1, 3, 1, 1, 5]")
    check(
      "g.fill(1d).values(), g.fill(6d).values(), g.fill(max_age: 4bd).values()",
      "[na, 3, 3, na, 5] [na, 3, 3, 3, 5] [na, 3, 3, 3, 5]")
    check("g.fill()", "E0401")
    check("g.fill(1d, 0)", "E0401")
    check("g.fill(-1d)", "E0401")
  }

  @Test func resamplingByCalendar() {
    check("s.resample(\"weekly\").dates(), s.resample(\"weekly\").values()", "[2024-01-05] [8]")
    check(
      "m.resample(\"quarterly\").dates(), m.resample(\"quarterly\", \"sum\").values()",
      "[2023-12-29, 2024-03-29, 2024-06-28] [1, 9, 5]")
    check(
      "m.resample(\"yearly\", \"mean\").values(), m.resample(\"yearly\").dates()", "[1, 3.5] [2023-12-29, 2024-12-31]")
    // A Saturday that ends a month counts with Monday, in the next month.
    check("series([2024-08-30: 1, 2024-08-31: 2, 2024-09-02: 3]).resample(\"monthly\", \"first\").values()", "[1, 2]")
    check("series([2024-08-30: 1, 2024-08-31: 2]).resample(\"monthly\").dates()", "[2024-08-30, 2024-09-30]")
    check("g.resample(\"weekly\", \"sum\").values(), g.resample(\"weekly\", \"min\").values()", "[3, 5] [3, 5]")
    check(
      "series([2024-01-01: na]).resample(\"weekly\").values(), series([2024-01-01: na]).resample(\"weekly\", \"sum\").values()",
      "[na] [na]")
    check("s.resample(\"daily\")", "E0401")
    check("s.resample(\"weekly\", \"median\")", "E0401")
    check("e.resample(\"weekly\").len()", "0")
  }

  @Test func masksAndChoices() {
    check(
      "s.above(2).values(), s.below(s.lag()).values(), g.above(3).values()",
      "[0, 0, 1, 1] [na, 0, 0, 0] [na, 0, na, na, 1]")
    check("where(s.above(2), s, 0).values(), where(s.above(2), 1, s.lag()).values()", "[0, 0, 4, 8] [na, 1, 1, 1]")
    check("where(g.above(3), 1, -1).values()", "[na, -1, na, na, 1]")
    check("where(s.above(2), g, 0).dates()", "[2024-01-01, 2024-01-02]")
  }

  @Test func transforming() {
    check("s.map(v -> v * 2).values(), s.map((d, v) -> d.day()).values()", "[2, 4, 8, 16] [1, 2, 4, 5]")
    check("s.filter(v -> v > 2).values(), s.filter((d, v) -> d.weekday() == 1).values()", "[4, 8] [1]")
    check("s.map(v -> \"x\")", "E0301")
    check("align([s, g])[0].values(), align([s, g])[1].values(), align([])", "[1, 2] [na, 3] []")
    check(
      "g.cum_sum().values(), s.cum_prod().values(), g.cum_max().values(), s.drawdown().last()",
      "[na, 3, na, na, 8] [1, 2, 8, 64] [na, 3, na, na, 5] 0")
  }

  @Test func longChainsOfRecipesEnd() {
    let script = "var x = series([2024-01-01: 1, 2024-01-02: 2])\nfor i in 1..5000 { x = x + 1 }\nprint(x)"
    #expect(Running.output(of: script) == "5002")
    let doubling = "var x = series([2024-01-01: 1, 2024-01-02: 2])\nfor i in 1..60 { x = (x + x) / 2 }\nprint(x)"
    #expect(Running.output(of: doubling) == "2")
  }
}
