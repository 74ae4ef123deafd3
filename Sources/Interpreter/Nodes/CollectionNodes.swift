import MarketModel

/// `[a, b, c]`: the items are evaluated into free slots and copied into one piece of memory.
final class ListNode: Node {
  let items: ArgumentNode
  let count: Int
  /// The first of the slots.
  let base: Int

  init(_ items: ArgumentNode, count: Int, base: Int, _ site: Int32) {
    self.items = items
    self.count = count
    self.base = base
    super.init(site)
  }

  override var mayAlias: Bool { false }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    try items.evaluate(f, at: base)
    let list = try evaluation(f, base + count).list(copying: f.base + base, count: count)
    return list.value
  }
}

/// A list literal of many items, one after the other: it needs no more stack than one of them.
final class LongListNode: Node {
  let items: [Node]
  let top: Int

  init(_ items: [Node], top: Int, _ site: Int32) {
    self.items = items
    self.top = top
    super.init(site)
  }

  override var mayAlias: Bool { false }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let evaluation = evaluation(f, top)
    let list = try evaluation.list(capacity: items.count)
    for item in items { try evaluation.append(try item.exec(f), to: list) }
    return list.value
  }
}

/// `["a": 1, "b": 2]`.
final class MapNode: Node {
  let keys: [Node]
  let values: [Node]
  let top: Int

  init(_ keys: [Node], _ values: [Node], top: Int, _ site: Int32) {
    self.keys = keys
    self.values = values
    self.top = top
    super.init(site)
  }

  override var mayAlias: Bool { false }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let evaluation = evaluation(f, top)
    let map = try evaluation.map(capacity: keys.count)
    for place in 0..<keys.count {
      let key = try MapKey.checked(try keys[place].exec(f), evaluation)
      try evaluation.set(key, try values[place].exec(f), in: map)
    }
    return map.value
  }
}

/// What may be a key.
enum MapKey {
  /// The key itself, or an error that says what keys are.
  @inline(__always) static func checked(_ key: Value, _ evaluation: Evaluation) throws(Trap) -> Value {
    if key.raw == key.raw { return key }
    return try slowlyChecked(key, evaluation)
  }

  @inline(never) private static func slowlyChecked(_ key: Value, _ evaluation: Evaluation) throws(Trap) -> Value {
    switch key.kind {
    case .string, .bool, .date: return key
    case .number: throw evaluation.fail(.badKey("a missing number", key.raw.missingReason))
    case .duration, .list, .map, .series, .function, .none:
      throw evaluation.fail(.badKey(key.kind.described, nil))
    }
  }
}

/// `a..b`, `a..<b`, with `step`.
final class RangeNode: Node {
  let lower: Node
  let upper: Node
  let step: Node?
  let includesUpper: Bool
  let top: Int

  init(_ lower: Node, _ upper: Node, step: Node?, includesUpper: Bool, top: Int, _ site: Int32) {
    self.lower = lower
    self.upper = upper
    self.step = step
    self.includesUpper = includesUpper
    self.top = top
    super.init(site)
  }

  override var mayAlias: Bool { false }

  /// The first item, the step and the number of items. The end is met within 1e-9 of a step.
  func bounds(_ f: Frame) throws(Trap) -> (first: Double, step: Double, count: Int) {
    let first = try number(lower, "the start of a range", f)
    let last = try number(upper, "the end of a range", f)
    var width = 1.0
    if let step { width = try number(step, "the step of a range", f) }
    guard width != 0 else { throw f.machine.fail(.wrongArgument("the step of a range is 0"), site) }
    let turns = (last - first) / width
    guard turns < 1e15 else { throw f.machine.fail(.wrongArgument("a range of more than 1e15 items"), site) }
    let count = Steps.count(from: first, to: last, step: width, includesEnd: includesUpper)
    return (first, width, Int(cut: count))
  }

  private func number(_ node: Node, _ what: String, _ f: Frame) throws(Trap) -> Double {
    let value = try node.exec(f)
    if value.raw == value.raw { return value.raw }
    if let series = value.series {
      let latest = try series.latest(evaluation(f, top))
      if !latest.isNaN { return latest }
      throw f.machine.fail(.wrongArgument("\(what) is missing"), site)
    }
    if value.isNumber { throw f.machine.fail(.wrongArgument("\(what) is missing"), site) }
    throw f.machine.fail(.typeMismatch(expected: "a number", found: value.kind, what: what), site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let bounds = try bounds(f)
    let evaluation = evaluation(f, top)
    try evaluation.charge(bounds.count)
    let list = try evaluation.list(capacity: bounds.count)
    for place in 0..<bounds.count { list.push(Value(bounds.first + Double(place) * bounds.step)) }
    return list.value
  }
}

/// Where a comprehension's items go: the collector stands in a slot, the innermost clause adds to it.
final class CollectListNode: Node {
  let slot: Int
  let item: Node
  let top: Int

  init(_ slot: Int, _ item: Node, top: Int, _ site: Int32) {
    self.slot = slot
    self.item = item
    self.top = top
    super.init(site)
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    let value = try item.exec(f)
    if let list = f[slot].list { try evaluation(f, top).append(value, to: list) }
    return .next
  }
}

/// The innermost clause of a map comprehension.
final class CollectMapNode: Node {
  let slot: Int
  let key: Node
  let item: Node
  let top: Int

  init(_ slot: Int, _ key: Node, _ item: Node, top: Int, _ site: Int32) {
    self.slot = slot
    self.key = key
    self.item = item
    self.top = top
    super.init(site)
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    let evaluation = evaluation(f, top)
    let name = try MapKey.checked(try key.exec(f), evaluation)
    let value = try item.exec(f)
    if let map = f[slot].map { try evaluation.set(name, value, in: map) }
    return .next
  }
}

/// `[f(x) for x in xs if p(x)]` and its map form: loops that fill a collector.
final class ComprehensionNode: Node {
  let slot: Int
  let loops: Node
  let isMap: Bool
  let top: Int

  init(_ slot: Int, _ loops: Node, isMap: Bool, top: Int, _ site: Int32) {
    self.slot = slot
    self.loops = loops
    self.isMap = isMap
    self.top = top
    super.init(site)
  }

  override var mayAlias: Bool { false }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let evaluation = evaluation(f, top)
    let collector = isMap ? try evaluation.map(capacity: 4).value : try evaluation.list(capacity: 4).value
    f[slot] = collector
    _ = try loops.run(f)
    return collector
  }
}

/// A string with interpolations.
final class InterpolationNode: Node {
  /// A piece of text, or an expression with its format.
  enum Piece {
    case text(String)
    case value(Node, ValueFormat.Spec?)
  }

  let pieces: [Piece]
  let top: Int

  init(_ pieces: [Piece], top: Int, _ site: Int32) {
    self.pieces = pieces
    self.top = top
    super.init(site)
  }

  override var mayAlias: Bool { false }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let evaluation = evaluation(f, top)
    var result = ""
    for piece in pieces {
      let before = result.utf8.count
      switch piece {
      case .text(let text): result += text
      case .value(let node, let format):
        let value = try node.exec(f)
        if let format {
          result += try ValueFormat.format(value, format, evaluation)
        } else {
          result += try ValueText.text(value, evaluation)
        }
      }
      // A long text pays as it grows, so that none can outgrow the limits before it is stored.
      try evaluation.charge(bytes: result.utf8.count - before, .moved)
      try evaluation.checkText(result.utf8.count)
    }
    return try evaluation.string(result)
  }
}
