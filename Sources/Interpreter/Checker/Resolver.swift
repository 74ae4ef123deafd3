import Diagnostics
import Syntax

/// Finds out what the names of a file mean.
///
/// A name is, in this order: a binding in sight, a name of the file, a builtin, an imported module. What follows a dot is
/// looked up among functions only, so a local value never hides a function there.
final class Resolver {
  let unit: SourceUnit
  let library: BuiltinLibrary
  /// The imported modules by their name in this file, in order.
  let imports: [(name: String, exports: ModuleExports, span: Span)]
  var result = Resolution()
  var diagnostics: [Diagnostic] = []
  var globals: [String: SymbolID] = [:]
  /// The names of `globals` in their order: what is like a name is looked for more than once.
  private(set) lazy var sortedGlobals = globals.keys.sorted()
  var scopes: [Scope] = []
  var usedImports: Set<String> = []
  /// What earlier inputs at a prompt have left; `nil` for files.
  let prompt: PromptScope?
  /// The names of modules that are not there: those that could not be imported, and those that an import was proposed
  /// for. That has been said once.
  var missingModules: Set<String>
  /// The modules that an import would find.
  let importable: any ImportableModules
  /// The names that the declaration under way declares; none in a test.
  private var declaring: [String] = []
  /// The constant whose value is resolved: constants below it are out of sight.
  private var constantPlace: Int32?

  /// A block, a function or a lambda under way.
  struct Scope {
    var names: [String: SymbolID] = [:]
    /// The node id of the function or lambda whose outermost scope this is.
    var function: NodeID?
    /// The parameter `as_of` of `signals` is the current date.
    var bindsAsOf = false
  }

  init(
    _ unit: SourceUnit, library: BuiltinLibrary, imports: [(name: String, exports: ModuleExports, span: Span)],
    missingModules: Set<String> = [], importable: any ImportableModules = NoModules(), prompt: PromptScope? = nil
  ) {
    self.importable = importable
    self.missingModules = missingModules
    self.prompt = prompt
    self.unit = unit
    self.library = library
    self.imports = imports
  }

  func resolve() -> (Resolution, [Diagnostic]) {
    declareGlobals()
    for declaration in unit.declarations { resolve(declaration) }
    reportUnused()
    return (result, diagnostics)
  }

  func location(_ span: Span) -> Location { .source(unit.file, span) }

  // MARK: Declarations

  private func declareGlobals() {
    for declaration in unit.declarations {
      switch declaration {
      case .importing, .strategy, .test: continue
      case .param(let param): declareGlobal(param.name, .param)
      case .state(let state): declareGlobal(state.name, .state)
      case .binding(let binding, _, _): for name in binding.names { declareGlobal(name, .constant) }
      case .function(let function): declareGlobal(function.name, .function)
      }
    }
  }

  /// The names of the file of a kind, in their order.
  func sortedGlobals(_ kind: Symbol.Kind) -> [String] {
    sortedGlobals.filter { name in globals[name].map { result.symbols[$0].kind == kind } ?? false }
  }

  private func declareGlobal(_ name: Name, _ kind: Symbol.Kind) {
    guard name.text != "_" else { return }
    if let first = globals[name.text] {
      diagnostics.append(
        .duplicateName(name.text, at: location(name.span), first: location(result.symbols[first].span)))
    }
    globals[name.text] = add(name, kind, owner: nil)
  }

  func add(_ name: Name, _ kind: Symbol.Kind, owner: NodeID?) -> SymbolID {
    let symbol = result.symbols.count
    result.symbols.append(Symbol(name: name.text, kind: kind, span: name.span, owner: owner))
    result.declarations[name.span.lower] = symbol
    return symbol
  }

  /// Declares a name in the innermost scope.
  func declare(_ name: Name, _ kind: Symbol.Kind) {
    guard name.text != "_", !scopes.isEmpty else { return }
    if let first = scopes[scopes.count - 1].names[name.text] {
      diagnostics.append(
        .duplicateName(name.text, at: location(name.span), first: location(result.symbols[first].span)))
    } else if let outer = find(name.text)?.symbol ?? globals[name.text], !name.text.hasPrefix("_"),
      result.externals[outer] == nil
    {
      diagnostics.append(
        .shadowedName(name.text, at: location(name.span), outer: location(result.symbols[outer].span)))
    }
    let owner = scopes.last { $0.function != nil }?.function
    scopes[scopes.count - 1].names[name.text] = add(name, kind, owner: owner)
  }

  private func resolve(_ declaration: Declaration) {
    declaring = declaration.declaredNames
    switch declaration {
    case .importing: return
    case .strategy(let strategy):
      // A bare word that nothing is named by is no name here: the checker knows what the key takes.
      for entry in strategy.entries where entry.value.bareWord.map({ globals[$0] != nil }) ?? true {
        expression(entry.value)
      }
    case .param(let param):
      expression(param.initial)
      switch param.domain {
      case .range(let lower, let upper, _, let step):
        expression(lower)
        expression(upper)
        if let step { expression(step) }
      case .list(let items): for item in items { expression(item) }
      case nil: break
      }
      if let constraint = param.constraint { expression(constraint) }
    case .state(let state): expression(state.initial)
    case .binding(let binding, _, let span):
      constantPlace = span.lower
      expression(binding.value)
      constantPlace = nil
    case .function(let function): body(of: function, isSignals: function.name.text == "signals")
    case .test(let test):
      inScope(function: test.id) { block(test.body) }
    }
  }

  func body(of function: FunctionDeclaration, isSignals: Bool = false) {
    inScope(function: function.id) {
      for parameter in function.parameters {
        // A default may use the parameters before its own.
        if let initial = parameter.initial { expression(initial) }
        if isSignals, parameter.name.text == "as_of" {
          scopes[scopes.count - 1].bindsAsOf = true
          _ = add(parameter.name, .parameter, owner: function.id)
        } else {
          declare(parameter.name, .parameter)
        }
      }
      switch function.body {
      case .expression(let value): expression(value)
      case .block(let block): self.block(block)
      }
    }
  }

  func inScope(function: NodeID? = nil, _ work: () -> Void) {
    scopes.append(Scope(function: function))
    work()
    scopes.removeLast()
  }

  // MARK: Lookup

  /// Notes what an expression refers to.
  func refer(_ id: NodeID, to reference: Reference?, _ span: Span) {
    guard let reference else { return }
    result.references[id] = reference
    switch reference {
    case .function, .global, .member: break
    case .builtin(let name): guard library[name]?.effect == .testing else { return }
    case .local, .asOf, .hold, .flat, .module: return
    }
    for name in declaring { result.mentions[name, default: []].append(Mention(reference: reference, span: span)) }
  }

  /// A binding in sight, and the functions between it and here, outermost first.
  func find(_ name: String) -> (symbol: SymbolID, crossed: [NodeID])? {
    var crossed: [NodeID] = []
    for scope in scopes.reversed() {
      if let symbol = scope.names[name] { return (symbol, crossed.reversed()) }
      if let function = scope.function { crossed.append(function) }
    }
    return nil
  }

  /// What a name as an expression means; unknown names are reported.
  func reference(_ name: String, _ span: Span) -> Reference? {
    if let (symbol, crossed) = find(name) {
      result.symbols[symbol].readCount += 1
      capture(symbol, crossed, span)
      return .local(symbol)
    }
    if let symbol = global(named: name) { return global(symbol, name, span) }
    if let function = promptFunction(name, span) { return function }
    switch name {
    case "as_of": return .asOf
    case "hold": return .hold
    case "flat": return .flat
    default: break
    }
    if library.entries[name] != nil { return builtin(name) }
    if imports.contains(where: { $0.name == name }) {
      usedImports.insert(name)
      return .module(name)
    }
    reportUnknown(name, span)
    return nil
  }

  private func capture(_ symbol: SymbolID, _ crossed: [NodeID], _ span: Span) {
    guard !crossed.isEmpty else { return }
    if result.symbols[symbol].kind == .variable {
      diagnostics.append(.capturedVariable(result.symbols[symbol].name, at: location(span)))
    }
    for function in crossed where result.captures[function]?.contains(symbol) != true {
      result.captures[function, default: []].append(symbol)
    }
  }

  private func global(_ symbol: SymbolID, _ name: String, _ span: Span) -> Reference {
    result.symbols[symbol].readCount += 1
    noteExternal(symbol, name, span)
    switch result.symbols[symbol].kind {
    case .function: return .function(symbol)
    case .constant, .state:
      if let constantPlace, result.symbols[symbol].span.lower >= constantPlace {
        diagnostics.append(
          .usedBeforeDeclared(name, at: location(span), declared: location(result.symbols[symbol].span)))
      }
      return .global(symbol)
    case .variable, .parameter, .loop, .param, .module: return .global(symbol)
    }
  }

  /// Notes what a builtin makes the script depend on.
  func builtin(_ name: String, argumentCount: Int? = nil) -> Reference {
    let builtin = library.entries[name]?.builtin
    switch argumentCount.map({ builtin?.effect(argumentCount: $0) }) ?? builtin?.effect {
    case .readsPortfolio:
      result.isPure = false
      result.readsPortfolio = true
    case .random: result.isPure = false
    case .pure, .readsData, .output, .testing, nil: break
    }
    return .builtin(name)
  }

  // MARK: Reports

  /// Problems after which names like an unknown one are not looked for.
  static let mostSuggestions = 50

  private func reportUnknown(_ name: String, _ span: Span) {
    guard !isDoubtful(name) else { return }
    if name == "_" {
      diagnostics.append(
        .unknownName(
          name, suggestions: [], note: "`_` stands for what is not needed; give a name to what is read",
          at: location(span)))
      return
    }
    if let foreign = ForeignName.named(name) {
      diagnostics.append(.foreignName(name, foreign, at: location(span)))
      return
    }
    if reportForgottenImport(of: name, span) { return }
    // Of a text of nonsense only the first errors are shown, and to look for like names takes time.
    guard diagnostics.count < Resolver.mostSuggestions else {
      diagnostics.append(.unknownName(name, suggestions: [], note: nil, at: location(span)))
      return
    }
    let local = scopes.reversed().flatMap { $0.names.keys.sorted() }
    let candidates =
      local + sortedGlobals + (prompt?.names ?? []) + library.names + imports.map(\.name)
      + ["as_of", "hold", "flat"]
    diagnostics.append(
      .unknownName(name, suggestions: Suggestions.close(to: name, among: candidates), note: nil, at: location(span)))
  }

  /// Whether a name may have been declared where the text could not be read, or by a module that could not be found.
  func isDoubtful(_ name: String) -> Bool { unit.skippedNames.contains(name) || missingModules.contains(name) }

  private func reportUnused() {
    // What a module declares is read by others.
    let isStrategy = unit.functions.contains { $0.name.text == "signals" }
    for symbol in result.symbols where symbol.readCount == 0 && !symbol.name.hasPrefix("_") {
      switch symbol.kind {
      case .constant, .variable:
        if symbol.owner != nil {
          diagnostics.append(.unusedBinding(symbol.name, at: location(symbol.span)))
        } else if isStrategy {
          diagnostics.append(.neverRead("the constant", symbol.name, at: location(symbol.span)))
        }
      case .param:
        if isStrategy { diagnostics.append(.neverRead("the param", symbol.name, at: location(symbol.span))) }
      case .state:
        if isStrategy { diagnostics.append(.neverRead("the state", symbol.name, at: location(symbol.span))) }
      case .parameter, .loop, .function, .module: continue
      }
    }
    for one in imports where !usedImports.contains(one.name) {
      diagnostics.append(.unusedImport(one.name, at: location(one.span)))
    }
  }
}

extension Declaration {
  /// The names that it declares.
  fileprivate var declaredNames: [String] {
    switch self {
    case .importing, .strategy, .test: []
    case .param(let param): [param.name.text]
    case .state(let state): [state.name.text]
    case .binding(let binding, _, _): binding.names.map(\.text)
    case .function(let function): [function.name.text]
    }
  }
}

/// What a module shows to those who import it.
struct ModuleExports {
  var functions: Set<String> = []
  var values: Set<String> = []

  /// All names, for suggestions, ascending.
  var names: [String] { functions.union(values).sorted() }

  init(_ unit: SourceUnit) {
    for declaration in unit.declarations {
      switch declaration {
      case .importing, .strategy, .test: continue
      case .param(let param): add(param.name.text, to: &values)
      case .state(let state): add(state.name.text, to: &values)
      case .binding(let binding, _, _): for name in binding.names { add(name.text, to: &values) }
      case .function(let function): add(function.name.text, to: &functions)
      }
    }
  }

  private func add(_ name: String, to set: inout Set<String>) {
    if !name.hasPrefix("_") { set.insert(name) }
  }
}
