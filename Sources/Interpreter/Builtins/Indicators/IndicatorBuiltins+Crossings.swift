import MarketModel

/// Whether one series has just crossed another, or a level.
extension IndicatorBuiltins {
  static let crossedAbove = crossing(
    "crossed_above",
    doc: "Now `a > b`, and at the previous common date `a <= b` (Pine `ta.crossover`); na if either "
      + "is missing.",
    example: "series([2024-01-01: 1, 2024-01-02: 3]).crossed_above(2)", result: "true"
  ) { $0 > $1 }
  static let crossedBelow = crossing(
    "crossed_below",
    doc: "Now `a < b`, and at the previous common date `a >= b` (Pine `ta.crossunder`); na if either "
      + "is missing.",
    example: "series([2024-01-01: 1, 2024-01-02: 3]).crossed_below(2)", result: "false"
  ) { $0 < $1 }

  private static func crossing(
    _ name: String, doc: String, example: String, result: String,
    _ isBeyond: @escaping @Sendable (Double, Double) -> Bool
  ) -> Builtin {
    Builtin(
      "\(name)(a: series, b: series | number) -> bool", family: family, doc: doc, examples: [.init(example, result)]
    ) { call throws(Trap) in
      let evaluation = call.evaluation
      let common = try PairOperation.above.series(call[0], call[1], evaluation)
      let latest = try common.latest(evaluation)
      if latest.isNaN { return Value(latest) }
      if common.count < 2 { return .missing(.insufficientHistory) }
      let now = try sides(common, at: common.count - 1, evaluation)
      let before = try sides(common, at: common.count - 2, evaluation)
      for side in [before.a, before.b] where side.isNaN { return Value(side) }
      return Value(isBeyond(now.a, now.b) && !isBeyond(before.a, before.b))
    }
  }

  /// The two numbers that a comparison of series meets at a place.
  private static func sides(
    _ comparison: SeriesRef, at place: Int, _ evaluation: Evaluation
  ) throws(Trap) -> (a: Double, b: Double) {
    let operands = comparison.operands
    let a = try operands.left.series?.value(at: place, evaluation)
    let b = try operands.right.series?.value(at: place, evaluation)
    return (a ?? operands.left.raw, b ?? operands.right.raw)
  }
}
