import Diagnostics
import MarketModel
import Syntax

extension Linker {
  /// The node of an expression.
  func expression(_ expression: Expression) -> Node { traced(plain(expression), expression) }

  private func plain(_ expression: Expression) -> Node {
    let site = self.site(expression.span)
    let outer = scope.top
    defer { scope.top = outer }
    switch expression.kind {
    case .number(let number): return ConstantNode(Value(number), site)
    case .duration(let duration): return ConstantNode(Value(duration), site)
    case .date(let day): return ConstantNode(Value(day), site)
    case .boolean(let bool): return ConstantNode(Value(bool), site)
    case .missing: return ConstantNode(.missing(.unspecified), site)
    case .none, .invalid: return ConstantNode(.none, site)
    case .string(let literal): return string(literal, site)
    case .name: return name(expression, site)
    case .parenthesized(let inner): return self.expression(inner)
    case .list(let items):
      guard items.count <= 32 else {
        return LongListNode(items.map { ShareNode.wrap(self.expression($0)) }, top: scope.top, site)
      }
      let base = scope.top
      return ListNode(consecutive(items, base), count: items.count, base: base, site)
    case .map(let entries): return mapLiteral(entries, site)
    case .listComprehension(let item, let clauses): return listComprehension(item, clauses, site)
    case .mapComprehension(let key, let value, let clauses): return mapComprehension(key, value, clauses, site)
    case .unary(let operation, let operand): return unary(operation, operand, site)
    case .binary(let operation, let left, let right): return binary(operation, left, right, site)
    case .range(let lower, let upper, let inclusive, let step):
      return RangeNode(
        self.expression(lower), self.expression(upper), step: step.map { self.expression($0) },
        includesUpper: inclusive, top: scope.top, site)
    case .call(let callee, let arguments): return call(callee, arguments, site)
    case .methodCall(let receiver, let name, let arguments):
      return methodCall(expression, receiver, name, arguments, site)
    case .member(let receiver, let name): return member(expression, receiver, name, site)
    case .index(let base, let index):
      let container = self.expression(base)
      let key = self.expression(index)
      if let local = key as? LocalNode { return IndexLocalNode(container, local.slot, top: scope.top, site) }
      return IndexNode(container, key, top: scope.top, site)
    case .slice(let base, let lower, let upper, let inclusive):
      return SliceNode(
        self.expression(base), lower.map { self.expression($0) }, upper.map { self.expression($0) },
        includesUpper: inclusive, top: scope.top, site)
    case .lambda(let lambda): return self.lambda(lambda, expression, site)
    case .conditional(let branch): return conditionalValue(branch, expression.span)
    case .at(let date, let block): return at(date, site) { self.valueBlock(block) }
    }
  }

  // MARK: Names

  private func name(_ expression: Expression, _ site: Int32) -> Node {
    switch resolution.references[expression.id] {
    case .local(let symbol):
      guard let slot = scope.slots[symbol] else { return ConstantNode(.none, site) }
      return LocalNode(slot, site)
    case .global(let symbol):
      guard let index = module.globals[resolution.symbols[symbol].name] else { return ConstantNode(.none, site) }
      return GlobalNode(index, site)
    case .function(let symbol):
      guard let code = module.functions[resolution.symbols[symbol].name] else { return ConstantNode(.none, site) }
      return ConstantNode(program.function(code), site)
    case .builtin(let name):
      guard let entry = program.library.entries[name] else { return ConstantNode(.none, site) }
      return ConstantNode(program.function(entry), site)
    case .asOf: return AsOfNode(site)
    case .flat: return MapNode([], [], top: scope.top, site)
    case .member(let moduleName, let name):
      guard let code = imported(moduleName)?.functions[name] else { return ConstantNode(.none, site) }
      return ConstantNode(program.function(code), site)
    case .hold, .module, nil: return ConstantNode(.none, site)
    }
  }

  /// `at date { … }`, with the body made once the date is.
  func at(_ date: Expression, _ site: Int32, body: () -> Node) -> Node {
    let opens = scope.opensDates
    scope.opensDates = false
    defer { scope.opensDates = opens }
    let when = expression(date)
    return AtNode(when, body(), opens: opens, site)
  }

  private func member(_ expression: Expression, _ receiver: Expression, _ name: Name, _ site: Int32) -> Node {
    guard case .member(let moduleName, let member) = resolution.references[expression.id] else {
      return MemberNode(self.expression(receiver), program.string(name.text), top: scope.top, site)
    }
    guard let imported = imported(moduleName) else { return ConstantNode(.none, site) }
    if let index = imported.globals[member] { return GlobalNode(index, site) }
    guard let code = imported.functions[member] else { return ConstantNode(.none, site) }
    return ConstantNode(program.function(code), site)
  }

  /// A module by its name in this file.
  func imported(_ name: String) -> LinkedModule? {
    unit.imports.first { $0.name == name }.map { program.modules[$0.index] }
  }

  private func string(_ literal: StringLiteral, _ site: Int32) -> Node {
    if let text = literal.plainText { return ConstantNode(program.string(text), site) }
    let pieces = literal.segments.map { segment in
      switch segment {
      case .text(let text): InterpolationNode.Piece.text(text)
      case .interpolation(let value, let format):
        InterpolationNode.Piece.value(self.expression(value), format.flatMap { try? ValueFormat.parse($0.text).get() })
      }
    }
    return InterpolationNode(pieces, top: scope.top, site)
  }

  // MARK: Operators

  private func unary(_ operation: UnaryOperator, _ operand: Expression, _ site: Int32) -> Node {
    let node = expression(operand)
    switch operation {
    case .not: return NotNode(node, site)
    case .negate:
      if let constant = node as? ConstantNode, constant.constant.isNumber, !constant.constant.raw.isNaN {
        return ConstantNode(Value(-constant.constant.raw), site)
      }
      return NegateNode(node, top: scope.top, site)
    }
  }

  private func binary(_ operation: BinaryOperator, _ left: Expression, _ right: Expression, _ site: Int32) -> Node {
    if operation == .coalesce {
      return CoalesceNode(lenient(left), expression(right), top: scope.top, site)
    }
    let a = expression(left)
    let b = expression(right)
    let top = scope.top
    switch operation {
    case .add: return arithmetic(.add, a, b, site)
    case .subtract: return arithmetic(.subtract, a, b, site)
    case .multiply: return arithmetic(.multiply, a, b, site)
    case .divide: return arithmetic(.divide, a, b, site)
    case .remainder: return arithmetic(.remainder, a, b, site)
    case .power: return arithmetic(.power, a, b, site)
    case .and: return AndNode(a, b, site)
    case .or: return OrNode(a, b, site)
    case .less: return order(.less, a, b, site)
    case .lessOrEqual: return order(.lessOrEqual, a, b, site)
    case .greater: return order(.greater, a, b, site)
    case .greaterOrEqual: return order(.greaterOrEqual, a, b, site)
    case .equal: return EqualNode(a, b, isNegated: false, top: top, site)
    case .notEqual: return EqualNode(a, b, isNegated: true, top: top, site)
    case .in: return MembershipNode(a, b, isNegated: false, top: top, site)
    case .notIn: return MembershipNode(a, b, isNegated: true, top: top, site)
    case .coalesce: return a
    }
  }

  /// Arithmetic in the shape that reads its operands fastest.
  func arithmetic(_ operation: ArithmeticOperator, _ left: Node, _ right: Node, _ site: Int32) -> Node {
    let top = scope.top
    let local = (left as? LocalNode)?.slot
    let otherLocal = (right as? LocalNode)?.slot
    let constant = (right as? ConstantNode).flatMap {
      $0.constant.isNumber && !$0.constant.raw.isNaN ? $0.constant.raw : nil
    }
    switch (operation, local, otherLocal, constant) {
    case (.add, let slot?, _, let c?): return AddLocalConstantNode(slot, c, isSubtraction: false, top: top, site)
    case (.subtract, let slot?, _, let c?): return AddLocalConstantNode(slot, c, isSubtraction: true, top: top, site)
    case (.multiply, let slot?, _, let c?): return MultiplyLocalConstantNode(slot, c, top: top, site)
    case (.add, let a?, let b?, _): return AddLocalsNode(a, b, top: top, site)
    case (.subtract, let a?, let b?, _): return SubtractLocalsNode(a, b, top: top, site)
    case (.multiply, let a?, let b?, _): return MultiplyLocalsNode(a, b, top: top, site)
    case (.add, nil, let b?, _): return AddLocalNode(left, b, top: top, site)
    case (.add, nil, _, let c?): return AddConstantNode(left, c, isSubtraction: false, top: top, site)
    case (.subtract, nil, _, let c?): return AddConstantNode(left, c, isSubtraction: true, top: top, site)
    case (.multiply, nil, _, let c?): return ScaleConstantNode(left, c, isDivision: false, top: top, site)
    case (.divide, _, _, let c?) where c != 0: return ScaleConstantNode(left, c, isDivision: true, top: top, site)
    case (.add, _, _, _): return AddNode(left, right, top: top, site)
    case (.subtract, _, _, _): return SubtractNode(left, right, top: top, site)
    case (.multiply, _, _, _): return MultiplyNode(left, right, top: top, site)
    case (.divide, _, _, _): return DivideNode(left, right, top: top, site)
    case (.remainder, _, _, _), (.power, _, _, _):
      return OtherArithmeticNode(operation, left, right, top: top, site)
    }
  }

  private func order(_ operation: OrderOperator, _ left: Node, _ right: Node, _ site: Int32) -> Node {
    if let local = left as? LocalNode, let constant = right as? ConstantNode, constant.constant.isNumber,
      !constant.constant.raw.isNaN
    {
      return OrderLocalConstantNode(
        operation, local.slot, constant.constant.raw, operand: local.site, top: scope.top, site)
    }
    switch operation {
    case .less: return LessNode(left, right, top: scope.top, site)
    case .greater: return GreaterNode(left, right, top: scope.top, site)
    case .lessOrEqual, .greaterOrEqual: return OrderNode(operation, left, right, top: scope.top, site)
    }
  }

  /// The left side of `??`: a miss anywhere in a chain of indices yields the right side.
  private func lenient(_ expression: Expression) -> Node {
    switch expression.kind {
    case .index(let base, let index):
      return LenientIndexNode(lenient(base), self.expression(index), top: scope.top, site(expression.span))
    case .member(let base, let name):
      if case .member = resolution.references[expression.id] { return self.expression(expression) }
      let key = ConstantNode(program.string(name.text), site(name.span))
      return LenientIndexNode(lenient(base), key, top: scope.top, site(expression.span))
    case .parenthesized(let inner): return lenient(inner)
    default: return self.expression(expression)
    }
  }

  // MARK: Collections

  private func mapLiteral(_ entries: [MapEntry], _ site: Int32) -> Node {
    MapNode(
      entries.map { expression($0.key) }, entries.map { ShareNode.wrap(expression($0.value)) }, top: scope.top, site)
  }

  private func listComprehension(_ item: Expression, _ clauses: [Clause], _ site: Int32) -> Node {
    let slot = scope.claim()
    let loops = self.clauses(clauses[...], site) {
      CollectListNode(slot, ShareNode.wrap(self.expression(item)), top: self.scope.top, self.site(item.span))
    }
    return ComprehensionNode(slot, loops, isMap: false, top: scope.top, site)
  }

  private func mapComprehension(
    _ key: Expression, _ value: Expression, _ clauses: [Clause], _ site: Int32
  ) -> Node {
    let slot = scope.claim()
    let loops = self.clauses(clauses[...], site) {
      CollectMapNode(
        slot, self.expression(key), ShareNode.wrap(self.expression(value)), top: self.scope.top, self.site(key.span))
    }
    return ComprehensionNode(slot, loops, isMap: true, top: scope.top, site)
  }

  private func clauses(_ clauses: ArraySlice<Clause>, _ site: Int32, innermost: () -> Node) -> Node {
    guard let clause = clauses.first else { return innermost() }
    switch clause {
    case .loop(let names, let sequence):
      return loop(names, sequence, site) { self.clauses(clauses.dropFirst(), site, innermost: innermost) }
    case .condition(let condition):
      return ConditionalNode(
        expression(condition), self.clauses(clauses.dropFirst(), site, innermost: innermost), EmptyNode(site),
        self.site(condition.span))
    }
  }

  // MARK: Blocks as values

  private func conditionalValue(_ branch: If, _ span: Span) -> Node {
    let condition = watched(expression(branch.condition), branch, .reached)
    let then = watched(valueBlock(branch.then), branch, .then)
    let otherwise: Node
    switch branch.otherwise {
    case .none: otherwise = EmptyNode(site(span))
    case .block(let block): otherwise = watched(valueBlock(block), branch, .otherwise)
    case .conditional(let next, _, let nextSpan): otherwise = conditionalValue(next, nextSpan)
    }
    return ConditionalNode(condition, then, otherwise, site(branch.condition.span))
  }

  /// A block whose last expression is its value. What leaves it does so by way of the enclosing statement.
  func valueBlock(_ block: Block) -> Node {
    let outer = scope.top
    defer { scope.top = outer }
    var nodes: [Node] = []
    for statement in block.statements.dropLast() { nodes.append(guarded(statement)) }
    let last: Node
    if let statement = block.statements.last {
      if case .expression(let value) = statement.kind {
        last = ShareNode.wrap(expression(value))
      } else {
        last = guarded(statement)
      }
    } else {
      last = EmptyNode(site(block.span))
    }
    return nodes.reversed().reduce(last) { SequenceNode($1, $0) }
  }

  private func guarded(_ statement: Statement) -> Node {
    let node = self.statement(statement)
    guard Block([statement], statement.span).mayLeave else { return node }
    scope.hasLeave = true
    return LeaveNode(node)
  }
}
