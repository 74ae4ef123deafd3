import Diagnostics
import MarketModel
import Syntax

extension Checker {
  /// What a block gives, and whether its end is never reached.
  struct Outcome {
    var type: StaticType
    var leaves: Bool
  }

  /// Checks statements; `used` says that somebody takes the value of the last one.
  func block(_ block: Block, used: Bool) -> Outcome {
    var outcome = Outcome(type: StaticType(.none), leaves: false)
    var reported = false
    for (place, statement) in block.statements.enumerated() {
      if outcome.leaves, !reported {
        report(.unreachable(at: location(statement.span)))
        reported = true
      }
      let left = outcome.leaves
      outcome = self.statement(statement, used: used && place == block.statements.count - 1)
      outcome.leaves = outcome.leaves || left
    }
    if outcome.leaves { outcome.type = .never }
    return outcome
  }

  private func statement(_ statement: Statement, used: Bool) -> Outcome {
    var leaves = false
    switch statement.kind {
    case .binding(let binding): bind(binding)
    case .function(let function): nested(function)
    case .assign(let place, let operation, let value): assign(place, operation, value)
    case .expression(let value): return self.value(value, used: used)
    case .loop(let condition, let block): leaves = loop(condition, block)
    case .forEach(let names, let sequence, let block):
      iterate(names, over: sequence)
      _ = looped(block)
    case .break, .continue:
      let word = if case .break = statement.kind { "break" } else { "continue" }
      if flow.loops == 0 { report(.strayJump(word, at: location(statement.span))) }
      if word == "break" { flow.sawBreak = true }
      leaves = true
    case .return(let value):
      if !flow.canReturn { report(.strayJump("return", at: location(statement.span))) }
      flow.returned = flow.returned.union(value.map { infer($0) } ?? StaticType(.none))
      leaves = true
    case .assert(let condition, let message):
      self.condition(condition, mayBeConstant: true)
      if let message { _ = infer(message) }
    case .invalid: return Outcome(type: .unknown, leaves: false)
    }
    return Outcome(type: StaticType(.none), leaves: leaves)
  }

  /// An expression as a statement, or at the end of a block.
  private func value(_ value: Expression, used: Bool) -> Outcome {
    switch value.kind {
    case .conditional(let branch): return conditional(branch, used: used)
    case .at(let date, let block): return at(date, block, used: used)
    default:
      let type = infer(value)
      if !used { checkUse(value) }
      return Outcome(type: type, leaves: isError(value))
    }
  }

  private func isError(_ value: Expression) -> Bool {
    guard case .call(let callee, _) = value.kind else { return false }
    return resolution.references[callee.id] == .builtin("error")
  }

  private func nested(_ function: FunctionDeclaration) {
    guard let symbol = symbol(function.name) else { return }
    functions[symbol] = function
    types[symbol] = StaticType(.function)
    let outer = flow
    results[symbol] = check(function)
    flow = outer
  }

  // MARK: Branches and loops

  func conditional(_ branch: If, used: Bool) -> Outcome {
    condition(branch.condition, mayBeConstant: false)
    let then = block(branch.then, used: used)
    let otherwise: Outcome
    switch branch.otherwise {
    case .none: otherwise = Outcome(type: StaticType(.none), leaves: false)
    case .block(let block): otherwise = self.block(block, used: used)
    case .conditional(let next, _, _): otherwise = conditional(next, used: used)
    }
    return Outcome(type: then.type.union(otherwise.type), leaves: then.leaves && otherwise.leaves)
  }

  func at(_ date: Expression, _ block: Block, used: Bool) -> Outcome {
    let when = infer(date)
    if !when.mayBe(KindSet(kind: .date)) {
      report(.typeMismatch(expected: "a date", found: when.sample, what: "the date of `at`"), at: date.span)
    }
    if flow.isFunction, liesAhead(date) { report(.alwaysLookAhead(unit.file.text(date.span), at: location(date.span))) }
    let outer = flow.isDateless
    flow.isDateless = false
    let outcome = self.block(block, used: used)
    flow.isDateless = outer
    return outcome
  }

  /// `as_of + 5d` is later than `as_of`, whatever that is.
  func liesAhead(_ date: Expression) -> Bool {
    guard case .binary(.add, let base, let distance) = date.kind, case .name = base.kind,
      resolution.references[base.id] == .asOf, case .duration(let duration) = folding.value(distance)
    else { return false }
    return duration.count > 0
  }

  func condition(_ condition: Expression, mayBeConstant: Bool) {
    let type = infer(condition)
    demand(.bool, of: condition)
    if !type.mayBe(.bool) {
      report(.conditionNotBool(type.sample, hint: type.sample == .series), at: condition.span)
    } else if !mayBeConstant, case .bool(let value) = ConstantFolding().value(condition) {
      report(.constantCondition(value, at: location(condition.span)))
    }
  }

  /// Whether a loop never ends but by leaving the function.
  private func loop(_ condition: Expression, _ block: Block) -> Bool {
    let isEndless = if case .boolean(true) = condition.kind { true } else { false }
    self.condition(condition, mayBeConstant: isEndless)
    return !looped(block) && isEndless
  }

  /// Checks the body of a loop; whether it holds a `break`.
  private func looped(_ block: Block) -> Bool {
    let outer = flow.sawBreak
    flow.sawBreak = false
    flow.loops += 1
    _ = self.block(block, used: false)
    flow.loops -= 1
    defer { flow.sawBreak = outer }
    return flow.sawBreak
  }

  /// Declares the names of a loop.
  func iterate(_ names: [Name], over sequence: Expression) {
    let type = infer(sequence)
    let iterable: KindSet = [.containers, .series, KindSet(kind: .string)]
    if !type.mayBe(iterable) {
      report(
        .typeMismatch(expected: "a list, map, series or string", found: type.sample, what: "what a loop walks"),
        at: sequence.span)
    }
    if names.count == 1, let symbol = symbol(names[0]) { types[symbol] = type.looped }
    if names.count == 2, type.isSurely(KindSet(kind: .map)), let symbol = symbol(names[1]) { types[symbol] = type.item }
  }

  // MARK: Bindings and assignments

  func bind(_ binding: Binding) {
    let value = infer(binding.value)
    switch binding.pattern {
    case .list(let names, _):
      if !value.mayBe(KindSet(kind: .list)) {
        report(
          .typeMismatch(expected: "a list", found: value.sample, what: "what is taken apart"), at: binding.value.span)
      }
      if case .list(let items) = binding.value.kind, items.count != names.count {
        report(.patternLength(names: names.count, items: items.count), at: binding.value.span)
      }
    case .name(let name, let annotation):
      let declared = annotation.map(annotated)
      if let declared, !value.mayBe(KindSet(taking: declared)) {
        report(
          .typeMismatch(expected: declared.described, found: value.sample, what: "`\(name.text)`"),
          at: binding.value.span)
      }
      guard let symbol = symbol(name), !binding.isVariable else { return }
      sources[symbol] = binding.value
      types[symbol] = declared.map { StaticType(of: $0) } ?? value
    }
  }

  private func assign(_ place: Expression, _ operation: AssignmentOperator, _ value: Expression) {
    let right = infer(value)
    let left = infer(place)
    guard let op = operation.arithmetic, StaticType.arithmetic(op, left, right) == nil else { return }
    report(.badOperands(op, left.sample, right.sample), at: value.span)
  }

  // MARK: Ends without a value

  /// Whether the end of a function's block can be reached without a value.
  func mayEndWithoutValue(_ block: Block) -> Bool {
    guard let last = block.statements.last else { return true }
    switch last.kind {
    case .expression(let value): return mayEndWithoutValue(value)
    case .return(let value): return value == nil
    case .loop(let condition, let body):
      if case .boolean(true) = condition.kind { return body.holdsBreak }
      return true
    case .binding, .function, .assign, .forEach, .break, .continue, .assert: return true
    case .invalid: return false
    }
  }

  func mayEndWithoutValue(_ value: Expression) -> Bool {
    switch value.kind {
    case .conditional(let branch):
      if mayEndWithoutValue(branch.then) { return true }
      switch branch.otherwise {
      case .none: return true
      case .block(let block): return mayEndWithoutValue(block)
      case .conditional(let next, let id, let span):
        return mayEndWithoutValue(Expression(id: id, span: span, kind: .conditional(next)))
      }
    case .at(_, let block): return mayEndWithoutValue(block)
    default: return false
    }
  }
}

extension Block {
  /// Whether a `break` stands in it, those of inner loops left aside.
  var holdsBreak: Bool {
    statements.contains { statement in
      switch statement.kind {
      case .break: true
      case .expression(let value): value.holdsBreak
      default: false
      }
    }
  }
}

extension Expression {
  fileprivate var holdsBreak: Bool {
    switch kind {
    case .conditional(let branch):
      if branch.then.holdsBreak { return true }
      switch branch.otherwise {
      case .none: return false
      case .block(let block): return block.holdsBreak
      case .conditional(let next, let id, let span):
        return Expression(id: id, span: span, kind: .conditional(next)).holdsBreak
      }
    case .at(_, let block): return block.holdsBreak
    default: return false
    }
  }
}
