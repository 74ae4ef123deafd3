import Syntax

/// What a function's body asks of its parameters: the types that hover shows where nothing is annotated.
///
/// Demands refuse nothing: a parameter that is handed to a function of strings may never get there.
extension Checker {
  /// Notes that an expression, if it is a parameter, is given where a type is wanted.
  func demand(_ type: TypeExpression, of expression: Expression) {
    guard let symbol = parameter(expression) else { return }
    var wanted = type
    if case .optional(let inner) = type { wanted = inner }
    guard wanted != .any, demands[symbol]?.contains(wanted) != true else { return }
    demands[symbol, default: []].append(wanted)
  }

  /// The same for what is handed to a parameter of a script's function.
  func demand(of expression: Expression, asFor parameter: Parameter) {
    if let annotation = parameter.type { return demand(TypeExpression(annotation), of: expression) }
    guard let symbol = symbol(parameter.name), let wanted = demands[symbol] else { return }
    for type in wanted { demand(type, of: expression) }
  }

  private func parameter(_ expression: Expression) -> SymbolID? {
    switch expression.kind {
    case .parenthesized(let inner): return parameter(inner)
    case .name:
      guard case .local(let symbol) = resolution.references[expression.id],
        case .parameter = resolution.symbols[symbol].kind
      else { return nil }
      return symbol
    default: return nil
    }
  }

  /// What is known of a parameter: its annotation, else what all its uses agree on, else what its default is.
  func typeText(of parameter: Parameter, in function: FunctionDeclaration) -> String? {
    if let annotation = parameter.type { return TypeExpression(annotation).text }
    if function.name.text == "signals", parameter.name.text == "as_of" { return "date" }
    guard let symbol = symbol(parameter.name) else { return nil }
    let wanted = demands[symbol] ?? []
    if wanted.count == 1 { return wanted[0].text }
    guard wanted.isEmpty, let initial = parameter.initial, let value = folding.value(initial) else {
      return nil
    }
    return value.kind.text
  }
}
