import Diagnostics
import Syntax

extension PromptSession {
  /// Binds a name to a value that the embedding program makes, as a `let` would; what had the name before is replaced.
  ///
  /// The value belongs to no input: `entries` does not hold it.
  ///
  /// - Parameter make: makes the value in the memory of the evaluation, from which it is copied.
  public func bind(_ name: String, to make: (Evaluation) throws(Trap) -> Value) throws(PromptFailure) {
    tidy()
    let saved = begin()
    do throws(PromptFailure) {
      let file = SourceFile(name: name, text: "let \(name) = none")
      let input = parsePrompt(file, nesting: machine.limits.nesting)
      guard !input.diagnostics.contains(where: { $0.severity == .error }) else {
        throw PromptFailure(input.diagnostics)
      }
      var outcome = PromptOutcome()
      try declare(input.entries, PromptInputFile(file: file, nodeCount: input.nodeCount), &outcome)
      guard let base, let slot = environment.bindings[name]?.slot else { return }
      try guarded(base, nil) { () throws(Trap) in
        let value = try make(self.machine.evaluation)
        self.machine.globals[slot] = try self.store.keep(value, self.machine.evaluation, owners: [base])
      }
      environment.bindings[name]?.isSet = true
      machine.globals[slot].share()
    } catch {
      restore(saved)
      throw error
    }
  }
}
