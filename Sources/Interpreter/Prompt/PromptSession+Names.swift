import Diagnostics
public import Syntax

extension PromptSession {
  /// The names of the session: values in order of their definition, then declarations in theirs.
  public var names: [PromptName] {
    let values = environment.order.compactMap { name in
      environment.bindings[name].map { binding in
        PromptName(
          name: name, kind: binding.kind == .variable ? .variable : .constant, signature: "",
          value: machine.globals[binding.slot].kind)
      }
    }
    return values + environment.declarations.compactMap(described)
  }

  private func described(_ declaration: PromptDeclaration) -> PromptName? {
    let name = declaration.name
    switch declaration.kind {
    case .param, .state:
      let value = machine.globals[slots.slot(name, of: "")]
      return PromptName(
        name: name, kind: declaration.kind == .param ? .param : .state, signature: "", value: value.kind)
    case .function: return PromptName(name: name, kind: .function, signature: signature(of: declaration), value: nil)
    case .importing: return PromptName(name: name, kind: .module, signature: "", value: nil)
    case .strategy, .test: return nil
    }
  }

  /// What a function takes and gives, as it was written: `(a, b: series, c = 2) -> number`.
  private func signature(of declaration: PromptDeclaration) -> String {
    guard case .function(let function) = declaration.declaration else { return "" }
    let parameters = function.parameters.map { parameter in
      let type = parameter.type.map { ": " + declaration.file.text($0.span) } ?? ""
      let initial = parameter.initial.map { " = " + declaration.file.text($0.span) } ?? ""
      return parameter.name.text + type + initial
    }
    let result = function.result.map { " -> " + declaration.file.text($0.span) } ?? ""
    return "(" + parameters.joined(separator: ", ") + ")" + result
  }

  /// The value of a `let`, `var`, param or state variable; valid until the next input.
  public func value(named name: String) -> Value? {
    guard names.contains(where: { $0.name == name && $0.value != nil }) else { return nil }
    return machine.globals[slots.slot(name, of: "")]
  }

  /// The modules that are imported: the name each has here, and its own.
  public var imports: [(name: String, module: String)] {
    guard let base else { return [] }
    return base.graph.script.imports.map { ($0.name, base.graph.modules[$0.index].displayName) }
  }

  /// The declarations that hold, in order.
  public var declarations: [PromptDeclaration] { environment.declarations }

  /// The session's module as it was last compiled; `nil` before the first input.
  public var unit: SourceUnit? { base?.graph.script.unit }

  /// The params of the session and of the modules it imports.
  public var params: [PromptParam] {
    guard let base else { return [] }
    var found: [PromptParam] = []
    for param in base.script.params { found.append(described(param, "", base.graph.script.unit.file)) }
    for one in base.graph.script.imports {
      let module = base.modules[one.index]
      for param in module.params { found.append(described(param, one.name + ".", module.unit.unit.file)) }
    }
    return found
  }

  private func described(_ param: LinkedParam, _ prefix: String, _ file: SourceFile) -> PromptParam {
    let declaration = param.declaration
    let end = declaration.constraint?.span.upper ?? declaration.span.upper
    let domain = file.text(Span(Int(declaration.initial.span.upper), Int(max(end, declaration.span.upper))))
    return PromptParam(
      name: prefix + param.name, param: param, value: constant(param.slot),
      initial: file.text(declaration.initial.span), domain: String(domain.drop { $0 == " " }))
  }

  /// The state variables of the session and of its modules with their values.
  public var states: [(name: String, value: Constant)] {
    guard let base else { return [] }
    let own = base.script.states.map { ($0.name, constant($0.slot)) }
    return own
      + base.graph.script.imports.flatMap { one in
        base.modules[one.index].states.map { ("\(one.name).\($0.name)", constant($0.slot)) }
      }
  }

  private func constant(_ slot: Int) -> Constant { Constant(machine.globals[slot]) ?? .none }

  /// The values that params were set to, in order.
  public var givenParams: [(name: String, value: Constant)] { environment.params }

  /// Sets a param of the session or of a module it imports, whose constants are evaluated anew.
  public func set(param name: String, to value: Constant) throws(PromptFailure) {
    guard base != nil else { return }
    let saved = begin()
    do throws(PromptFailure) {
      environment.params.removeAll { $0.name == name }
      environment.params.append((name, value))
      try applyParams()
    } catch {
      restore(saved)
      throw error
    }
  }

  /// Puts the state variables back to their initial values.
  public func resetState() throws(PromptFailure) {
    guard let base else { return }
    let saved = begin()
    do throws(PromptFailure) {
      try guarded(base, nil) { () throws(Trap) in
        for module in base.modules { try self.evaluateStates(of: module) }
      }
    } catch {
      restore(saved)
      throw error
    }
  }

  /// Gives state variables of the session the values that a run has left in them; others stay.
  public func adopt(state values: [(name: String, value: Constant)]) {
    guard let base else { return }
    machine.begin(asOf: nil)
    for state in base.script.states {
      guard let value = values.last(where: { $0.name == state.name })?.value else { continue }
      do throws(Trap) {
        machine.globals[state.slot] = try value.value(machine.evaluation)
        try keep(slot: state.slot, base)
      } catch {
        // Only a state larger than the session's memory fails to be copied; the variable then keeps its value.
        continue
      }
    }
  }

  /// Forgets where kept series were read and what was computed from columns, because another data set numbers its series
  /// otherwise and has columns of its own.
  public func forgetOrigins() {
    machine.columns.forget()
    for value in allKept { value.series?.layout.pointee.origin = SeriesOrigin(family: 0, index: 0) }
  }

  private var allKept: [Value] {
    (0..<slots.count).map { machine.globals[$0] } + environment.results.values
  }
}
