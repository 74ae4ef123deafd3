/// Arithmetic whose operands are read without a virtual call: a slot and a slot, a slot and a constant, an expression
/// and a slot or constant. They do exactly what the general nodes do.
class PairNode: Node {
  let top: Int

  init(top: Int, _ site: Int32) {
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

/// `x + c`, `x - c` (as `x + -c`) with a slot and a constant.
final class AddLocalConstantNode: PairNode {
  let slot: Int
  let constant: Double
  let original: Double
  let isSubtraction: Bool

  init(_ slot: Int, _ constant: Double, isSubtraction: Bool, top: Int, _ site: Int32) {
    self.slot = slot
    original = constant
    self.constant = isSubtraction ? -constant : constant
    self.isSubtraction = isSubtraction
    super.init(top: top, site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let a = f[slot]
    let result = a.raw + constant
    if isFinite(result) { return Value(result) }
    return try slow(isSubtraction ? .subtract : .add, a, Value(original), f)
  }
}

/// `x * c` with a slot and a constant.
final class MultiplyLocalConstantNode: PairNode {
  let slot: Int
  let constant: Double

  init(_ slot: Int, _ constant: Double, top: Int, _ site: Int32) {
    self.slot = slot
    self.constant = constant
    super.init(top: top, site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let a = f[slot]
    let result = a.raw * constant
    if isFinite(result) { return Value(result) }
    return try slow(.multiply, a, Value(constant), f)
  }
}

/// `x + y` with two slots.
final class AddLocalsNode: PairNode {
  let left: Int
  let right: Int

  init(_ left: Int, _ right: Int, top: Int, _ site: Int32) {
    self.left = left
    self.right = right
    super.init(top: top, site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let a = f[left]
    let b = f[right]
    let result = a.raw + b.raw
    if isFinite(result) { return Value(result) }
    return try slow(.add, a, b, f)
  }
}

/// `x - y` with two slots.
final class SubtractLocalsNode: PairNode {
  let left: Int
  let right: Int

  init(_ left: Int, _ right: Int, top: Int, _ site: Int32) {
    self.left = left
    self.right = right
    super.init(top: top, site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let a = f[left]
    let b = f[right]
    let result = a.raw - b.raw
    if isFinite(result) { return Value(result) }
    return try slow(.subtract, a, b, f)
  }
}

/// `x * y` with two slots.
final class MultiplyLocalsNode: PairNode {
  let left: Int
  let right: Int

  init(_ left: Int, _ right: Int, top: Int, _ site: Int32) {
    self.left = left
    self.right = right
    super.init(top: top, site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let a = f[left]
    let b = f[right]
    let result = a.raw * b.raw
    if isFinite(result) { return Value(result) }
    return try slow(.multiply, a, b, f)
  }
}

/// `e + x` with an expression and a slot.
final class AddLocalNode: PairNode {
  let left: Node
  let right: Int

  init(_ left: Node, _ right: Int, top: Int, _ site: Int32) {
    self.left = left
    self.right = right
    super.init(top: top, site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let a = try left.exec(f)
    let b = f[right]
    let result = a.raw + b.raw
    if isFinite(result) { return Value(result) }
    return try slow(.add, a, b, f)
  }
}

/// `e + c`, `e - c` with an expression and a constant.
final class AddConstantNode: PairNode {
  let left: Node
  let constant: Double
  let original: Double
  let isSubtraction: Bool

  init(_ left: Node, _ constant: Double, isSubtraction: Bool, top: Int, _ site: Int32) {
    self.left = left
    original = constant
    self.constant = isSubtraction ? -constant : constant
    self.isSubtraction = isSubtraction
    super.init(top: top, site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let a = try left.exec(f)
    let result = a.raw + constant
    if isFinite(result) { return Value(result) }
    return try slow(isSubtraction ? .subtract : .add, a, Value(original), f)
  }
}

/// `e * c`, `e / c` with an expression and a constant other than zero.
final class ScaleConstantNode: PairNode {
  let left: Node
  let constant: Double
  let isDivision: Bool

  init(_ left: Node, _ constant: Double, isDivision: Bool, top: Int, _ site: Int32) {
    self.left = left
    self.constant = constant
    self.isDivision = isDivision
    super.init(top: top, site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let a = try left.exec(f)
    let result = isDivision ? a.raw / constant : a.raw * constant
    if isFinite(result) { return Value(result) }
    return try slow(isDivision ? .divide : .multiply, a, Value(constant), f)
  }
}
