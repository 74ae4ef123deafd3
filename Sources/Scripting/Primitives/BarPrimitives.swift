import Interpreter
import MarketData
import MarketModel

/// Indicators of high, low and close, of a ticker's adjusted bars.
enum BarPrimitives {
  static let all: [Primitive] = [atr, adx, stoch]

  private static let family = "indicators"

  static let atr = Builtin(
    "atr(ticker: ticker, n: window = 14) -> series", family: family, doc: "",
    examples: [.init("atr(\"SPY\").last()", "1.8913659056322192")],
    effect: .readsData
  ) { call throws(Trap) in
    let bars = try bars(call)
    return try BarIndicator.averageTrueRange(
      high: bars.high, low: bars.low, close: bars.close, length: call.whole(1), call.evaluation
    ).value
  }.reading(.price(.close))

  static let adx = Builtin(
    "adx(ticker: ticker, n: window = 14) -> series", family: family, doc: "",
    examples: [.init("adx(\"SPY\").last()", "20.21714906877355")],
    effect: .readsData
  ) { call throws(Trap) in
    let bars = try bars(call)
    return try BarIndicator.directionalIndex(
      high: bars.high, low: bars.low, close: bars.close, length: call.whole(1), call.evaluation
    ).value
  }.reading(.price(.close))

  static let stoch = Builtin(
    "stoch(ticker: ticker, n: window = 14, smooth: window = 3, d: window = 3) -> map[series]", family: family,
    doc: "", examples: [.init("stoch(\"SPY\").k.last()", "90.41279235580316")], effect: .readsData
  ) { call throws(Trap) in
    let bars = try bars(call)
    return try BarIndicator.stochastic(
      high: bars.high, low: bars.low, close: bars.close, length: call.whole(1), smooth: call.whole(2),
      signal: call.whole(3), call.evaluation)
  }.reading(.price(.close))

  /// The bars that prices are read from elsewhere, stale after as many sessions.
  private static func bars(_ call: borrowing Call) throws(Trap) -> (high: SeriesRef, low: SeriesRef, close: SeriesRef) {
    let view = call.host.view(on: try call.asOf())
    let ticker = try call.ticker(0, view)
    func field(_ field: PriceField) throws(Trap) -> SeriesRef {
      try PricePrimitives.series(field, ticker, view, PricePrimitives.age, call)
    }
    return (try field(.high), try field(.low), try field(.close))
  }
}
