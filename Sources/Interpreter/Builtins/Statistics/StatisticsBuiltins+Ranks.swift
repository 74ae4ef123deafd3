import Kernels
import MarketModel

/// Where the latest value stands among the others; over a map, where each member stands.
extension StatisticsBuiltins {
  static let zscore = Builtin(
    [
      .init("zscore(s: series, window: window? = none, min_obs: window = window) -> series | number") {
        call throws(Trap) in try apply(.zscore, .zscore, call, window: 1)
      },
      .init("zscore(m: map) -> map", body: CrossSection.zscore),
    ], family: family,
    doc:
      "Of a series: the latest value's distance from the mean in sample standard deviations (n - 1), the current one "
      + "included; against a window, or against the whole history as a number; na without spread. Of a map: each "
      + "member's distance; members that are na, and all where there is no spread, are left out.",
    examples: [.init("zscore(series([2024-01-01: 1, 2024-01-02: 2, 2024-01-03: 3]))", "1")])

  static let rank = Builtin(
    [
      .init(
        "rank(s: series, window: window? = none, pct: bool = false, min_obs: window = window) -> series | number"
      ) { call throws(Trap) in
        let isFraction = call.bool(2)
        return try apply(
          .rank(isFraction: isFraction), isFraction ? .fractionalRank : .rank, call, window: 1, minimum: 3)
      },
      .init(
        "rank(m: map, pct: bool = false, desc: bool = false, ties: string = \"average\") -> map",
        body: CrossSection.rank),
    ], family: family,
    doc: "Of a series: the rank of the latest value among the window, or the whole history, 1 the smallest, ties "
      + "averaged; `pct` divides by the count (pandas `rolling.rank`). Of a map: each member's rank; members that are "
      + "na are left out.",
    examples: [.init("rank(series([2024-01-01: 1, 2024-01-02: 3, 2024-01-03: 2]))", "2")])
}
