import Diagnostics
import Syntax

/// Finds what would fail if it ran, before anything runs, and what is doubtful.
///
/// One walk over the file infers the type of each expression from its parts and checks it on the way. It refuses only
/// what is certain: a type that is not known fits everything. Functions are checked when they are first called or
/// reached, so that their results are known to callers.
final class Checker {
  let unit: SourceUnit
  let resolution: Resolution
  let library: BuiltinLibrary
  /// The imported modules by their name in this file.
  let imports: [String: SourceUnit]
  let rules: CheckingRules
  /// What is known of the functions and values of imported modules, by module and name.
  let exports: [String: [String: StaticType]]
  /// What hover and `:type` read; filled in only where somebody asks.
  var record: TypeRecord?
  /// What parameters without annotation are handed on to, in order.
  var demands: [SymbolID: [TypeExpression]] = [:]
  /// The expressions that constants and bindings were given, to see where a series comes from.
  var sources: [SymbolID: Expression] = [:]
  var diagnostics: [Diagnostic] = []
  /// What is known of bindings and functions' results.
  var types: [SymbolID: StaticType] = [:]
  var results: [SymbolID: StaticType] = [:]
  /// The functions of the file, nested ones from where they stand.
  var functions: [SymbolID: FunctionDeclaration] = [:]
  /// The constants of the file, for folding.
  var constants: [String: Literal] = [:]
  var flow = Flow()
  private var started: Set<SymbolID> = []
  private var nesting = 0

  /// What surrounds the place under way.
  struct Flow {
    /// There is a function or test to return from.
    var canReturn = false
    /// How many loops of the function surround the place.
    var loops = 0
    /// A `break` was seen in the innermost loop.
    var sawBreak = false
    /// No date is current: constants, defaults of params, initial values of state, bare tests.
    var isDateless = true
    /// The place is in a test.
    var isTest = false
    /// The place is in a declared function, where `as_of` is the current date.
    var isFunction = false
    /// The place is in an argument of `fails`, where errors are welcome.
    var isQuiet = false
    /// What `return` gives.
    var returned = StaticType.never
  }

  init(
    _ unit: SourceUnit, _ resolution: Resolution, library: BuiltinLibrary, imports: [String: SourceUnit],
    rules: CheckingRules, exports: [String: [String: StaticType]] = [:]
  ) {
    self.exports = exports
    self.unit = unit
    self.resolution = resolution
    self.library = library
    self.imports = imports
    self.rules = rules
  }

  /// What was found, in the order of the text.
  func check() -> [Diagnostic] {
    for function in unit.functions { if let symbol = symbol(function.name) { functions[symbol] = function } }
    checkStrategyBlocks()
    checkSignals()
    for declaration in unit.declarations { values(of: declaration) }
    for declaration in unit.declarations { code(of: declaration) }
    return diagnostics.enumerated().sorted { a, b in
      (a.element.offset, a.offset) < (b.element.offset, b.offset)
    }.map(\.element)
  }

  func location(_ span: Span) -> Location { .source(unit.file, span) }

  func symbol(_ name: Name) -> SymbolID? { resolution.declarations[name.span.lower] }

  func report(_ diagnostic: @autoclosure () -> Diagnostic) {
    if !flow.isQuiet { diagnostics.append(diagnostic()) }
  }

  /// Reports what run time would report, at a place.
  func report(_ diagnostic: @autoclosure () -> Diagnostic, at span: Span) {
    guard !flow.isQuiet else { return }
    var placed = diagnostic()
    placed.location = location(span)
    diagnostics.append(placed)
  }

  // MARK: Declarations

  private func values(of declaration: Declaration) {
    flow = Flow()
    switch declaration {
    case .importing, .strategy, .test, .function: return
    case .param(let param): checkParam(param)
    case .state(let state):
      let type = infer(state.initial)
      if let symbol = symbol(state.name) { record?.states[symbol] = type }
    case .binding(let binding, _, let span):
      if binding.isVariable, let name = binding.names.first {
        report(.topLevelVariable(name.text, at: location(span)))
      }
      bind(binding)
      if case .name(let name, _) = binding.pattern, let value = folding.value(binding.value) {
        constants[name.text] = value
      }
    }
  }

  private func code(of declaration: Declaration) {
    flow = Flow()
    switch declaration {
    case .importing, .strategy, .param, .state, .binding: return
    case .function(let function): if let symbol = symbol(function.name) { _ = result(of: symbol) }
    case .test(let test):
      flow.canReturn = true
      flow.isTest = true
      _ = block(test.body, used: false)
    }
  }

  /// Literals, arithmetic on them, and constants made of them.
  var folding: ConstantFolding { ConstantFolding { [constants] in constants[$0] } }

  private func checkSignals() {
    guard let function = unit.functions.first(where: { $0.name.text == "signals" }) else {
      // Nothing stands where it is missing: the strategy's name tells which of many scripts is meant.
      let place = unit.strategy?.id.span ?? Span(0, 0)
      if rules.requiresSignals { report(.misshapenSignals("the script defines no `signals`", at: location(place))) }
      return
    }
    let count = function.parameters.count
    if count != 1 {
      report(
        .misshapenSignals(
          "`signals` has exactly one parameter, this one has \(count)", at: location(function.name.span)))
    }
    if case .block(let block) = function.body, mayEndWithoutValue(block) {
      report(.signalsWithoutValue(at: location(function.name.span)))
    } else if case .expression(let value) = function.body, mayEndWithoutValue(value) {
      report(.signalsWithoutValue(at: location(function.name.span)))
    }
  }

  // MARK: Functions

  /// What a function gives; checks it if that has not been done.
  func result(of symbol: SymbolID) -> StaticType {
    if let result = results[symbol] { return result }
    // A chain of calls is followed so far; what is behind has no known type yet and is checked in its turn.
    guard let function = functions[symbol], !started.contains(symbol), nesting < 6 else { return .unknown }
    started.insert(symbol)
    nesting += 1
    let outer = flow
    flow = Flow()
    let result = check(function)
    flow = outer
    nesting -= 1
    results[symbol] = result
    return result
  }

  /// What whoever imports the file may know: the results of its functions and the types of its values.
  var exported: [String: StaticType] {
    var result: [String: StaticType] = [:]
    for (place, symbol) in resolution.symbols.enumerated() where symbol.owner == nil {
      result[symbol.name] = functions[place] == nil ? types[place] : results[place]
    }
    return result
  }

  /// Checks a function; `flow` is its surroundings.
  func check(_ function: FunctionDeclaration) -> StaticType {
    flow.canReturn = true
    flow.loops = 0
    flow.isDateless = false
    flow.isFunction = true
    flow.returned = .never
    for parameter in function.parameters { declare(parameter, of: function) }
    let annotation = function.result.map(annotated)
    let last = body(function.body)
    let result = last.union(flow.returned)
    if let symbol = symbol(function.name) { record?.functions[symbol] = (function, result) }
    if let annotation {
      if !result.mayBe(KindSet(taking: annotation)) {
        report(
          .typeMismatch(
            expected: annotation.described, found: result.sample, what: "the result of `\(function.name.text)`"),
          at: function.name.span)
      }
      return StaticType(of: annotation)
    }
    if function.name.text == "signals", !result.mayBe([KindSet(kind: .map), KindSet(kind: .none)]) {
      report(
        .typeMismatch(
          expected: "a map from tickers to weights, or none", found: result.sample, what: "the result of `signals`"),
        at: function.name.span)
    }
    return result
  }

  private func declare(_ parameter: Parameter, of function: FunctionDeclaration) {
    let given = parameter.initial.map { infer($0) }
    guard let annotation = parameter.type.map(annotated) else { return }
    if let given, let initial = parameter.initial, !given.mayBe(KindSet(taking: annotation)) {
      report(
        .typeMismatch(
          expected: annotation.described, found: given.sample, what: "the default of `\(parameter.name.text)`"),
        at: initial.span)
    }
    if let symbol = symbol(parameter.name) { types[symbol] = StaticType(of: annotation) }
  }

  private func body(_ body: FunctionBody) -> StaticType {
    switch body {
    case .expression(let value): infer(value)
    case .block(let block): self.block(block, used: true).type
    }
  }

  /// Checks a lambda.
  func check(_ lambda: Lambda) {
    let outer = flow
    flow.canReturn = true
    flow.loops = 0
    flow.isDateless = false
    flow.returned = .never
    _ = body(lambda.body)
    flow = outer
  }

  // MARK: Annotations

  /// The type an annotation names; unknown ones are reported.
  func annotated(_ annotation: TypeAnnotation) -> TypeExpression {
    checkNames(annotation)
    return TypeExpression(annotation)
  }

  private func checkNames(_ annotation: TypeAnnotation) {
    let names = ["number", "bool", "string", "date", "duration", "series", "function", "any", "list", "map", "none"]
    let name = annotation.name.text
    if !names.contains(name) {
      let foreign = [
        "int": "number", "float": "number", "double": "number", "str": "string", "boolean": "bool", "dict": "map",
        "array": "list", "object": "any",
      ]
      let close = foreign[name.lowercased()].map { [$0] } ?? Suggestions.close(to: name, among: names)
      report(.unknownType(name, suggestions: close, at: location(annotation.name.span)))
    } else if !annotation.argument.isEmpty, name != "list", name != "map" {
      report(.unknownType("\(name)[…]", suggestions: [], at: location(annotation.span)))
    }
    for argument in annotation.argument { checkNames(argument) }
  }
}

extension Diagnostic {
  /// The offset of its place in the text.
  fileprivate var offset: Int32 {
    if case .source(_, let span) = location { span.lower } else { 0 }
  }
}
