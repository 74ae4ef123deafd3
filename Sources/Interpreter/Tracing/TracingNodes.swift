import Diagnostics
import MarketModel
import Syntax

/// What a traced node says about its expression; shared by all evaluations.
final class TracePlace {
  let kind: TraceNode.Kind
  let location: Location
  let text: String
  /// The names of the arguments of a builtin, its receiver first.
  let labels: [String?]
  /// It is a builtin that reads data.
  let readsData: Bool

  init(kind: TraceNode.Kind, location: Location, text: String, labels: [String?] = [], readsData: Bool = false) {
    self.kind = kind
    self.location = location
    self.text = text
    self.labels = labels
    self.readsData = readsData
  }
}

/// An expression of a traced program: what it gives is recorded if the machine has a tracer.
final class TracedNode: Node {
  let inner: Node
  let place: TracePlace
  let top: Int
  /// The slot that the name reads, where the expression that filled it is known.
  let slot: Int?

  init(_ inner: Node, _ place: TracePlace, top: Int, slot: Int?) {
    self.inner = inner
    self.place = place
    self.top = top
    self.slot = slot
    super.init(inner.site)
  }

  override var mayAlias: Bool { inner.mayAlias }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    guard let tracer = f.machine.tracer else { return try inner.exec(f) }
    tracer.enter(place, f.machine.asOf)
    do {
      let value = try inner.exec(f)
      if let slot { tracer.read(f.base + slot) }
      tracer.leave(value, evaluation(f, top))
      return value
    } catch {
      tracer.fail()
      throw Trap()
    }
  }

  override func test(_ f: Frame) throws(Trap) -> Truth {
    guard let tracer = f.machine.tracer else { return try inner.test(f) }
    tracer.enter(place, f.machine.asOf)
    do {
      let truth = try inner.test(f)
      if let slot { tracer.read(f.base + slot) }
      let missing = f.context.pointee.missing
      tracer.leave(value(of: truth, f), evaluation(f, top))
      f.context.pointee.missing = missing
      return truth
    } catch {
      tracer.fail()
      throw Trap()
    }
  }
}

/// A value that goes into a slot, of which the tracer is told.
final class TracedSlotNode: Node {
  let inner: Node
  let slot: Int

  init(_ inner: Node, _ slot: Int) {
    self.inner = inner
    self.slot = slot
    super.init(inner.site)
  }

  override var mayAlias: Bool { inner.mayAlias }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let value = try inner.exec(f)
    f.machine.tracer?.bind(f.base + slot)
    return value
  }

  override func test(_ f: Frame) throws(Trap) -> Truth { try inner.test(f) }
}

extension Linker {
  /// In a traced program, a node that records what an expression gives.
  func traced(_ node: Node, _ expression: Expression) -> Node {
    guard program.isTraced else { return node }
    if case .parenthesized = expression.kind { return node }
    var kind = TraceNode.Kind.expression
    var labels: [String?] = []
    var readsData = false
    var slot: Int?
    switch expression.kind {
    case .name:
      kind = .name
      if case .local(let symbol) = resolution.references[expression.id], scope.traced.contains(symbol) {
        slot = scope.slots[symbol]
      }
    case .call(let callee, let arguments):
      (kind, readsData) = called(resolution.references[callee.id])
      labels = arguments.map { $0.label?.text }
    case .methodCall(let receiver, _, let arguments):
      (kind, readsData) = called(resolution.references[expression.id])
      let isQualified = if case .module = resolution.references[receiver.id] { true } else { false }
      labels = (isQualified ? [] : [nil]) + arguments.map { $0.label?.text }
    default: break
    }
    let place = TracePlace(
      kind: kind, location: program.location(file, expression.span),
      text: TraceText.oneLine(file.text(expression.span)), labels: labels, readsData: readsData)
    return TracedNode(node, place, top: scope.top, slot: slot)
  }

  /// In a traced program, a node that tells which slot its value goes into.
  func traced(_ node: Node, into slot: Int) -> Node { program.isTraced ? TracedSlotNode(node, slot) : node }

  private func called(_ reference: Reference?) -> (TraceNode.Kind, Bool) {
    switch reference {
    case .function(let symbol): return (.call(resolution.symbols[symbol].name), false)
    case .member(_, let name): return (.call(name), false)
    case .builtin(let name): return (.builtin(name), program.library[name]?.effect == .readsData)
    case .local, .global, .asOf, .hold, .flat, .module, nil: return (.expression, false)
    }
  }
}
