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
  private var explainer: FaultExplainer
  /// Whether a call that is not warm yet says what it waits for as fully as an error would.
  public var explainsWarmUp = false
  private let limits: Limits
  private var params: [(name: String, value: Constant)]
  private var watch: BranchWatch?
  private var calls = 0
  /// The weights of the latest decision: many a strategy decides the same again, and then nothing is made anew.
  private var latest = TargetWeights()
  /// Whether the run has had its first decision.
  private var isWarm = false
  private var ahead = DecisionsAhead()

  /// Prepares a script for a run: sets params, evaluates its constants and the initial state.
  ///
  /// - Parameter columns: where runs on the same data share what they compute from its columns; one of its own without it,
  ///   or where it is of other data.
  /// - Throws: a diagnostic where a param is outside its domain or a constant fails.
  public init(
    _ script: Script, store: MarketStore, config: BacktestConfig, params: ParamValues = ParamValues(),
    limits: Limits = Limits(), cancellation: Cancellation = Cancellation(), columns: ColumnCache? = nil
  ) throws(Diagnostic) {
    self.script = script
    strategyID = script.strategyID
    host = MarketHost(store: store, calendar: store.calendar(config.calendar) ?? store.calendar)
    host.universe = script.block.universe
    host.portfolio = .cash(config.initialCapital)
    let shared = columns.flatMap { $0.claim(store) ? $0 : nil } ?? ColumnCache()
    machine = Machine(limits: limits, host: host, cancellation: cancellation, columns: shared)
    machine.seed = UInt64(config.seed)
    machine.missingPolicy = MissingPolicy(rawValue: config.missing.rawValue) ?? .error
    self.limits = limits
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

  /// Gets ready for another run of the same script on the same data: as new, with other values of the params.
  ///
  /// - Throws: a diagnostic where a param is outside its domain or a constant fails.
  public mutating func restart(params: ParamValues) throws(Diagnostic) {
    isWarm = false
    latest = TargetWeights()
    ahead = DecisionsAhead()
    watch = nil
    machine.watch = nil
    calls = 0
    self.params = params.values
    explainer = FaultExplainer(script, params.values, limits, host)
    machine.output = ScriptOutput()
    do throws(Machine.Failure) {
      try machine.load(script.program, params: params.values)
    } catch { throw error.fault.diagnostic }
  }

  /// Whether values of the params meet the conditions of the script (`where`); gets ready for a run with them if so.
  ///
  /// - Throws: a diagnostic where a param is outside its domain or a constant fails.
  public mutating func allows(_ params: ParamValues) throws(Diagnostic) -> Bool {
    do throws(Diagnostic) {
      try restart(params: params)
      return true
    } catch {
      if machine.fault?.isUnmetCondition ?? false { return false }
      throw error
    }
  }

  /// The params that can be set, with the values they may take.
  public var paramDomains: [ParamDomain] { machine.paramDomains }

  /// What the script has printed since it was last asked.
  public func takePrinted() -> [String] {
    defer { machine.output.printed.removeAll() }
    return machine.output.printed
  }

  /// The state variables and their values.
  public var state: [(name: String, value: Constant)] { machine.state }

  /// Whether the script reads neither portfolio nor state nor random numbers.
  public var isPure: Bool { script.program.isPure }

  /// Calls `signals` at a date.
  public mutating func generateSignals(asOf date: Day, view: MarketView, portfolio: PortfolioView) throws -> Signal {
    host.begin(view, portfolio)
    defer { thinOutMarks() }
    if !machine.output.notes.isEmpty { machine.output.notes.removeAll() }
    if !machine.output.tracks.isEmpty { machine.output.tracks.removeAll() }
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
    case .notWarm: ahead.note(signal)
    }
    return signal
  }

  /// Hears the dates of a run, so that it can be evaluated at many of them at once.
  public mutating func prepare(for dates: [Day]) { ahead = DecisionsAhead(isPure ? dates : []) }

  /// What it decides at a date, where that was evaluated together with others.
  public mutating func decidedAhead(asOf date: Day) -> Signal? {
    guard ahead.comes(to: date), watch?.isDone ?? true else { return nil }
    if ahead.isOutOfDecisions { ahead.take(decisions(on: ahead.wanted)) }
    guard let signal = ahead.decision else { return isWarm || explainsWarmUp ? nil : ahead.coldDecision }
    isWarm = true
    return signal
  }

  /// Where the script gave a ticker its weight in the latest call of `signals`.
  public func place(ofWeightOf ticker: String) -> Location? { machine.place(ofEntry: ticker, atKey: true) }

  /// A name that the data set does not have ends the run: held over, it would tell which names are still to come.
  public func endsRun(_ problem: Diagnostic) -> Bool { PrimitiveDiagnostics.unknownNames.contains(problem.code) }

  /// How many decisions of the run were evaluated together with others.
  public var countDecidedAhead: Int { ahead.count }

  private func decisions(on dates: [Day]) -> Machine.Lanes<SignalOutcome>? {
    var latest = self.latest
    return machine.callSignals(on: dates) { (value, evaluation) throws(Trap) -> SignalOutcome? in
      var cold: String?
      let signal = try Self.signal(value, evaluation, latest, allowsCold: true, &cold)
      if case .targets(let weights)? = signal?.outcome { latest = weights }
      return signal?.outcome
    }
  }

  /// What a missing condition means: not warm yet, or hold, or the error itself.
  private func recovered(_ fault: Fault) throws(Diagnostic) -> Signal {
    if !isWarm, let reason = fault.missing, reason.isCuredByTime {
      return Signal(.notWarm(explainsWarmUp ? explained(fault).waiting : fault.message))
    }
    guard fault.holds else {
      throw explained(fault).diagnostic
    }
    var signal = Signal(.hold)
    signal.missing = fault.message
    return signal
  }

  private func explained(_ fault: Fault) -> Fault {
    explainer.explain(fault, of: .signals(host.view.asOf), on: machine)
  }

  private mutating func outcome(_ date: Day) throws(Machine.Failure) -> Signal {
    var cold: String?
    let allowsCold = !isWarm
    let latest = self.latest
    let signal = try machine.callSignals(asOf: date) { (value, evaluation) throws(Trap) -> Signal? in
      try Self.signal(value, evaluation, latest, allowsCold: allowsCold, &cold)
    }
    if case .targets(let weights)? = signal?.outcome { self.latest = weights }
    return signal ?? Signal(.notWarm(cold ?? "too little is known"))
  }

  /// Reads what `signals` gave; `nil` where a weight is missing that may be, and `cold` says which.
  ///
  /// - Parameter latest: earlier weights, taken over as far as the new ones are the same.
  static func signal(
    _ value: Value, _ evaluation: Evaluation, _ latest: TargetWeights = TargetWeights(), allowsCold: Bool,
    _ cold: inout String?
  ) throws(Trap) -> Signal? {
    if value.isNone { return Signal(.hold) }
    guard let map = value.map else { throw evaluation.fail(.scriptShape(value.kind.described)) }
    let repeated = try Self.repeated(map, latest, evaluation)
    if repeated == map.count, repeated == latest.entries.count { return Signal(.targets(latest)) }
    var weights = TargetWeights(Array(latest.entries.prefix(repeated)))
    weights.entries.reserveCapacity(map.count)
    var tickers = WeightTickers()
    for place in repeated..<map.count {
      let entry = map.entries[place]
      guard let key = entry.key.string else {
        throw evaluation.fail(.scriptShape("a map with \(entry.key.kind.described) as a key"))
      }
      let ticker = key.text
      let weight = try scalar(entry.value, evaluation, ticker)
      try tickers.check(key, ticker, evaluation)
      if weight.isNaN {
        let reason = weight.missingReason ?? .unspecified
        guard allowsCold, reason.isCuredByTime else {
          let day = evaluation.asOf ?? .earliest
          throw evaluation.fail(.badWeight(ticker, weight, on: day), entry: ticker, missing: reason)
        }
        cold = cold ?? "the weight of \(ticker) is missing: \(reason.text)"
        continue
      }
      weights.entries.append(TargetWeights.Entry(ticker: ticker, weight: weight))
    }
    try tickers.checkDoubles(weights, evaluation)
    return cold == nil ? Signal(.targets(weights)) : nil
  }

  /// How many entries from the first on are those of earlier weights, number for number.
  private static func repeated(
    _ map: MapRef, _ weights: TargetWeights, _ evaluation: Evaluation
  ) throws(Trap) -> Int {
    let count = min(map.count, weights.entries.count)
    for place in 0..<count {
      let entry = map.entries[place]
      let number: Double
      if entry.value.isNumber {
        number = entry.value.raw
      } else if let series = entry.value.series {
        number = try series.latest(evaluation)
      } else {
        return place
      }
      guard number.bitPattern == weights.entries[place].weight.bitPattern, let key = entry.key.string,
        key.hasText(weights.entries[place].ticker)
      else { return place }
    }
    return count
  }

  private static func scalar(_ value: Value, _ evaluation: Evaluation, _ ticker: String) throws(Trap) -> Double {
    if value.isNumber { return value.raw }
    if let series = value.series { return try series.latest(evaluation) }
    throw evaluation.fail(.scriptShape("\(value.kind.described) as the weight of \(ticker)"), entry: ticker)
  }
}

extension Fault {
  /// What is missing, why, and from when it would not be, in one line.
  fileprivate var waiting: String {
    let cause = diagnostic.notes.first { $0.role == .cause }?.message
    let later = diagnostic.notes.first { $0.role == .cure }?.message
    return ([diagnostic.message] + [cause, later].compactMap(\.self)).joined(separator: "; ")
  }
}
