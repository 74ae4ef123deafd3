import MarketModel

/// The price path of one ticker of the sample: rounded prices as traded, and the actions on the way.
struct SamplePath {
  private let instrument: SampleInstrument
  private let factors: SampleFactors
  private let noise: SampleRandom
  private let shape: SampleRandom
  private var price: Double

  init(_ instrument: SampleInstrument, _ factors: SampleFactors) {
    self.instrument = instrument
    self.factors = factors
    noise = SampleRandom("noise " + instrument.ticker)
    shape = SampleRandom("shape " + instrument.ticker)
    price = instrument.price
  }

  /// Appends the ticker's rows and actions.
  mutating func append(to tables: inout MarketTables) {
    let number = tables.prices.names.intern(instrument.ticker)
    var isFirst = true
    for (place, session) in factors.sessions.enumerated()
    where session >= instrument.first && session <= instrument.last {
      let paid = isFirst ? 0 : takeActions(place, &tables)
      let base = price - paid
      let move = isFirst ? 0 : totalReturn(place)
      tables.prices.append(row(place, base: base, close: max(0.05, base * (1 + move))), of: number)
      isFirst = false
    }
    if let delisting = instrument.delistingPrice {
      tables.addAction(instrument.ticker, exDate: instrument.last + 1, delistingPrice: delisting)
    }
  }

  private func totalReturn(_ place: Int) -> Double {
    var result = instrument.beta * factors.market[place] + instrument.drift / 252
    // Calm companies earn more than their exposure alone gives.
    if instrument.isEquity { result += 0.06 * (1.15 - instrument.beta) / 252 }
    result += instrument.noise * SampleFactors.rootOfDay * noise.normal(place)
    if instrument.themeWeight != 0 { result += instrument.themeWeight * factors.theme(instrument.theme, place) }
    if instrument.tenor > 0, place > 0 {
      let (before, now) = (factors.yield(instrument.tenor, place - 1), factors.yield(instrument.tenor, place))
      result += before / 25_200 - instrument.duration * (now - before) / 100
    }
    if instrument.last - factors.sessions[place] < 120 { result += instrument.collapse }
    return max(-0.4, min(0.6, result))
  }

  /// Enters the actions of a session: changes the price for a split, and returns the dividend per new share.
  private mutating func takeActions(_ place: Int, _ tables: inout MarketTables) -> Double {
    let day = factors.sessions[place]
    let split = instrument.splits.first { $0.day == day }?.ratio
    let dividend = dividend(place)
    if split == nil, dividend == nil { return 0 }
    tables.addAction(instrument.ticker, exDate: day, splitRatio: split, cashDividend: dividend)
    let ratio = split ?? 1
    price /= ratio
    return (dividend ?? 0) / ratio
  }

  /// The dividend on a session per old share: the first session from the 10th on of a paying month.
  private func dividend(_ place: Int) -> Double? {
    guard instrument.dividendsPerYear > 0, place > 0 else { return nil }
    let (_, month, day) = factors.sessions[place].civil
    let before = factors.sessions[place - 1].civil
    guard day >= 10, before.day < 10 || before.month != month else { return nil }
    let months = 12 / instrument.dividendsPerYear
    // Companies pay in different months.
    guard (month + instrument.ticker.utf8.count) % months == 0 else { return nil }
    let amount = (price * instrument.dividendYield / Double(instrument.dividendsPerYear)).rounded(decimals: 2)
    return amount > 0 ? amount : nil
  }

  /// The row of a session; prices are rounded before they are used any further.
  private mutating func row(_ place: Int, base: Double, close: Double) -> PriceRow {
    let draw = shape.bits(place)
    func part(_ shift: UInt64) -> Double { Double(draw >> shift & 0xFFFF) / 65_536 }
    let decimals = close < 5 ? 3 : 2
    let last = close.rounded(decimals: decimals)
    // The open lies somewhere on the way; the range is wider on days that move.
    let open = max(0.05, base + (close - base) * (0.15 + 0.5 * part(0))).rounded(decimals: decimals)
    let width = 0.002 + 0.35 * (close > base ? close - base : base - close) / base + 0.004 * part(16)
    let high = (max(open, last) * (1 + width * part(32))).rounded(decimals: decimals)
    let low = max(0.001, (min(open, last) * (1 - width * part(48))).rounded(decimals: decimals))
    let activity = 0.6 + 0.5 * part(16) + 0.3 * part(48) + 12 * width
    price = last
    return PriceRow(
      day: factors.sessions[place].rawValue, place: .nowhere, open: open, high: high, low: low, close: last,
      volume: ((instrument.volume * activity) / 100).rounded() * 100, adjustedClose: .missing(.missingBar))
  }
}
