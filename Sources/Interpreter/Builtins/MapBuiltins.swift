import MarketModel

/// Maps: reading, editing, functions over entries. Every result is a new map, in an order that the doc says.
enum MapBuiltins {
  static let all: [Builtin] = [keys, values, items, has, get, mapValues, merge]

  static let keys = Builtin(
    "keys(m: map) -> list", family: "maps", doc: "The keys in order.",
    examples: [.init("[\"B\": 1, \"A\": 2].keys()", "[\"B\", \"A\"]")]
  ) { call throws(Trap) in
    let map = call.map(0)
    try call.evaluation.charge(map.count)
    let result = try call.evaluation.list(capacity: map.count)
    for place in 0..<map.count { result.push(map.entries[place].key) }
    return result.value
  }

  static let values = Builtin(
    [
      .init("values(m: map) -> list") { call throws(Trap) in
        let map = call.map(0)
        try call.evaluation.charge(map.count)
        map.shareValues()
        let result = try call.evaluation.list(capacity: map.count)
        for place in 0..<map.count { result.push(map.entries[place].value) }
        return result.value
      },
      .init("values(s: series) -> list[number]") { call throws(Trap) in
        let series = call.series(0)
        try call.evaluation.charge(series.count)
        let numbers = try series.values(0..<series.count, call.evaluation)
        return try call.evaluation.list(UnsafeBufferPointer(start: numbers, count: series.count)).value
      },
    ], family: "maps", doc: "The values of a map in order; the numbers of a series, oldest first.",
    examples: [
      .init("[\"B\": 1, \"A\": 2].values()", "[1, 2]"),
      .init("values(series([2024-01-01: 1, 2024-01-02: na]))", "[1, na]"),
    ])

  static let items = Builtin(
    "items(m: map) -> list", family: "maps", doc: "The entries in order, each a list of key and value.",
    examples: [.init("[\"A\": 1].items()", "[[\"A\", 1]]")]
  ) { call throws(Trap) in
    let map = call.map(0)
    try call.evaluation.charge(map.count)
    map.shareValues()
    let result = try call.evaluation.list(capacity: map.count)
    for place in 0..<map.count {
      try call.evaluation.look(at: place)
      let entry = map.entries[place]
      try call.evaluation.append(try call.evaluation.pair(entry.key, entry.value), to: result)
    }
    return result.value
  }

  static let has = Builtin(
    "has(m: map, k: any) -> bool", family: "maps", doc: "Whether the map has a key: `k in m`.",
    examples: [.init("[\"A\": 1].has(\"A\")", "true"), .init("[\"A\": 1].has(\"B\")", "false")]
  ) { call throws(Trap) in Value(try Membership.contains(call[0], call[1], call.evaluation)) }

  static let get = Builtin(
    "get(m: map, k: any, default: any = none) -> any", family: "maps",
    doc: "The value of a key, or the default where the map does not have it.",
    examples: [
      .init("[\"A\": 1].get(\"A\")", "1"), .init("[\"A\": 1].get(\"B\", 0)", "0"),
      .init("[\"A\": 1].get(\"B\")", "none"),
    ]
  ) { call throws(Trap) in
    let key = try call.evaluation.key(call[1])
    let result = try call.evaluation.value(of: key, in: call.map(0)) ?? call[2]
    result.share()
    return result
  }

  static let mapValues = Builtin(
    "map_values(m: map, f: function) -> map", family: "maps",
    doc: "The map with `f` of each value, or of each key and value, in its place.",
    examples: [
      .init("[\"A\": 1, \"B\": 2].map_values(v -> v * 10)", "[\"A\": 10, \"B\": 20]"),
      .init("[\"A\": 1].map_values((k, v) -> k)", "[\"A\": \"A\"]"),
    ]
  ) { call throws(Trap) in
    let map = call.map(0)
    let function = call.function(1)
    call[0].share()
    let result = try call.evaluation.copy(map)
    for place in 0..<map.count {
      let value = try call.evaluation.invoke(function, entry: map.entries[place])
      value.share()
      result.setValue(value, at: place)
    }
    return result.value
  }

  static let merge = Builtin(
    "merge(a: map, b: map) -> map", family: "maps",
    doc:
      "The entries of both; where both have a key, the value of `b`. First the keys of `a`, then those only `b` has.",
    examples: [.init("merge([\"A\": 1, \"B\": 2], [\"C\": 3, \"A\": 9])", "[\"A\": 9, \"B\": 2, \"C\": 3]")]
  ) { call throws(Trap) in
    let (a, b) = (call.map(0), call.map(1))
    let result = try call.evaluation.copy(a, extra: b.count)
    try call.evaluation.charge(b.count)
    b.shareValues()
    for place in 0..<b.count {
      try call.evaluation.look(at: place)
      try call.evaluation.set(b.entries[place].key, b.entries[place].value, in: result)
    }
    return result.value
  }
}

/// The shapes for maps of names that lists have too.
extension MapBuiltins {
  static func mappedToList(_ call: borrowing Call) throws(Trap) -> Value {
    let map = call.map(0)
    let function = call.function(1)
    call[0].share()
    try call.evaluation.charge(map.count)
    let result = try call.evaluation.list(capacity: map.count)
    for place in 0..<map.count {
      let item = try call.evaluation.invoke(function, entry: map.entries[place])
      item.share()
      try call.evaluation.append(item, to: result)
    }
    return result.value
  }

  static func filteredMap(_ call: borrowing Call) throws(Trap) -> Value {
    let map = call.map(0)
    let function = call.function(1)
    call[0].share()
    return try kept(call) { (place) throws(Trap) in
      try call.holds(try call.evaluation.invoke(function, entry: map.entries[place]))
    }
  }

  static func removedKey(_ call: borrowing Call) throws(Trap) -> Value {
    let key = try call.evaluation.key(call[1])
    guard let removed = try call.evaluation.place(of: key, in: call.map(0)) else {
      call[0].share()
      return call[0]
    }
    return try kept(call) { (place) throws(Trap) in place != removed }
  }

  static func droppedMissing(_ call: borrowing Call) throws(Trap) -> Value {
    let map = call.map(0)
    try call.evaluation.charge(map.count)
    let result = try call.evaluation.map(capacity: map.count)
    for place in 0..<map.count {
      try call.evaluation.look(at: place)
      let entry = map.entries[place]
      let value = try call.evaluation.latest(entry.value)
      if value.isMissing { continue }
      value.share()
      try call.evaluation.set(entry.key, value, in: result)
    }
    return result.value
  }

  static func sortedMap(_ call: borrowing Call) throws(Trap) -> Value {
    let map = call.map(0)
    let evaluation = call.evaluation
    call[0].share()
    let values = try evaluation.list(capacity: map.count)
    for place in 0..<map.count {
      try evaluation.look(at: place)
      values.push(try evaluation.latest(map.entries[place].value))
    }
    let keys = try evaluation.list(capacity: map.count)
    for place in 0..<map.count {
      guard let function = call.optionalFunction(1) else {
        keys.push(values[place])
        continue
      }
      let entry = MapRef.Entry(key: map.entries[place].key, value: values[place])
      keys.push(try evaluation.invoke(function, entry: entry))
    }
    let places = try SortOrder.places(keys, descending: call.bool(2), evaluation)
    let result = try evaluation.map(capacity: map.count)
    for place in 0..<map.count {
      try evaluation.look(at: place)
      let from = Int(places[place])
      values[from].share()
      try evaluation.set(map.entries[from].key, values[from], in: result)
    }
    return result.value
  }

  /// The entries whose places are kept.
  private static func kept(
    _ call: borrowing Call, _ keeps: (Int) throws(Trap) -> Bool
  ) throws(Trap) -> Value {
    let map = call.map(0)
    try call.evaluation.charge(map.count)
    let result = try call.evaluation.map(capacity: 0)
    for place in 0..<map.count {
      try call.evaluation.look(at: place)
      guard try keeps(place) else { continue }
      map.entries[place].value.share()
      try call.evaluation.set(map.entries[place].key, map.entries[place].value, in: result)
    }
    return result.value
  }
}
