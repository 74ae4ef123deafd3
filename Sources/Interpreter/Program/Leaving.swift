import Syntax

// Where a `return`, `break` or `continue` stands decides how a body is linked.

extension Statement {
  /// Whether a `return` stands somewhere in it, lambdas and nested functions aside.
  var mayReturn: Bool {
    switch kind {
    case .return: true
    case .expression(let value): value.mayReturn
    case .loop(_, let block), .forEach(_, _, let block): block.statements.contains(where: \.mayReturn)
    case .binding(let binding): binding.value.containsLeave
    case .assign(_, _, let value): value.containsLeave
    case .assert(let condition, _): condition.containsLeave
    case .function, .break, .continue, .invalid: false
    }
  }
}

extension Block {
  /// Whether every way through it ends with a `return`.
  var alwaysReturns: Bool {
    guard let last = statements.last else { return false }
    switch last.kind {
    case .return: return true
    case .expression(let value):
      guard case .conditional(let branch) = value.kind else { return false }
      return branch.alwaysReturns
    case .binding, .function, .assign, .loop, .forEach, .break, .continue, .assert, .invalid: return false
    }
  }

  /// Whether it, as a value in an expression, may leave that expression.
  var mayLeave: Bool {
    statements.contains { statement in
      switch statement.kind {
      case .return, .break, .continue: true
      case .expression(let value): value.containsLeave || value.mayReturn
      case .loop(_, let block), .forEach(_, _, let block): block.statements.contains(where: \.mayReturn)
      case .binding(let binding): binding.value.containsLeave
      case .assign(_, _, let value): value.containsLeave
      case .assert, .function, .invalid: false
      }
    }
  }
}

extension If {
  /// Whether every way through it ends with a `return`.
  var alwaysReturns: Bool {
    guard then.alwaysReturns else { return false }
    switch otherwise {
    case .none: return false
    case .block(let block): return block.alwaysReturns
    case .conditional(let next, _, _): return next.alwaysReturns
    }
  }

  private func anyBlock(_ holds: (Block) -> Bool) -> Bool {
    if holds(then) { return true }
    switch otherwise {
    case .none: return false
    case .block(let block): return holds(block)
    case .conditional(let next, _, _): return next.anyBlock(holds)
    }
  }

  var mayReturn: Bool { anyBlock { $0.statements.contains(where: \.mayReturn) } }
  var mayLeave: Bool { anyBlock(\.mayLeave) }
}

extension Expression {
  /// As a statement: whether a `return` stands in its blocks.
  var mayReturn: Bool {
    switch kind {
    case .conditional(let branch): branch.mayReturn || branch.condition.containsLeave
    case .at(let date, let block): block.statements.contains(where: \.mayReturn) || date.containsLeave
    default: containsLeave
    }
  }

  /// As an operand: whether a block inside leaves the expression. Only the forms that may hold a block are searched.
  var containsLeave: Bool {
    switch kind {
    case .conditional(let branch): branch.mayLeave || branch.condition.containsLeave
    case .at(let date, let block): block.mayLeave || date.containsLeave
    case .parenthesized(let inner), .unary(_, let inner), .member(let inner, _): inner.containsLeave
    case .binary(_, let left, let right), .index(let left, let right): left.containsLeave || right.containsLeave
    case .list(let items): items.contains(where: \.containsLeave)
    case .map(let entries): entries.contains { $0.key.containsLeave || $0.value.containsLeave }
    case .call(let callee, let arguments):
      callee.containsLeave || arguments.contains { $0.value.containsLeave }
    case .methodCall(let receiver, _, let arguments):
      receiver.containsLeave || arguments.contains { $0.value.containsLeave }
    case .range(let lower, let upper, _, let step):
      lower.containsLeave || upper.containsLeave || step?.containsLeave == true
    case .slice(let base, let lower, let upper, _):
      base.containsLeave || lower?.containsLeave == true || upper?.containsLeave == true
    case .listComprehension(let item, let clauses): item.containsLeave || clauses.contains(where: \.containsLeave)
    case .mapComprehension(let key, let value, let clauses):
      key.containsLeave || value.containsLeave || clauses.contains(where: \.containsLeave)
    case .string(let literal):
      literal.segments.contains { if case .interpolation(let inner, _) = $0 { inner.containsLeave } else { false } }
    case .number, .duration, .date, .boolean, .missing, .none, .name, .lambda, .invalid: false
    }
  }
}

extension Clause {
  fileprivate var containsLeave: Bool {
    switch self {
    case .loop(_, let sequence): sequence.containsLeave
    case .condition(let condition): condition.containsLeave
    }
  }
}
