import Diagnostics
import MarketModel
import Syntax

extension PromptSession {
  /// What came of a statement.
  struct Done {
    var events: [PromptOutcome.Event] = []
    var warnings: [Diagnostic] = []
    let part: PromptEntry.Part
    let value: Value
  }

  /// Compiles and runs one statement.
  func run(
    _ statement: Statement, _ input: PromptInputFile, _ asOf: Day?, keepsResult: Bool
  ) throws(PromptFailure) -> Done {
    let checked = try check(statement, input)
    let (base, resolution) = (checked.base, checked.module.resolution)
    let program = Program(
      checked.graph, library: library, onto: base.modules, slots: slots, sites: SiteTable(after: liveSegments))
    let code = Linker(module: checked.graph.modules.count - 1, in: program).link(input: statement)
    lend(results: resolution)
    var value = Value.none
    try guarded(program, asOf) { () throws(Trap) in
      value = try self.finish(statement, try self.machine.evaluate(code.node, code.frameSize), base, program)
    }
    withdraw(results: resolution, isKept: store.programs.contains { $0 === program })
    let number = keepsResult ? record(value, statement) : nil
    return Done(
      events: events(statement, value, number), warnings: checked.warnings,
      part: part(statement, resolution, number), value: value)
  }

  /// A statement that may be run: a module of its own on top of the session's.
  struct Checked {
    let base: Program
    let module: ModuleUnit
    let types: TypeRecord
    let warnings: [Diagnostic]

    /// The session's modules with the statement's behind them.
    var graph: ModuleGraph { ModuleGraph(modules: base.graph.modules + [module], diagnostics: []) }
  }

  /// Finds out what the names of a statement mean and what is wrong with it.
  func check(_ statement: Statement, _ input: PromptInputFile) throws(PromptFailure) -> Checked {
    if base == nil {
      var outcome = PromptOutcome()
      try declare([], input, &outcome)
    }
    guard let base else { preconditionFailure("a session has a module once anything was declared") }
    let unit = SourceUnit(file: input.file, declarations: [], nodeCount: input.nodeCount, comments: [])
    let (resolution, found) = resolve(statement, unit, base)
    let module = ModuleUnit(
      key: "", displayName: "", unit: unit, resolution: resolution,
      imports: [(PromptScope.module, base.modules.count - 1)] + base.graph.script.imports)
    return try check(statement, module, found, base)
  }

  private func resolve(_ statement: Statement, _ unit: SourceUnit, _ base: Program) -> (Resolution, [Diagnostic]) {
    var imports: [(name: String, exports: ModuleExports, span: Span)] = []
    for one in base.graph.script.imports {
      imports.append((one.name, ModuleExports(base.graph.modules[one.index].unit), statement.span))
    }
    let importable = SourceModules(source: source, file: unit.file)
    return Resolver(unit, library: library, imports: imports, importable: importable, prompt: inputScope)
      .resolve(input: statement)
  }

  private func check(
    _ statement: Statement, _ module: ModuleUnit, _ found: [Diagnostic], _ base: Program
  ) throws(PromptFailure) -> Checked {
    var units = [PromptScope.module: base.graph.script.unit]
    var exports = [PromptScope.module: base.graph.script.exports]
    for one in base.graph.script.imports {
      units[one.name] = base.graph.modules[one.index].unit
      exports[one.name] = base.graph.modules[one.index].exports
    }
    let checker = Checker(
      module.unit, module.resolution, library: library, imports: units, rules: CheckingRules(), exports: exports)
    checker.record = TypeRecord()
    let all = found + checker.check(input: statement, inputScope)
    guard !all.contains(where: { $0.severity == .error }) else {
      throw PromptFailure(Diagnostic.inOrder(all, of: module.unit.file))
    }
    return Checked(base: base, module: module, types: checker.record ?? TypeRecord(), warnings: all)
  }

  /// Keeps what the statement has made: the value, the names it binds, the variables it has changed.
  private func finish(
    _ statement: Statement, _ value: Value, _ base: Program, _ program: Program
  ) throws(Trap) -> Value {
    try checkStates()
    let kept = try store.keep(value, machine.evaluation, owners: [program, base])
    for slot in changeable { try keep(slot: slot, program, base) }
    if case .binding(let binding) = statement.kind { bind(binding, to: kept) }
    return kept
  }

  /// The slots that a statement may have written to.
  private var changeable: [Int] {
    let variables = environment.bindings.values.filter { $0.kind == .variable }.map(\.slot)
    return variables.sorted() + (base?.modules.flatMap { $0.states.map(\.slot) } ?? [])
  }

  private func bind(_ binding: Binding, to value: Value) {
    for (place, name) in binding.names.enumerated() where name.text != "_" {
      guard let slot = environment.bindings[name.text]?.slot else { continue }
      var item = value
      if case .list = binding.pattern { item = value.list?[place] ?? .none }
      item.share()
      machine.globals[slot] = item
      environment.bindings[name.text]?.isSet = true
    }
  }

  private func events(_ statement: Statement, _ value: Value, _ number: Int?) -> [PromptOutcome.Event] {
    switch statement.kind {
    case .binding(let binding): [.bound(binding.names.map(\.text).filter { $0 != "_" })]
    case .expression: [.result(number: number, value)]
    case .function, .assign, .loop, .forEach, .break, .continue, .return, .assert, .invalid: []
    }
  }

  private func part(_ statement: Statement, _ resolution: Resolution, _ number: Int?) -> PromptEntry.Part {
    var binds: [String] = []
    var value: Span?
    if case .binding(let binding) = statement.kind {
      binds = binding.names.map(\.text)
      value = binding.value.span
    }
    let latest = environment.latest - (number == nil ? 0 : 1)
    return PromptEntry.Part(
      span: statement.span, binds: binds, boundValue: value, result: number,
      latestReads: resolution.externalReads.filter { $0.name == "_" }.map { ($0.span, latest) })
  }

  // MARK: Results

  private func record(_ value: Value, _ statement: Statement) -> Int? {
    guard case .expression = statement.kind, !value.isNone else { return nil }
    environment.latest += 1
    environment.results[environment.latest] = value
    let oldest = environment.latest - PromptSession.keptResults
    if !environment.pinned.contains(oldest) { environment.results[oldest] = nil }
    if environment.pinsLatest { machine.globals[slots.slot("_", of: "")] = value }
    return environment.latest
  }

  /// Puts the results that an input names into slots.
  func lend(results resolution: Resolution) {
    for read in resolution.externalReads {
      guard let number = resultNumber(read.name), let value = environment.results[number] else { continue }
      machine.globals[slots.slot(read.name, of: "")] = value
    }
  }

  /// Takes the slots back, unless a function that is kept refers to them.
  func withdraw(results resolution: Resolution, isKept: Bool) {
    for read in resolution.externalReads {
      guard let number = resultNumber(read.name) else { continue }
      if isKept, read.isInFunction {
        if read.name == "_" { environment.pinsLatest = true } else { environment.pinned.insert(number) }
      }
      if read.name == "_" ? environment.pinsLatest : environment.pinned.contains(number) { continue }
      machine.globals[slots.slot(read.name, of: "")] = .none
      slots.release(read.name, of: "")
    }
  }

  /// The result that `_` or `_3` stands for, unless a binding has the name.
  func resultNumber(_ name: String) -> Int? {
    guard environment.bindings[name] == nil else { return nil }
    if name == "_" { return environment.latest > 0 ? environment.latest : nil }
    guard name.hasPrefix("_"), let number = Int(name.dropFirst()), number > 0, name == "_\(number)" else { return nil }
    return number
  }

  // MARK: What an input sees

  /// What the session's module sees: values, but neither its own params and states nor results.
  var moduleScope: PromptScope {
    let bindings = environment.bindings
    return PromptScope(
      value: { name in bindings[name].map { PromptScope.Value(kind: $0.kind, slot: $0.slot, type: .unknown) } },
      names: environment.order, functions: [])
  }

  /// What a statement sees: values, params, state, results and functions.
  var inputScope: PromptScope {
    PromptScope(
      value: { [unowned self] name in self.visible(name) }, names: visibleNames,
      functions: Set(base?.graph.script.unit.functions.map(\.name.text) ?? []))
  }

  private func visible(_ name: String) -> PromptScope.Value? {
    if let binding = environment.bindings[name] {
      let value = machine.globals[binding.slot]
      return PromptScope.Value(
        kind: binding.kind, slot: binding.slot, type: binding.isSet ? StaticType(of: value) : .unknown)
    }
    for declaration in environment.declarations where declaration.name == name {
      switch declaration.kind {
      case .param: return PromptScope.Value(kind: .param, slot: slots.slot(name, of: ""), type: .unknown)
      case .state: return PromptScope.Value(kind: .state, slot: slots.slot(name, of: ""), type: .unknown)
      case .importing, .strategy, .function, .test: continue
      }
    }
    guard let number = resultNumber(name), let value = environment.results[number] else { return nil }
    return PromptScope.Value(kind: .constant, slot: slots.slot(name, of: ""), type: StaticType(of: value))
  }

  private var visibleNames: [String] {
    environment.order + environment.declarations.filter { $0.kind == .param || $0.kind == .state }.map(\.name)
  }

  // MARK: Memory

  /// Gives memory back that no name and no result refers to any more.
  func tidy() {
    guard store.wantsCompaction, let base else { return }
    machine.program = base
    machine.sites = base.sites
    machine.begin(asOf: nil)
    do throws(Trap) {
      try store.compact(machine.evaluation) { (visit) throws(Trap) in
        for slot in 0..<self.slots.count { try visit(&self.machine.globals[slot]) }
        for number in self.environment.results.keys.sorted() {
          guard var value = self.environment.results[number] else { continue }
          try visit(&value)
          self.environment.results[number] = value
        }
      }
    } catch {
      preconditionFailure("what was kept once can be kept again")
    }
  }
}

extension StaticType {
  /// What is known of a value that is there.
  init(of value: Value) { self = value.isMissing ? .missing : StaticType(value.kind) }
}
