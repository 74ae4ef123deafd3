import Diagnostics
import Syntax

extension Checker {
  /// Checks one statement that was typed at a prompt, where a date is current and every value is shown.
  func check(input statement: Statement, _ scope: PromptScope) -> [Diagnostic] {
    flow = Flow()
    flow.isDateless = false
    for symbol in resolution.externals.keys {
      types[symbol] = scope.value(resolution.symbols[symbol].name)?.type ?? .unknown
    }
    _ = block(Block([statement], statement.span), used: true)
    return diagnostics
  }
}
