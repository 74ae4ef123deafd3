import Diagnostics
import Syntax

/// Params: default, domain and condition.
extension Checker {
  func checkParam(_ param: ParamDeclaration) {
    let name = param.name.text
    guard let initial = ConstantFolding().value(param.initial) else {
      _ = infer(param.initial)
      return report(
        .paramShape(
          "the default of `\(name)` must be a literal or arithmetic on them", at: location(param.initial.span)))
    }
    if let symbol = symbol(param.name) { types[symbol] = StaticType(initial.kind) }
    switch param.domain {
    case .list(let items): checkChoices(name, initial, items, param)
    case .range(let lower, let upper, let includesUpper, let step):
      checkRange(name, initial, (lower, upper, includesUpper), step, param)
    case nil: break
    }
    if let constraint = param.constraint { checkConstraint(constraint, name) }
  }

  private func checkChoices(_ name: String, _ initial: Literal, _ items: [Expression], _ param: ParamDeclaration) {
    var isKnown = !items.isEmpty
    var isMember = false
    var known: [String] = []
    for item in items {
      guard let value = ConstantFolding().value(item) else {
        isKnown = false
        report(.paramShape("a choice of `\(name)` must be a literal", at: location(item.span)))
        continue
      }
      if value.kind != initial.kind {
        isKnown = false
        let found = "\(value.kind.described), its default \(initial.kind.described)"
        report(.paramShape("a choice of `\(name)` is \(found)", at: location(item.span)))
      }
      known.append(value.text)
      if value == initial { isMember = true }
    }
    if items.isEmpty { report(.paramShape("the list of `\(name)` is empty", at: location(param.span))) }
    if isKnown, !isMember { report(.paramChoice(name, initial.text, of: known), at: param.initial.span) }
  }

  private func checkRange(
    _ name: String, _ initial: Literal, _ range: (lower: Expression, upper: Expression, includesUpper: Bool),
    _ step: Expression?, _ param: ParamDeclaration
  ) {
    guard case .number(let value) = initial else {
      return report(
        .paramShape(
          "`\(name)` is \(initial.kind.described) and takes a list of values, not a range",
          at: location(range.lower.span)
        ))
    }
    guard let low = bound(range.lower, name), let high = bound(range.upper, name) else { return }
    let width = step.map { bound($0, name) }
    if case .some(nil) = width { return }
    let span = range.lower.span.union(range.upper.span)
    let domain = ParamDomain.Range(
      lower: low, upper: high, includesUpper: range.includesUpper, step: width ?? nil, initial: value)
    if domain.isEmpty { return report(.paramShape("the range of `\(name)` is empty", at: location(span))) }
    if let step, let width = width ?? nil, width <= 0 {
      return report(.paramShape("the step of `\(name)` must be positive", at: location(step.span)))
    }
    if !domain.contains(value) { report(.paramRange(name, initial.text, domain), at: param.initial.span) }
  }

  private func bound(_ expression: Expression, _ name: String) -> Double? {
    if case .number(let number) = ConstantFolding().value(expression) { return number }
    report(.paramShape("a bound of `\(name)` must be a literal number", at: location(expression.span)))
    return nil
  }

  /// The condition holds for the defaults.
  private func checkConstraint(_ constraint: Expression, _ name: String) {
    let type = infer(constraint)
    if !type.mayBe(.bool) { report(.conditionNotBool(type.sample, hint: false), at: constraint.span) }
    let defaults = unit.declarations.reduce(into: [String: Literal]()) { result, declaration in
      if case .param(let param) = declaration { result[param.name.text] = ConstantFolding().value(param.initial) }
    }
    if ConstantFolding(names: { defaults[$0] }).value(constraint) == .bool(false) {
      report(.paramConstraint(name, unit.file.text(constraint.span)), at: constraint.span)
    }
  }
}
