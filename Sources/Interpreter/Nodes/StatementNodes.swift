import Syntax

/// A statement that does nothing, with the value `none`.
final class EmptyNode: Node {
  override func exec(_ f: Frame) throws(Trap) -> Value { .none }
  override func run(_ f: Frame) throws(Trap) -> Flow { .next }
  override var mayAlias: Bool { false }
}

/// Two statements, or a statement and the block's value; longer blocks nest to the right.
final class SequenceNode: Node {
  let first: Node
  let second: Node

  init(_ first: Node, _ second: Node) {
    self.first = first
    self.second = second
    super.init(second.site)
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    let flow = try first.run(f)
    if flow != .next { return flow }
    return try second.run(f)
  }

  /// In a body whose returns are all last, the first statement never leaves; where it may, `BodyNode` runs it.
  override func exec(_ f: Frame) throws(Trap) -> Value {
    _ = try first.run(f)
    return try second.exec(f)
  }

  override var mayAlias: Bool { second.mayAlias }
}

/// The body of a function with a `return` that is not last: runs statements and picks up what a `return` gave.
final class BodyNode: Node {
  let body: Node

  init(_ body: Node) {
    self.body = body
    super.init(body.site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    switch try body.run(f) {
    case .returned: f.context.pointee.returned
    case .next, .broke, .continued: .none
    }
  }
}

/// The last expression of a body that is run as statements: its value is what the body gives.
final class ReturnNode: Node {
  let result: Node

  init(_ result: Node, _ site: Int32) {
    self.result = result
    super.init(site)
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    f.context.pointee.returned = try result.exec(f)
    return .returned
  }

  /// In tail position a `return` is its value.
  override func exec(_ f: Frame) throws(Trap) -> Value { try result.exec(f) }
}

/// An expression that gives the value of `signals`: says which one it was, for errors about the value.
final class ResultNode: Node {
  let result: Node
  let place: ResultPlace

  init(_ result: Node, _ expression: NodeID) {
    self.result = result
    place = ResultPlace(site: result.site, expression: expression)
    super.init(result.site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let value = try result.exec(f)
    f.context.pointee.result = place
    return value
  }

  override var mayAlias: Bool { result.mayAlias }
}

/// `break` and `continue`.
final class JumpNode: Node {
  let flow: Flow

  init(_ flow: Flow, _ site: Int32) {
    self.flow = flow
    super.init(site)
  }

  override func run(_ f: Frame) throws(Trap) -> Flow { flow }
  override func exec(_ f: Frame) throws(Trap) -> Value { .none }
}

/// A binding or assignment of a slot.
final class StoreNode: Node {
  let slot: Int
  let source: Node

  init(_ slot: Int, _ source: Node, _ site: Int32) {
    self.slot = slot
    self.source = source
    super.init(site)
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    f[slot] = try source.exec(f)
    return .next
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    f[slot] = try source.exec(f)
    return .none
  }

  override var mayAlias: Bool { false }
}

/// `x += e` with a slot and a number, the accumulator of most loops.
final class AccumulateNode: Node {
  let slot: Int
  let addend: Node
  let top: Int

  init(_ slot: Int, _ addend: Node, top: Int, _ site: Int32) {
    self.slot = slot
    self.addend = addend
    self.top = top
    super.init(site)
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    // The old value is read before the addend is evaluated, as `x = x + e` says.
    let a = f[slot]
    let b = try addend.exec(f)
    let result = a.raw + b.raw
    f[slot] = result - result == 0 ? Value(result) : try slow(a, b, f)
    return .next
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    _ = try run(f)
    return .none
  }

  /// A list that nobody else refers to grows in place.
  @inline(never) private func slow(_ a: Value, _ b: Value, _ f: Frame) throws(Trap) -> Value {
    let evaluation = evaluation(f, top)
    guard let list = a.list, !list.isShared, let more = b.list, more.pointer != list.pointer else {
      return try Elementwise.apply(.add, a, b, evaluation)
    }
    try evaluation.charge(more.count)
    more.shareItems()
    for place in 0..<more.count { try evaluation.append(more[place], to: list) }
    return a
  }
}

/// `xs = xs.push(e)`: in place where nobody else refers to the list.
final class PushNode: Node {
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
    let target = f[slot]
    let value = try item.exec(f)
    let evaluation = evaluation(f, top)
    try evaluation.charge(1)
    guard let list = target.list else {
      throw f.machine.fail(.typeMismatch(expected: "a list", found: target.kind, what: "`xs` of `push`"), site)
    }
    let own = list.isShared ? try evaluation.copy(list, extra: 1) : list
    try evaluation.append(value, to: own)
    f[slot] = own.value
    return .next
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    _ = try run(f)
    return .none
  }
}

/// Assignment of a module-level `state` variable.
final class StoreGlobalNode: Node {
  let index: Int
  let source: Node

  init(_ index: Int, _ source: Node, _ site: Int32) {
    self.index = index
    self.source = source
    super.init(site)
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    let value = try source.exec(f)
    f.context.pointee.globals[index] = value
    if !value.isNumber { f.machine.noteAssignment(index, site) }
    return .next
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    _ = try run(f)
    return .none
  }
}

/// `let [a, b] = e`.
final class DestructureNode: Node {
  let slots: [Int]
  let source: Node

  init(_ slots: [Int], _ source: Node, _ site: Int32) {
    self.slots = slots
    self.source = source
    super.init(site)
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    let value = try source.exec(f)
    guard let list = value.list else {
      throw f.machine.fail(.typeMismatch(expected: "a list", found: value.kind, what: "what is taken apart"), site)
    }
    guard list.count == slots.count else {
      throw f.machine.fail(.patternLength(names: slots.count, items: list.count), site)
    }
    list.shareItems()
    // A slot of -1 is `_`.
    for place in 0..<slots.count where slots[place] >= 0 { f[slots[place]] = list[place] }
    return .next
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    _ = try run(f)
    return .none
  }
}

/// `assert`.
final class AssertNode: Node {
  let condition: Node
  let message: Node?
  let top: Int

  init(_ condition: Node, _ message: Node?, top: Int, _ site: Int32) {
    self.condition = condition
    self.message = message
    self.top = top
    super.init(site)
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    if try condition.decide(f) { return .next }
    throw try failure(f)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    _ = try run(f)
    return .none
  }

  @inline(never) private func failure(_ f: Frame) throws(Trap) -> Trap {
    let machine = f.machine
    var notes: [String] = []
    if let comparison = condition as? any Comparing {
      for operand in try comparison.operands(f) {
        let text = try ValueText.literal(operand.value, evaluation(f, top), depth: 0)
        notes.append("`\(machine.sites.text(operand.site))` is \(text)")
      }
    }
    let text: String?
    if let message { text = try ValueText.text(try message.exec(f), evaluation(f, top)) } else { text = nil }
    return machine.fail(
      .assertionFailed(machine.sites.text(condition.site), message: text, notes: notes), site)
  }
}

/// A comparison that can say what it compared, for the message of a failed assertion.
protocol Comparing {
  /// The operands that vary, as they are now.
  func operands(_ f: Frame) throws(Trap) -> [ComparedOperand]
}

/// An operand of a comparison: where it stands, and what it gave.
struct ComparedOperand {
  let site: Int32
  let value: Value

  /// The operands of two nodes, constants left out: what they are can be read.
  static func varying(_ left: Node, _ right: Node, _ f: Frame) throws(Trap) -> [ComparedOperand] {
    var result: [ComparedOperand] = []
    for node in [left, right] where !(node is ConstantNode) {
      result.append(ComparedOperand(site: node.site, value: try node.exec(f)))
    }
    return result
  }
}

extension LessNode: Comparing {
  func operands(_ f: Frame) throws(Trap) -> [ComparedOperand] { try ComparedOperand.varying(left, right, f) }
}

extension GreaterNode: Comparing {
  func operands(_ f: Frame) throws(Trap) -> [ComparedOperand] { try ComparedOperand.varying(left, right, f) }
}

extension OrderNode: Comparing {
  func operands(_ f: Frame) throws(Trap) -> [ComparedOperand] { try ComparedOperand.varying(left, right, f) }
}

extension OrderLocalConstantNode: Comparing {
  func operands(_ f: Frame) throws(Trap) -> [ComparedOperand] { [ComparedOperand(site: operand, value: f[slot])] }
}

extension EqualNode: Comparing {
  func operands(_ f: Frame) throws(Trap) -> [ComparedOperand] { try ComparedOperand.varying(left, right, f) }
}

extension MembershipNode: Comparing {
  func operands(_ f: Frame) throws(Trap) -> [ComparedOperand] { try ComparedOperand.varying(item, container, f) }
}
