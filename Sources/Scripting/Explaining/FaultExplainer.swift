import Diagnostics
import Interpreter
import MarketData
import MarketModel

/// Says more about an error of a run: evaluates the call once more with a tracer, and finds out from which date on what
/// is missing would be there.
///
/// The evaluation that failed paid nothing for this. An error of a kind and place is explained a few times a run at most,
/// and one of a call that took very many steps not at all.
final class FaultExplainer {
  private let script: Script
  private let params: [(name: String, value: Constant)]
  private let limits: Limits
  private let host: MarketHost
  private let traced: TracedProgram
  private var explained: [String: Int] = [:]

  /// - Parameters:
  ///   - host: the one of the machine that failed, as it was then.
  ///   - traced: the script's, where several explainers share it; its own by default.
  init(
    _ script: Script, _ params: [(name: String, value: Constant)], _ limits: Limits, _ host: MarketHost,
    traced: TracedProgram? = nil
  ) {
    self.script = script
    self.params = params
    self.limits = limits
    self.host = host
    self.traced = traced ?? TracedProgram(script)
  }

  /// What is evaluated once more.
  enum Subject {
    case signals(Day)
    /// By its place among the tests of the script.
    case test(Int)
  }

  /// The fault with what a trace of its evaluation adds; the fault itself where nothing can be added.
  func explain(_ fault: Fault, of subject: Subject, on machine: Machine) -> Fault {
    guard machine.stepsUsed <= Self.mostSteps, isWorthwhile(fault) else { return fault }
    let limits = tracingLimits
    guard let twin = twin(of: machine, limits) else { return fault }
    let tracer = Tracer(.missing)
    twin.tracer = tracer
    guard let again = Self.evaluate(subject, on: twin), again.diagnostic.code == fault.diagnostic.code else {
      return fault
    }
    return FaultExplanation(fault, tracer.roots).explained(later: later(fault, subject, machine))
  }

  private func isWorthwhile(_ fault: Fault) -> Bool {
    // What a limit ended, or the user, is not evaluated again.
    if fault.diagnostic.code.hasPrefix("E05") { return false }
    let start = fault.diagnostic.location?.start
    let key = "\(fault.diagnostic.code) \(start?.line ?? 0) \(start?.column ?? 0)"
    explained[key, default: 0] += 1
    return explained[key, default: 0] <= 2 && explained.count <= 20
  }

  /// The steps of the longest call that is evaluated once more: a traced step takes a hundred times as long, and nobody
  /// waits for minutes for a note.
  private static let mostSteps = 1_000_000

  /// A trace computes series that the call may have left alone.
  private var tracingLimits: Limits {
    var result = limits
    result.steps = min(limits.steps, Self.mostSteps) * 4
    result.memory = min(limits.memory, Int.max / 4) * 4
    return result
  }

  private func twin(of machine: Machine, _ limits: Limits) -> Machine? {
    copy(of: machine, running: traced.program, limits)
  }

  /// A machine in the state of another, with the same params.
  private func copy(of machine: Machine, running program: Program, _ limits: Limits) -> Machine? {
    let twin = Machine(limits: limits, host: host, cancellation: machine.cancellation)
    twin.seed = machine.seed
    twin.missingPolicy = machine.missingPolicy
    do {
      try twin.load(program, params: params)
      try twin.setState(machine.state.map(\.value))
      return twin
    } catch { return nil }
  }

  private static func evaluate(_ subject: Subject, on machine: Machine) -> Fault? {
    do throws(Machine.Failure) {
      switch subject {
      case .signals(let day):
        _ = try machine.callSignals(asOf: day) { (value, evaluation) throws(Trap) -> Bool? in
          var cold: String?
          return try ScriptStrategy.signal(value, evaluation, allowsCold: false, &cold) != nil
        }
        return nil
      case .test(let place):
        guard let tests = machine.program?.script.tests, place < tests.count else { return nil }
        try machine.run(tests[place])
        return nil
      }
    } catch { return error.fault }
  }

  // MARK: The date from which it would be there

  /// Looks for the first session on which the same condition or weight is not missing: far ahead first, then between.
  private func later(_ fault: Fault, _ subject: Subject, _ machine: Machine) -> Note? {
    guard let reason = fault.missing, reason.isCuredByTime || reason == .stale, case .signals(let day) = subject,
      script.program.isPure
    else { return nil }
    var limits = limits
    limits.steps = min(limits.steps, 10_000_000)
    guard let twin = copy(of: machine, running: script.program, limits) else { return nil }
    let here = host.view
    defer { host.begin(here, host.portfolio) }
    func isMissing(_ session: Day) -> Bool {
      host.open(session)
      guard let found = Self.evaluate(.signals(session), on: twin) else { return false }
      return found.isAbout(fault)
    }
    guard let (before, first) = search(from: day, isMissing) else {
      return Note("it is missing on every later day of the data too")
    }
    return Note("\(first) is the first day on which it is not missing (on \(before) it is)", role: .cure)
  }

  private func search(from day: Day, _ isMissing: (Day) -> Bool) -> (before: Day, first: Day)? {
    let sessions = host.laterSessions(day)
    var (low, step) = (-1, 1)
    var high: Int?
    while high == nil, low + 1 < sessions.count {
      let next = min(low + step, sessions.count - 1)
      if isMissing(sessions[next]) {
        low = next
        step *= 2
      } else {
        high = next
      }
    }
    guard var end = high else { return nil }
    while end - low > 1 {
      let middle = (low + end) / 2
      if isMissing(sessions[middle]) { low = middle } else { end = middle }
    }
    return (low < 0 ? day : sessions[low], sessions[end])
  }
}

extension Fault {
  /// Whether the same condition or weight is missing.
  fileprivate func isAbout(_ other: Fault) -> Bool {
    guard missing != nil, diagnostic.code == other.diagnostic.code, key == other.key else { return false }
    let (here, there) = (diagnostic.location, other.diagnostic.location)
    return here?.name == there?.name && here?.start.line == there?.start.line
      && here?.start.column == there?.start.column
  }
}
