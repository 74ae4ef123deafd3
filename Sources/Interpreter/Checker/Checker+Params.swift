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
    let isShaped =
      switch param.domain {
      case .list(let items): checkChoices(name, initial, items, param)
      case .range(let lower, let upper, _, let step): checkRange(name, initial, lower, upper, step, param)
      case nil: true
      }
    if isShaped, let domain = ParamDomain(param), let problem = domain.problem(of: domain.initial) {
      report(problem, at: param.initial.span)
    }
    if let constraint = param.constraint { checkConstraint(constraint, name) }
  }

  /// Whether the choices are literals of the default's type; what is not is said.
  private func checkChoices(
    _ name: String, _ initial: Literal, _ items: [Expression], _ param: ParamDeclaration
  ) -> Bool {
    var isShaped = !items.isEmpty
    for item in items {
      if let value = ConstantFolding().value(item), value.kind == initial.kind { continue }
      isShaped = false
      let found = ConstantFolding().value(item).map {
        "a choice of `\(name)` is \($0.kind.described), its default \(initial.kind.described)"
      }
      report(.paramShape(found ?? "a choice of `\(name)` must be a literal", at: location(item.span)))
    }
    if items.isEmpty { report(.paramShape("the list of `\(name)` is empty", at: location(param.span))) }
    return isShaped
  }

  /// Whether the bounds and the step are numbers that make a range; what is wrong is said.
  private func checkRange(
    _ name: String, _ initial: Literal, _ lower: Expression, _ upper: Expression, _ step: Expression?,
    _ param: ParamDeclaration
  ) -> Bool {
    let place = lower.span
    guard case .number = initial else {
      report(
        .paramShape(
          "`\(name)` is \(initial.kind.described) and takes a list of values, not a range", at: location(place)))
      return false
    }
    guard isBound(lower, name), isBound(upper, name), step.map({ isBound($0, name) }) ?? true,
      let range = ParamDomain(param)?.range
    else { return false }
    if range.isEmpty {
      report(.paramShape("the range of `\(name)` is empty", at: location(place.union(upper.span))))
      return false
    }
    if let step, let width = range.step, width <= 0 {
      report(.paramShape("the step of `\(name)` must be positive", at: location(step.span)))
      return false
    }
    return true
  }

  private func isBound(_ expression: Expression, _ name: String) -> Bool {
    if case .number = ConstantFolding().value(expression) { return true }
    report(.paramShape("a bound of `\(name)` must be a literal number", at: location(expression.span)))
    return false
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
