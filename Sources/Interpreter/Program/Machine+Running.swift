import Diagnostics
public import MarketModel
import Syntax

extension Machine {
  /// What stops a program before or while it runs, as the embedding program sees it.
  public struct Failure: Error {
    /// Why.
    public let fault: Fault
  }

  /// Loads a program: sets params, evaluates module constants and the initial state.
  ///
  /// - Parameter params: values of the script's params by name, of directly imported modules' as `module.name`.
  public func load(_ program: Program, params: [(name: String, value: Constant)] = []) throws(Failure) {
    self.program = program
    sites = program.sites
    frozen.reset()
    columns.beginRun()
    begin(asOf: nil)
    context.pointee.region = .passUnretained(frozen)
    defer { context.pointee.region = .passUnretained(region) }
    try guarded { () throws(Trap) in
      for module in self.modules(of: program) {
        try self.setParams(module, params)
        for constant in module.constants {
          globals[constant.slot] = try self.evaluate(constant.value, constant.frameSize)
        }
      }
      for module in self.modules(of: program) { try self.checkConstraints(module) }
    }
    try resetState()
  }

  /// Modules with the names under which their params are set; the script's is the empty one.
  private func modules(of program: Program) -> [LinkedModule] { program.modules }

  /// Puts the state variables back to their initial values.
  public func resetState() throws(Failure) {
    guard let program else { return }
    begin(asOf: nil)
    try guarded { () throws(Trap) in
      for module in program.modules {
        for state in module.states {
          globals[state.slot] = try self.evaluate(state.initial, state.frameSize)
        }
      }
      try self.keepState()
    }
  }

  /// Calls `signals` at a date and reads what it gives.
  ///
  /// - Parameter read: makes something of the value, which lives only as long as the call. Where it gives `nil`, the call
  ///   does not count and leaves the state as it was.
  public func callSignals<T>(asOf day: Day, _ read: (Value, Evaluation) throws(Trap) -> T?) throws(Failure) -> T? {
    guard let code = signals else { return nil }
    begin(asOf: day)
    do {
      let frame = stackStart
      frame[0] = Value(day)
      let value = try code.invoke(nil, context, frame, count: min(1, code.maximumCount), site: -1)
      let place = context.pointee.result.site
      let result = try read(value, Evaluation(context: context, site: place, top: stackStart + 64))
      if result == nil { restoreState() } else { try keepState() }
      return result
    } catch {
      restoreState()
      throw failure()
    }
  }

  /// Runs a test of the script, with `state` at its initial value.
  public func run(_ test: LinkedTest) throws(Failure) {
    try resetState()
    _ = try transaction(asOf: nil) { () throws(Trap) in
      try test.code.invoke(nil, context, self.stackStart, count: 0, site: -1)
    }
    try resetState()
  }

  /// A handle for the embedding program to make and read values with.
  public var evaluation: Evaluation { Evaluation(context: context, site: -1, top: stackStart + 64) }

  // MARK: State

  /// Runs a call; its state stays only if it succeeds.
  private func transaction(asOf day: Day?, _ work: () throws(Trap) -> Value) throws(Failure) -> Value {
    begin(asOf: day)
    do {
      let value = try work()
      try keepState()
      return value
    } catch {
      restoreState()
      throw failure()
    }
  }

  /// Copies the state into the spare region and makes it the current one.
  func keepState() throws(Trap) {
    guard !stateSlots.isEmpty else { return }
    let target = stateRegions.spare
    target.reset()
    context.pointee.region = .passUnretained(target)
    defer { context.pointee.region = .passUnretained(region) }
    var values: [Value] = []
    for (slot, name) in stateSlots {
      let place = Evaluation(context: context, site: assignment(of: slot), top: stackStart + 64)
      guard let value = try StateCopier(evaluation: place).copy(globals[slot]) else {
        throw fail(.stateHolds(name), assignment(of: slot))
      }
      values.append(value)
    }
    stateRegions = (target, stateRegions.current)
    stateValues = values
    restoreState()
  }

  /// Forgets what a failed call did to the state. Also used where a call succeeded but must not count.
  public func restoreState() {
    for (place, entry) in stateSlots.enumerated() where place < stateValues.count {
      globals[entry.slot] = stateValues[place]
    }
  }

  /// The state variables and their values, in order of declaration.
  public var state: [(name: String, value: Constant)] {
    stateSlots.map { ($0.name, Constant(globals[$0.slot]) ?? .none) }
  }

  /// Sets the state variables, as after a call that left them so.
  public func setState(_ values: [Constant]) throws(Failure) {
    begin(asOf: nil)
    try guarded { () throws(Trap) in
      for (entry, value) in zip(stateSlots, values) {
        globals[entry.slot] = try value.value(self.evaluation)
      }
      try self.keepState()
    }
  }

  // MARK: Evaluation outside of a call

  /// Whether a frame of the top level fits on the stack.
  func checkRoom(_ frameSize: Int, _ site: Int32) throws(Trap) {
    guard stackStart + frameSize + 64 < context.pointee.stackEnd else { throw failDepth(site) }
  }

  /// Evaluates a node of the top level.
  func evaluate(_ node: Node, _ frameSize: Int) throws(Trap) -> Value {
    try checkRoom(frameSize, node.site)
    let value = try node.exec(Frame(stackStart))
    value.share()
    return value
  }

  private func guarded(_ work: () throws(Trap) -> Void) throws(Failure) {
    do { try work() } catch { throw failure() }
  }

  private func failure() -> Failure {
    // A trap without a fault would be a mistake of the evaluator; it still ends as a message.
    Failure(fault: fault ?? Fault(.interrupted()))
  }
}

extension DiagnosticRecord {
  static let stateHolds = DiagnosticRecord(
    "E0411", "state that cannot be kept",
    explanation:
      "State is kept between calls of `signals` as plain values. A series is cut at the date of its call and a "
      + "function refers to it, so neither can be kept: keep `s.last()`.",
    bad: "state p = 0\nfn signals(as_of) { p = close(\"SPY\")\n hold }",
    good: "state p = 0\nfn signals(as_of) { p = price(\"SPY\")\n hold }")
}

extension Diagnostic {
  static func stateHolds(_ name: String) -> Diagnostic {
    Diagnostic(
      .stateHolds, "state `\(name)` holds a series or a function, which cannot be kept between calls",
      notes: [Note("keep a number instead, such as `s.last()`")])
  }
}
