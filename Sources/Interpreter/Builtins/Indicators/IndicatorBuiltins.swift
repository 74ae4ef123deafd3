import Kernels
import MarketModel

/// Smoothing and the indicators of charts, each after the convention its documentation names.
enum IndicatorBuiltins {
  static let all: [Builtin] =
    [
      sma, ema, wma, highest, lowest, ewmMean, ewmStd, rsi, macd, bollinger, volatility, halfLife, crossedAbove,
      crossedBelow,
    ] + barBuiltins

  static let family = "indicators"

  static let sma = rolling(
    "sma", .mean, doc: "The simple moving average: `mean(s, window)`.",
    example: "series([2024-01-01: 1, 2024-01-02: 3]).sma(2)", result: "2")
  static let wma = rolling(
    "wma", .weightedMean, doc: "The weighted moving average with weights 1…n, the newest n (TA-Lib `WMA`).",
    example: "series([2024-01-01: 1, 2024-01-02: 4]).wma(2)", result: "3")
  static let highest = rolling(
    "highest", .maximum,
    doc: "The largest of the latest observations, the current one included (Pine `ta.highest`); for a breakout compare "
      + "with `s.lag(1).highest(n)`.",
    example: "series([2024-01-01: 5, 2024-01-02: 4]).highest(2)", result: "5")
  static let lowest = rolling(
    "lowest", .minimum, doc: "The smallest of the latest observations, the current one included.",
    example: "series([2024-01-01: 3, 2024-01-02: 4]).lowest(2)", result: "3")

  private static func rolling(
    _ name: String, _ operation: RollingOperation, doc: String, example: String, result: String
  ) -> Builtin {
    Builtin(
      "\(name)(s: series, window: window, min_obs: window = window) -> series", family: family, doc: doc,
      examples: [.init(example, result)]
    ) { call throws(Trap) in
      let window = call.whole(1)
      return try operation.series(
        call.series(0), window: window, minimum: try call.minimumObservations(2, of: window), call.evaluation
      ).value
    }
  }

  static let ema = Builtin(
    "ema(s: series, span: span) -> series", family: family,
    doc: "The exponential moving average with alpha 2 / (span + 1), seeded with the first present value, na for the "
      + "first span - 1 (pandas `ewm(span, adjust=False, min_periods=span)`; TA-Lib seeds with an average instead). An "
      + "na inside stays na and leaves the state.",
    examples: [.init("series([2024-01-01: 1, 2024-01-02: 2, 2024-01-03: 4]).ema(3).values()", "[na, na, 2.75]")]
  ) { call throws(Trap) in
    try exponentialMean(call.series(0), call.number(1), call.evaluation).value
  }

  static func exponentialMean(
    _ series: SeriesRef, _ span: Double, _ evaluation: Evaluation
  ) throws(Trap) -> SeriesRef {
    try evaluation.series(HistoryOperation.exponentialMean, on: series, first: span)
  }

  static let rsi = Builtin(
    "rsi(s: series, n: window = 14) -> series", family: family,
    doc:
      "Wilder's relative strength index, 0 to 100, seeded with the mean of the first n gains and losses; first value "
      + "at observation n + 1 (TA-Lib `RSI`). Without any movement na.",
    examples: [.init("series([2024-01-01: 1, 2024-01-02: 2, 2024-01-03: 3]).rsi(2)", "100")]
  ) { call throws(Trap) in
    try call.evaluation.series(
      HistoryOperation.relativeStrength, on: call.series(0), first: Double(call.whole(1))
    ).value
  }

  static let macd = Builtin(
    "macd(s: series, fast: span = 12, slow: span = 26, signal: span = 9) -> map[series]", family: family,
    doc: "Moving average convergence and divergence: `line = ema(fast) - ema(slow)`, `signal = ema(line, signal)`, "
      + "`histogram = line - signal`, by `ema`.",
    examples: [.init("series([2024-01-01: 1, 2024-01-02: 2]).macd(1, 1, 1).line", "0")]
  ) { call throws(Trap) in
    let evaluation = call.evaluation
    let fast = try exponentialMean(call.series(0), call.number(1), evaluation)
    let slow = try exponentialMean(call.series(0), call.number(2), evaluation)
    let line = try Elementwise.apply(.subtract, fast.value, slow.value, evaluation)
    guard let lineSeries = line.series else { return .none }
    let signal = try exponentialMean(lineSeries, call.number(3), evaluation).value
    return try map(
      [
        ("line", line), ("signal", signal), ("histogram", try Elementwise.apply(.subtract, line, signal, evaluation)),
      ], evaluation)
  }

  static let bollinger = Builtin(
    "bollinger(s: series, window: window = 20, k: number = 2, min_obs: window = window) -> map[series]", family: family,
    doc: "Bollinger's bands: the `middle` is the mean, `upper` and `lower` lie k population deviations off (TA-Lib "
      + "`BBANDS`).",
    examples: [.init("series([2024-01-01: 1, 2024-01-02: 3]).bollinger(2, 2).upper", "4")]
  ) { call throws(Trap) in
    let evaluation = call.evaluation
    let window = call.whole(1)
    let least = try call.minimumObservations(3, of: window)
    let middle = try RollingOperation.mean.series(call.series(0), window: window, minimum: least, evaluation).value
    let deviation = try RollingOperation.populationDeviation.series(
      call.series(0), window: window, minimum: least, evaluation)
    let width = try Elementwise.apply(.multiply, deviation.value, Value(call.number(2)), evaluation)
    return try map(
      [
        ("middle", middle), ("upper", try Elementwise.apply(.add, middle, width, evaluation)),
        ("lower", try Elementwise.apply(.subtract, middle, width, evaluation)),
      ], evaluation)
  }

  /// A map of named series.
  static func map(_ entries: [(name: String, value: Value)], _ evaluation: Evaluation) throws(Trap) -> Value {
    let result = try evaluation.map(capacity: entries.count)
    for entry in entries { try evaluation.set(try evaluation.string(entry.name), entry.value, in: result) }
    return result.value
  }
}
