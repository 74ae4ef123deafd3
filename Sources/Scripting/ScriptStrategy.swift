public import Backtest
public import Diagnostics
public import Interpreter
public import MarketData
public import MarketModel

/// A script as a strategy: calls `signals` and reads the weights.
///
/// Evaluation is recursive and wants a large stack: run it inside `NativeStack.run`.
public struct ScriptStrategy: StrategyProtocol {
  /// The script's id.
  public let strategyID: String
  private let script: Script
  private let machine: Machine
  private let host: MarketHost
  private let explainer: FaultExplainer
  /// Whether a call that is not warm yet says what it waits for as fully as an error would.
  public var explainsWarmUp = false
  private let params: [(name: String, value: Constant)]
  private var watch: BranchWatch?
  private var calls = 0
  /// Whether the run has had its first decision.
  private var isWarm = false

  /// Prepares a script for a run: sets params, evaluates its constants and the initial state.
  ///
  /// - Throws: a diagnostic where a param is outside its domain or a constant fails.
  public init(
    _ script: Script, store: MarketStore, config: BacktestConfig, params: ParamValues = ParamValues(),
    limits: Limits = Limits(), cancellation: Cancellation = Cancellation()
  ) throws(Diagnostic) {
    self.script = script
    strategyID = script.strategyID
    host = MarketHost(store: store, calendar: store.calendar(config.calendar) ?? store.calendar)
    host.universe = script.block.universe
    host.portfolio = .cash(config.initialCapital)
    machine = Machine(limits: limits, host: host, cancellation: cancellation)
    machine.seed = UInt64(config.seed)
    machine.missingPolicy = MissingPolicy(rawValue: config.missing.rawValue) ?? .error
    self.params = params.values
    explainer = FaultExplainer(script, params.values, limits, host)
    do throws(Machine.Failure) {
      try machine.load(script.program, params: params.values)
    } catch { throw error.fault.diagnostic }
  }

  /// Notes from here on which branches the script takes, for `neverTaken`. Costs nothing once they are taken.
  public mutating func watchBranches() {
    let watch = BranchWatch()
    self.watch = watch
    machine.watch = watch
    let program = Program(script.program.graph, library: ScriptLibrary.builtins, watch: watch)
    // Functions among the constants are those of the program that made them. What has been loaded once loads again.
    try? machine.load(program, params: params)
  }

  /// The conditions that were always or never true since `watchBranches`: warnings with their places.
  public var neverTaken: [Diagnostic] { watch?.findings ?? [] }

  /// After the 1st, 2nd, 4th, 8th … call, takes the marks away that have done their duty.
  private mutating func thinOutMarks() {
    calls += 1
    guard let watch, watch.hasNews, calls & (calls - 1) == 0 else { return }
    machine.goOn(
      with: watch.isDone
        ? script.program : Program(script.program.graph, library: ScriptLibrary.builtins, watch: watch))
  }

  /// What the script has printed since it was last asked.
  public func takePrinted() -> [String] {
    defer { machine.output.printed.removeAll() }
    return machine.output.printed
  }

  /// The state variables and their values.
  public var state: [(name: String, value: Constant)] { machine.state }

  /// Calls `signals` at a date.
  public mutating func generateSignals(asOf date: Day, view: MarketView, portfolio: PortfolioView) throws -> Signal {
    host.begin(view, portfolio)
    defer { thinOutMarks() }
    machine.output.notes.removeAll()
    machine.output.tracks.removeAll()
    var signal: Signal
    do throws(Machine.Failure) {
      signal = try outcome(date)
    } catch {
      signal = try recovered(error.fault)
    }
    signal.watermark = host.watermark
    signal.notes = machine.output.notes
    signal.tracks = machine.output.tracks
    switch signal.outcome {
    case .targets, .hold: isWarm = isWarm || signal.missing == nil
    case .notWarm: break
    }
    return signal
  }

  /// What a missing condition means: not warm yet, or hold, or the error itself.
  private func recovered(_ fault: Fault) throws(Diagnostic) -> Signal {
    if !isWarm, let reason = fault.missing, reason.isCuredByTime {
      return Signal(.notWarm(explainsWarmUp ? explained(fault).waiting : fault.diagnostic.message))
    }
    guard fault.holds else {
      throw explained(fault).diagnostic
    }
    var signal = Signal(.hold)
    signal.missing = fault.diagnostic.message
    return signal
  }

  private func explained(_ fault: Fault) -> Fault {
    explainer.explain(fault, of: .signals(host.view.asOf), on: machine)
  }

  private func outcome(_ date: Day) throws(Machine.Failure) -> Signal {
    var cold: String?
    let allowsCold = !isWarm
    let signal = try machine.callSignals(asOf: date) { (value, evaluation) throws(Trap) -> Signal? in
      try Self.signal(value, evaluation, allowsCold: allowsCold, &cold)
    }
    return signal ?? Signal(.notWarm(cold ?? "too little is known"))
  }

  /// Reads what `signals` gave; `nil` where a weight is missing that may be, and `cold` says which.
  static func signal(
    _ value: Value, _ evaluation: Evaluation, allowsCold: Bool, _ cold: inout String?
  ) throws(Trap) -> Signal? {
    if value.isNone { return Signal(.hold) }
    guard let map = value.map else { throw evaluation.fail(.scriptShape(value.kind.described)) }
    var weights = TargetWeights()
    for place in 0..<map.count {
      let entry = map.entries[place]
      guard let ticker = entry.key.string?.text else {
        throw evaluation.fail(.scriptShape("a map with \(entry.key.kind.described) as a key"))
      }
      let weight = try scalar(entry.value, evaluation, ticker)
      if weight.isNaN {
        let reason = weight.missingReason ?? .unspecified
        guard allowsCold, reason.isCuredByTime else {
          let day = evaluation.asOf ?? .earliest
          throw evaluation.fail(.badWeight(ticker, weight, on: day), missing: reason, of: ticker)
        }
        cold = cold ?? "the weight of \(ticker) is missing: \(reason.text)"
        continue
      }
      weights.entries.append(TargetWeights.Entry(ticker: ticker, weight: weight))
    }
    return cold == nil ? Signal(.targets(weights)) : nil
  }

  private static func scalar(_ value: Value, _ evaluation: Evaluation, _ ticker: String) throws(Trap) -> Double {
    if value.isNumber { return value.raw }
    if let series = value.series { return try series.latest(evaluation) }
    throw evaluation.fail(.scriptShape("\(value.kind.described) as the weight of \(ticker)"))
  }
}

extension Fault {
  /// What is missing, why, and from when it would not be, in one line.
  fileprivate var waiting: String {
    let notes = diagnostic.notes.map(\.message)
    let cause = notes.first { $0.hasPrefix("`") && $0.contains(" is missing: ") }
    let later = notes.first { $0.contains(" is the first day on which ") }
    return ([diagnostic.message] + [cause, later].compactMap(\.self)).joined(separator: "; ")
  }
}
