import Diagnostics
import MarketModel

/// An executable node: what a piece of the tree becomes when a program is linked.
///
/// Nodes are immutable and shared by threads; everything that changes is reached from the frame. Children are strong,
/// non-optional `let` fields and never stand in arrays on a hot path: any other shape costs a retain and a release a
/// visit, which made whole programs several times slower.
class Node {
  /// Index of the node's place in the site table; touched only when something goes wrong.
  let site: Int32

  init(_ site: Int32) { self.site = site }

  /// The node's value.
  func exec(_ f: Frame) throws(Trap) -> Value {
    preconditionFailure("a node says how it is evaluated")
  }

  /// The node as a condition. By default its value must be a bool or missing.
  func test(_ f: Frame) throws(Trap) -> Truth {
    try truth(of: exec(f), f)
  }

  /// The node as a statement. By default its value is dropped.
  func run(_ f: Frame) throws(Trap) -> Flow {
    _ = try exec(f)
    return .next
  }

  /// Whether the value may be a list or map that something else refers to as well, so that keeping it must share it.
  var mayAlias: Bool { true }

  /// What a value says as a condition.
  @inline(__always) final func truth(of value: Value, _ f: Frame) throws(Trap) -> Truth {
    if value.bits == Value.trueBits { return .yes }
    if value.bits == Value.falseBits { return .no }
    return try slowTruth(of: value, f)
  }

  @inline(never) private func slowTruth(of value: Value, _ f: Frame) throws(Trap) -> Truth {
    guard value.isNumber, value.raw.isNaN else {
      throw f.machine.fail(.conditionNotBool(value.kind, hint: value.kind == .series), site)
    }
    f.context.pointee.missing = value
    return .missing
  }

  /// Decides a condition: a missing one fails or counts as false, as the script's policy has it.
  @inline(__always) final func decide(_ f: Frame) throws(Trap) -> Bool {
    switch try test(f) {
    case .yes: return true
    case .no: return false
    case .missing: return try decideMissing(f)
    }
  }

  @inline(never) private func decideMissing(_ f: Frame) throws(Trap) -> Bool {
    let machine = f.machine
    let text = machine.sites.text(site)
    let missing = f.context.pointee.missing.raw
    return try machine.decideMissing(missing, site, subject: "the condition `\(text)`")
  }

  /// A truth as a value; a missing one is the missing number behind it.
  @inline(__always) final func value(of truth: Truth, _ f: Frame) -> Value {
    switch truth {
    case .yes: Value(true)
    case .no: Value(false)
    case .missing: f.context.pointee.missing
    }
  }

  /// A handle for builtins and slow paths; `top` is the first free slot of the frame.
  @inline(__always) final func evaluation(_ f: Frame, _ top: Int) -> Evaluation {
    Evaluation(context: f.context, site: site, top: f.base + top)
  }
}

/// A node that only conditions ask: comparisons, `and`, `or`, `not`.
class TruthNode: Node {
  override final func exec(_ f: Frame) throws(Trap) -> Value { value(of: try test(f), f) }
  override final var mayAlias: Bool { false }
}
