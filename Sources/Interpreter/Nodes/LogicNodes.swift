/// `and` with three values: false wins over missing, missing over true; the right side is asked unless the left is false.
final class AndNode: TruthNode {
  let left: Node
  let right: Node

  init(_ left: Node, _ right: Node, _ site: Int32) {
    self.left = left
    self.right = right
    super.init(site)
  }

  override func test(_ f: Frame) throws(Trap) -> Truth {
    switch try left.test(f) {
    case .no: return .no
    case .yes: return try right.test(f)
    case .missing:
      let reason = f.context.pointee.missing
      if try right.test(f) == .no { return .no }
      f.context.pointee.missing = reason
      return .missing
    }
  }
}

/// `or` with three values: true wins over missing, missing over false.
final class OrNode: TruthNode {
  let left: Node
  let right: Node

  init(_ left: Node, _ right: Node, _ site: Int32) {
    self.left = left
    self.right = right
    super.init(site)
  }

  override func test(_ f: Frame) throws(Trap) -> Truth {
    switch try left.test(f) {
    case .yes: return .yes
    case .no: return try right.test(f)
    case .missing:
      let reason = f.context.pointee.missing
      if try right.test(f) == .yes { return .yes }
      f.context.pointee.missing = reason
      return .missing
    }
  }
}

/// `not`.
final class NotNode: TruthNode {
  let operand: Node

  init(_ operand: Node, _ site: Int32) {
    self.operand = operand
    super.init(site)
  }

  override func test(_ f: Frame) throws(Trap) -> Truth {
    switch try operand.test(f) {
    case .yes: .no
    case .no: .yes
    case .missing: .missing
    }
  }
}

/// `x ?? y`: y where x is missing or `none`. A series on the left stands for its latest value.
final class CoalesceNode: Node {
  let left: Node
  let right: Node
  let top: Int

  init(_ left: Node, _ right: Node, top: Int, _ site: Int32) {
    self.left = left
    self.right = right
    self.top = top
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    var value = try left.exec(f)
    if value.raw == value.raw { return value }
    if let series = value.series { value = Value(try series.latest(evaluation(f, top))) }
    return value.isMissing || value.isNone ? try right.exec(f) : value
  }
}

/// `if` as an expression or in tail position; without `else`, an untaken one is `none`.
final class ConditionalNode: Node {
  let condition: Node
  let then: Node
  let otherwise: Node

  init(_ condition: Node, _ then: Node, _ otherwise: Node, _ site: Int32) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    if try condition.decide(f) { return try then.exec(f) }
    return try otherwise.exec(f)
  }

  override func run(_ f: Frame) throws(Trap) -> Flow {
    if try condition.decide(f) { return try then.run(f) }
    return try otherwise.run(f)
  }

  override var mayAlias: Bool { then.mayAlias || otherwise.mayAlias }
}
