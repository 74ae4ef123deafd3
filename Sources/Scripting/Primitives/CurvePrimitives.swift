import Diagnostics
import Interpreter
import MarketData
import MarketModel

/// Curves: the latest as known at the cut, rates between tenors, histories of a tenor.
enum CurvePrimitives {
  static let all: [Primitive] = [curve, rate, curveHistory]

  private static let family = "data"

  static let curve = Builtin(
    "curve(id: curve, as_of: date? = current, max_age: duration? = none) -> map[number]", family: family,
    doc: "The latest curve: tenor in days → rate, ascending; empty before the first or if older than `max_age`.",
    examples: [
      .init("curve(\"UST_PAR\").keys().first(3)", "[30, 91, 182]"), .init("curve(\"UST_PAR\")[3650]", "2.82"),
    ], effect: .readsData
  ) { call throws(Trap) in
    let map = try call.evaluation.map(capacity: 16)
    guard let curve = try latest(call, asOf: 1, maxAge: 2) else { return map.value }
    for (tenor, rate) in zip(curve.tenors, curve.rates) {
      try call.evaluation.set(Value(Double(tenor)), Value(rate), in: map)
    }
    return map.value
  }.reading(.curve)

  private static func latest(_ call: borrowing Call, asOf: Int, maxAge: Int) throws(Trap) -> YieldCurve? {
    let view = try call.view(asOf: asOf)
    let id = try call.curveID(0, view)
    guard let curve = view.curve(id) else { return nil }
    call.host.read(knownFrom: curve.latestRelease)
    if let age = try call.maxAge(maxAge, default: nil),
      view.firstDay(knowing: curve.firstKnown) < view.oldestFreshDay(age)
    {
      return nil
    }
    return curve
  }

  static let rate = Builtin(
    [
      Builtin.Overload(
        "rate(curve: curve, tenor: number | duration, as_of: date? = current, max_age: duration? = none) -> number"
      ) { call throws(Trap) in
        let tenor = try tenor(call[1], call)
        guard let curve = try latest(call, asOf: 2, maxAge: 3) else { return .missing(.notReleased) }
        return Value(curve.rate(tenor: tenor))
      },
      Builtin.Overload("rate(curve: map[number], tenor: number | duration) -> number") { call throws(Trap) in
        try interpolated(call.map(0), try tenor(call[1], call), call)
      },
    ], family: family,
    doc:
      "The rate of a tenor (days, or a duration: a year is 365 days, a month 365/12, rounded): linear between tenors, flat beyond them; of no curve `na`.",
    examples: [
      .init("rate(\"UST_PAR\", 10y)", "2.82"), .init("rate(curve(\"UST_PAR\"), 18mo)", "1.1456986301369863"),
      .init("rate([365: 1, 730: 2], 1y)", "1"), .init("rate([365: 1, 730: 2], 5000)", "2"),
    ], effect: .readsData
  ).reading(.curve)

  /// A tenor in days; a duration of months is counted in twelfths of 365 days, rounded half to even.
  private static func tenor(_ value: Value, _ call: borrowing Call) throws(Trap) -> Double {
    let days: Double
    if let duration = value.duration {
      switch duration.unit {
      case .days: days = Double(duration.count)
      case .months: days = (Double(duration.count) * 365 / 12).rounded(.toNearestOrEven)
      case .sessions: throw call.fail("a tenor counts days, months or years, not sessions")
      }
    } else {
      days = value.raw
    }
    if days < 0 { throw call.fail("a tenor is not negative") }
    return days
  }

  private static func interpolated(_ map: MapRef, _ tenor: Double, _ call: borrowing Call) throws(Trap) -> Value {
    try call.evaluation.charge(map.count)
    var points: [(tenor: Double, rate: Double)] = []
    for place in 0..<map.count {
      let key = map.entries[place].key
      guard key.isNumber else { throw call.fail("the keys of a curve are tenors in days") }
      points.append((key.raw, try call.scalar(map.entries[place].value, "a rate")))
    }
    guard !points.isEmpty else { return .missing(.notReleased) }
    if tenor.isNaN { return Value(tenor) }
    points.sort { $0.tenor < $1.tenor }
    guard let above = points.firstIndex(where: { $0.tenor >= tenor }) else {
      return Value(points[points.count - 1].rate)
    }
    if above == 0 || points[above].tenor == tenor { return Value(points[above].rate) }
    return Value(YieldCurve.interpolated(tenor, from: points[above - 1], to: points[above]))
  }

  static let curveHistory = Builtin(
    "curve_history(id: curve, tenor: number | duration, as_of: date? = current, max_age: duration? = none) -> series",
    family: family, doc: "The rate of a tenor on each date of a curve.",
    examples: [.init("curve_history(\"UST_PAR\", 2y).last()", "1.4")], effect: .readsData
  ) { call throws(Trap) in
    let view = try call.view(asOf: 2)
    let id = try call.curveID(0, view)
    let days = try tenor(call[1], call)
    if days.isNaN { throw call.fail("the tenor is missing") }
    let origin = SeriesOrigin(family: OriginFamily.curve.rawValue, index: id.index, parameter: days)
    return try SnapshotSeries.make(
      view.snapshot(.curve(id, tenor: days)), origin, view, try call.maxAge(3, default: nil), call
    ).value
  }.reading(.curve)
}
