import Diagnostics
import Syntax

extension Linker {
  /// A function's body: an expression tree where every `return` is last, statements that pick up a `return` otherwise.
  func functionBody(_ body: FunctionBody) -> Node {
    switch body {
    case .expression(let result): return returned(result)
    case .block(let block):
      let start = scope.top
      let node = tail(block.statements[...], block.span)
      guard scope.hasLeave else { return node }
      // An operand leaves its expression: the body is linked again, as statements.
      scope.top = start
      scope.hasLeave = false
      defer { scope.hasLeave = false }
      return BodyNode(statements(block.statements[...], block.span, returning: true))
    }
  }

  /// The value of a `return`: nothing else refers to what only the frame referred to, so it need not be shared.
  private func returned(_ result: Expression) -> Node {
    let node = expression(result)
    let value = node is LocalNode ? node : ShareNode.wrap(node)
    return scope.isSignals ? ResultNode(value, result.id) : value
  }

  // MARK: Tail position

  /// Statements whose last one gives the function's value.
  private func tail(_ statements: ArraySlice<Statement>, _ span: Span) -> Node {
    let outer = scope.top
    defer { scope.top = outer }
    // Long straight runs are linked in a loop: the nesting of nodes is to the right, the nesting of calls is not.
    var before: [Node] = []
    var rest = statements
    while let statement = rest.first, rest.count > 1, !statement.mayReturn {
      before.append(self.statement(statement))
      rest = rest.dropFirst()
    }
    let last = tailEnd(rest, span)
    return before.reversed().reduce(last) { SequenceNode($1, $0) }
  }

  private func tailEnd(_ rest: ArraySlice<Statement>, _ span: Span) -> Node {
    guard let statement = rest.first else { return EmptyNode(site(span)) }
    if rest.count == 1 { return tailStatement(statement, span) }
    // The first of several may return.
    guard case .expression(let value) = statement.kind, case .conditional(let branch) = value.kind,
      branch.then.alwaysReturns, !branch.condition.containsLeave
    else { return BodyNode(self.statements(rest, span, returning: true)) }
    let condition = watched(expression(branch.condition), branch, .reached)
    let then = watched(tail(branch.then.statements[...], branch.then.span), branch, .then)
    let after = rest.dropFirst()
    switch branch.otherwise {
    case .none: return ConditionalNode(condition, then, tail(after, span), site(branch.condition.span))
    case .block(let block) where !block.statements.contains(where: \.mayReturn):
      let between = watched(
        self.statements(block.statements[...], block.span, returning: false), branch, .otherwise)
      return ConditionalNode(condition, then, SequenceNode(between, tail(after, span)), site(branch.condition.span))
    case .block, .conditional: return BodyNode(self.statements(rest, span, returning: true))
    }
  }

  private func tailStatement(_ statement: Statement, _ span: Span) -> Node {
    switch statement.kind {
    case .return(let result?): return returned(result)
    case .return(nil): return EmptyNode(site(statement.span))
    case .expression(let value):
      if case .conditional(let branch) = value.kind { return tailConditional(branch, value.span) }
      if case .at(let date, let block) = value.kind, !block.statements.contains(where: \.mayReturn) {
        return at(date, site(value.span)) { self.valueBlock(block) }
      }
      if value.mayReturn { return BodyNode(self.statement(statement, returning: true)) }
      return returned(value)
    case .binding, .function, .assign, .assert, .invalid, .break, .continue:
      return SequenceNode(self.statement(statement), EmptyNode(site(statement.span)))
    case .loop, .forEach:
      let node = self.statement(statement)
      return statement.mayReturn ? BodyNode(node) : SequenceNode(node, EmptyNode(site(statement.span)))
    }
  }

  private func tailConditional(_ branch: If, _ span: Span) -> Node {
    let condition = watched(expression(branch.condition), branch, .reached)
    let then = watched(tail(branch.then.statements[...], branch.then.span), branch, .then)
    let otherwise: Node
    switch branch.otherwise {
    case .none: otherwise = EmptyNode(site(span))
    case .block(let block):
      otherwise = watched(tail(block.statements[...], block.span), branch, .otherwise)
    case .conditional(let next, _, let nextSpan): otherwise = tailConditional(next, nextSpan)
    }
    return ConditionalNode(condition, then, otherwise, site(branch.condition.span))
  }

  // MARK: Statements

  /// Statements in order, run for their effect; with `returning`, the value of the last one is what the function gives.
  func statements(_ statements: ArraySlice<Statement>, _ span: Span, returning: Bool) -> Node {
    let outer = scope.top
    defer { scope.top = outer }
    var nodes: [Node] = []
    for (place, statement) in statements.enumerated() {
      nodes.append(self.statement(statement, returning: returning && place == statements.count - 1))
    }
    guard let last = nodes.popLast() else { return EmptyNode(site(span)) }
    return nodes.reversed().reduce(last) { SequenceNode($1, $0) }
  }

  /// One statement. Where an operand inside leaves its expression, the statement catches it.
  func statement(_ statement: Statement, returning: Bool = false) -> Node {
    let before = scope.hasLeave
    scope.hasLeave = false
    let node = plainStatement(statement, returning: returning)
    let leaves = scope.hasLeave
    scope.hasLeave = before || leaves
    return leaves ? CatchLeaveNode(node) : node
  }

  private func plainStatement(_ statement: Statement, returning: Bool) -> Node {
    let site = self.site(statement.span)
    switch statement.kind {
    case .binding(let binding): return self.binding(binding, site)
    case .function(let function): return nestedFunction(function, site)
    case .assign(let place, let operation, let value): return assignment(place, operation, value, site)
    case .expression(let value): return expressionStatement(value, returning: returning)
    case .loop(let condition, let block):
      let start = program.siteCount
      let test = expression(condition)
      let body = statements(block.statements[...], block.span, returning: false)
      return WhileNode(test, body, turnSteps: steps(since: start), site)
    case .forEach(let names, let sequence, let block):
      return loop(names, sequence, site) {
        self.statements(block.statements[...], block.span, returning: false)
      }
    case .break: return JumpNode(.broke, site)
    case .continue: return JumpNode(.continued, site)
    case .return(let result): return ReturnNode(result.map { returned($0) } ?? EmptyNode(site), site)
    case .assert(let condition, let message):
      return AssertNode(expression(condition), message.map { expression($0) }, top: scope.top, site)
    case .invalid: return EmptyNode(site)
    }
  }

  private func expressionStatement(_ value: Expression, returning: Bool) -> Node {
    switch value.kind {
    case .conditional(let branch): return conditionalStatement(branch, value.span, returning: returning)
    case .at(let date, let block):
      return at(date, site(value.span)) {
        self.statements(block.statements[...], block.span, returning: returning)
      }
    default:
      return returning ? ReturnNode(returned(value), site(value.span)) : expression(value)
    }
  }

  private func conditionalStatement(_ branch: If, _ span: Span, returning: Bool) -> Node {
    let condition = watched(expression(branch.condition), branch, .reached)
    let then = watched(
      statements(branch.then.statements[...], branch.then.span, returning: returning), branch, .then)
    let otherwise: Node
    switch branch.otherwise {
    case .none: otherwise = EmptyNode(site(span))
    case .block(let block):
      otherwise = watched(
        statements(block.statements[...], block.span, returning: returning), branch, .otherwise)
    case .conditional(let next, _, let nextSpan):
      otherwise = conditionalStatement(next, nextSpan, returning: returning)
    }
    return ConditionalNode(condition, then, otherwise, site(branch.condition.span))
  }

  private func binding(_ binding: Binding, _ site: Int32) -> Node {
    let value = ShareNode.wrap(expression(binding.value))
    switch binding.pattern {
    case .name(let name, _):
      guard name.text != "_" else { return value }
      let slot = declare(name)
      if let symbol = resolution.declarations[name.span.lower] { scope.traced.insert(symbol) }
      return StoreNode(slot, traced(value, into: slot), site)
    case .list(let names, _):
      return DestructureNode(names.map { $0.text == "_" ? -1 : declare($0) }, value, site)
    }
  }

  /// Gives a declared name its slot.
  func declare(_ name: Name) -> Int {
    let slot = scope.claim()
    if let symbol = resolution.declarations[name.span.lower] { scope.slots[symbol] = slot }
    return slot
  }

  /// A loop over a sequence, with the body made once the names have their slots.
  func loop(_ names: [Name], _ sequence: Expression, _ site: Int32, body: () -> Node) -> Node {
    let outer = scope.top
    defer { scope.top = outer }
    if names.count == 1, case .range(let lower, let upper, let inclusive, let step) = sequence.kind {
      let range = RangeNode(
        expression(lower), expression(upper), step: step.map { expression($0) }, includesUpper: inclusive,
        top: scope.top, self.site(sequence.span))
      let slot = declare(names[0])
      let start = program.siteCount
      let inner = body()
      return ForRangeNode(slot, range, inner, turnSteps: steps(since: start), site)
    }
    let source = expression(sequence)
    let slots = names.map { $0.text == "_" ? -1 : declare($0) }
    let start = program.siteCount
    let inner = body()
    return ForNode(slots, source, inner, turnSteps: steps(since: start), top: scope.top, site)
  }

  // MARK: Assignment

  private func assignment(
    _ place: Expression, _ operation: AssignmentOperator, _ value: Expression, _ site: Int32
  ) -> Node {
    if case .name = place.kind { return assignName(place, operation, value, site) }
    var path: [Expression] = []
    var root = place
    while true {
      switch root.kind {
      case .index(let base, let index):
        path.insert(index, at: 0)
        root = base
        continue
      case .member(let base, let name):
        path.insert(Expression(id: -1, span: name.span, kind: .string(StringLiteral([.text(name.text)]))), at: 0)
        root = base
        continue
      case .parenthesized(let inner):
        root = inner
        continue
      default: break
      }
      break
    }
    guard let target = placeRoot(root) else { return EmptyNode(site) }
    let base = scope.top
    var nodes: [Node] = []
    for (index, expression) in path.enumerated() {
      scope.top = base + index
      nodes.append(self.expression(expression))
    }
    scope.top = base + path.count
    scope.reserve(scope.top)
    let source = ShareNode.wrap(expression(value))
    scope.top = base
    if case .slot(let slot) = target, nodes.count == 1, operation == .set {
      return StoreItemNode(slot, nodes[0], source, base: base, site)
    }
    return StorePlaceNode(target, nodes, source, operation: operation.arithmetic, base: base, site)
  }

  private func placeRoot(_ root: Expression) -> StorePlaceNode.Root? {
    switch resolution.references[root.id] {
    case .local(let symbol): return scope.slots[symbol].map { .slot($0) }
    case .global(let symbol): return module.globals[resolution.symbols[symbol].name].map { .global($0) }
    default: return nil
    }
  }

  private func assignName(
    _ place: Expression, _ operation: AssignmentOperator, _ value: Expression, _ site: Int32
  ) -> Node {
    guard let target = placeRoot(place) else { return EmptyNode(site) }
    switch target {
    case .slot(let slot):
      switch operation {
      case .set:
        if let item = pushedItem(place, value) {
          return PushNode(slot, ShareNode.wrap(expression(item)), top: scope.top, site)
        }
        return StoreNode(slot, traced(ShareNode.wrap(expression(value)), into: slot), site)
      case .add: return AccumulateNode(slot, expression(value), top: scope.top, site)
      case .subtract, .multiply, .divide:
        let combined = arithmetic(operation.arithmetic ?? .add, LocalNode(slot, site), expression(value), site)
        return StoreNode(slot, combined, site)
      }
    case .global(let index):
      let source: Node
      if let arithmetic = operation.arithmetic {
        source = self.arithmetic(arithmetic, GlobalNode(index, site), expression(value), site)
      } else {
        source = ShareNode.wrap(expression(value))
      }
      return StoreGlobalNode(index, source, site)
    }
  }

  /// The item of `xs = xs.push(item)` (or `push(xs, item)`).
  private func pushedItem(_ place: Expression, _ value: Expression) -> Expression? {
    guard case .methodCall(let receiver, _, let arguments) = value.kind, arguments.count == 1,
      arguments[0].label == nil,
      case .name = receiver.kind, resolution.references[value.id] == .builtin("push"),
      resolution.references[receiver.id] == resolution.references[place.id]
    else { return nil }
    return arguments[0].value
  }
}

extension AssignmentOperator {
  var arithmetic: ArithmeticOperator? {
    switch self {
    case .set: nil
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    }
  }
}
