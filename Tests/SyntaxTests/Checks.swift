import Diagnostics
import MarketModel
import Syntax

/// The codes of what is wrong with a file.
func codes(_ text: String) -> [String] {
  parse(SourceFile(name: "test.strat", text: text)).diagnostics.map(\.code)
}

/// The codes of what is wrong with an expression.
func codes(expression: String) -> [String] { codes("let x = \(expression)") }

/// The value of the only binding of a text.
func value(_ expression: String) -> Expression? {
  let (unit, diagnostics) = parse(SourceFile(name: "test.strat", text: "let x = \(expression)"))
  guard diagnostics.isEmpty, unit.declarations.count == 1, case .binding(let binding, _, _) = unit.declarations[0]
  else { return nil }
  return binding.value
}

/// An expression written with all its parentheses; `nil` where it does not parse.
func grouped(_ expression: String) -> String? { value(expression).map(text) }

private func text(_ expression: Expression) -> String {
  switch expression.kind {
  case .number(let number): "\(number)"
  case .name(let name): name
  case .boolean(let value): "\(value)"
  case .missing: "na"
  case .none: "none"
  case .parenthesized(let inner): text(inner)
  case .unary(let operation, let operand): "(\(operation.rawValue) \(text(operand)))"
  case .binary(let operation, let left, let right): "(\(text(left)) \(operation.rawValue) \(text(right)))"
  case .range(let lower, let upper, let inclusive, let step):
    "(\(text(lower)) \(inclusive ? ".." : "..<") \(text(upper))\(step.map { " step \(text($0))" } ?? ""))"
  case .call(let callee, let arguments): "\(text(callee))(\(list(arguments)))"
  case .methodCall(let receiver, let name, let arguments): "\(text(receiver)).\(name.text)(\(list(arguments)))"
  case .member(let receiver, let name): "\(text(receiver)).\(name.text)"
  case .index(let base, let index): "\(text(base))[\(text(index))]"
  case .slice(let base, let lower, let upper, let inclusive):
    "\(text(base))[\(lower.map(text) ?? "")\(inclusive ? ":=" : ":")\(upper.map(text) ?? "")]"
  case .lambda(let lambda):
    "(\(lambda.parameters.map(\.text).joined(separator: " ")) -> \(body(lambda.body)))"
  case .duration(let duration): duration.description
  case .date(let day): day.description
  case .list(let items): "[\(items.map(text).joined(separator: " "))]"
  case .string, .listComprehension, .map, .mapComprehension, .conditional, .at, .invalid: "…"
  }
}

private func body(_ body: FunctionBody) -> String {
  switch body {
  case .expression(let expression): text(expression)
  case .block(let block): "{\(block.statements.count)}"
  }
}

private func list(_ arguments: [Argument]) -> String {
  arguments.map { ($0.label.map { "\($0.text): " } ?? "") + text($0.value) }.joined(separator: " ")
}
