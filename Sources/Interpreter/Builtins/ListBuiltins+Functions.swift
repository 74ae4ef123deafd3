import MarketModel

/// Functions over the items of lists and the entries of maps, from left to right.
///
/// The argument is shared before the first call back, so that what is called cannot write to the list it is walked over.
extension ListBuiltins {
  static let map = Builtin(
    [
      .init("map(xs: list, f: function) -> list", body: mappedList),
      .init("map(m: map, f: function) -> list", body: MapBuiltins.mappedToList),
      .init("map(s: series, f: function) -> series", body: SeriesBodies.map),
    ], family: "lists",
    doc:
      "What `f` gives for each item of a list; for each entry of a map, as a list; for each observation of a series, "
      + "as a series. Over a map, `f` of one parameter sees the value, of two the key and the value; over a series the "
      + "value, or the date and the value.",
    examples: [
      .init("[1, 2].map(x -> x * 2)", "[2, 4]"), .init("[\"A\": 1].map((k, v) -> \"{k}{v}\")", "[\"A1\"]"),
    ])

  private static func mappedList(_ call: borrowing Call) throws(Trap) -> Value {
    let list = call.list(0)
    let function = call.function(1)
    call[0].share()
    try call.evaluation.charge(list.count)
    let result = try call.evaluation.list(capacity: list.count)
    for place in 0..<list.count {
      let item = try call.evaluation.invoke(function, list[place])
      item.share()
      try call.evaluation.append(item, to: result)
    }
    return result.value
  }

  static let filter = Builtin(
    [
      .init("filter(xs: list, f: function) -> list", body: filteredList),
      .init("filter(m: map, f: function) -> map", body: MapBuiltins.filteredMap),
      .init("filter(s: series, f: function) -> series", body: SeriesBodies.filter),
    ], family: "lists",
    doc:
      "The items, entries or observations for which `f` is true, in order. Over a map, `f` of one parameter sees the "
      + "value, of two the key and the value.",
    examples: [
      .init("[1, 2, 3].filter(x -> x > 1)", "[2, 3]"),
      .init("[\"A\": 1, \"B\": -1].filter(v -> v > 0)", "[\"A\": 1]"),
      .init("[\"A\": 1, \"B\": 2].filter((k, v) -> k != \"A\")", "[\"B\": 2]"), .init("[1].filter(x -> 1)", "E0402"),
    ])

  private static func filteredList(_ call: borrowing Call) throws(Trap) -> Value {
    let list = call.list(0)
    let function = call.function(1)
    call[0].share()
    try call.evaluation.charge(list.count)
    let result = try call.evaluation.list(capacity: 0)
    for place in 0..<list.count {
      let item = list[place]
      guard try call.holds(try call.evaluation.invoke(function, item)) else { continue }
      try call.evaluation.append(item, to: result)
    }
    return result.value
  }

  static let partition = Builtin(
    "partition(xs: list, f: function) -> list", family: "lists",
    doc: "Two lists: the items for which `f` is true, and the others.",
    examples: [.init("partition([1, 2, 3], x -> x > 1)", "[[2, 3], [1]]")]
  ) { call throws(Trap) in
    let list = call.list(0)
    let function = call.function(1)
    call[0].share()
    try call.evaluation.charge(list.count)
    let yes = try call.evaluation.list(capacity: 0)
    let no = try call.evaluation.list(capacity: 0)
    for place in 0..<list.count {
      let item = list[place]
      let holds = try call.holds(try call.evaluation.invoke(function, item))
      try call.evaluation.append(item, to: holds ? yes : no)
    }
    return try call.evaluation.pair(yes.value, no.value)
  }

  static let reduce = Builtin(
    [
      .init("reduce(xs: list, f: function, initial: any) -> any") { call throws(Trap) in
        let list = call.list(0)
        return try fold(call, count: list.count) { list[$0] }
      },
      .init("reduce(m: map, f: function, initial: any) -> any") { call throws(Trap) in
        let map = call.map(0)
        return try fold(call, count: map.count) { map.entries[$0].value }
      },
    ], family: "lists",
    doc: "Joins the items (the values of a map) from left to right: `f(acc, x)` of the value so far and the next item, "
      + "starting from `initial`.",
    examples: [
      .init("[1, 2, 3].reduce((acc, x) -> acc + x, 10)", "16"), .init("[].reduce((acc, x) -> acc + x, 0)", "0"),
      .init("[\"A\": 2, \"B\": 3].reduce((acc, x) -> acc * x, 1)", "6"),
    ])

  private static func fold(_ call: borrowing Call, count: Int, item: (Int) -> Value) throws(Trap) -> Value {
    let function = call.function(1)
    call[0].share()
    try call.evaluation.charge(count)
    var result = call[2]
    for place in 0..<count { result = try call.evaluation.invoke(function, result, item(place)) }
    result.share()
    return result
  }

  static let any = Builtin(
    [
      .init("any(xs: list, f: function? = none) -> bool") { call throws(Trap) in try quantified(call, .list, true) },
      .init("any(m: map, f: function? = none) -> bool") { call throws(Trap) in try quantified(call, .map, true) },
    ], family: "lists",
    doc: "Whether any item (value of a map), or `f` of any, is true. Where none is true and one is `na`, the result is "
      + "`na`. Of nothing: false.",
    examples: [
      .init("any([1, 2], x -> x > 1)", "true"), .init("any([])", "false"), .init("any([false, na])", "na"),
      .init("any([true, na])", "true"),
    ])

  static let allOf = Builtin(
    [
      .init("all(xs: list, f: function? = none) -> bool") { call throws(Trap) in try quantified(call, .list, false) },
      .init("all(m: map, f: function? = none) -> bool") { call throws(Trap) in try quantified(call, .map, false) },
    ], family: "lists",
    doc:
      "Whether all items (values of a map), or `f` of all, are true. Where none is false and one is `na`, the result "
      + "is `na`. Of nothing: true.",
    examples: [
      .init("all([1, 2], x -> x > 1)", "false"), .init("all([])", "true"), .init("all([true, na])", "na"),
      .init("all([false, na])", "false"),
    ])

  /// Three-valued `or` (decided by a true item) or `and` (decided by a false one) over items, from left to right.
  private static func quantified(_ call: borrowing Call, _ kind: ValueKind, _ decisive: Bool) throws(Trap) -> Value {
    let count = kind == .map ? call.map(0).count : call.list(0).count
    let function = call.optionalFunction(1)
    call[0].share()
    try call.evaluation.charge(count)
    var missing: Value?
    for place in 0..<count {
      let value = try verdict(call, kind, place, function)
      if let bool = value.bool {
        if bool == decisive { return value }
      } else if value.isMissing {
        missing = missing ?? value
      } else {
        throw call.evaluation.fail(.conditionNotBool(value.kind, hint: value.kind == .series))
      }
    }
    return missing ?? Value(!decisive)
  }

  private static func verdict(
    _ call: borrowing Call, _ kind: ValueKind, _ place: Int, _ function: FunctionRef?
  ) throws(Trap) -> Value {
    if kind == .map {
      let entry = call.map(0).entries[place]
      return if let function { try call.evaluation.invoke(function, entry: entry) } else { entry.value }
    }
    let item = call.list(0)[place]
    return if let function { try call.evaluation.invoke(function, item) } else { item }
  }

  static let groupBy = Builtin(
    "group_by(xs: list, f: function) -> map", family: "lists",
    doc: "The items in groups: a map from what `f` gives to the list of the items that gave it, keys in order of "
      + "appearance.",
    examples: [.init("group_by([1, 2, 3], x -> x % 2)", "[1: [1, 3], 0: [2]]")]
  ) { call throws(Trap) in
    let list = call.list(0)
    let function = call.function(1)
    call[0].share()
    try call.evaluation.charge(list.count)
    let result = try call.evaluation.map(capacity: 0)
    for place in 0..<list.count {
      let item = list[place]
      let key = try call.evaluation.key(try call.evaluation.invoke(function, item))
      item.share()
      if let group = try call.evaluation.value(of: key, in: result)?.list {
        try call.evaluation.append(item, to: group)
      } else {
        let group = try call.evaluation.list(capacity: 0)
        try call.evaluation.append(item, to: group)
        try call.evaluation.set(key, group.value, in: result)
      }
    }
    return result.value
  }
}

extension Call {
  /// What the predicate of this builtin said, as a condition.
  @inline(__always) func holds(_ value: Value) throws(Trap) -> Bool {
    // The sentence that names the predicate is made only where it is needed.
    if let bool = value.bool { return bool }
    return try evaluation.condition(value, of: "the predicate of `\(name)`")
  }
}

extension Evaluation {
  /// A value as a key of a map: a series stands for its latest value; what cannot be a key is an error.
  func key(_ value: Value) throws(Trap) -> Value {
    let value = try latest(value)
    switch value.kind {
    case .string, .bool, .date: return value
    case .number:
      if value.isMissing { throw fail(.badKey("a missing number", value.raw.missingReason)) }
      return value
    case .duration, .list, .map, .series, .function, .none: throw fail(.badKey(value.kind.described, nil))
    }
  }

  /// A list of two values; the caller has shared them where they are referenced elsewhere.
  func pair(_ first: Value, _ second: Value) throws(Trap) -> Value {
    let result = try list(capacity: 2)
    result.push(first)
    result.push(second)
    return result.value
  }
}
