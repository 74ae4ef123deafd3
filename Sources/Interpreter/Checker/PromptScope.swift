import Diagnostics
import Syntax

/// What earlier inputs at a prompt have left, as far as names go.
struct PromptScope {
  /// A name that has a value.
  struct Value {
    /// How the name came to be: `constant`, `variable`, `param` or `state`.
    let kind: Symbol.Kind
    /// The slot of its value.
    let slot: Int
    /// What is known of its value.
    let type: StaticType
  }

  /// The name under which an input refers to the module of the session's own functions; no import can have it.
  static let module = ""

  /// The value of a name; `nil` if it has none.
  let value: (String) -> Value?
  /// The names that have values, for suggestions.
  let names: [String]
  /// The functions of the session, where they are another module's than that which is resolved.
  let functions: Set<String>
}

extension Resolver {
  /// A name of the file, or the value of an earlier input, which becomes a symbol when it is first asked for.
  func global(named name: String) -> SymbolID? {
    if let symbol = globals[name] { return symbol }
    guard let value = prompt?.value(name) else { return nil }
    // Before all of the file, so that it counts as declared above everything.
    let symbol = add(Name(name, Span(-1, -1)), value.kind, owner: nil)
    result.declarations[-1] = nil
    result.externals[symbol] = value.slot
    globals[name] = symbol
    return symbol
  }

  /// Notes that the value of an earlier input is used. A function does not see variables, as in a file.
  func noteExternal(_ symbol: SymbolID, _ name: String, _ span: Span) {
    guard result.externals[symbol] != nil else { return }
    let isInFunction = scopes.contains { $0.function != nil }
    result.externalReads.append((name, span, isInFunction))
    if isInFunction, result.symbols[symbol].kind == .variable {
      diagnostics.append(.capturedVariable(name, at: location(span)))
    }
  }

  /// Whether a name is the variable of an earlier input.
  func isAssignableExternal(_ symbol: SymbolID) -> Bool {
    result.externals[symbol] != nil && result.symbols[symbol].kind == .variable
  }

  /// A function of the session.
  func promptFunction(_ name: String, _ span: Span) -> Reference? {
    guard let prompt, prompt.functions.contains(name) else { return nil }
    result.externalReads.append((name, span, scopes.contains { $0.function != nil }))
    return .member(module: PromptScope.module, name: name)
  }

  /// Finds out what the names of one statement mean that was typed at a prompt.
  func resolve(input statement: Statement) -> (Resolution, [Diagnostic]) {
    if case .binding(let binding) = statement.kind {
      expression(binding.value)
    } else {
      block(Block([statement], statement.span))
    }
    return (result, diagnostics)
  }
}
