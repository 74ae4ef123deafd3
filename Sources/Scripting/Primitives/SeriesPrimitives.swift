import Diagnostics
import Interpreter
import MarketData
import MarketModel

/// Macro series and flows: by observation date, each value the latest release known at the cut.
enum SeriesPrimitives {
  static let all: [Primitive] = [macro, flow, firstRelease, vintage, released, revisions, hasSeries]

  private static let family = "data"

  static let macro = kind(
    .macro, "macro", "A macro series by observation date, each value the latest release known at the cut.",
    [
      .init("macro(\"US_RT_PAYROLLS\").on(2015-05-01)", "150961"),
      .init("macro(\"US_RT_UNEMPLOYMENT\").last_date()", "2015-05-01"),
    ])
  static let flow = kind(
    .flow, "flow",
    "A flow or positioning series by observation date; each value is known from its release time where one is given, else from its date.",
    [.init("flow(\"COT_GOLD_NONCOMM_NET\").last()", "-31032")]
  )

  private static func kind(_ kind: SeriesKind, _ name: String, _ doc: String, _ examples: [Builtin.Example])
    -> Primitive
  {
    Builtin(
      "\(name)(code: \(name), as_of: date? = current, max_age: duration? = none) -> series", family: family, doc: doc,
      examples: examples, effect: .readsData
    ) { call throws(Trap) in
      let view = try call.view(asOf: 1)
      let id = try call.seriesID(0, kind, view)
      return try series(.latest(id), id, view, try call.maxAge(2, default: nil), call).value
    }.reading(.latest(kind))
  }

  static let firstRelease = Builtin(
    "first_release(code: code, as_of: date? = current, max_age: duration? = none) -> series", family: family,
    doc: "Each observation's first known value, of a macro series or a flow; a withdrawal does not remove it.",
    examples: [.init("first_release(\"US_RT_PAYROLLS\").on(2015-05-01)", "150961")], effect: .readsData
  ) { call throws(Trap) in
    let view = try call.view(asOf: 1)
    let id = try call.seriesID(0, nil, view)
    return try series(.firstRelease(id), id, view, try call.maxAge(2, default: nil), call).value
  }.reading(.firstRelease)

  static let vintage = Builtin(
    "vintage(code: code, on: date) -> series", family: family,
    doc: "A macro series or a flow as it was known at the cut of an earlier date.",
    examples: [.init("vintage(\"US_RT_PAYROLLS\", 2015-06-10).on(2015-04-01)", "150786")], effect: .readsData
  ) { call throws(Trap) in
    let current = try call.asOf()
    guard let day = call.day(1) else { throw call.fail("`on` of `vintage` is a date") }
    guard day <= current else {
      throw call.evaluation.fail(.lookAhead("`vintage`", asked: day, asOf: current))
    }
    let view = call.host.view(on: day)
    let id = try call.seriesID(0, nil, view)
    return try series(.latest(id), id, view, nil, call).value
  }.reading(.vintage)

  static let released = Builtin(
    "released(code: code, as_of: date? = current) -> date?", family: family,
    doc: "The day of the latest release of any observation; `none` before the first.",
    examples: [.init("released(\"US_RT_PAYROLLS\")", "2015-06-05")], effect: .readsData
  ) { call throws(Trap) in
    let view = try call.view(asOf: 1)
    let id = try call.seriesID(0, nil, view)
    guard let release = view.latestRelease(id) else { return .none }
    call.host.read(knownFrom: release)
    return Value(release.day)
  }.reading(.latest(nil))

  static let revisions = Builtin(
    "revisions(code: code, observation: date, as_of: date? = current) -> list", family: family,
    doc: "The releases of one observation as `[release date, value]`, oldest first; a withdrawal is `na`.",
    examples: [
      .init(
        "revisions(\"US_RT_PAYROLLS\", 2015-03-01)",
        "[[2015-04-03, 150617], [2015-05-01, 150625], [2015-06-05, 150630]]")
    ], effect: .readsData
  ) { call throws(Trap) in
    let view = try call.view(asOf: 2)
    let id = try call.seriesID(0, nil, view)
    guard let observation = call.day(1) else { throw call.fail("`observation` of `revisions` is a date") }
    let result = try call.evaluation.list(capacity: 4)
    for revision in view.revisions(id, of: observation) {
      call.host.read(knownFrom: revision.release)
      let pair = try call.evaluation.list(capacity: 2)
      try call.evaluation.append(Value(revision.release.day), to: pair)
      try call.evaluation.append(Value(revision.value ?? .missing(.unspecified)), to: pair)
      try call.evaluation.append(pair.value, to: result)
    }
    return result.value
  }.reading(.latest(nil))

  static let hasSeries = Builtin(
    "has_series(code: any_code, as_of: date? = current) -> bool", family: family,
    doc: "Whether any observation of a macro series or flow is known; false for an unknown code.",
    examples: [.init("has_series(\"US_RT_PAYROLLS\")", "true"), .init("has_series(\"nothing\")", "false")],
    effect: .readsData
  ) { call throws(Trap) in
    let view = try call.view(asOf: 1)
    let code = try call.text(0)
    for kind in SeriesKind.allCases {
      if let id = view.series(kind, named: code), view.snapshot(id).count > 0 { return Value(true) }
    }
    return Value(false)
  }.reading(.latest(nil))

  /// What is known of a source as a series over the data's own columns.
  private static func series(
    _ source: MarketData.SeriesSource, _ id: SeriesID, _ view: MarketView, _ maxAge: CalendarDuration?,
    _ call: borrowing Call
  ) throws(Trap) -> SeriesRef {
    let family: OriginFamily
    switch source {
    case .latest: family = id.kind == .macro ? .macro : .flow
    case .firstRelease: family = id.kind == .macro ? .firstReleaseOfMacro : .firstReleaseOfFlow
    case .curve: family = .curve
    }
    return try SnapshotSeries.make(
      view.snapshot(source), SeriesOrigin(family: family.rawValue, index: id.index), view, maxAge, call)
  }
}

/// A snapshot as a series.
enum SnapshotSeries {
  static func make(
    _ snapshot: SeriesSnapshot, _ origin: SeriesOrigin, _ view: MarketView, _ maxAge: CalendarDuration?,
    _ call: borrowing Call
  ) throws(Trap) -> SeriesRef {
    call.host.read(knownFrom: snapshot.latestRelease)
    var source = Evaluation.SeriesSource(
      days: snapshot.days, known: snapshot.knownDays, values: snapshot.values, count: snapshot.count, cut: view.asOf)
    source.origin = origin
    source.maxAge = maxAge
    source.emptyReason = .notReleased
    return try call.evaluation.series(source)
  }
}
