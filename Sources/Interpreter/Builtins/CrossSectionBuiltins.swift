import Kernels
import MarketModel

/// The cross-section: functions that look at all members of a map at once.
///
/// A series among the values stands for its latest value, results hold numbers, and `na` members are left out of the
/// result and counted in the run's notes. (`rank` and `zscore` stand with the statistics.)
enum CrossSectionBuiltins {
  static let all: [Builtin] =
    [top, bottom, demean, neutralize, winsorize, scale, normalize, equalWeight].map { $0.gaps(map: .leftOut) }
    + [covMatrix]

  static let top = Builtin(
    "top(m: map, n: members? = none, frac: fraction? = none) -> map", family: "cross-section",
    doc:
      "The n largest members, largest first; fewer if there are fewer. Ties keep the map's order (pandas `nlargest`, "
      + "`keep=\"first\"`). With `frac`, `max(1, floor(frac * count))` of the present members.",
    examples: [
      .init("[\"A\": 1, \"B\": 3, \"C\": 2].top(2)", "[\"B\": 3, \"C\": 2]"),
      .init("[\"A\": 1, \"B\": na].top(5)", "[\"A\": 1]"),
      .init("[\"A\": 1, \"B\": 3, \"C\": 2].top(frac: 0.5)", "[\"B\": 3]"), .init("[\"A\": 1].top(-1)", "E0401"),
    ]
  ) { call throws(Trap) in try extremes(call, descending: true) }

  static let bottom = Builtin(
    "bottom(m: map, n: members? = none, frac: fraction? = none) -> map", family: "cross-section",
    doc: "The n smallest members, smallest first; fewer if there are fewer. Ties keep the map's order. With `frac`, "
      + "`max(1, floor(frac * count))` of the present members.",
    examples: [.init("[\"A\": 1, \"B\": 3, \"C\": 2].bottom(2)", "[\"A\": 1, \"C\": 2]")]
  ) { call throws(Trap) in try extremes(call, descending: false) }

  private static func extremes(_ call: borrowing Call, descending: Bool) throws(Trap) -> Value {
    guard call.isGiven(1) != call.isGiven(2) else {
      throw call.fail(
        "`\(call.name)` takes either `n` or `frac`", remedy: "`\(call.name)(10)`, `\(call.name)(frac: 0.1)`")
    }
    var wanted = 0
    if call.isGiven(1) { wanted = call.whole(1) }
    let members = try CrossSection(call.map(0), call)
    if let fraction = call.optionalNumber(2) { wanted = TopSelection.count(fraction: fraction, of: members.count) }
    let places = TopSelection.indices(members.buffer, count: min(wanted, members.count), isBottom: !descending)
    let result = try call.evaluation.map(capacity: places.count)
    for place in places { try call.evaluation.set(members.keys[place], Value(members.numbers[place]), in: result) }
    return result.value
  }

  static let demean = Builtin(
    "demean(m: map) -> map", family: "cross-section", doc: "Each member minus the mean of all.",
    examples: [.init("demean([\"A\": 1, \"B\": 3])", "[\"A\": -1, \"B\": 1]")]
  ) { call throws(Trap) in
    let members = try CrossSection(call.map(0), call)
    let deviations = try members.demeaned()
    return try members.map { deviations[$0] }
  }

  static let neutralize = Builtin(
    "neutralize(m: map, by: map) -> map", family: "cross-section",
    doc: "Each member minus the mean of its group; `by` says the group of each key. Members without a group are left "
      + "out.",
    examples: [
      .init(
        "neutralize([\"A\": 1, \"B\": 3, \"C\": 5, \"D\": 7], [\"A\": \"x\", \"B\": \"x\", \"C\": \"y\"])",
        "[\"A\": -1, \"B\": 1, \"C\": 0]")
    ]
  ) { call throws(Trap) in
    let groups = call.map(1)
    let members = try CrossSection(call.map(0), call)
    let evaluation = call.evaluation
    // Group → [places of its members], groups in order of appearance.
    let places = try evaluation.map(capacity: 0)
    for place in 0..<members.count {
      try evaluation.look(at: place)
      guard let value = try evaluation.value(of: members.keys[place], in: groups), !value.isNone, !value.isMissing
      else { continue }
      let key = try evaluation.key(value)
      if let list = try evaluation.value(of: key, in: places)?.list {
        try evaluation.append(Value(Double(place)), to: list)
        continue
      }
      let list = try evaluation.list(capacity: 0)
      try evaluation.append(Value(Double(place)), to: list)
      try evaluation.set(key, list.value, in: places)
    }
    let deviations = try deviations(from: places, members)
    return try members.map { deviations[$0] }
  }

  /// Each member minus the mean of its group; missing for those without a group.
  private static func deviations(
    from groups: MapRef, _ members: CrossSection
  ) throws(Trap) -> UnsafeMutablePointer<Double> {
    let result = try members.evaluation.doubles(members.count)
    result.update(repeating: .missing(.unspecified), count: members.count)
    let numbers = try members.evaluation.doubles(members.count)
    let centred = try members.evaluation.doubles(members.count)
    for group in 0..<groups.count {
      guard let places = groups.entries[group].value.list else { continue }
      for index in 0..<places.count { numbers[index] = members.numbers[Int(places[index].raw)] }
      Kernels.CrossSection.demean(UnsafeBufferPointer(start: numbers, count: places.count), into: centred)
      for index in 0..<places.count { result[Int(places[index].raw)] = centred[index] }
    }
    return result
  }

  static let winsorize = Builtin(
    "winsorize(m: map, p: tail = 0.05) -> map", family: "cross-section",
    doc: "Each member clipped to the quantiles p and 1 - p of all (linear interpolation).",
    examples: [
      .init(
        "winsorize([\"A\": 0, \"B\": 1, \"C\": 2, \"D\": 3, \"E\": 100], 0.25)",
        "[\"A\": 1, \"B\": 1, \"C\": 2, \"D\": 3, \"E\": 3]"),
      .init("winsorize([\"A\": 1], 0.6)", "E0401"),
    ]
  ) { call throws(Trap) in
    let members = try CrossSection(call.map(0), call)
    let bounds = Kernels.CrossSection.winsorBounds(members.buffer, p: call.number(1))
    return try members.map { min(max(members.numbers[$0], bounds.low), bounds.high) }
  }

  static let scale = Builtin(
    "scale(m: map, gross: number) -> map", family: "cross-section",
    doc: "The members times gross / Σ|x|, so that their absolute values sum to `gross`. All zero or empty: "
      + "unchanged. A `gross` that is `na` makes all members `na`, so that nothing is traded by mistake.",
    examples: [.init("scale([\"A\": 1, \"B\": -3], 2)", "[\"A\": 0.5, \"B\": -1.5]")]
  ) { call throws(Trap) in
    try scaled(call, gross: call.number(1))
  }

  static let normalize = Builtin(
    "normalize(m: map) -> map", family: "cross-section",
    doc: "The members divided by Σ|x|: `scale(m, 1)`. All zero or empty: unchanged.",
    examples: [
      .init("normalize([\"A\": 1, \"B\": 3])", "[\"A\": 0.25, \"B\": 0.75]"),
      .init("normalize([\"A\": 0])", "[\"A\": 0]"),
    ]
  ) { call throws(Trap) in try scaled(call, gross: 1) }

  private static func scaled(_ call: borrowing Call, gross: Double) throws(Trap) -> Value {
    let members = try CrossSection(call.map(0), call)
    if gross.isNaN {
      let result = try call.evaluation.map(capacity: members.count)
      for place in 0..<members.count { try call.evaluation.set(members.keys[place], Value(gross), in: result) }
      return result.value
    }
    var total = 0.0
    for place in 0..<members.count { total += abs(members.numbers[place]) }
    guard total > 0 else { return try members.map { members.numbers[$0] } }
    // Division first: a member alone is exactly its share. Where the sum overflows, the sum of shares does not.
    if total.isFinite { return try members.map { Elementwise.number(.multiply, members.numbers[$0] / total, gross) } }
    total = 0
    let down = 1 / Double(members.count)
    for place in 0..<members.count { total += abs(members.numbers[place]) * down }
    return try members.map { Elementwise.number(.multiply, members.numbers[$0] * down / total, gross) }
  }

  static let equalWeight = Builtin(
    [
      .init("equal_weight(x: list[string]) -> map") { call throws(Trap) in
        let list = call.list(0)
        try call.evaluation.charge(list.count)
        let result = try call.evaluation.map(capacity: list.count)
        for place in 0..<list.count {
          try call.evaluation.set(try call.evaluation.key(list[place]), Value(0), in: result)
        }
        return weighEqually(result)
      },
      .init("equal_weight(x: map) -> map") { call throws(Trap) in
        let map = call.map(0)
        try call.evaluation.charge(map.count)
        let result = try call.evaluation.map(capacity: map.count)
        for place in 0..<map.count where try !call.evaluation.latest(map.entries[place].value).isMissing {
          try call.evaluation.set(map.entries[place].key, Value(0), in: result)
        }
        try call.evaluation.noteLeftOut(map.count - result.count, call.name)
        return weighEqually(result)
      },
    ], family: "cross-section", doc: "1 / n for each of a list's names (each once) or of a map's keys.",
    examples: [
      .init("equal_weight([\"A\", \"B\"])", "[\"A\": 0.5, \"B\": 0.5]"), .init("equal_weight([])", "[:]"),
      .init("equal_weight([\"A\": 7, \"B\": na])", "[\"A\": 1]"),
    ])

  private static func weighEqually(_ map: MapRef) -> Value {
    for place in 0..<map.count { map.setValue(Value(1 / Double(map.count)), at: place) }
    return map.value
  }
}
