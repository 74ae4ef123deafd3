import Diagnostics
import Syntax

/// Statements whose value nobody takes.
extension Checker {
  /// Reports a statement that computes a value without effect.
  func checkUse(_ value: Expression) {
    guard !mayHaveEffect(value) else { return }
    let (note, fix) = remedy(value)
    report(.valueWithoutUse(note, fix: fix, at: location(value.span)))
  }

  private func remedy(_ value: Expression) -> (String, FixIt?) {
    switch value.kind {
    case .methodCall(let receiver, _, _): return assignment(receiver, value)
    case .call(_, let arguments): if let first = arguments.first { return assignment(first.value, value) }
    case .unary(.negate, _):
      return ("a line that begins with `-` is a statement of its own: leave the sign at the end of the line above", nil)
    case .binary(.equal, _, _): return ("an assignment is written with one `=`", nil)
    default: break
    }
    return ("assign it, or give it back with `return`", nil)
  }

  private func assignment(_ receiver: Expression, _ value: Expression) -> (String, FixIt?) {
    guard case .name(let name) = receiver.kind else {
      return ("no function changes its argument; assign the result", nil)
    }
    let text = "\(name) = \(unit.file.text(value.span))"
    var isAssignable = false
    switch resolution.references[receiver.id] {
    case .local(let symbol), .global(let symbol):
      let kind = resolution.symbols[symbol].kind
      isAssignable = kind == .variable || kind == .state
    default: return ("assign it, or give it back with `return`", nil)
    }
    let note = "no function changes its argument: `\(text)`"
    return (isAssignable ? note : "\(note), with `\(name)` a `var`", isAssignable ? FixIt(value.span, text) : nil)
  }

  /// Whether something besides the value can come of evaluating it.
  func mayHaveEffect(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .number, .duration, .date, .boolean, .missing, .none, .name, .lambda: return false
    case .invalid: return true
    case .string(let literal):
      return literal.segments.contains {
        if case .interpolation(let value, _) = $0 { mayHaveEffect(value) } else { false }
      }
    case .parenthesized(let inner), .unary(_, let inner), .member(let inner, _): return mayHaveEffect(inner)
    case .list(let items): return items.contains(where: mayHaveEffect)
    case .map(let entries): return entries.contains { mayHaveEffect($0.key) || mayHaveEffect($0.value) }
    case .listComprehension(let item, let clauses): return mayHaveEffect(item) || clauses.contains(where: mayHaveEffect)
    case .mapComprehension(let key, let value, let clauses):
      return mayHaveEffect(key) || mayHaveEffect(value) || clauses.contains(where: mayHaveEffect)
    case .binary(_, let left, let right), .index(let left, let right):
      return mayHaveEffect(left) || mayHaveEffect(right)
    case .range(let lower, let upper, _, let step):
      return [lower, upper, step].contains { $0.map(mayHaveEffect) ?? false }
    case .slice(let base, let lower, let upper, _):
      return [base, lower, upper].contains { $0.map(mayHaveEffect) ?? false }
    case .call(let callee, let arguments):
      return hasEffect(resolution.references[callee.id], arguments) || arguments.contains { mayHaveEffect($0.value) }
    case .methodCall(let receiver, _, let arguments):
      if case .module = resolution.references[receiver.id] { return true }
      return hasEffect(resolution.references[expression.id], arguments) || mayHaveEffect(receiver)
        || arguments.contains { mayHaveEffect($0.value) }
    // Blocks hold statements; they are looked at as such.
    case .conditional, .at: return true
    }
  }

  private func mayHaveEffect(_ clause: Clause) -> Bool {
    switch clause {
    case .loop(_, let sequence): mayHaveEffect(sequence)
    case .condition(let condition): mayHaveEffect(condition)
    }
  }

  /// Whether a call of this function may do something, given what it is given to call.
  private func hasEffect(_ reference: Reference?, _ arguments: [Argument]) -> Bool {
    guard case .builtin(let name) = reference, let builtin = library[name] else { return true }
    switch builtin.effect {
    case .output, .testing, .random: return true
    case .pure, .readsData, .readsPortfolio: break
    }
    if name == "error" { return true }
    let callsBack = builtin.overloads.contains { overload in
      overload.signature.parameters.contains { $0.type.takesFunction }
    }
    return callsBack && arguments.contains { mayDoSomething($0.value) }
  }

  /// Whether a function given as an argument may do something when called.
  private func mayDoSomething(_ function: Expression) -> Bool {
    switch function.kind {
    case .lambda(let lambda):
      switch lambda.body {
      case .expression(let value): return mayHaveEffect(value)
      case .block: return true
      }
    case .name:
      switch resolution.references[function.id] {
      case .builtin(let name): return library[name]?.effect != .pure
      case .local(let symbol), .global(let symbol): return types[symbol]?.mayBe(KindSet(kind: .function)) ?? true
      default: return true
      }
    case .member: return true
    default: return mayHaveEffect(function)
    }
  }
}

extension TypeExpression {
  fileprivate var takesFunction: Bool {
    switch self {
    case .function: true
    case .optional(let type): type.takesFunction
    case .union(let types): types.contains { $0.takesFunction }
    case .number, .bool, .string, .date, .duration, .any, .none, .series, .list, .map: false
    }
  }
}
