import Diagnostics

/// A script's function or lambda, linked: the body and what a call must prepare.
final class FunctionCode: Callable {
  /// Slots the frame needs, arguments of calls under way included.
  private(set) var frameSize = 0
  /// The body; set once, when the function is linked. Recursive functions refer to each other, so it cannot be a `let`;
  /// calls go through the unmanaged reference, which costs no retain.
  private var ownedBody: Node
  private(set) var body: Unmanaged<Node>
  /// The defaults of the parameters from `requiredCount` on, evaluated in the callee's frame.
  private(set) var defaults: [Node] = []
  /// For each annotated parameter its check.
  private(set) var checks: [ParameterCheck] = []
  /// The names of the parameters, for calls with named arguments through a value.
  let parameterNames: [String]
  /// How many parameters there are; captures follow them in the frame.
  let parameterCount: Int

  init(name: String, parameterNames: [String], requiredCount: Int) {
    self.parameterNames = parameterNames
    parameterCount = parameterNames.count
    ownedBody = EmptyNode(-1)
    body = .passUnretained(ownedBody)
    super.init(name: name, requiredCount: requiredCount, maximumCount: parameterNames.count)
  }

  func link(body: Node, defaults: [Node], checks: [ParameterCheck], frameSize: Int, steps: Int = 1) {
    callSteps = Int64(steps)
    ownedBody = body
    self.body = .passUnretained(body)
    self.defaults = defaults
    self.checks = checks
    self.frameSize = frameSize
    isSimple = defaults.isEmpty && checks.isEmpty
  }

  /// Forgets the body, so that functions which call each other in a cycle are freed.
  func unlink() { link(body: EmptyNode(-1), defaults: [], checks: [], frameSize: 0) }

  /// What a call costs: a step, and more for a long body.
  private(set) var callSteps: Int64 = 1

  /// No defaults to fill and nothing to check: the body can run at once.
  private(set) var isSimple = false

  /// Runs the body in a frame whose first `count` slots hold the arguments.
  @inline(__always) func enter(
    _ f: Frame, count: Int, _ context: UnsafeMutablePointer<Context>, _ site: Int32
  ) throws(Trap) -> Value {
    context.pointee.fuel &-= callSteps
    if context.pointee.fuel < 0 { try refuel(context, site) }
    let depth = context.pointee.depth
    guard depth < context.pointee.depthLimit, f.base + frameSize < context.pointee.stackEnd else {
      throw tooDeep(context, site)
    }
    // Sixteen calls fit into the reserve below the bound, whatever they nest.
    if depth & 15 == 0 { try checkNativeStack(context, site) }
    context.pointee.depth = depth &+ 1
    do {
      if !isSimple { try prepare(f, count: count, site) }
      let result = try body._withUnsafeGuaranteedRef { try $0.exec(f) }
      context.pointee.depth = depth
      return result
    } catch {
      throw leave(context, site)
    }
  }

  @inline(never) private func refuel(_ context: UnsafeMutablePointer<Context>, _ site: Int32) throws(Trap) {
    try context.machine.refuel(site)
  }

  @inline(never) private func checkNativeStack(
    _ context: UnsafeMutablePointer<Context>, _ site: Int32
  ) throws(Trap) {
    var marker: UInt8 = 0
    let here = withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
    if here <= context.pointee.nativeEnd { throw context.machine.failDepth(site) }
  }

  @inline(never) private func tooDeep(_ context: UnsafeMutablePointer<Context>, _ site: Int32) -> Trap {
    context.machine.failDepth(site)
  }

  /// A call that fails: one line of the call stack.
  @inline(never) private func leave(_ context: UnsafeMutablePointer<Context>, _ site: Int32) -> Trap {
    context.pointee.depth -= 1
    context.machine.unwind(through: name, site)
    return Trap()
  }

  @inline(never) private func prepare(_ f: Frame, count: Int, _ site: Int32) throws(Trap) {
    for place in count..<max(count, parameterCount) {
      f[place] = .none
    }
    for place in max(count, requiredCount)..<max(count, requiredCount, parameterCount) {
      f[place] = try defaults[place - requiredCount].exec(f)
    }
    for place in 0..<parameterCount where f[place].isAbsent {
      // A named argument left a gap before it.
      f[place] = try defaults[place - requiredCount].exec(f)
    }
    for check in checks { try check.apply(f, site) }
  }

  override func invoke(
    _ function: FunctionRef?, _ context: UnsafeMutablePointer<Context>, _ arguments: UnsafeMutablePointer<Value>,
    count: Int, site: Int32
  ) throws(Trap) -> Value {
    guard count >= requiredCount, count <= maximumCount else {
      throw context.machine.fail(.argumentCount(name, required: requiredCount, most: maximumCount, given: count), site)
    }
    // The frame is checked before anything is put into it: what a function captured is behind its parameters.
    guard arguments + frameSize < context.pointee.stackEnd else { throw tooDeep(context, site) }
    if let function {
      for place in 0..<function.captureCount { arguments[parameterCount + place] = function.captures[place] }
    }
    return try enter(Frame(arguments), count: count, context, site)
  }
}

/// The check of an annotated parameter at the call; `number` turns a series into its latest value.
struct ParameterCheck {
  let slot: Int
  let name: String
  let function: String
  let type: TypeExpression
  let accepts: KindSet
  let isScalar: Bool
  let site: Int32
  let top: Int

  init(slot: Int, name: String, function: String, type: TypeExpression, site: Int32, top: Int) {
    self.slot = slot
    self.name = name
    self.function = function
    self.type = type
    accepts = KindSet(accepting: type)
    isScalar = accepts.contains(.number) && !accepts.contains(.series)
    self.site = site
    self.top = top
  }

  func apply(_ f: Frame, _ call: Int32) throws(Trap) {
    let value = f[slot]
    if accepts.contains(value.kind) { return }
    // The call is at fault, where there is one in the source.
    let evaluation = Evaluation(context: f.context, site: call < 0 ? site : call, top: f.base + top)
    if isScalar, let series = value.series {
      f[slot] = Value(try series.latest(evaluation))
      return
    }
    throw evaluation.fail(
      .typeMismatch(expected: type.described, found: value.kind, what: "`\(name)` of `\(function)`"))
  }
}

/// Evaluates arguments into consecutive slots. One and two arguments, the usual numbers, need no list.
class ArgumentNode {
  func evaluate(_ f: Frame, at base: Int) throws(Trap) {}
}

final class OneArgument: ArgumentNode {
  let first: Node
  init(_ first: Node) { self.first = first }
  override func evaluate(_ f: Frame, at base: Int) throws(Trap) { f[base] = try first.exec(f) }
}

/// Many arguments, one after the other: however many they are, they take the native stack of one.
final class ManyArguments: ArgumentNode {
  let nodes: [Node]
  init(_ nodes: [Node]) { self.nodes = nodes }
  override func evaluate(_ f: Frame, at base: Int) throws(Trap) {
    for (place, node) in nodes.enumerated() { f[base + place] = try node.exec(f) }
  }
}

final class MoreArguments: ArgumentNode {
  let first: Node
  let rest: ArgumentNode
  init(_ first: Node, _ rest: ArgumentNode) {
    self.first = first
    self.rest = rest
  }
  override func evaluate(_ f: Frame, at base: Int) throws(Trap) {
    f[base] = try first.exec(f)
    try rest.evaluate(f, at: base + 1)
  }
}

/// A parameter that is left to its default because a later one was given by name.
final class AbsentNode: Node {
  override func exec(_ f: Frame) throws(Trap) -> Value { .absent }
  override var mayAlias: Bool { false }
}

/// A call of a function that is known when the program is linked.
///
/// Functions call each other in cycles, which the program breaks when it goes away (`FunctionCode.unlink`).
final class DirectCallNode: Node {
  let callee: FunctionCode
  let arguments: ArgumentNode
  let count: Int
  /// The slot where the callee's frame begins.
  let base: Int

  init(_ callee: FunctionCode, _ arguments: ArgumentNode, count: Int, base: Int, _ site: Int32) {
    self.callee = callee
    self.arguments = arguments
    self.count = count
    self.base = base
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    try arguments.evaluate(f, at: base)
    let frame = Frame(f.base + base)
    let context = f.context
    return try callee.enter(frame, count: count, context, site)
  }
}

/// The most frequent call: one argument, one function.
final class DirectCall1Node: Node {
  let callee: FunctionCode
  let argument: Node
  let base: Int

  init(_ callee: FunctionCode, _ argument: Node, base: Int, _ site: Int32) {
    self.callee = callee
    self.argument = argument
    self.base = base
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    f[base] = try argument.exec(f)
    let frame = Frame(f.base + base)
    let context = f.context
    return try callee.enter(frame, count: 1, context, site)
  }
}

/// A call of a function value.
final class ValueCallNode: Node {
  let function: Node
  let arguments: ArgumentNode
  let count: Int
  let names: [String?]
  /// The slot that keeps the function while the arguments are evaluated; the frame begins behind it.
  let base: Int

  init(_ function: Node, _ arguments: ArgumentNode, names: [String?], base: Int, _ site: Int32) {
    self.function = function
    self.arguments = arguments
    count = names.count
    self.names = names
    self.base = base
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let value = try function.exec(f)
    guard let target = value.function else {
      throw f.machine.fail(.notCallable(f.machine.sites.text(function.site), value.kind), site)
    }
    f[base] = value
    try arguments.evaluate(f, at: base + 1)
    if names.contains(where: { $0 != nil }) { throw f.machine.fail(.namedThroughValue(target.name), site) }
    return try target.callable.takeUnretainedValue().invoke(
      target, f.context, f.base + base + 1, count: count, site: site)
  }
}

/// A call of a builtin whose shape is known: the arguments stand in the order of its parameters.
final class BuiltinCallNode: Node {
  let entry: BuiltinEntry
  let shape: BuiltinEntry.Shape
  let arguments: ArgumentNode
  let count: Int
  let base: Int

  init(
    _ entry: BuiltinEntry, _ shape: BuiltinEntry.Shape, _ arguments: ArgumentNode, count: Int, base: Int, _ site: Int32
  ) {
    self.entry = entry
    self.shape = shape
    self.arguments = arguments
    self.count = count
    self.base = base
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    try arguments.evaluate(f, at: base)
    return try entry.call(shape, f.context, f.base + base, count: count, site: site)
  }
}

/// A call of a builtin with several shapes: the kind of the first argument decides, then names find their places.
final class OverloadedCallNode: Node {
  let entry: BuiltinEntry
  let arguments: ArgumentNode
  let names: [String?]
  let hasNames: Bool
  let base: Int

  init(_ entry: BuiltinEntry, _ arguments: ArgumentNode, names: [String?], base: Int, _ site: Int32) {
    self.entry = entry
    self.arguments = arguments
    self.names = names
    hasNames = names.contains { $0 != nil }
    self.base = base
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    try arguments.evaluate(f, at: base)
    let given = f.base + base
    let shape = try entry.shape(
      for: given, count: names.count, names: hasNames ? names : [], f.context, site)
    let positional = names.prefix { $0 == nil }.count
    guard names.count <= shape.parameters.count || shape.isVariadic else {
      throw f.machine.fail(.argumentCount(entry.name, shape.signature, given: names.count), site)
    }
    if positional == names.count {
      let count = shape.arrange(given, count: positional)
      return try entry.call(shape, f.context, given, count: count, site: site)
    }
    return try callNamed(shape, f, given, positional)
  }

  /// Named arguments: laid out anew behind the given ones, in the order of the parameters.
  @inline(never) private func callNamed(
    _ shape: BuiltinEntry.Shape, _ f: Frame, _ given: UnsafeMutablePointer<Value>, _ positional: Int
  ) throws(Trap) -> Value {
    let ordered = given + names.count
    for place in 0..<positional { ordered[place] = given[place] }
    let count = shape.arrange(ordered, count: positional)
    for place in positional..<names.count {
      guard let name = names[place], let index = shape.parameters.firstIndex(where: { $0.name == name }),
        ordered[index].isAbsent
      else { throw f.machine.fail(.unknownArgument(names[place] ?? "", entry.name, shape.signature), site) }
      ordered[index] = given[place]
    }
    return try entry.call(shape, f.context, ordered, count: count, site: site)
  }
}

/// A lambda or nested function: takes along the values of what it captures.
final class ClosureNode: Node {
  let code: FunctionCode
  let captures: [Node]

  init(_ code: FunctionCode, _ captures: [Node], _ site: Int32) {
    self.code = code
    self.captures = captures
    super.init(site)
  }

  override var mayAlias: Bool { false }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let context = f.context
    let size = FunctionRef.capturesOffset + captures.count * MemoryLayout<Value>.stride
    let function = FunctionRef.initialize(try context.allocate(size, site), code, captures: captures.count)
    for place in 0..<captures.count {
      let value = try captures[place].exec(f)
      value.share()
      function.captures[place] = value
    }
    return Value(object: function.pointer)
  }
}

/// A nested named function that calls itself: the closure is its own capture.
final class RecursiveClosureNode: Node {
  let closure: ClosureNode
  /// Which capture is the function itself.
  let selfCapture: Int

  init(_ closure: ClosureNode, selfCapture: Int) {
    self.closure = closure
    self.selfCapture = selfCapture
    super.init(closure.site)
  }

  override var mayAlias: Bool { false }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let value = try closure.exec(f)
    value.function?.captures[selfCapture] = value
    return value
  }
}
