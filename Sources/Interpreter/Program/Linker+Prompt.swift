import Syntax

/// One statement that was typed at a prompt, ready to run.
struct InputCode {
  /// Gives the statement's value; of a binding the value that is bound.
  let node: Node
  /// The slots it needs.
  let frameSize: Int
}

extension Linker {
  /// Links one statement that was typed at a prompt.
  func link(input statement: Statement) -> InputCode {
    for (symbol, slot) in resolution.externals { module.globals[resolution.symbols[symbol].name] = slot }
    scope = FunctionScope()
    scope.opensDates = true
    let node: Node
    switch statement.kind {
    case .binding(let binding):
      let value = ShareNode.wrap(expression(binding.value))
      if case .list(let names, let span) = binding.pattern {
        node = LengthNode(value, names.count, site(span))
      } else {
        node = value
      }
    default: node = ShareNode.wrap(functionBody(.block(Block([statement], statement.span))))
    }
    return InputCode(node: node, frameSize: scope.size + 4)
  }
}
