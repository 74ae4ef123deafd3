import Diagnostics
import Syntax

extension Linker {
  /// `f(a, b: c)`.
  func call(_ callee: Expression, _ arguments: [Argument], _ site: Int32) -> Node {
    switch resolution.references[callee.id] {
    case .function(let symbol):
      guard let code = module.functions[resolution.symbols[symbol].name] else { break }
      return direct(code, arguments.map(Given.argument), site)
    case .builtin(let name):
      guard let entry = program.library.entries[name] else { break }
      return builtin(entry, arguments.map(Given.argument), site)
    case .member(let moduleName, let member):
      guard let imported = imported(moduleName), let code = imported.functions[member] else { break }
      return direct(code, arguments.map(Given.argument), site)
    case .local, .global, .asOf, .hold, .flat, .module, nil: break
    }
    return throughValue(callee, arguments, site)
  }

  /// `x.f(a)`, which is `f(x, a)`, or a module's function.
  func methodCall(
    _ expression: Expression, _ receiver: Expression, _ name: Name, _ arguments: [Argument], _ site: Int32
  ) -> Node {
    let given = arguments.map(Given.argument)
    switch resolution.references[expression.id] {
    case .function(let symbol):
      guard let code = module.functions[resolution.symbols[symbol].name] else { break }
      return direct(code, [.receiver(receiver)] + given, site)
    case .builtin(let name):
      guard let entry = program.library.entries[name] else { break }
      return builtin(entry, [.receiver(receiver)] + given, site)
    case .member(let moduleName, let member):
      guard let imported = imported(moduleName), let code = imported.functions[member] else { break }
      // `module.f(a)` has no receiver; `x.f(a)` with `f` of an imported module has one.
      return direct(code, isModule(receiver, moduleName) ? given : [.receiver(receiver)] + given, site)
    case .local, .global, .asOf, .hold, .flat, .module, nil: break
    }
    return ConstantNode(.none, site)
  }

  private func isModule(_ receiver: Expression, _ name: String) -> Bool {
    guard case .name(let text) = receiver.kind, text == name else { return false }
    switch resolution.references[receiver.id] {
    case .local, .global: return false
    case .function, .builtin, .asOf, .hold, .flat, .module, .member, nil: return true
    }
  }

  /// What stands where an argument is evaluated.
  enum Given {
    case receiver(Expression)
    case argument(Argument)

    var label: String? {
      switch self {
      case .receiver: nil
      case .argument(let argument): argument.label?.text
      }
    }

    var value: Expression {
      switch self {
      case .receiver(let value): value
      case .argument(let argument): argument.value
      }
    }
  }

  // MARK: Script functions

  private func direct(_ code: FunctionCode, _ given: [Given], _ site: Int32) -> Node {
    let base = scope.top
    if given.count == 1, given[0].label == nil, code.parameterCount >= 1 {
      return DirectCall1Node(code, argument(given[0], base), base: base, site)
    }
    var places: [Int] = []
    for (index, one) in given.enumerated() {
      places.append(one.label.flatMap { code.parameterNames.firstIndex(of: $0) } ?? index)
    }
    let count = min(code.parameterCount, (places.max() ?? -1) + 1)
    return DirectCallNode(code, ordered(given, places, count: count, base), count: count, base: base, site)
  }

  /// Arguments are evaluated from left to right, whatever their places.
  private func ordered(_ given: [Given], _ places: [Int], count: Int, _ base: Int) -> ArgumentNode {
    scope.reserve(base + 2 * count + given.count + 2)
    if places == Array(0..<given.count) { return consecutive(given, base) }
    var nodes: [(slot: Int, node: Node)] = []
    // Named arguments may come in any order, so each is put in its own place while those done are safe below `top`.
    scope.top = base + count
    for (index, one) in given.enumerated() {
      let slot = base + places[index]
      nodes.append((slot, traced(ShareNode.wrap(expression(one.value)), into: slot)))
    }
    let filled = Set(places)
    for place in 0..<count where !filled.contains(place) { nodes.append((base + place, AbsentNode(-1))) }
    scope.top = base
    return PlacedArguments(nodes)
  }

  private func consecutive(_ given: [Given], _ base: Int) -> ArgumentNode { consecutive(given.map(\.value), base) }

  /// More arguments than these are walked over in a loop.
  private static let mostChainedArguments = 8

  /// Values evaluated from left to right into consecutive slots.
  func consecutive(_ values: [Expression], _ base: Int) -> ArgumentNode {
    var nodes: [Node] = []
    for (index, value) in values.enumerated() {
      scope.top = base + index
      scope.reserve(base + index + 1)
      nodes.append(traced(ShareNode.wrap(expression(value)), into: base + index))
    }
    scope.top = base
    scope.reserve(base + values.count + 1)
    if nodes.count > Linker.mostChainedArguments { return ManyArguments(nodes) }
    guard let last = nodes.popLast() else { return ArgumentNode() }
    return nodes.reversed().reduce(OneArgument(last)) { MoreArguments($1, $0) }
  }

  private func argument(_ given: Given, _ slot: Int) -> Node {
    scope.top = slot
    scope.reserve(slot + 1)
    return traced(ShareNode.wrap(expression(given.value)), into: slot)
  }

  // MARK: Builtins

  private func builtin(_ entry: BuiltinEntry, _ given: [Given], _ site: Int32) -> Node {
    let base = scope.top
    let names = given.map(\.label)
    let widest = entry.shapes.map(\.parameters.count).max() ?? 0
    scope.reserve(base + given.count + 2 * max(given.count, widest) + 16)
    if entry.name == "len", given.count == 1, given[0].label == nil {
      // The argument is only read, so it is not shared; the builtin finds it in its slot.
      let operand = expression(given[0].value)
      let call = OverloadedCallNode(entry, OneArgument(LocalNode(base, site)), names: [nil], base: base, site)
      return LengthCallNode(operand, call: call, base: base, site)
    }
    guard entry.shapes.count == 1 else {
      return OverloadedCallNode(entry, consecutive(given, base), names: names, base: base, site)
    }
    let shape = entry.shapes[0]
    if shape.namedOnly == 0, names.allSatisfy({ $0 == nil }), given.count <= shape.parameters.count || shape.isVariadic
    {
      let count = max(given.count, shape.isVariadic ? shape.required : shape.parameters.count)
      let arguments = consecutive(given, base)
      guard given.count < count else {
        return BuiltinCallNode(entry, shape, arguments, count: count, base: base, site)
      }
      let padded = PaddedArguments(arguments, from: given.count, to: count)
      return BuiltinCallNode(entry, shape, padded, count: count, base: base, site)
    }
    return OverloadedCallNode(entry, consecutive(given, base), names: names, base: base, site)
  }

  // MARK: Function values

  private func throughValue(_ callee: Expression, _ arguments: [Argument], _ site: Int32) -> Node {
    let function = expression(callee)
    let base = scope.top
    scope.reserve(base + 1)
    let list = consecutive(arguments.map(Given.argument), base + 1)
    scope.top = base
    return ValueCallNode(function, list, names: arguments.map { $0.label?.text }, base: base, site)
  }

  // MARK: Closures

  func lambda(_ lambda: Lambda, _ expression: Expression, _ site: Int32) -> Node {
    let code = FunctionCode(
      name: "lambda", parameterNames: lambda.parameters.map(\.text), requiredCount: lambda.parameters.count)
    let parameters = lambda.parameters.map { Parameter(name: $0, type: nil, initial: nil) }
    let captured = resolution.captures[expression.id] ?? []
    let captures = captureNodes(captured, site)
    inner(code, parameters, captured, lambda.body, expression.span)
    return ClosureNode(code, captures, site)
  }

  func nestedFunction(_ function: FunctionDeclaration, _ site: Int32) -> Node {
    let code = FunctionCode(
      name: function.name.text, parameterNames: function.parameters.map(\.name.text),
      requiredCount: function.parameters.filter { $0.initial == nil }.count)
    let slot = declare(function.name)
    let captured = resolution.captures[function.id] ?? []
    let own = resolution.declarations[function.name.span.lower]
    let captures = captureNodes(captured, site)
    inner(code, function.parameters, captured, function.body, function.span)
    let closure = ClosureNode(code, captures, site)
    if let own, let place = captured.firstIndex(of: own) {
      return StoreNode(slot, RecursiveClosureNode(closure, selfCapture: place), site)
    }
    return StoreNode(slot, closure, site)
  }

  private func captureNodes(_ captured: [SymbolID], _ site: Int32) -> [Node] {
    captured.map { symbol in scope.slots[symbol].map { LocalNode($0, site) } ?? ConstantNode(.none, site) }
  }

  private func inner(
    _ code: FunctionCode, _ parameters: [Parameter], _ captures: [SymbolID], _ body: FunctionBody, _ span: Span
  ) {
    program.keep(code)
    let outer = scope
    scope = FunctionScope()
    fill(code, parameters: parameters, captures: captures, body: body, span: span)
    scope = outer
  }
}

/// Arguments given by name: evaluated in the order of the call, each into its parameter's slot.
final class PlacedArguments: ArgumentNode {
  let nodes: [(slot: Int, node: Node)]

  init(_ nodes: [(slot: Int, node: Node)]) { self.nodes = nodes }

  override func evaluate(_ f: Frame, at base: Int) throws(Trap) {
    for (slot, node) in nodes { f[slot] = try node.exec(f) }
  }
}

/// Arguments followed by parameters that were not given.
final class PaddedArguments: ArgumentNode {
  let given: ArgumentNode
  let first: Int
  let end: Int

  init(_ given: ArgumentNode, from first: Int, to end: Int) {
    self.given = given
    self.first = first
    self.end = end
  }

  override func evaluate(_ f: Frame, at base: Int) throws(Trap) {
    try given.evaluate(f, at: base)
    for place in first..<end { f[base + place] = .absent }
  }
}
