/// `<`: the fast answer needs two numbers that are there, and only then is one of `a < b`, `a >= b` true.
final class LessNode: TruthNode {
  let left: Node
  let right: Node
  let top: Int

  init(_ left: Node, _ right: Node, top: Int, _ site: Int32) {
    self.left = left
    self.right = right
    self.top = top
    super.init(site)
  }

  override func test(_ f: Frame) throws(Trap) -> Truth {
    let a = try left.exec(f)
    let b = try right.exec(f)
    if a.raw < b.raw { return .yes }
    if a.raw >= b.raw { return .no }
    return try Ordering.compare(.less, a, b, evaluation(f, top))
  }
}

/// `>`.
final class GreaterNode: TruthNode {
  let left: Node
  let right: Node
  let top: Int

  init(_ left: Node, _ right: Node, top: Int, _ site: Int32) {
    self.left = left
    self.right = right
    self.top = top
    super.init(site)
  }

  override func test(_ f: Frame) throws(Trap) -> Truth {
    let a = try left.exec(f)
    let b = try right.exec(f)
    if a.raw > b.raw { return .yes }
    if a.raw <= b.raw { return .no }
    return try Ordering.compare(.greater, a, b, evaluation(f, top))
  }
}

/// `<=` and `>=`.
final class OrderNode: TruthNode {
  let operation: OrderOperator
  let left: Node
  let right: Node
  let top: Int

  init(_ operation: OrderOperator, _ left: Node, _ right: Node, top: Int, _ site: Int32) {
    self.operation = operation
    self.left = left
    self.right = right
    self.top = top
    super.init(site)
  }

  override func test(_ f: Frame) throws(Trap) -> Truth {
    let a = try left.exec(f)
    let b = try right.exec(f)
    if a.raw == a.raw, b.raw == b.raw { return Truth(operation.holds(a.raw, b.raw)) }
    return try Ordering.compare(operation, a, b, evaluation(f, top))
  }
}

/// An order comparison of a slot with a constant.
final class OrderLocalConstantNode: TruthNode {
  let operation: OrderOperator
  let slot: Int
  let constant: Double
  let top: Int
  /// Where the slot is named.
  let operand: Int32

  init(_ operation: OrderOperator, _ slot: Int, _ constant: Double, operand: Int32, top: Int, _ site: Int32) {
    self.operation = operation
    self.operand = operand
    self.slot = slot
    self.constant = constant
    self.top = top
    super.init(site)
  }

  override func test(_ f: Frame) throws(Trap) -> Truth {
    let a = f[slot]
    if a.raw == a.raw { return Truth(operation.holds(a.raw, constant)) }
    return try Ordering.compare(operation, a, Value(constant), evaluation(f, top))
  }
}

/// `==` and `!=`.
final class EqualNode: TruthNode {
  let left: Node
  let right: Node
  let isNegated: Bool
  let top: Int

  init(_ left: Node, _ right: Node, isNegated: Bool, top: Int, _ site: Int32) {
    self.left = left
    self.right = right
    self.isNegated = isNegated
    self.top = top
    super.init(site)
  }

  override func test(_ f: Frame) throws(Trap) -> Truth {
    let a = try left.exec(f)
    let b = try right.exec(f)
    if a.raw == a.raw, b.raw == b.raw { return Truth((a.raw == b.raw) != isNegated) }
    let truth = try Equality.equal(a, b, evaluation(f, top))
    return truth == .missing || !isNegated ? truth : Truth(truth == .no)
  }
}

/// `in` and `not in`.
final class MembershipNode: TruthNode {
  let item: Node
  let container: Node
  let isNegated: Bool
  let top: Int

  init(_ item: Node, _ container: Node, isNegated: Bool, top: Int, _ site: Int32) {
    self.item = item
    self.container = container
    self.isNegated = isNegated
    self.top = top
    super.init(site)
  }

  override func test(_ f: Frame) throws(Trap) -> Truth {
    let value = try item.exec(f)
    let whole = try container.exec(f)
    let found = try Membership.contains(whole, value, evaluation(f, top))
    return Truth(found != isNegated)
  }
}

extension OrderOperator {
  /// The comparison of two numbers that are there.
  @inline(__always) func holds(_ a: Double, _ b: Double) -> Bool {
    switch self {
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    }
  }
}
