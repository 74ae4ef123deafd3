import Diagnostics
public import Syntax

/// Makes executable nodes of one file: names become slots, calls find their functions, special shapes their own nodes.
///
/// Linking trusts the checker: what it has accepted is linked, and what a value turns out to be at run time is the
/// nodes' business.
final class Linker {
  let program: Program
  let unit: ModuleUnit
  let module: LinkedModule
  let file: SourceFile
  /// Whether the branches of what is linked are of interest: those of the script itself, not of its tests.
  var isWatched = true
  /// Whether the file is the script itself, and no module of it.
  private let isScript: Bool
  /// The function under way.
  var scope = FunctionScope()

  init(module index: Int, in program: Program) {
    self.program = program
    unit = program.graph.modules[index]
    module = LinkedModule(unit)
    file = unit.unit.file
    isScript = index == program.graph.modules.count - 1
    isWatched = isScript
  }

  var resolution: Resolution { unit.resolution }

  func link() -> LinkedModule {
    for (symbol, slot) in resolution.externals { module.globals[resolution.symbols[symbol].name] = slot }
    declare()
    for declaration in unit.unit.declarations {
      switch declaration {
      case .importing, .strategy: continue
      case .param(let param): linkParam(param)
      case .state(let state): linkState(state)
      case .binding(let binding, _, _): linkConstant(binding)
      case .function(let function): linkFunction(function)
      case .test(let test): linkTest(test)
      }
    }
    return module
  }

  /// Names before bodies: functions may call each other in any order.
  private func declare() {
    for declaration in unit.unit.declarations {
      switch declaration {
      case .importing, .strategy, .test: continue
      case .param(let param): module.globals[param.name.text] = program.addGlobal(param.name.text, of: unit)
      case .state(let state): module.globals[state.name.text] = program.addGlobal(state.name.text, of: unit)
      case .binding(let binding, _, _):
        for name in binding.names where name.text != "_" {
          module.globals[name.text] = program.addGlobal(name.text, of: unit)
        }
      case .function(let function):
        let code = FunctionCode(
          name: function.name.text, parameterNames: function.parameters.map(\.name.text),
          requiredCount: function.parameters.filter { $0.initial == nil }.count)
        program.keep(code)
        module.functions[function.name.text] = code
      }
    }
  }

  func site(_ span: Span) -> Int32 { program.addSite(file, span) }

  /// What a call or a turn of what was linked since then costs: a step, and one more for each sixteen places of its
  /// source, so that a long body is not run for the price of a short one.
  func steps(since start: Int) -> Int { 1 + (program.siteCount - start) / 16 }

  // MARK: Declarations

  private func linkFunction(_ function: FunctionDeclaration) {
    guard let code = module.functions[function.name.text] else { return }
    let outer = scope
    scope = FunctionScope()
    scope.isSignals = function.name.text == "signals" && isScript
    defer { scope = outer }
    fill(code, parameters: function.parameters, captures: [], body: function.body, span: function.span)
  }

  /// Links parameters and body of a function into its code, in the present scope.
  func fill(
    _ code: FunctionCode, parameters: [Parameter], captures: [SymbolID], body: FunctionBody, span: Span
  ) {
    for parameter in parameters {
      let slot = scope.claim()
      if let symbol = resolution.declarations[parameter.name.span.lower] {
        scope.slots[symbol] = slot
        // What builtins hand to a lambda comes from no expression.
        if code.name != "lambda" { scope.traced.insert(symbol) }
      }
    }
    for symbol in captures { scope.slots[symbol] = scope.claim() }
    var defaults: [Node] = []
    var checks: [ParameterCheck] = []
    for (place, parameter) in parameters.enumerated() {
      if let initial = parameter.initial { defaults.append(ShareNode.wrap(expression(initial))) }
      if let type = parameter.type {
        checks.append(
          ParameterCheck(
            slot: place, name: parameter.name.text, function: code.name, type: TypeExpression(type),
            site: site(parameter.name.span), top: parameters.count + captures.count))
      }
    }
    let start = program.siteCount
    let node = functionBody(body)
    code.link(
      body: node, defaults: defaults, checks: checks, frameSize: scope.size + 4, steps: steps(since: start))
  }

  private func linkConstant(_ binding: Binding) {
    scope = FunctionScope()
    let value = ShareNode.wrap(expression(binding.value))
    switch binding.pattern {
    case .name(let name, _):
      guard name.text != "_", let slot = module.globals[name.text] else { return }
      module.constants.append((slot, value, scope.size + 4))
    case .list(let names, let span):
      // The list itself gets a slot; each name reads its item.
      let whole = program.addGlobal()
      let check = LengthNode(value, names.count, site(span))
      module.constants.append((whole, check, scope.size + 4))
      for (place, name) in names.enumerated() where name.text != "_" {
        guard let slot = module.globals[name.text] else { continue }
        let index = ConstantNode(Value(Double(place)), site(name.span))
        let item = IndexNode(GlobalNode(whole, site(span)), index, top: 0, site(name.span))
        module.constants.append((slot, ShareNode.wrap(item), 8))
      }
    }
  }

  private func linkParam(_ param: ParamDeclaration) {
    // A param that is made of no literals was refused by the checker.
    guard let slot = module.globals[param.name.text], let domain = ParamDomain(param) else { return }
    scope = FunctionScope()
    module.params.append(
      LinkedParam(
        declaration: param, domain: domain, slot: slot, initial: expression(param.initial),
        constraint: param.constraint.map { expression($0) }, frameSize: scope.size + 4))
  }

  private func linkState(_ state: StateDeclaration) {
    guard let slot = module.globals[state.name.text] else { return }
    scope = FunctionScope()
    let initial = ShareNode.wrap(expression(state.initial))
    module.states.append(
      LinkedState(name: state.name.text, slot: slot, initial: initial, frameSize: scope.size + 4))
  }

  private func linkTest(_ test: TestDeclaration) {
    let code = FunctionCode(name: "test \"\(test.name.text)\"", parameterNames: [], requiredCount: 0)
    program.keep(code)
    scope = FunctionScope()
    let outer = isWatched
    isWatched = false
    defer { isWatched = outer }
    fill(code, parameters: [], captures: [], body: .block(test.body), span: test.span)
    module.tests.append(LinkedTest(declaration: test, code: code))
  }
}

/// The slots of a function while it is linked.
final class FunctionScope {
  /// Where each binding of the function, captures included, is kept.
  var slots: [SymbolID: Int] = [:]
  /// The first free slot.
  var top = 0
  /// The most slots in use at once.
  private(set) var size = 0
  /// The bindings whose slots are filled by an expression that a trace can show.
  var traced: Set<SymbolID> = []
  /// It is the `signals` of the script, so that what gives its value is noted.
  var isSignals = false
  /// An operand leaves its expression with `return`, `break` or `continue`.
  var hasLeave = false
  /// The place is in what was typed at a prompt, outside of functions and of `at`: there `at` goes to any date.
  var opensDates = false

  /// Takes the next slot.
  func claim() -> Int {
    top += 1
    size = max(size, top)
    return top - 1
  }

  /// Makes sure that slots up to a count exist.
  func reserve(_ count: Int) { size = max(size, count) }
}

/// A list with exactly so many items.
final class LengthNode: Node {
  let source: Node
  let count: Int

  init(_ source: Node, _ count: Int, _ site: Int32) {
    self.source = source
    self.count = count
    super.init(site)
  }

  override func exec(_ f: Frame) throws(Trap) -> Value {
    let value = try source.exec(f)
    guard let list = value.list else {
      throw f.machine.fail(.typeMismatch(expected: "a list", found: value.kind, what: "what is taken apart"), site)
    }
    guard list.count == count else {
      throw f.machine.fail(.patternLength(names: count, items: list.count), site)
    }
    list.shareItems()
    return value
  }
}

extension TypeExpression {
  /// The type that an annotation names; an unknown name takes anything (the checker has said so).
  public init(_ annotation: TypeAnnotation) {
    let item = annotation.argument.first.map { TypeExpression($0) } ?? .any
    let base: TypeExpression
    switch annotation.name.text {
    case "number": base = .number
    case "bool": base = .bool
    case "string": base = .string
    case "date": base = .date
    case "duration": base = .duration
    case "series": base = .series
    case "function": base = .function
    case "none": base = .none
    case "list": base = .list(item)
    case "map": base = .map(item)
    default: base = .any
    }
    self = annotation.isOptional ? .optional(base) : base
  }
}
