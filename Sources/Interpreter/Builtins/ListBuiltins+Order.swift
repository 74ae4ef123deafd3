import MarketModel

/// The order and the shape of lists.
extension ListBuiltins {
  static let sort = Builtin(
    [
      .init("sort(xs: list, by: function? = none, desc: bool = false) -> list", body: sortedList),
      .init("sort(m: map, by: function? = none, desc: bool = false) -> map", body: MapBuiltins.sortedMap),
    ], family: "lists",
    doc:
      "The items in ascending order, or by what `by` gives for each; a map by its values unless `by` is given. Sorts "
      + "numbers, strings, dates, durations and lists of these, never a mixture. Stable, also when descending; `na` "
      + "comes last in both directions.",
    examples: [
      .init("[3, 1, 2].sort()", "[1, 2, 3]"), .init("[1, na, 2].sort(desc: true)", "[2, 1, na]"),
      .init("[\"bb\", \"a\"].sort(by: x -> len(x))", "[\"a\", \"bb\"]"),
      .init("[[2, \"b\"], [1, \"a\"]].sort()", "[[1, \"a\"], [2, \"b\"]]"),
      .init("[\"A\": 2, \"B\": 1].sort()", "[\"B\": 1, \"A\": 2]"), .init("[1, \"a\"].sort()", "E0307"),
    ])

  private static func sortedList(_ call: borrowing Call) throws(Trap) -> Value {
    let list = call.list(0)
    let evaluation = call.evaluation
    call[0].share()
    let keys = try evaluation.list(capacity: list.count)
    if let function = call.optionalFunction(1) {
      for place in 0..<list.count { keys.push(try evaluation.invoke(function, list[place])) }
    } else {
      keys.push(all: list)
      if try SortOrder.sortNumbers(keys, descending: call.bool(2), evaluation) { return keys.value }
    }
    let places = try SortOrder.places(keys, descending: call.bool(2), evaluation)
    let result = try evaluation.list(capacity: list.count)
    for place in 0..<list.count {
      try evaluation.look(at: place)
      let item = list[Int(places[place])]
      item.share()
      result.push(item)
    }
    return result.value
  }

  static let dropna = Builtin(
    [
      .init("dropna(xs: list) -> list") { call throws(Trap) in
        let list = call.list(0)
        try call.evaluation.charge(list.count)
        let result = try call.evaluation.list(capacity: 0)
        for place in 0..<list.count {
          try call.evaluation.look(at: place)
          if try call.evaluation.latest(list[place]).isMissing { continue }
          list[place].share()
          try call.evaluation.append(list[place], to: result)
        }
        return result.value
      },
      .init("dropna(m: map) -> map", body: MapBuiltins.droppedMissing),
      .init("dropna(s: series) -> series", body: SeriesBodies.dropna),
    ], family: "lists",
    doc: "A list, map or series without what is `na`. In a map, a series stands for its latest value.",
    examples: [
      .init("[1, na, 2].dropna()", "[1, 2]"), .init("[\"A\": na, \"B\": 1].dropna()", "[\"B\": 1]"),
    ])

  static let reverse = Builtin(
    "reverse(xs: list) -> list", family: "lists", doc: "The items from last to first.",
    examples: [.init("[1, 2, 3].reverse()", "[3, 2, 1]")]
  ) { call throws(Trap) in
    let list = call.list(0)
    let result = try call.evaluation.copy(list)
    for place in 0..<list.count { result[place] = list[list.count - 1 - place] }
    return result.value
  }

  static let unique = Builtin(
    "unique(xs: list) -> list", family: "lists",
    doc: "Each item once, where it first occurs. Missing numbers are the same item.",
    examples: [.init("[2, 1, 2].unique()", "[2, 1]"), .init("[na, 1, na].unique()", "[na, 1]")]
  ) { call throws(Trap) in
    let list = call.list(0)
    try call.evaluation.charge(list.count)
    let result = try call.evaluation.list(capacity: 0)
    let seen = try call.evaluation.map(capacity: 0)
    let nested = try call.evaluation.list(capacity: 0)
    var hasMissing = false
    for place in 0..<list.count {
      try call.evaluation.look(at: place)
      let item = list[place]
      if item.isMissing {
        if hasMissing { continue }
        hasMissing = true
      } else if item.list != nil || item.map != nil {
        // Lists and maps are compared one by one; everything else is found by its bits or text.
        if try Membership.index(of: item, in: nested, call.evaluation) != nil { continue }
        try call.evaluation.append(item, to: nested)
      } else {
        if try call.evaluation.place(of: item, in: seen) != nil { continue }
        try call.evaluation.set(item, item, in: seen)
      }
      item.share()
      try call.evaluation.append(item, to: result)
    }
    return result.value
  }

  static let flatten = Builtin(
    "flatten(xs: list) -> list", family: "lists",
    doc: "The items of the lists in a list, in order; items that are no lists stay. One level only.",
    examples: [.init("[[1], [2, [3]], 4].flatten()", "[1, 2, [3], 4]")]
  ) { call throws(Trap) in
    let list = call.list(0)
    try call.evaluation.charge(list.count)
    let result = try call.evaluation.list(capacity: list.count)
    for place in 0..<list.count {
      let item = list[place]
      guard let inner = item.list else {
        item.share()
        try call.evaluation.append(item, to: result)
        continue
      }
      try call.evaluation.charge(inner.count)
      inner.shareItems()
      for place in 0..<inner.count { try call.evaluation.append(inner[place], to: result) }
    }
    return result.value
  }

  static let zip = Builtin(
    "zip(xs: list, ys: list) -> list", family: "lists",
    doc: "Pairs of the items of two lists of one length; unequal lengths are an error.",
    examples: [.init("zip([1, 2], [\"a\", \"b\"])", "[[1, \"a\"], [2, \"b\"]]"), .init("zip([1], [])", "E0401")]
  ) { call throws(Trap) in
    let (xs, ys) = (call.list(0), call.list(1))
    guard xs.count == ys.count else {
      throw call.fail(
        "`zip` needs lists of one length, found \(xs.count) and \(ys.count) items",
        remedy: "cut the longer one: `first(xs, n)`")
    }
    try call.evaluation.charge(xs.count)
    xs.shareItems()
    ys.shareItems()
    let result = try call.evaluation.list(capacity: xs.count)
    for place in 0..<xs.count {
      try call.evaluation.look(at: place)
      try call.evaluation.append(try call.evaluation.pair(xs[place], ys[place]), to: result)
    }
    return result.value
  }

  static let enumerate = Builtin(
    "enumerate(xs: list, start: whole = 0) -> list", family: "lists",
    doc: "Pairs of a count and the item, counting from `start`.",
    examples: [
      .init("enumerate([\"a\", \"b\"])", "[[0, \"a\"], [1, \"b\"]]"), .init("enumerate([\"a\"], 1)", "[[1, \"a\"]]"),
    ]
  ) { call throws(Trap) in
    let list = call.list(0)
    let start = call.number(1)
    try call.evaluation.charge(list.count)
    list.shareItems()
    let result = try call.evaluation.list(capacity: list.count)
    for place in 0..<list.count {
      try call.evaluation.look(at: place)
      try call.evaluation.append(
        try call.evaluation.pair(Value(start + Double(place)), list[place]), to: result)
    }
    return result.value
  }

  static let indexOf = Builtin(
    "index_of(xs: list, x: any) -> number?", family: "lists",
    doc: "The index of the first item that equals `x`, or `none`. Items of other types are not equal to it.",
    examples: [.init("index_of([\"a\", \"b\"], \"b\")", "1"), .init("index_of([1], 2)", "none")]
  ) { call throws(Trap) in
    guard let place = try Membership.index(of: call[1], in: call.list(0), call.evaluation) else { return .none }
    return Value(Double(place))
  }

  static let range = Builtin(
    [
      .init("range(n: number) -> list") { call throws(Trap) in
        guard let count = Int(whole: call.number(0), in: -999_999_999_999_999...999_999_999_999_999) else {
          throw call.fail("`range` needs a whole number of items, found \(ValueText.number(call.number(0)))")
        }
        return try numbers(from: 0, step: 1, count: max(0, count), call)
      },
      .init("range(a: number, b: number, step: number = 1) -> list") { call throws(Trap) in
        let (first, end, step) = (call.number(0), call.number(1), call.number(2))
        if let missing = [first, end, step].first(where: \.isNaN) {
          throw call.fail("a bound of `range` is missing: \((missing.missingReason ?? .unspecified).text)")
        }
        if step == 0 { throw call.fail("the step of `range` is 0", remedy: "a step moves towards the end") }
        // As in `a..<b`, the end is met within 1e-9 of a step.
        let turns = ((end - first) / step - 1e-9).rounded(.up)
        guard turns < 1e15 else { throw call.fail("a range of more than 1e15 items") }
        return try numbers(from: first, step: step, count: max(0, Int(cut: turns)), call)
      },
    ], family: "lists",
    doc: "Whole numbers from 0 to n - 1; or `a`, `a + step`, … without the end, as in Python.",
    examples: [
      .init("range(3)", "[0, 1, 2]"), .init("range(1, 4)", "[1, 2, 3]"), .init("range(3, 0, step: -1)", "[3, 2, 1]"),
      .init("range(3, 0)", "[]"), .init("range(0, 1, 0)", "E0401"),
    ])

  private static func numbers(
    from first: Double, step: Double, count: Int, _ call: borrowing Call
  ) throws(Trap) -> Value {
    try call.evaluation.charge(count)
    let result = try call.evaluation.list(capacity: count)
    for place in 0..<count { result.push(Value(first + Double(place) * step)) }
    return result.value
  }
}
