import Testing

@testable import Interpreter

/// Series functions against pandas 3.1: `resample` (on dates with weekends moved to Monday), `rolling(5, min_periods=3)`,
/// `ewm`, `rolling.corr`; the last eight values of each.
@Suite struct PandasReferenceTests {
  private static let prelude = """
    let s = series([
      2023-11-25: 97.2, 2023-11-30: 101.9, 2023-12-01: 102.6, 2023-12-06: na, 2023-12-08: 97.1,
      2023-12-10: 93.8, 2023-12-13: 92.0, 2023-12-14: 90.7, 2023-12-19: 88.8, 2023-12-20: 90.3,
      2023-12-21: 90.1, 2023-12-22: na, 2023-12-24: na, 2023-12-26: 91.9, 2023-12-27: 87.5, 2023-12-28: 86.8,
      2023-12-29: 84.3, 2023-12-30: 83.8, 2023-12-31: 80.7, 2024-01-05: 80.7, 2024-01-06: 80.6,
      2024-01-09: 79.9, 2024-01-12: 77.4, 2024-01-13: 76.5
    ])
    let t = series([
      2023-11-25: 47.8, 2023-11-30: 47.3, 2023-12-01: 50.4, 2023-12-06: 47.8, 2023-12-08: 52.3,
      2023-12-10: 51.4, 2023-12-13: 46.0, 2023-12-14: 50.5, 2023-12-19: 47.8, 2023-12-20: 50.1,
      2023-12-21: 50.1, 2023-12-22: 46.0, 2023-12-24: 49.5, 2023-12-26: 49.5, 2023-12-27: 51.9,
      2023-12-28: 47.6, 2023-12-29: 51.5, 2023-12-30: 47.8, 2023-12-31: 49.3, 2024-01-05: 48.3,
      2024-01-06: 52.9, 2024-01-09: 51.1, 2024-01-12: 54.9, 2024-01-13: 51.3
    ])

    """

  private static let references = [
    ("s.resample(\"weekly\", \"last\")", "102.6 97.1 90.7 90.1 84.3 80.7 77.4 76.5"),
    (
      "s.resample(\"weekly\", \"mean\")",
      "100.5666666667 97.1 92.1666666667 89.7333333333 87.625 81.7333333333 79.3 76.5"
    ),
    ("s.resample(\"monthly\", \"last\")", "101.9 84.3 76.5"),
    ("s.resample(\"monthly\", \"mean\")", "99.55 91.325 79.9428571429"),
    ("s.resample(\"quarterly\", \"last\")", "84.3 76.5"),
    ("s.resample(\"quarterly\", \"mean\")", "92.5 79.9428571429"),
    ("s.resample(\"yearly\", \"last\")", "84.3 76.5"),
    ("s.resample(\"yearly\", \"mean\")", "92.5 79.9428571429"),
    ("s.mean(5, min_obs: 3)", "87.625 86.86 84.62 83.26 82.02 81.14 79.86 79.02"),
    (
      "s.std(5, min_obs: 3)",
      "3.1637267054 3.2300154798 2.7012959853 2.5986534975 1.8619881847 1.5241391013 1.4152738251 1.9408760908"
    ),
    (
      "s.skew(5, min_obs: 3)",
      "0.8590608183 1.0244711885 -0.5616964935 0.2870524866 0.6473071894 1.9519710052 -1.9543222656 -0.6204522128"
    ),
    (
      "s.kurt(5, min_obs: 3)",
      "1.6950898276 0.9119619654 -0.3005966115 -1.3064933939 -3.0915603038 4.1815037593 3.813742691 -2.537399344"
    ),
    ("s.median(5, min_obs: 3)", "87.15 86.8 84.3 83.8 80.7 80.7 80.6 79.9"),
    ("s.quantile(0.3, 5, min_obs: 3)", "86.55 84.8 83.9 81.32 80.7 80.62 80.04 77.9"),
    ("s.rank(5, min_obs: 3)", "1.0 1.0 1.0 1.5 1.0 1.0 1.0 1.0"),
    (
      "s.ewm_mean(halflife: 3)",
      "88.2724431873 87.1992018985 85.6904026488 84.5610688847 83.6822523036 82.8559688852 81.6783639872 80.5712370041"
    ),
    (
      "s.ewm_std(span: 5, adjust: false)",
      "3.442278064 3.4047061659 4.0323199819 3.8237639024 3.4010891713 3.0531566981 3.3011144365 3.3075269341"
    ),
    (
      "t.ema(6)",
      "49.84483288 49.2605949143 49.2718535102 48.9941810787 50.1101293419 50.39294953 51.6806782357 51.5719130255"
    ),
    (
      "corr(s.change(), t.change(), 8, min_obs: 5)",
      "-0.0882021076 -0.2184803804 -0.3047433109 -0.3830475654 -0.4066556633 -0.4340136507 -0.4727019101 -0.4421553397"
    ),
    (
      "t.volatility(5)",
      "1.0842233307 1.1494480589 1.1790088123 1.1048093579 1.1120729624 1.0283538368 0.899810572 1.1217977957"
    ),
  ]

  @Test(arguments: references) func agreesWithPandas(_ expression: String, _ expected: String) throws {
    let printed = Running.output(of: Self.prelude + "print(\(expression).tail(8).values().map(string).join(\" \"))")
    let found = printed.split(separator: " ").map(String.init)
    let wanted = expected.split(separator: " ").map(String.init)
    try #require(found.count == wanted.count, "\(expression) gives \(printed)")
    for (one, other) in zip(found, wanted) {
      let number = try #require(Double(one), "\(expression) gives \(printed)")
      let reference = try #require(Double(other))
      #expect(abs(number - reference) <= 1e-9 * max(1, abs(reference)), "\(expression)")
    }
  }
}
