import Diagnostics
import Interpreter
import MarketData
import MarketModel

/// Prices: adjusted as of the cut, of the present listing, never a row after it.
enum PricePrimitives {
  static let all: [Primitive] = [close, open, high, low, volume, rawClose, returns, price, hasPrice, tickers]

  private static let family = "data"
  static let age = CalendarDuration(10, .sessions)

  static let close = field(
    .close, "close", "Closes, adjusted for splits and dividends with an ex-date up to the cut.",
    [.init("close(\"SPY\").last()", "175.33"), .init("close(\"SPY\").len()", "2644")])
  static let open = field(.open, "open", "Opens, adjusted as the closes.", [.init("open(\"SPY\").last()", "174.95")])
  static let high = field(
    .high, "high", "Highs, adjusted as the closes.", [.init("high(\"SPY\").tail(20).max()", "175.59")])
  static let low = field(.low, "low", "Lows, adjusted as the closes.", [.init("low(\"SPY\").tail(20).min()", "166.54")])
  static let volume = field(
    .volume, "volume", "Volume as loaded; with splits from actions, in today's shares.",
    [.init("volume(\"SPY\").last()", "166654000")])
  static let rawClose = field(
    .rawClose, "raw_close", "Closes as traded.", [.init("raw_close(\"SPY\").last()", "175.33")])

  private static func field(_ field: PriceField, _ name: String, _ doc: String, _ examples: [Builtin.Example])
    -> Primitive
  {
    Builtin(
      "\(name)(ticker: ticker, as_of: date? = current, max_age: duration? = 10bd) -> series", family: family,
      doc: doc
        + " Rows as in the data, none is made up; a bad field is `na` (bad value), an absent one `na` (missing bar).",
      examples: examples, effect: .readsData
    ) { call throws(Trap) in
      try read(field, call).value
    }.reading(.price(field))
  }

  /// A field's visible rows as a series over the data's own columns.
  static func read(_ field: PriceField, _ call: borrowing Call) throws(Trap) -> SeriesRef {
    let view = try call.view(asOf: 1)
    let ticker = try call.ticker(0, view)
    let maxAge = try call.maxAge(2, default: age)
    return try series(field, ticker, view, maxAge, call)
  }

  static func series(
    _ field: PriceField, _ ticker: TickerID, _ view: MarketView, _ maxAge: CalendarDuration?, _ call: borrowing Call
  ) throws(Trap) -> SeriesRef {
    let cut = view.asOf
    guard let bars = view.bars(ticker) else {
      var empty = Evaluation.SeriesSource(days: EmptyColumns.days, values: EmptyColumns.values, count: 0, cut: cut)
      empty.emptyReason = .noPrices
      return try call.evaluation.series(empty)
    }
    call.host.read(knownFrom: view.knownTime(ofDay: bars.lastDay))
    var source = Evaluation.SeriesSource(days: bars.days, values: bars.base(field), count: bars.count, cut: cut)
    source.scale = bars.scale(field)
    source.maxAge = maxAge
    return try call.evaluation.series(source, inColumnOf: bars.listingCount)
  }

  static let returns = Builtin(
    "returns(ticker: ticker, as_of: date? = current, max_age: duration? = 10bd) -> series", family: family,
    doc: "Simple returns of the adjusted closes: `change(close(ticker), 1)`.",
    examples: [.init("returns(\"SPY\").last()", "0.005217291595000617")], effect: .readsData
  ) { call throws(Trap) in
    try call.evaluation.change(try read(.close, call)).value
  }.reading(.price(.close))

  static let price = Builtin(
    "price(ticker: ticker, as_of: date? = current, max_age: duration? = 10bd) -> number", family: family,
    doc: "The latest adjusted close: `last(close(ticker))`.",
    examples: [
      .init("price(\"SPY\")", "175.33"), .init("price(\"LEH\")", "na"), .init("reason(price(\"LEH\"))", "stale"),
    ], effect: .readsData
  ) { call throws(Trap) in
    Value(try read(.close, call).latest(call.evaluation))
  }.reading(.price(.close))

  static let hasPrice = Builtin(
    "has_price(ticker: ticker, as_of: date? = current, max_age: duration? = 10bd) -> bool", family: family,
    doc: "Whether there is a price that is not stale: `not is_na(price(ticker))`.",
    examples: [.init("has_price(\"SPY\")", "true"), .init("has_price(\"LEH\")", "false")], effect: .readsData
  ) { call throws(Trap) in
    Value(!(try read(.close, call).latest(call.evaluation)).isNaN)
  }.reading(.price(.close))

  static let tickers = Builtin(
    "tickers(as_of: date? = current) -> list[string]", family: family,
    doc: "The tickers with at least one price by now, ascending.",
    examples: [.init("len(tickers())", "58"), .init("tickers().first(3)", "[\"AAPL\", \"AET\", \"AMD\"]")],
    effect: .readsData
  ) { call throws(Trap) in
    let view = try call.view(asOf: 0)
    if let day = view.latestPriceDay { call.host.read(knownFrom: view.knownTime(ofDay: day)) }
    return try NameList.make(view.tickers().map { view.name(of: $0) }, call)
  }.reading(nil)
}

/// A list of names as a value.
enum NameList {
  static func make(_ names: [String], _ call: borrowing Call) throws(Trap) -> Value {
    try call.evaluation.charge(names.count)
    let list = try call.evaluation.list(capacity: names.count)
    for name in names { try call.evaluation.append(try call.evaluation.string(name), to: list) }
    return list.value
  }
}

/// Memory for series without observations.
enum EmptyColumns {
  private static let dayColumn = Column<Int32>([0])
  private static let valueColumn = Column<Double>([0])
  static var days: UnsafePointer<Int32> { dayColumn.start }
  static var values: UnsafePointer<Double> { valueColumn.start }
}
