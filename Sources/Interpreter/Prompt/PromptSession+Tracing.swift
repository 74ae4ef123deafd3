public import Diagnostics
public import MarketModel
import Syntax

/// What the operands of an expression gave when it was evaluated at a prompt.
public struct PromptTrace: Sendable {
  /// The expression with all below it; `nil` where the evaluation stopped before it began.
  public let root: TraceNode?
  /// Why the evaluation stopped, with what the trace says of it; `nil` where it did not.
  public let failure: Diagnostic?
}

/// The expression that a value of a session came from.
public struct PromptOrigin: Sendable {
  /// The expression.
  public let text: String
  /// The day it was evaluated on.
  public let asOf: Day?
}

extension PromptSession {
  /// Evaluates an expression and says what its operands gave, inside the functions of the session and of its modules
  /// too; everything is left as it was.
  ///
  /// - Parameters:
  ///   - detail: how much of the trace is kept.
  /// - Returns: `nil` if the text is no single expression.
  /// - Throws: what is wrong with the text; what stops the evaluation is in the trace.
  public func trace(_ text: String, asOf: Day?, _ detail: Tracer.Detail) throws(PromptFailure) -> PromptTrace? {
    guard let (statement, input) = try expression(text) else { return nil }
    let saved = begin()
    defer { restore(saved) }
    let checked = try check(statement, input)
    // All modules anew, over the slots whose values the session has; its own program is not touched.
    let program = Program(
      checked.graph, library: library, onto: [], slots: slots, sites: SiteTable(after: liveSegments), isTraced: true,
      original: checked.base.original)
    defer { for slot in program.unnamedSlots { slots.release(slot) } }
    let code = Linker(module: checked.graph.modules.count - 1, in: program).link(input: statement)
    lend(results: checked.module.resolution)
    defer { withdraw(results: checked.module.resolution, isKept: false) }
    let tracer = Tracer(detail)
    machine.tracer = tracer
    defer { machine.tracer = nil }
    do throws(PromptFailure) {
      try guarded(program, asOf) { () throws(Trap) in
        _ = try self.machine.evaluate(code.node, code.frameSize)
      }
    } catch {
      let explained = machine.fault.map { FaultExplanation($0, tracer.roots).explained().diagnostic }
      return PromptTrace(root: tracer.roots.last, failure: explained ?? error.diagnostics.first)
    }
    return PromptTrace(root: tracer.roots.last, failure: nil)
  }

  /// What a `let`, a `var` or a result was given last, as far as one expression gave it.
  public func origin(of name: String) -> PromptOrigin? {
    let number = resultNumber(name)
    for entry in entries.reversed() {
      for part in entry.parts.reversed() {
        if let number, part.result == number { return PromptOrigin(text: entry.file.text(part.span), asOf: entry.asOf) }
        if part.binds == [name], let value = part.boundValue {
          return PromptOrigin(text: entry.file.text(value), asOf: entry.asOf)
        }
      }
    }
    return nil
  }

  // MARK: Types

  /// The type of an expression, without evaluating it: of a function its signature, of anything else what is known of
  /// its value, such as `list[series]`.
  ///
  /// - Returns: `nil` where the value itself says more: of a name that has one, of a function that is not declared in
  ///   the session or a module; and if the text is no single expression.
  public func type(of text: String) throws(PromptFailure) -> String? {
    guard let (statement, input) = try expression(text), case .expression(let expression) = statement.kind else {
      return nil
    }
    let saved = begin()
    defer { restore(saved) }
    let checked = try check(statement, input)
    switch expression.kind {
    case .name, .member:
      guard case .member(let module, let name)? = checked.module.resolution.references[expression.id],
        let index = checked.module.imports.first(where: { $0.name == module })?.index
      else { return nil }
      return checked.base.graph.types(library: library, ofModule: index).declaration(name)?.text
    case .lambda: return nil
    default: return checked.types.expressions[expression.id]?.type.text
    }
  }
}
