import MarketModel

/// Assignment through indices: `xs[i] = e`, `m[k][j] += e`, `m.name = e`.
///
/// Every list or map on the way is made the place's own first: a shared one is copied and the copy stored back, so that
/// no other name sees the change.
final class StorePlaceNode: Node {
  /// The variable that holds the outermost container.
  enum Root {
    case slot(Int)
    case global(Int)
  }

  let root: Root
  let path: [Node]
  let source: Node
  /// The operator of `+=` and its like.
  let operation: ArithmeticOperator?
  /// The slot where the indices are kept while the value is computed.
  let base: Int

  init(
    _ root: Root, _ path: [Node], _ source: Node, operation: ArithmeticOperator?, base: Int, _ site: Int32
  ) {
    self.root = root
    self.path = path
    self.source = source
    self.operation = operation
    self.base = base
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    _ = try run(f)
    return .none
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    for place in 0..<path.count { f[base + place] = try path[place].exec(f) }
    let evaluation = evaluation(f, base + path.count)
    var value = try source.exec(f)
    if let operation {
      let old = try current(f, evaluation)
      let fast = Elementwise.number(operation, old.raw, value.raw)
      value =
        old.raw - old.raw == 0 && value.raw - value.raw == 0
        ? Value(fast) : try Elementwise.apply(operation, old, value, evaluation)
    }
    let owned = try PlaceOwner.own(load(f), evaluation)
    store(owned, f)
    var container = owned
    for place in 0..<path.count - 1 {
      let inner = try Indexing.read(container, f[base + place], evaluation)
      let mine = try PlaceOwner.own(inner, evaluation)
      try PlaceOwner.write(mine, at: f[base + place], in: container, evaluation)
      container = mine
    }
    try PlaceOwner.write(value, at: f[base + path.count - 1], in: container, evaluation)
    return .next
  }

  private func current(_ f: Frame, _ evaluation: Evaluation) throws(Trap) -> Value {
    var value = load(f)
    for place in 0..<path.count { value = try Indexing.read(value, f[base + place], evaluation) }
    return value
  }

  private func load(_ f: Frame) -> Value {
    switch root {
    case .slot(let slot): f[slot]
    case .global(let index): f.context.pointee.globals[index]
    }
  }

  private func store(_ value: Value, _ f: Frame) {
    switch root {
    case .slot(let slot): f[slot] = value
    case .global(let index):
      f.context.pointee.globals[index] = value
      f.machine.noteAssignment(index, site)
    }
  }
}

/// `m[k] = e` and `xs[i] = e` with a slot: one container, one index.
final class StoreItemNode: Node {
  let slot: Int
  let index: Node
  let source: Node
  /// The slot where the index is kept while the value is computed.
  let base: Int

  init(_ slot: Int, _ index: Node, _ source: Node, base: Int, _ site: Int32) {
    self.slot = slot
    self.index = index
    self.source = source
    self.base = base
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    _ = try run(f)
    return .none
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    f[base] = try index.exec(f)
    let value = try source.exec(f)
    let evaluation = evaluation(f, base + 1)
    let owned = try PlaceOwner.own(f[slot], evaluation)
    f[slot] = owned
    try PlaceOwner.write(value, at: f[base], in: owned, evaluation)
    return .next
  }
}

/// Makes a container a place's own, and writes into it.
enum PlaceOwner {
  static func own(_ value: Value, _ evaluation: Evaluation) throws(Trap) -> Value {
    if let list = value.list { return list.isShared ? try evaluation.copy(list, extra: 1).value : value }
    if let map = value.map { return map.isShared ? try evaluation.copy(map, extra: 1).value : value }
    throw evaluation.fail(
      .typeMismatch(expected: "a list or map", found: value.kind, what: "what is assigned into"))
  }

  static func write(
    _ value: Value, at index: Value, in container: Value, _ evaluation: Evaluation
  ) throws(Trap) {
    if let map = container.map {
      try evaluation.set(try MapKey.checked(index, evaluation), value, in: map)
      return
    }
    guard let list = container.list, let place = try Indexing.place(index, count: list.count, evaluation) else {
      let text = try ValueText.shown(index, evaluation)
      throw evaluation.fail(.indexOutOfRange(text, count: container.list?.count ?? 0))
    }
    list[place] = value
  }
}

/// `at DATE { … }`: evaluates the block as if `as_of` were the date.
final class AtNode: Node {
  let date: Node
  let body: Node
  /// It is the outermost one at a prompt, where any date goes.
  let opens: Bool

  init(_ date: Node, _ body: Node, opens: Bool, _ site: Int32) {
    self.date = date
    self.body = body
    self.opens = opens
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let context = f.context
    let previous = try travel(f)
    do {
      let result = try body.exec(f)
      context.pointee.asOf = previous
      return result
    } catch {
      context.pointee.asOf = previous
      throw error
    }
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    let context = f.context
    let previous = try travel(f)
    do {
      let flow = try body.run(f)
      context.pointee.asOf = previous
      return flow
    } catch {
      context.pointee.asOf = previous
      throw error
    }
  }

  /// Sets the date and gives the previous one. Outermost in tests and at the prompt any date goes.
  private func travel(_ f: Frame) throws(Trap) -> Int32 {
    let value = try date.exec(f)
    guard let day = value.day else {
      throw f.machine.fail(.typeMismatch(expected: "a date", found: value.kind, what: "the date of `at`"), site)
    }
    let previous = f.context.pointee.asOf
    if previous != Context.noDay, day.rawValue > previous, !opens {
      throw f.machine.fail(
        .lookAhead("`at \(f.machine.sites.text(date.site))`", asked: day, asOf: Day(rawValue: previous)), date.site)
    }
    f.context.pointee.asOf = day.rawValue
    return previous
  }
}

/// An operand with a `return`, `break` or `continue` inside: leaves the expression by way of a trap that the enclosing
/// statement turns back into a flow.
final class LeaveNode: Node {
  let statement: Node

  init(_ statement: Node) {
    self.statement = statement
    super.init(statement.site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    _ = try run(f)
    return .none
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    let flow = try statement.run(f)
    if flow == .next { return .next }
    f.machine.leaving = flow
    throw Trap()
  }
}

/// A statement whose expressions may leave it.
final class CatchLeaveNode: Node {
  let statement: Node

  init(_ statement: Node) {
    self.statement = statement
    super.init(statement.site)
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    let asOf = f.context.pointee.asOf
    do { return try statement.run(f) } catch {
      let machine = f.machine
      guard let flow = machine.leaving else { throw error }
      machine.leaving = nil
      f.context.pointee.asOf = asOf
      return flow
    }
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    _ = try run(f)
    return .none
  }
}
