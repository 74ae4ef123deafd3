import MarketModel

/// A constant. Lists and maps among constants are shared from the start.
final class ConstantNode: Node {
  let constant: Value

  init(_ constant: Value, _ site: Int32) {
    self.constant = constant
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value { constant }
}

/// A parameter, binding or loop variable.
final class LocalNode: Node {
  let slot: Int

  init(_ slot: Int, _ site: Int32) {
    self.slot = slot
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value { f[slot] }
}

/// A module-level constant, param or state variable.
final class GlobalNode: Node {
  let index: Int

  init(_ index: Int, _ site: Int32) {
    self.index = index
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value { f.context.pointee.globals[index] }
}

/// `as_of`: the current date.
final class AsOfNode: Node {
  override func exec(_ f: Frame) throws(Trap) -> Value {
    let day = f.context.pointee.asOf
    if day == Context.noDay { throw f.machine.fail(.noAsOf("as_of"), site) }
    return Value(Day(rawValue: day))
  }

  override var mayAlias: Bool { false }
}

/// A value that is kept in a second place: a list or map among them becomes shared.
final class ShareNode: Node {
  let inner: Node

  private init(_ inner: Node) {
    self.inner = inner
    super.init(inner.site)
  }

  /// The node itself where its value cannot be referred to from elsewhere.
  static func wrap(_ node: Node) -> Node { node.mayAlias ? ShareNode(node) : node }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let value = try inner.exec(f)
    value.share()
    return value
  }

  override func test(_ f: Frame) throws(Trap) -> Truth { try inner.test(f) }
}
