import Kernels
import MarketModel

/// Indicators of high, low and close. The shapes that take a ticker join these where data is known; both call `BarIndicator`.
extension IndicatorBuiltins {
  static let barBuiltins: [Builtin] = [atr, adx, stoch]

  static let atr = Builtin(
    "atr(high: series, low: series, close: series, n: window = 14) -> series", family: family,
    doc: "Wilder's average true range: from the second bar on, the mean of the first n, then smoothed; first value at "
      + "bar n + 1 (TA-Lib `ATR`). Also of a ticker: `atr(\"SPY\")`.",
    examples: [
      .init(
        "atr(series([2024-01-02: 3, 2024-01-03: 4]), series([2024-01-02: 2, 2024-01-03: 2]), "
          + "series([2024-01-02: 2.5, 2024-01-03: 3]), 1)", "2")
    ]
  ) { call throws(Trap) in
    try BarIndicator.averageTrueRange(
      high: call.series(0), low: call.series(1), close: call.series(2), length: call.whole(3), call.evaluation
    ).value
  }

  static let adx = Builtin(
    "adx(high: series, low: series, close: series, n: window = 14) -> series", family: family,
    doc: "Wilder's average directional index, 0 to 100; first value at bar 2n (TA-Lib `ADX`). Also of a ticker.",
    examples: [
      .init(
        "adx(series([2024-01-02: 3, 2024-01-03: 4]), series([2024-01-02: 2, 2024-01-03: 2]), "
          + "series([2024-01-02: 2.5, 2024-01-03: 3]), 1)", "100")
    ]
  ) { call throws(Trap) in
    try BarIndicator.directionalIndex(
      high: call.series(0), low: call.series(1), close: call.series(2), length: call.whole(3), call.evaluation
    ).value
  }

  static let stoch = Builtin(
    "stoch(high: series, low: series, close: series, n: window = 14, smooth: window = 3, d: window = 3) "
      + "-> map[series]", family: family,
    doc: "The slow stochastic, 0 to 100: where the close lies between the lowest and the highest of n bars, averaged "
      + "over `smooth` as `k`, and that over `d` as `d` (TA-Lib `STOCH`); na without range. Also of a ticker.",
    examples: [
      .init(
        "stoch(series([2024-01-02: 3, 2024-01-03: 4]), series([2024-01-02: 2, 2024-01-03: 2]), "
          + "series([2024-01-02: 2.5, 2024-01-03: 3]), 1, smooth: 1, d: 1)",
        "[\"k\": 50, \"d\": 50]")
    ]
  ) { call throws(Trap) in
    try BarIndicator.stochastic(
      high: call.series(0), low: call.series(1), close: call.series(2), length: call.whole(3),
      smooth: call.whole(4), signal: call.whole(5), call.evaluation)
  }
}

/// Indicators of three series that meet on their common dates; for builtins that read the bars of a ticker, too.
public enum BarIndicator {
  /// Wilder's average true range over `length` ≥ 1 bars.
  public static func averageTrueRange(
    high: SeriesRef, low: SeriesRef, close: SeriesRef, length: Int, _ evaluation: Evaluation
  ) throws(Trap) -> SeriesRef {
    try recipe(.averageTrueRange, [high, low, close], length, evaluation)
  }

  /// Wilder's average directional index over `length` ≥ 1 bars.
  public static func directionalIndex(
    high: SeriesRef, low: SeriesRef, close: SeriesRef, length: Int, _ evaluation: Evaluation
  ) throws(Trap) -> SeriesRef {
    try recipe(.directionalIndex, [high, low, close], length, evaluation)
  }

  /// The slow stochastic: a map with the series `k` and `d`; all three lengths are at least 1.
  public static func stochastic(
    high: SeriesRef, low: SeriesRef, close: SeriesRef, length: Int, smooth: Int, signal: Int, _ evaluation: Evaluation
  ) throws(Trap) -> Value {
    let common = try CommonDates([high, low, close], evaluation)
    let highest = try RollingOperation.maximum.series(common.series[0], window: length, evaluation).value
    let lowest = try RollingOperation.minimum.series(common.series[1], window: length, evaluation).value
    let above = try Elementwise.apply(.subtract, common.series[2].value, lowest, evaluation)
    let range = try Elementwise.apply(.subtract, highest, lowest, evaluation)
    let share = try Elementwise.apply(.divide, above, range, evaluation)
    guard let raw = try Elementwise.apply(.multiply, Value(100), share, evaluation).series else { return .none }
    let k = try RollingOperation.mean.series(raw, window: smooth, evaluation)
    let d = try RollingOperation.mean.series(k, window: signal, evaluation)
    return try IndicatorBuiltins.map([("k", k.value), ("d", d.value)], evaluation)
  }

  private static func recipe(
    _ operation: BarOperation, _ series: [SeriesRef], _ length: Int, _ evaluation: Evaluation
  ) throws(Trap) -> SeriesRef {
    let common = try CommonDates(series, evaluation)
    let operands = try evaluation.list(capacity: 3)
    for series in common.series { try evaluation.append(series.value, to: operands) }
    return try evaluation.series(
      operation, on: common.series[2], right: operands.value, first: Double(length), known: common.known)
  }
}

/// An indicator of bars, computed from the first bar on. Right operand: a list of high, low and close on common dates;
/// `first`: its length.
private final class BarOperation: SeriesOperation, @unchecked Sendable {
  private let body: @Sendable (_ length: Int, _ bars: Bars, _ target: UnsafeMutablePointer<Double>) -> Void

  static let averageTrueRange = BarOperation("atr") { length, bars, target in
    AverageTrueRange.fill(length: length, bars: bars, into: target)
  }
  static let directionalIndex = BarOperation("adx") { length, bars, target in
    DirectionalIndex.fill(length: length, bars: bars, into: target)
  }

  private init(_ name: String, _ body: @escaping @Sendable (Int, Bars, UnsafeMutablePointer<Double>) -> Void) {
    self.body = body
    super.init(name)
  }

  override func fill(
    _ series: SeriesRef, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    if try series.copyFromWhole(range, target, call) { return }
    let operands = series.operands
    guard let bars = operands.right.list, let high = bars[0].series, let low = bars[1].series,
      let close = bars[2].series
    else { return }
    let all = 0..<series.count
    body(
      Int(operands.first),
      Bars(
        high: try high.values(all, call), low: try low.values(all, call), close: try close.values(all, call),
        count: series.count), target)
  }
}
