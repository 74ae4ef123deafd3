import MarketModel

/// `while`.
final class WhileNode: Node {
  let condition: Node
  let body: Node
  /// What a turn costs.
  let turnSteps: Int

  init(_ condition: Node, _ body: Node, turnSteps: Int, _ site: Int32) {
    self.condition = condition
    self.body = body
    self.turnSteps = turnSteps
    super.init(site)
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    let context = f.context
    while try condition.decide(f) {
      try context.charge(turnSteps, site)
      switch try body.run(f) {
      case .next, .continued: continue
      case .broke: return .next
      case .returned: return .returned
      }
    }
    return .next
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    _ = try run(f)
    return .none
  }
}

/// `for x in a..b`: counts without making the list.
final class ForRangeNode: Node {
  let slot: Int
  let range: RangeNode
  let body: Node
  /// What a turn costs.
  let turnSteps: Int

  init(_ slot: Int, _ range: RangeNode, _ body: Node, turnSteps: Int, _ site: Int32) {
    self.turnSteps = turnSteps
    self.slot = slot
    self.range = range
    self.body = body
    super.init(site)
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    let bounds = try range.bounds(f)
    let context = f.context
    var turn = 0
    while turn < bounds.count {
      try context.charge(turnSteps, site)
      f[slot] = Value(bounds.first + Double(turn) * bounds.step)
      turn += 1
      switch try body.run(f) {
      case .next, .continued: continue
      case .broke: return .next
      case .returned: return .returned
      }
    }
    return .next
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    _ = try run(f)
    return .none
  }
}

/// `for` over a list, map, series or string: one or more names, walking the value as it was at the start.
final class ForNode: Node {
  let slots: [Int]
  let sequence: Node
  let body: Node
  let top: Int
  /// What a turn costs.
  let turnSteps: Int

  init(_ slots: [Int], _ sequence: Node, _ body: Node, turnSteps: Int, top: Int, _ site: Int32) {
    self.turnSteps = turnSteps
    self.slots = slots
    self.sequence = sequence
    self.body = body
    self.top = top
    super.init(site)
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    var walk = try Walk(try sequence.exec(f), names: slots.count, evaluation(f, top))
    let context = f.context
    let slot = slots[0]
    while try walk.next(into: f, slot, slots) {
      try context.charge(turnSteps, site)
      switch try body.run(f) {
      case .next, .continued: continue
      case .broke: return .next
      case .returned: return .returned
      }
    }
    return .next
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    _ = try run(f)
    return .none
  }
}

/// A walk over a value: items of a list, keys or entries of a map, values or observations of a series, characters.
struct Walk {
  private enum Source {
    case list(ListRef)
    case map(MapRef)
    case series(SeriesRef, UnsafePointer<Double>)
    case characters([Unicode.Scalar])
  }

  private let source: Source
  private let count: Int
  private let names: Int
  private let evaluation: Evaluation
  private var place = 0

  /// Starts a walk. The value is marked as shared, so that a write in the loop works on a copy.
  init(_ value: Value, names: Int, _ evaluation: Evaluation) throws(Trap) {
    self.names = names
    self.evaluation = evaluation
    value.share()
    if let list = value.list {
      source = .list(list)
      count = list.count
    } else if let map = value.map {
      source = .map(map)
      count = map.count
    } else if let series = value.series {
      source = .series(series, try series.values(0..<series.count, evaluation))
      count = series.count
    } else if let string = value.string {
      try evaluation.charge(string.count)
      source = .characters(Array(string.text.unicodeScalars))
      count = string.count
    } else {
      throw evaluation.fail(
        .typeMismatch(expected: "a list, map, series or string", found: value.kind, what: "what a loop walks over"))
    }
  }

  /// Writes the next item into the slots; false at the end.
  @inline(__always) mutating func next(into f: Frame, _ slot: Int, _ slots: [Int]) throws(Trap) -> Bool {
    guard place < count else { return false }
    defer { place += 1 }
    if names == 1, case .list(let items) = source {
      items[place].share()
      if slot >= 0 { f[slot] = items[place] }
      return true
    }
    try write(into: f, slots)
    return true
  }

  @inline(never) private func write(into f: Frame, _ slots: [Int]) throws(Trap) {
    switch source {
    case .list(let items): try takeApart(items[place], into: f, slots)
    case .map(let map):
      let entry = map.entries[place]
      if names == 1 { return store(entry.key, f, slots[0]) }
      guard names == 2 else { throw evaluation.fail(.patternLength(names: names, items: 2)) }
      entry.value.share()
      store(entry.key, f, slots[0])
      store(entry.value, f, slots[1])
    case .series(let series, let values):
      if names == 1 { return store(Value(values[place]), f, slots[0]) }
      guard names == 2 else { throw evaluation.fail(.patternLength(names: names, items: 2)) }
      store(Value(Day(rawValue: series.days[place])), f, slots[0])
      store(Value(values[place]), f, slots[1])
    case .characters(let scalars):
      guard names == 1 else { throw evaluation.fail(.patternLength(names: names, items: 1)) }
      store(try evaluation.string(String(Character(scalars[place]))), f, slots[0])
    }
  }

  private func takeApart(_ item: Value, into f: Frame, _ slots: [Int]) throws(Trap) {
    guard let list = item.list else {
      throw evaluation.fail(.typeMismatch(expected: "a list of \(names)", found: item.kind, what: "each item"))
    }
    guard list.count == names else { throw evaluation.fail(.patternLength(names: names, items: list.count)) }
    list.shareItems()
    for index in 0..<names { store(list[index], f, slots[index]) }
  }

  private func store(_ value: Value, _ f: Frame, _ slot: Int) {
    if slot >= 0 { f[slot] = value }
  }
}
