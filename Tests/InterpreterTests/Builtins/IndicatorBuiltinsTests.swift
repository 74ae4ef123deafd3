import Testing

@testable import Interpreter

@Suite struct IndicatorBuiltinsTests {
  func check(_ expression: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let found = Running.output(of: IndicatorBuiltinsTests.prelude + "print(\(expression))")
    let isError = expected.hasPrefix("E0") && found.hasPrefix(expected)
    #expect(isError || found == expected, "\(expression) gives \(found)", sourceLocation: sourceLocation)
  }

  private static let prelude = """
    let s = series([2024-01-01: 1, 2024-01-02: 3, 2024-01-03: 2, 2024-01-04: 6])
    let h = s + 1
    let l = s - 1

    """

  @Test func averages() {
    check(
      "sma(s, 2).values(), wma(s, 2).values()",
      "[na, 2, 2.5, 4] [na, 2.3333333333333335, 2.3333333333333335, 4.666666666666667]")
    check(
      "ema(s, 3).values(), highest(s, 2).values(), lowest(s, 2).values()", "[na, na, 2, 4] [na, 3, 3, 6] [na, 1, 2, 2]")
    check("ema(s, 0)", "E0401")
    check("ewm_mean(s, alpha: 0.5, adjust: false).values()", "[1, 2, 2, 4]")
    check("ewm_mean(s, span: 3, alpha: 0.5)", "E0401")
    check("ewm_mean(s)", "E0401")
    check("ewm_mean(s, alpha: 1.5)", "E0401")
    check("ewm_std(s, halflife: 0)", "E0401")
  }

  @Test func bandsAndOscillators() {
    check(
      "bollinger(s, 2, 1).keys(), bollinger(s, 2, 1).upper.values()", "[\"middle\", \"upper\", \"lower\"] [na, 3, 3, 6]"
    )
    check(
      "macd(s, 1, 1, 1).keys(), macd(s, 1, 1, 1).histogram.values()",
      "[\"line\", \"signal\", \"histogram\"] [0, 0, 0, 0]")
    check("rsi(s, 2).values()", "[na, na, 66.66666666666666, 90.9090909090909]")
    check("stoch(h, l, s, 2, 1, 1).k.values()", "[na, 75, 33.33333333333333, 83.33333333333334]")
    check("atr(h, l, s, 2).values()", "[na, na, 2.5, 3.75]")
    check("adx(h, l, s, 2).values()", "[na, na, na, 40]")
    check("rsi(s, 0)", "E0401")
  }

  @Test func crossings() {
    check(
      "crossed_above(s, 2), crossed_below(s, 2), crossed_above(s, s.lag()), crossed_above(s.head(1), 0)",
      "true false true na")
    check("crossed_above(s, 5), crossed_below(s.head(3), 2.5), crossed_above(s.head(1) * 1, s)", "true true na")
  }

  @Test func volatilityAndDecay() {
    check("volatility(s, 2, 1).tail(1) == std(s.change(), 2)", "true")
    check(
      "reason(half_life(s)), reason(half_life(series([2024-01-01: 1, 2024-01-02: 2, 2024-01-03: 4])))",
      "none domain error")
    check("half_life(s, 0)", "E0401")
  }
}
