/// Arithmetic on the raw doubles of two values.
///
/// A result that is finite is the answer: had one operand been missing, a string or anything but a number, its NaN would
/// show in the result. So the common case tests nothing but the result, and everything else is decided behind it.
class ArithmeticNode: Node {
  let left: Node
  let right: Node
  let top: Int

  init(_ left: Node, _ right: Node, top: Int, _ site: Int32) {
    self.left = left
    self.right = right
    self.top = top
    super.init(site)
  }

  override final var mayAlias: Bool { false }

  @inline(__always) final func isFinite(_ x: Double) -> Bool { x - x == 0 }

  @inline(never) final func slow(
    _ operation: ArithmeticOperator, _ a: Value, _ b: Value, _ f: Frame
  ) throws(Trap) -> Value {
    try Elementwise.apply(operation, a, b, evaluation(f, top))
  }
}

final class AddNode: ArithmeticNode {
  override func exec(_ f: Frame) throws(Trap) -> Value {
    let a = try left.exec(f)
    let b = try right.exec(f)
    let result = a.raw + b.raw
    if isFinite(result) { return Value(result) }
    return try slow(.add, a, b, f)
  }
}

final class SubtractNode: ArithmeticNode {
  override func exec(_ f: Frame) throws(Trap) -> Value {
    let a = try left.exec(f)
    let b = try right.exec(f)
    let result = a.raw - b.raw
    if isFinite(result) { return Value(result) }
    return try slow(.subtract, a, b, f)
  }
}

final class MultiplyNode: ArithmeticNode {
  override func exec(_ f: Frame) throws(Trap) -> Value {
    let a = try left.exec(f)
    let b = try right.exec(f)
    let result = a.raw * b.raw
    if isFinite(result) { return Value(result) }
    return try slow(.multiply, a, b, f)
  }
}

final class DivideNode: ArithmeticNode {
  override func exec(_ f: Frame) throws(Trap) -> Value {
    let a = try left.exec(f)
    let b = try right.exec(f)
    let result = a.raw / b.raw
    if isFinite(result) { return Value(result) }
    return try slow(.divide, a, b, f)
  }
}

/// Operators without a fast path of their own: `%` and `**`.
final class OtherArithmeticNode: ArithmeticNode {
  let operation: ArithmeticOperator

  init(_ operation: ArithmeticOperator, _ left: Node, _ right: Node, top: Int, _ site: Int32) {
    self.operation = operation
    super.init(left, right, top: top, site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let a = try left.exec(f)
    let b = try right.exec(f)
    // Whole numbers from 0 on have an exact quotient; the general rule stands in the slow path.
    if operation == .remainder, a.raw >= 0, a.raw <= 0x1p52, b.raw >= 1, b.raw <= 0x1p52 {
      let dividend = Int64(a.raw)
      let divisor = Int64(b.raw)
      if Double(dividend) == a.raw, Double(divisor) == b.raw { return Value(Double(dividend % divisor)) }
    }
    return try slow(operation, a, b, f)
  }
}

/// `-x`.
final class NegateNode: Node {
  let operand: Node
  let top: Int

  init(_ operand: Node, top: Int, _ site: Int32) {
    self.operand = operand
    self.top = top
    super.init(site)
  }

  override var mayAlias: Bool { false }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let value = try operand.exec(f)
    if !value.raw.isNaN { return Value(-value.raw) }
    return try Elementwise.negate(value, evaluation(f, top))
  }
}
