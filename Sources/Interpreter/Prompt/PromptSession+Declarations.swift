import Diagnostics
import MarketModel
import Syntax

extension PromptSession {
  /// Makes the declarations of an input hold, before its statements are run.
  func declare(
    _ entries: [PromptInput.Entry], _ input: PromptInputFile, _ outcome: inout PromptOutcome
  ) throws(PromptFailure) {
    try checkRoom(for: entries.flatMap(\.moduleLevelNames), of: "")
    var added: [PromptDeclaration] = []
    var isStale = base == nil || self.isStale
    for entry in entries {
      switch entry {
      case .declaration(let declaration):
        guard let one = PromptDeclaration(declaration, in: input.file) else { continue }
        if let first = added.first(where: { $0.isReplaced(by: one) }) {
          throw PromptFailure([
            .duplicateName(
              one.name, at: .source(input.file, declaration.span), first: .source(first.file, first.declaration.span))
          ])
        }
        added.append(one)
      case .statement(let statement):
        guard case .binding(let binding) = statement.kind else { continue }
        for name in binding.names where name.text != "_" {
          isStale = announce(name.text, isVariable: binding.isVariable) || isStale
        }
      }
    }
    guard isStale || !added.isEmpty else { return }
    for one in added where one.kind != .test && one.kind != .strategy { forget(binding: one.name) }
    environment.declarations.removeAll { old in added.contains { old.isReplaced(by: $0) } }
    let firstNew = environment.declarations.count
    environment.declarations += added
    try compile(firstNew: firstNew, &outcome)
  }

  /// Makes a name known whose value comes later; whether the session's module must be compiled for it.
  private func announce(_ name: String, isVariable: Bool) -> Bool {
    let kind = isVariable ? Symbol.Kind.variable : .constant
    let before = environment.declarations.count
    environment.declarations.removeAll { $0.name == name && $0.kind != .test && $0.kind != .strategy }
    let old = environment.bindings[name]
    environment.bindings[name] = PromptEnvironment.Binding(
      kind: kind, slot: slots.slot(name, of: ""), isSet: old?.isSet ?? false)
    environment.order.removeAll { $0 == name }
    environment.order.append(name)
    let isNew = old.map { $0.kind != kind } ?? (library[name] != nil)
    return isNew || environment.declarations.count != before
  }

  private func forget(binding name: String) {
    environment.bindings[name] = nil
    environment.order.removeAll { $0 == name }
  }

  /// Whether the session can take so many names more; asked before the first of them gets a slot.
  private func checkRoom(for names: [Name], of module: String) throws(PromptFailure) {
    let new = Set(names.lazy.map(\.text).filter { !self.slots.has($0, of: module) })
    guard slots.count + new.count > NameLimit.standard else { return }
    throw PromptFailure([.tooManyNames(in: "session", NameLimit.standard)])
  }

  // MARK: Compilation

  /// Compiles the session's module. A function from an earlier input that does not fit any more is kept, cannot be
  /// called, and fits again when what it uses does.
  private func compile(firstNew: Int, _ outcome: inout PromptOutcome) throws(PromptFailure) {
    let broken = environment.declarations.filter { $0.problem != nil }.map(\.name)
    for place in environment.declarations.indices { environment.declarations[place].mend() }
    let loaded = loadedModules
    while true {
      let source = PromptSource(environment.declarations)
      let graph = ModuleGraph.load(
        session: source.file, library: library, source: self.source, rules: rules, loaded: loaded,
        prompt: moduleScope)
      let errors = graph.diagnostics.filter { $0.severity == .error }
      if errors.isEmpty {
        outcome.warnings += warnings(graph, source, firstNew, wereBroken: broken)
        try link(graph, source, loaded.count)
        return
      }
      guard retire(errors, source, firstNew) else { throw PromptFailure(graph.diagnostics.map { source.original($0) }) }
    }
  }

  private var loadedModules: [ModuleUnit] { isStale ? [] : Array(base?.graph.modules.dropLast() ?? []) }

  /// Puts stand-ins for the earlier functions that have errors; false if an error lies elsewhere.
  private func retire(_ errors: [Diagnostic], _ source: PromptSource, _ firstNew: Int) -> Bool {
    var count = 0
    for error in errors {
      guard let place = source.declaration(at: error.location), place < firstNew,
        environment.declarations[place].stub == nil
      else { continue }
      if environment.declarations[place].kind == .test {
        // A test that cannot be compiled is of no use.
        environment.declarations[place].stub = "\n"
        environment.declarations[place].problem = source.original(error)
      } else {
        guard environment.declarations[place].kind == .function else { continue }
        environment.declarations[place].retire(source.original(error))
      }
      count += 1
    }
    return count > 0
  }

  private func warnings(
    _ graph: ModuleGraph, _ source: PromptSource, _ firstNew: Int, wereBroken: [String]
  ) -> [Diagnostic] {
    // What was said when an earlier declaration was entered is not said again; what nothing uses may be for what comes.
    let fresh = graph.diagnostics.filter { diagnostic in
      let isNew = source.declaration(at: diagnostic.location).map { $0 >= firstNew } ?? false
      return isNew && !["W0202", "W0207"].contains(diagnostic.code)
    }
    let broken = environment.declarations.prefix(firstNew).filter { $0.problem != nil && !wereBroken.contains($0.name) }
    return fresh.map { source.original($0) }
      + broken.compactMap { one in one.problem.map { .unfit(one.name, $0) } }
  }

  /// Reads modules again when the session's own is next compiled; what they hold is evaluated anew.
  public func forgetModules() {
    source.forget()
    isStale = true
  }

  // MARK: Linking

  private func link(_ graph: ModuleGraph, _ source: PromptSource, _ loaded: Int) throws(PromptFailure) {
    let linked = isStale ? [] : Array(base?.modules.dropLast() ?? [])
    for module in graph.modules[loaded..<graph.modules.count - 1] {
      try checkRoom(for: module.unit.moduleLevelNames, of: module.key)
    }
    isStale = false
    let program = Program(
      graph, library: library, onto: linked, slots: slots, sites: SiteTable(after: liveSegments),
      original: { source.original($0, $1) })
    base = program
    if graph.modules.count - 1 > loaded { holders.append(program) }
    try guarded(program, nil) { () throws(Trap) in
      for module in program.modules[loaded..<program.modules.count - 1] {
        try self.initialize(module)
        try self.evaluateStates(of: module)
      }
      try self.initialize(program.script)
    }
  }

  /// Gives all params the values that are set, and constants of modules what follows from them.
  func applyParams() throws(PromptFailure) {
    guard let program = base else { return }
    try guarded(program, nil) { () throws(Trap) in
      for module in program.modules { try self.initialize(module) }
    }
  }

  /// Evaluates a module's params and constants; the session's own constants are bindings, which are not among them.
  private func initialize(_ module: LinkedModule) throws(Trap) {
    guard let program = base else { return }
    try machine.setParams(module, environment.params)
    for param in module.params { try keep(slot: param.slot, program) }
    for constant in module.constants {
      machine.globals[constant.slot] = try machine.evaluate(constant.value, constant.frameSize)
      try keep(slot: constant.slot, program)
    }
    try machine.checkConstraints(module)
  }

  /// The numbers of nodes that may still be met.
  var liveSegments: [SiteTable.Segment] {
    let all = (holders + (base.map { [$0] } ?? []) + store.programs).map(\.sites.own)
    var met: Set<ObjectIdentifier> = []
    return all.filter { met.insert(ObjectIdentifier($0)).inserted }.sorted { $0.start < $1.start }
  }

  func evaluateStates(of module: LinkedModule) throws(Trap) {
    guard let program = base else { return }
    for state in module.states {
      machine.globals[state.slot] = try machine.evaluate(state.initial, state.frameSize)
      try keep(slot: state.slot, program)
    }
  }

  /// Copies the value of a slot into the session's memory.
  func keep(slot: Int, _ owners: Program...) throws(Trap) {
    machine.globals[slot] = try store.keep(
      machine.globals[slot], machine.evaluation, owners: owners)
  }

  /// Runs work under a program and a date; what goes wrong is said with the places as the user knows them.
  func guarded(_ program: Program, _ asOf: Day?, _ work: () throws(Trap) -> Void) throws(PromptFailure) {
    machine.program = program
    machine.sites = program.sites
    machine.begin(asOf: asOf)
    do throws(Trap) { try work() } catch {
      throw PromptFailure([machine.fault?.diagnostic ?? .interrupted()])
    }
  }

  // MARK: What a declaration does at once

  /// Gives a state variable its first value, and runs a test.
  func settle(
    _ declaration: Declaration, _ input: PromptInputFile, _ asOf: Day?, _ outcome: inout PromptOutcome
  ) throws(PromptFailure) {
    guard let one = PromptDeclaration(declaration, in: input.file), let program = base else { return }
    outcome.events.append(.declared(one.kind, name: one.name))
    switch declaration {
    case .state(let state):
      guard let linked = program.script.states.first(where: { $0.name == state.name.text }) else { return }
      try guarded(program, nil) { () throws(Trap) in
        self.machine.globals[linked.slot] = try self.machine.evaluate(linked.initial, linked.frameSize)
        try self.checkStates()
        try self.keep(slot: linked.slot, program)
      }
    case .test(let test):
      guard input.runsTests else { return }
      try self.test(test.name.text)
      outcome.events.append(.passed(test: test.name.text))
    case .importing, .strategy, .param, .binding, .function: return
    }
  }

  /// Runs a test of the session, with `state` at its initial value, and leaves everything as it was.
  public func test(_ name: String) throws(PromptFailure) {
    guard let program = base, let test = program.script.tests.first(where: { $0.name == name }) else { return }
    let before = (0..<slots.count).map { machine.globals[$0] }
    defer { for (slot, value) in before.enumerated() { machine.globals[slot] = value } }
    try guarded(program, nil) { () throws(Trap) in
      for module in program.modules {
        for state in module.states {
          self.machine.globals[state.slot] = try self.machine.evaluate(state.initial, state.frameSize)
        }
      }
      _ = try test.code.invoke(nil, self.machine.context, self.machine.stackStart, count: 0, site: -1)
    }
  }

  /// State holds neither series nor functions, as in a run.
  func checkStates() throws(Trap) {
    guard let program = base else { return }
    for module in program.modules {
      for state in module.states {
        let value = machine.globals[state.slot]
        if try StateCopier(evaluation: machine.evaluation).copy(value) == nil {
          throw machine.fail(.stateHolds(state.name), -1)
        }
      }
    }
  }
}
