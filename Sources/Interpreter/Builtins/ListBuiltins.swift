import Diagnostics
import MarketModel

/// Lists: editing, parts, functions over items, order. Every result is a new list.
///
/// Names that lists share with maps, strings and series (`len`, `first`, `map`, `filter`, `sort`, `dropna`, …) stand here
/// in one record each, with the shapes of all of them.
enum ListBuiltins {
  static let all: [Builtin] = [
    len, push, pop, insert, remove, first, last, map, filter, reduce, partition, any, allOf, groupBy,
    sort.gaps(list: .last, map: .last), dropna.gaps(list: .leftOut, map: .leftOut), reverse, unique, flatten, zip,
    enumerate, indexOf, range,
  ]

  static let len = Builtin(
    [
      .init("len(xs: list) -> number") { call throws(Trap) in Value(Double(call.list(0).count)) },
      .init("len(m: map) -> number") { call throws(Trap) in Value(Double(call.map(0).count)) },
      .init("len(text: string) -> number") { call throws(Trap) in Value(Double(call.string(0).count)) },
      .init("len(s: series) -> number", body: SeriesBodies.len),
    ], family: "lists",
    doc: "The number of items of a list, of entries of a map, of code points of a string, or of observations of a "
      + "series, missing ones included.",
    examples: [
      .init("len([1, 2, 3])", "3"), .init("len([:])", "0"), .init("\"né\".len()", "2"),
      .init("series([2024-01-01: 1, 2024-01-02: na]).len()", "2"),
    ])

  static let push = Builtin(
    "push(xs: list, x: any) -> list", family: "lists", doc: "The list with an item added at its end.",
    examples: [.init("[1].push(2)", "[1, 2]")]
  ) { call throws(Trap) in
    let result = try call.evaluation.copy(call.list(0), extra: 1)
    call[1].share()
    try call.evaluation.append(call[1], to: result)
    return result.value
  }

  static let pop = Builtin(
    "pop(xs: list) -> list", family: "lists",
    doc: "The list without its last item, which `last(xs)` gives. Of an empty list: an error.",
    examples: [.init("[1, 2].pop()", "[1]"), .init("[].pop()", "E0404")]
  ) { call throws(Trap) in
    let list = call.list(0)
    guard list.count > 0 else { throw call.evaluation.fail(.emptyList("pop")) }
    return try call.items(list, 0..<list.count - 1).value
  }

  static let insert = Builtin(
    "insert(xs: list, i: number, x: any) -> list", family: "lists",
    doc: "The list with an item put before index `i`: from 0 to the length, where it is added at the end. A negative "
      + "index counts from the end. Out of range: an error.",
    examples: [
      .init("[1, 3].insert(1, 2)", "[1, 2, 3]"), .init("[1].insert(1, 2)", "[1, 2]"),
      .init("[1, 3].insert(-1, 2)", "[1, 2, 3]"), .init("[1].insert(2, 0)", "E0404"),
    ]
  ) { call throws(Trap) in
    let list = call.list(0)
    let place = try call.place(1, count: list.count, most: list.count)
    try call.evaluation.charge(list.count)
    list.shareItems()
    call[2].share()
    let result = try call.evaluation.list(capacity: list.count + 1)
    result.push(0..<place, of: list)
    result.push(call[2])
    result.push(place..<list.count, of: list)
    return result.value
  }

  static let remove = Builtin(
    [
      .init("remove(xs: list, i: number) -> list", body: removedItem),
      .init("remove(m: map, k: any) -> map", body: MapBuiltins.removedKey),
    ], family: "lists",
    doc: "The list without the item at an index, negative ones from the end; out of range is an error. The map without "
      + "a key; an absent one leaves it unchanged.",
    examples: [
      .init("[1, 2, 3].remove(0)", "[2, 3]"), .init("[1, 2, 3].remove(-1)", "[1, 2]"), .init("[].remove(0)", "E0404"),
      .init("[\"A\": 1, \"B\": 2].remove(\"A\")", "[\"B\": 2]"), .init("[\"A\": 1].remove(\"Z\")", "[\"A\": 1]"),
    ])

  private static func removedItem(_ call: borrowing Call) throws(Trap) -> Value {
    let list = call.list(0)
    let place = try call.place(1, count: list.count, most: list.count - 1)
    try call.evaluation.charge(list.count)
    list.shareItems()
    let result = try call.evaluation.list(capacity: list.count - 1)
    result.push(0..<place, of: list)
    result.push(place + 1..<list.count, of: list)
    return result.value
  }

  static let first = Builtin(
    [
      .init("first(xs: list, n: items? = none) -> any") { call throws(Trap) in try end(call, atStart: true) },
      .init("first(s: series) -> number", body: SeriesBodies.first),
    ], family: "lists",
    doc: "The first item of a list (of an empty one: an error), or with `n` a list of at most the first n. The oldest "
      + "value of a series, `na` if it is empty.",
    examples: [
      .init("first([1, 2, 3])", "1"), .init("first([1, 2, 3], 2)", "[1, 2]"), .init("first([1], 5)", "[1]"),
      .init("first([])", "E0404"), .init("first(series([2024-01-01: 1, 2024-01-02: 2]))", "1"),
    ])

  static let last = Builtin(
    [
      .init("last(xs: list, n: items? = none) -> any") { call throws(Trap) in try end(call, atStart: false) },
      .init("last(s: series) -> number", isLatest: true, body: SeriesBodies.last),
    ], family: "lists",
    doc: "The last item of a list (of an empty one: an error), or with `n` a list of at most the last n, in order. The "
      + "latest value of a series: `na` if it is empty, and `na` (stale) past its `max_age`.",
    examples: [
      .init("last([1, 2, 3])", "3"), .init("last([1, 2, 3], 2)", "[2, 3]"), .init("last([])", "E0404"),
      .init("last(series([2024-01-01: 1, 2024-01-02: 2]))", "2"),
    ])

  private static func end(_ call: borrowing Call, atStart: Bool) throws(Trap) -> Value {
    let list = call.list(0)
    if call.isGiven(1) {
      let count = min(call.whole(1), list.count)
      return try call.items(list, atStart ? 0..<count : list.count - count..<list.count).value
    }
    guard list.count > 0 else { throw call.evaluation.fail(.emptyList(call.name)) }
    let item = list[atStart ? 0 : list.count - 1]
    item.share()
    return item
  }
}

extension Call {
  /// Items of a range as a list of their own.
  func items(_ list: ListRef, _ range: Range<Int>) throws(Trap) -> ListRef {
    try evaluation.charge(range.count)
    let result = try evaluation.list(capacity: range.count)
    for place in range {
      list[place].share()
      result.push(list[place])
    }
    return result
  }

  /// The place that an index argument means, negative ones from the end, up to `most`; out of range is an error.
  func place(_ index: Int, count: Int, most: Int) throws(Trap) -> Int {
    let number = self[index].raw
    guard let whole = Int(whole: number) else {
      throw fail("an index is a whole number, found \(ValueText.number(number))")
    }
    let place = whole < 0 ? whole + count : whole
    guard place >= 0, place <= most else {
      throw evaluation.fail(.indexOutOfRange(ValueText.number(number), count: count))
    }
    return place
  }
}

extension Diagnostic {
  static func emptyList(_ name: String) -> Diagnostic {
    Diagnostic(
      .indexOutOfRange, "`\(name)` of an empty list",
      notes: [Note("`len(xs) > 0` asks; `xs[0] ?? default` gives a default instead")])
  }
}
