import Diagnostics
import Syntax

extension Resolver {
  func block(_ block: Block) {
    inScope { for statement in block.statements { self.statement(statement) } }
  }

  private func statement(_ statement: Statement) {
    switch statement.kind {
    case .binding(let binding):
      expression(binding.value)
      for name in binding.names { declare(name, binding.isVariable ? .variable : .constant) }
    case .function(let function):
      declare(function.name, .function)
      body(of: function)
    case .assign(let place, let operation, let value):
      expression(value)
      assign(place, reads: operation != .set)
    case .expression(let value): expression(value)
    case .loop(let condition, let block):
      expression(condition)
      self.block(block)
    case .forEach(let names, let sequence, let block):
      expression(sequence)
      inScope {
        for name in names { declare(name, .loop) }
        self.block(block)
      }
    case .return(let value): if let value { expression(value) }
    case .assert(let condition, let message):
      expression(condition)
      if let message { expression(message) }
    case .break, .continue, .invalid: break
    }
  }

  // MARK: Assignment

  private func assign(_ place: Expression, reads: Bool) {
    switch place.kind {
    case .name(let name): assignName(name, place, reads: reads)
    case .index(let base, let index):
      assign(base, reads: true)
      expression(index)
    case .member(let base, _): assign(base, reads: true)
    case .parenthesized(let inner): assign(inner, reads: reads)
    default: expression(place)
    }
  }

  private func assignName(_ name: String, _ place: Expression, reads: Bool) {
    let at = location(place.span)
    if let (symbol, crossed) = find(name) {
      result.references[place.id] = .local(symbol)
      guard crossed.isEmpty else {
        diagnostics.append(.capturedVariable(name, at: at))
        return
      }
      switch result.symbols[symbol].kind {
      case .variable: return
      case .constant:
        diagnostics.append(.notAssignable(name, "declared with `let`", at: at, remedy: "declare it with `var`"))
      case .parameter, .loop, .function, .param, .state, .module:
        diagnostics.append(
          .notAssignable(name, "a parameter, loop name or function", at: at, remedy: "copy it to a `var` first"))
      }
      return
    }
    guard let symbol = global(named: name) else {
      assignUnknown(name, place, reads: reads)
      return
    }
    result.references[place.id] = .global(symbol)
    noteExternal(symbol, name, place.span)
    guard result.symbols[symbol].kind != .state, !isAssignableExternal(symbol) else { return }
    diagnostics.append(
      .notAssignable(
        name, "constant within a run", at: at, remedy: "only `var` bindings and `state` can be assigned to"))
  }

  /// What is assigned to without a declaration is declared from here on, so that it is said once.
  private func assignUnknown(_ name: String, _ place: Expression, reads: Bool) {
    let isTaken = ["as_of", "hold", "flat"].contains(name) || library.entries[name] != nil
    if reads || isTaken || imports.contains(where: { $0.name == name }) {
      _ = reference(name, place.span)
    } else if !isDoubtful(name) {
      // As for every unknown name: to look for like names takes time.
      let isSought = diagnostics.count < Resolver.mostSuggestions
      let variables =
        !isSought
        ? []
        : scopes.reversed().flatMap { scope in
          scope.names.filter { result.symbols[$0.value].kind == .variable }.keys.sorted()
        }
      let states = isSought ? sortedGlobals(.state) : []
      let close = Suggestions.close(to: name, among: variables + states)
      diagnostics.append(.unknownTarget(name, suggestions: close, at: location(place.span)))
      if !scopes.isEmpty { declare(Name(name, place.span), .loop) }
    }
  }

  // MARK: Expressions

  func expression(_ expression: Expression) {
    switch expression.kind {
    case .number, .duration, .date, .boolean, .missing, .none, .invalid: return
    case .name(let name):
      refer(expression.id, to: reference(name, expression.span), expression.span)
    case .string(let literal):
      for case .interpolation(let value, _) in literal.segments { self.expression(value) }
    case .parenthesized(let inner), .unary(_, let inner): self.expression(inner)
    case .list(let items): for item in items { self.expression(item) }
    case .map(let entries):
      for entry in entries {
        self.expression(entry.key)
        self.expression(entry.value)
      }
    case .listComprehension(let item, let clauses): comprehension(clauses[...]) { self.expression(item) }
    case .mapComprehension(let key, let value, let clauses):
      comprehension(clauses[...]) {
        self.expression(key)
        self.expression(value)
      }
    case .binary(_, let left, let right), .index(let left, let right):
      self.expression(left)
      self.expression(right)
    case .range(let lower, let upper, _, let step):
      self.expression(lower)
      self.expression(upper)
      if let step { self.expression(step) }
    case .slice(let base, let lower, let upper, _):
      self.expression(base)
      if let lower { self.expression(lower) }
      if let upper { self.expression(upper) }
    case .call(let callee, let arguments): call(expression, callee, arguments)
    case .methodCall(let receiver, let name, let arguments): method(expression, receiver, name, arguments)
    case .member(let receiver, let name): member(expression, receiver, name)
    case .lambda(let lambda): self.lambda(lambda, expression)
    case .conditional(let branch): conditional(branch)
    case .at(let date, let block):
      self.expression(date)
      self.block(block)
    }
  }

  private func conditional(_ branch: If) {
    expression(branch.condition)
    block(branch.then)
    switch branch.otherwise {
    case .none: return
    case .block(let block): self.block(block)
    case .conditional(let next, _, _): conditional(next)
    }
  }

  private func comprehension(_ clauses: ArraySlice<Clause>, _ innermost: () -> Void) {
    guard let clause = clauses.first else { return innermost() }
    switch clause {
    case .loop(let names, let sequence):
      expression(sequence)
      inScope {
        for name in names { declare(name, .loop) }
        comprehension(clauses.dropFirst(), innermost)
      }
    case .condition(let condition):
      expression(condition)
      comprehension(clauses.dropFirst(), innermost)
    }
  }

  private func lambda(_ lambda: Lambda, _ expression: Expression) {
    inScope(function: expression.id) {
      for name in lambda.parameters { declare(name, .parameter) }
      switch lambda.body {
      case .expression(let value): self.expression(value)
      case .block(let block): self.block(block)
      }
    }
  }

  // MARK: Calls

  private func call(_ expression: Expression, _ callee: Expression, _ arguments: [Argument]) {
    self.callee(callee, argumentCount: arguments.count)
    for argument in arguments { self.expression(argument.value) }
    checkSignalsCall(expression, callee, arguments)
  }

  /// In `f(x)`, a module's name hides no function: `macro("X")` is the primitive after `import macro`.
  private func callee(_ callee: Expression, argumentCount: Int) {
    guard case .name(let name) = callee.kind, find(name) == nil, global(named: name) == nil else {
      return expression(callee)
    }
    if let function = promptFunction(name, callee.span) {
      result.references[callee.id] = function
      return
    }
    if library.entries[name] != nil {
      return refer(callee.id, to: builtin(name, argumentCount: argumentCount), callee.span)
    }
    let owners = owners(of: name)
    guard owners.count == 1 else {
      if owners.count > 1 {
        diagnostics.append(.ambiguousFunction(name, modules: owners, at: location(callee.span)))
        return
      }
      if ForeignName.named(name) == nil, reportForgottenImport(ofFunction: name, callee.span) { return }
      return expression(callee)
    }
    // A module's function is reached through a dot; a plain call says how.
    diagnostics.append(
      .unknownName(
        name, suggestions: [], note: "module `\(owners[0])` has it: `\(owners[0]).\(name)(…)` or `x.\(name)(…)`",
        at: location(callee.span), fix: "\(owners[0]).\(name)"))
    usedImports.insert(owners[0])
  }

  private func owners(of function: String) -> [String] {
    imports.filter { $0.exports.functions.contains(function) }.map(\.name)
  }

  private func checkSignalsCall(_ expression: Expression, _ callee: Expression, _ arguments: [Argument]) {
    switch result.references[callee.id] {
    case .function(let symbol): if result.symbols[symbol].name != "signals" { return }
    case .member(PromptScope.module, "signals"): break
    default: return
    }
    guard let argument = arguments.first else { return }
    if case .name("as_of") = argument.value.kind { return }
    diagnostics.append(.signalsElsewhere(unit.file.text(argument.value.span), at: location(expression.span)))
  }

  /// The module that a receiver names, unless a local or global binding has the name.
  private func module(_ receiver: Expression) -> (name: String, exports: ModuleExports)? {
    guard case .name(let name) = receiver.kind, find(name) == nil, global(named: name) == nil,
      let one = imports.first(where: { $0.name == name })
    else { return nil }
    usedImports.insert(name)
    result.references[receiver.id] = .module(name)
    return (name, one.exports)
  }

  private func method(_ expression: Expression, _ receiver: Expression, _ name: Name, _ arguments: [Argument]) {
    if let module = module(receiver) {
      if module.exports.functions.contains(name.text) {
        refer(expression.id, to: .member(module: module.name, name: name.text), name.span)
      } else {
        reportMember(module.name, module.exports, name)
      }
    } else {
      if reportForeign(receiver, name) {
        for argument in arguments { self.expression(argument.value) }
        return
      }
      self.expression(receiver)
      if case .name = receiver.kind, result.references[receiver.id] == nil {
        // What is behind the dot of an unknown name is not news.
        for argument in arguments { self.expression(argument.value) }
        return
      }
      refer(expression.id, to: function(behindDot: name, arguments.count + 1), name.span)
    }
    for argument in arguments { self.expression(argument.value) }
  }

  /// Whether `receiver.name` belongs to a library of another tool, such as `ta.sma`; that is reported.
  private func reportForeign(_ receiver: Expression, _ name: Name) -> Bool {
    guard case .name(let base) = receiver.kind, find(base) == nil, global(named: base) == nil,
      library.entries[base] == nil || ForeignName.named("\(base).\(name.text)") != nil, ForeignName.isNamespace(base),
      !isDoubtful(base)
    else { return false }
    let at = location(receiver.span.union(name.span))
    if let foreign = ForeignName.named("\(base).\(name.text)") {
      diagnostics.append(.foreignName("\(base).\(name.text)", foreign, at: at))
    } else {
      diagnostics.append(.foreignNamespace(base, name.text, isKnown: library.entries[name.text] != nil, at: at))
    }
    return true
  }

  /// A function behind a dot: the file's own, a builtin, or that of the one imported module which has it.
  private func function(behindDot name: Name, _ argumentCount: Int) -> Reference? {
    if let symbol = globals[name.text], result.symbols[symbol].kind == .function {
      result.symbols[symbol].readCount += 1
      return .function(symbol)
    }
    if let function = promptFunction(name.text, name.span) { return function }
    if library.entries[name.text] != nil { return builtin(name.text, argumentCount: argumentCount) }
    let owners = owners(of: name.text)
    if owners.count == 1 {
      usedImports.insert(owners[0])
      return .member(module: owners[0], name: name.text)
    }
    if owners.count > 1 {
      diagnostics.append(.ambiguousFunction(name.text, modules: owners, at: location(name.span)))
      return nil
    }
    if isDoubtful(name.text) { return nil }
    if let foreign = ForeignName.named("." + name.text) ?? ForeignName.named(name.text) {
      diagnostics.append(.foreignName(name.text, foreign, at: location(name.span)))
      return nil
    }
    if reportForgottenImport(behindDot: name) { return nil }
    guard diagnostics.count < Resolver.mostSuggestions else {
      diagnostics.append(.unknownName(name.text, suggestions: [], note: nil, at: location(name.span)))
      return nil
    }
    let functions = sortedGlobals(.function)
    let candidates =
      functions + (prompt?.functions ?? []).sorted() + library.names
      + imports.flatMap { $0.exports.functions.sorted() }
    diagnostics.append(
      .unknownName(
        name.text, suggestions: Suggestions.close(to: name.text, among: candidates), note: nil,
        at: location(name.span)))
    return nil
  }

  private func member(_ expression: Expression, _ receiver: Expression, _ name: Name) {
    guard let module = module(receiver) else {
      if !reportForeign(receiver, name) { self.expression(receiver) }
      return
    }
    if module.exports.functions.contains(name.text) || module.exports.values.contains(name.text) {
      refer(expression.id, to: .member(module: module.name, name: name.text), name.span)
    } else {
      reportMember(module.name, module.exports, name)
    }
  }

  private func reportMember(_ module: String, _ exports: ModuleExports, _ name: Name) {
    diagnostics.append(
      .unknownMember(
        module, name.text, suggestions: Suggestions.close(to: name.text, among: exports.names), at: location(name.span))
    )
  }
}
