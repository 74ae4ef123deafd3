public import Diagnostics
public import Interpreter
import Kernels
public import Scripting

/// Which trials a sweep makes: combinations of values of params that meet the script's `where` conditions.
public struct SweepPlan: Sendable {
  /// How combinations are chosen.
  public enum Choice: Equatable, Sendable {
    /// All of them, the last param changing fastest.
    case grid
    /// So many, drawn by a generator that counts: the first of them are the same whatever their number.
    case random(count: Int, seed: UInt64)
  }

  /// The params that vary, and those that are fixed to one value.
  public let axes: [SweepAxis]
  /// How combinations are chosen.
  public let choice: Choice
  /// The params of each trial, in order.
  public private(set) var trials: [ParamValues] = []
  /// How many combinations did not meet the conditions.
  public private(set) var pruned = 0

  /// More points of a grid than these are refused.
  public static let mostTrials = 1_000_000

  /// Plans a sweep.
  ///
  /// - Parameter strategy: evaluates the conditions; its params are changed.
  public init(
    _ axes: [SweepAxis], _ choice: Choice, _ strategy: inout ScriptStrategy
  ) throws(Diagnostic) {
    self.axes = axes
    self.choice = choice
    switch choice {
    case .grid: try addGrid(&strategy)
    case .random(let count, let seed): try addRandom(count, seed, &strategy)
    }
    guard !trials.isEmpty else {
      throw .nothingToSweep("no combination of values meets the conditions; \(pruned) were tried")
    }
  }

  /// The axes of a script: those of its params' domains, replaced and added to by those given. Params without either keep
  /// their defaults.
  public static func axes(_ given: [SweepAxis], _ domains: [ParamDomain]) throws(Diagnostic) -> [SweepAxis] {
    var axes: [SweepAxis] = []
    for domain in domains {
      if let axis = given.last(where: { $0.name == domain.name }) {
        axes.append(axis)
      } else if let axis = try SweepAxis(domain) {
        axes.append(axis)
      }
    }
    guard axes.contains(where: { !$0.isFixed }) else { throw .nothingToSweep("no param takes more than one value") }
    return axes
  }

  private mutating func addGrid(_ strategy: inout ScriptStrategy) throws(Diagnostic) {
    var lists: [[Constant]] = []
    var size = 1.0
    for axis in axes {
      lists.append(try axis.all(atMost: SweepPlan.mostTrials))
      size *= axis.values.count ?? 0
    }
    guard size <= Double(SweepPlan.mostTrials) else {
      throw .sweepTooLarge(size.isFinite ? NumberText.shortest(size) : "countless", most: SweepPlan.mostTrials)
    }
    var places = Array(repeating: 0, count: lists.count)
    while true {
      try add(zip(lists, places).map { $0[$1] }, &strategy)
      var axis = lists.count - 1
      while axis >= 0, places[axis] + 1 == lists[axis].count {
        places[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
      places[axis] += 1
    }
  }

  private mutating func addRandom(
    _ count: Int, _ seed: UInt64, _ strategy: inout ScriptStrategy
  ) throws(Diagnostic) {
    var seen: Set<String> = []
    // Where points repeat or fail, more are drawn than asked for, but not without end.
    for draw in 0..<(20 * count + 1000) where trials.count < count {
      let values = axes.enumerated().map { place, axis in
        let random = CounterRandom(seed: seed, day: 0, site: UInt32(truncatingIfNeeded: place), count: UInt64(draw))
        return axis.values.value(at: random.uniform)
      }
      guard seen.insert("\(values)").inserted else { continue }
      try add(values, &strategy)
    }
  }

  private mutating func add(_ values: [Constant], _ strategy: inout ScriptStrategy) throws(Diagnostic) {
    var params = ParamValues()
    for (axis, value) in zip(axes, values) { params.set(axis.name, value) }
    do throws(Diagnostic) {
      guard try strategy.allows(params) else {
        pruned += 1
        return
      }
    } catch {
      // A value outside its domain is said before any trial; whatever else fails is a trial that fails.
      if error.refusesParam { throw error }
    }
    trials.append(params)
  }
}
