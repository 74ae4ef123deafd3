import Interpreter
import MarketData
public import MarketModel

/// What primitives looked at, for traces: asked again of the data, so that a call that nobody traces pays nothing.
extension MarketHost {
  func reads(by function: String, _ arguments: [TracedArgument], asOf: Day) -> [DataRead] {
    guard let primitive = ScriptLibrary.primitive(function), let source = primitive.source,
      let parameter = primitive.builtin.overloads[0].signature.parameters.first?.name,
      case .string(let name)? = argument(arguments, at: 0, [parameter])
    else { return [] }
    var cut = asOf
    if case .date(let day)? = argument(arguments, at: nil, ["as_of", "on"]) { cut = min(day, asOf) }
    let view = view(on: cut)
    switch source {
    case .price(let field): return price(function, field, name, view)
    case .latest(let kind): return series(function, name, kind, view, isFirst: false)
    case .firstRelease: return series(function, name, nil, view, isFirst: true)
    case .vintage:
      if case .date(let day)? = argument(arguments, at: 1, ["on"]) { cut = min(day, asOf) }
      return series(function, name, nil, self.view(on: cut), isFirst: false)
    case .curve: return curve(function, name, view)
    }
  }

  private func argument(_ arguments: [TracedArgument], at place: Int?, _ labels: [String]) -> Constant? {
    if let named = arguments.first(where: { $0.label.map(labels.contains) ?? false }) { return named.value }
    guard let place, place < arguments.count, arguments[place].label == nil else { return nil }
    return arguments[place].value
  }

  private func price(
    _ function: String, _ field: PriceField, _ name: String, _ view: MarketView
  ) -> [DataRead] {
    guard let ticker = view.ticker(named: name) else { return [] }
    var read = DataRead(
      function: function, name: name, unit: "price", cut: view.asOf, value: .missing(.noPrices))
    guard let bars = view.bars(ticker) else {
      read.firstKnown = view.firstPriceDay(ticker)
      return [read]
    }
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
    let history = view.snapshot(.curve(id, tenor: 365))
    read.count = history.count
    read.firstObservation = history.count > 0 ? Day(rawValue: history.days[0]) : curve.date
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

/// An observation that a primitive has looked at.
public struct ReadObservation: Sendable {
  /// Its date.
  public let day: Day
  /// Of a point of a curve: its tenor in calendar days.
  public var tenor: Int?
  /// From when its value was known; `nil` for a point of a curve, whose read says when the last of them was.
  public let release: KnowledgeTime?
  /// The value known at the cut.
  public let value: Double
}

extension MarketHost {
  /// The latest observations of what a primitive has looked at, newest first; of a curve the points of the latest one,
  /// by tenor.
  func observations(of read: DataRead, atMost most: Int) -> [ReadObservation] {
    let view = view(on: read.cut)
    switch ScriptLibrary.primitive(read.function)?.source {
    case .price(let field): return prices(read, field, most, view)
    case .latest(let kind): return releases(read, most, kind.map { [$0] } ?? [.macro, .flow], view, isFirst: false)
    case .firstRelease: return releases(read, most, [.macro, .flow], view, isFirst: true)
    case .vintage: return releases(read, most, [.macro, .flow], view, isFirst: false)
    case .curve: return points(read, view)
    case nil:
      return read.lastObservation.map { [ReadObservation(day: $0, release: read.release, value: read.value)] } ?? []
    }
  }

  private func points(_ read: DataRead, _ view: MarketView) -> [ReadObservation] {
    guard let curve = view.curve(named: read.name).flatMap({ view.curve($0) }) else { return [] }
    return zip(curve.tenors, curve.rates).map { tenor, rate in
      ReadObservation(day: curve.date, tenor: Int(tenor), release: nil, value: rate)
    }
  }

  private func prices(_ read: DataRead, _ field: PriceField, _ most: Int, _ view: MarketView) -> [ReadObservation] {
    guard let bars = view.ticker(named: read.name).flatMap({ view.bars($0) }) else { return [] }
    return (max(0, bars.count - most)..<bars.count).reversed().map { row in
      let day = Day(rawValue: bars.days[row])
      let value = bars.base(field)[row]
      return ReadObservation(
        day: day, release: view.knownTime(ofDay: day), value: value.isNaN ? value : value * bars.scale(field))
    }
  }

  private func releases(
    _ read: DataRead, _ most: Int, _ kinds: [SeriesKind], _ view: MarketView, isFirst: Bool
  ) -> [ReadObservation] {
    guard let id = kinds.lazy.compactMap({ view.series($0, named: read.name) }).first else { return [] }
    let snapshot = view.snapshot(isFirst ? .firstRelease(id) : .latest(id))
    return (max(0, snapshot.count - most)..<snapshot.count).reversed().map { place in
      let day = Day(rawValue: snapshot.days[place])
      let revisions = view.revisions(id, of: day)
      let release = isFirst ? revisions.first?.release : revisions.last?.release
      return ReadObservation(day: day, release: release, value: snapshot.values[place])
    }
  }
}
