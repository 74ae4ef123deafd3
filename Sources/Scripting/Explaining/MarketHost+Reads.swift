import Interpreter
import MarketData
import MarketModel

/// What primitives looked at, for traces: asked again of the data, so that a call that nobody traces pays nothing.
extension MarketHost {
  func reads(by function: String, _ arguments: [TracedArgument], asOf: Day) -> [DataRead] {
    guard case .string(let name)? = argument(arguments, at: 0, ["ticker", "code", "id", "curve"]) else { return [] }
    var cut = asOf
    if case .date(let day)? = argument(arguments, at: nil, ["as_of", "on"]) { cut = min(day, asOf) }
    let view = view(on: cut)
    switch function {
    case "close", "open", "high", "low", "volume", "raw_close", "returns", "price", "has_price", "atr", "adx", "stoch":
      return price(function, name, view)
    case "macro": return series(function, name, .macro, view, isFirst: false)
    case "flow": return series(function, name, .flow, view, isFirst: false)
    case "first_release": return series(function, name, nil, view, isFirst: true)
    case "vintage":
      if case .date(let day)? = argument(arguments, at: 1, ["on"]) { cut = min(day, asOf) }
      return series(function, name, nil, self.view(on: cut), isFirst: false)
    case "released", "revisions", "has_series": return series(function, name, nil, view, isFirst: false)
    case "curve", "rate", "curve_history": return curve(function, name, view)
    default: return []
    }
  }

  private func argument(_ arguments: [TracedArgument], at place: Int?, _ labels: [String]) -> Constant? {
    if let named = arguments.first(where: { $0.label.map(labels.contains) ?? false }) { return named.value }
    guard let place, place < arguments.count, arguments[place].label == nil else { return nil }
    return arguments[place].value
  }

  private func price(_ function: String, _ name: String, _ view: MarketView) -> [DataRead] {
    guard let ticker = view.ticker(named: name) else { return [] }
    var read = DataRead(
      function: function, name: name, unit: "price", cut: view.asOf, value: .missing(.noPrices))
    guard let bars = view.bars(ticker) else {
      read.firstKnown = view.firstPriceDay(ticker)
      return [read]
    }
    let field = PriceField.of(function)
    let value = bars.base(field)[bars.count - 1]
    read.count = bars.count
    read.firstObservation = Day(rawValue: bars.days[0])
    read.lastObservation = bars.lastDay
    read.release = view.knownTime(ofDay: bars.lastDay)
    read.value = value.isNaN ? value : value * bars.scale(field)
    return [read]
  }

  private func series(
    _ function: String, _ code: String, _ kind: SeriesKind?, _ view: MarketView, isFirst: Bool
  ) -> [DataRead] {
    let kinds = kind.map { [$0] } ?? [.macro, .flow]
    guard let id = kinds.lazy.compactMap({ view.series($0, named: code) }).first else { return [] }
    let source: MarketData.SeriesSource = isFirst ? .firstRelease(id) : .latest(id)
    return [snapshot(function, code, "release", source, view)]
  }

  private func curve(_ function: String, _ name: String, _ view: MarketView) -> [DataRead] {
    guard let id = view.curve(named: name) else { return [] }
    var read = DataRead(function: function, name: name, unit: "curve", cut: view.asOf)
    guard let curve = view.curve(id) else {
      read.firstKnown = view.firstKnownDay(.curve(id, tenor: 365))
      return [read]
    }
    read.count = view.snapshot(.curve(id, tenor: 365)).count
    read.firstObservation = curve.date
    read.lastObservation = curve.date
    read.release = curve.latestRelease
    read.value = curve.rates[curve.rates.count - 1]
    return [read]
  }

  private func snapshot(
    _ function: String, _ name: String, _ unit: String, _ source: MarketData.SeriesSource, _ view: MarketView
  ) -> DataRead {
    let snapshot = view.snapshot(source)
    var read = DataRead(function: function, name: name, unit: unit, cut: view.asOf, count: snapshot.count)
    guard snapshot.count > 0 else {
      read.firstKnown = view.firstKnownDay(source)
      return read
    }
    read.firstObservation = Day(rawValue: snapshot.days[0])
    read.lastObservation = Day(rawValue: snapshot.days[snapshot.count - 1])
    read.release = snapshot.latestRelease
    read.value = snapshot.values[snapshot.count - 1]
    return read
  }
}

extension PriceField {
  /// The field that a primitive reads.
  fileprivate static func of(_ function: String) -> PriceField {
    switch function {
    case "open": .open
    case "high": .high
    case "low": .low
    case "volume": .volume
    case "raw_close": .rawClose
    default: .close
    }
  }
}
