import MarketModel

/// Evaluates a function once for many dates: what depends on no date is computed once, series are read once for all of
/// them, and numbers are computed side by side.
///
/// It gives what the nodes' own `exec` gives at each date, or nothing: a lane in which anything is missing, stale, an
/// error or merely unusual is given up, and a node that it does not know gives up all. Whoever asks then evaluates those
/// dates one by one, so reasons, messages and places come from there alone. It asks the host for the data of a lane only
/// at the lane's own date.
final class LaneEvaluator {
  let machine: Machine
  let days: [Day]
  /// The lanes that are not given up, and whose date takes the branch under way.
  var active: [Bool]
  /// The latest known-time among the data that each lane has read.
  private(set) var watermarks: [KnowledgeTime?]
  /// The same of the call under way.
  var watermarksOfRead: [KnowledgeTime?] = []
  /// A node is none of those that are known here: it is in vain to try again.
  private(set) var isRefused = false
  private var isGivenUp: [Bool]
  /// The condition that each lane was given up for, where that is all there is to say of it.
  private(set) var missing: [MissingCondition?]
  private(set) var frame: [LaneValue?] = []
  private var depth = 0
  private static let deepest = 16

  init(_ machine: Machine, _ days: [Day]) {
    self.machine = machine
    self.days = days
    active = Array(repeating: true, count: days.count)
    isGivenUp = Array(repeating: false, count: days.count)
    watermarks = Array(repeating: nil, count: days.count)
    missing = Array(repeating: nil, count: days.count)
  }

  /// Whether a lane has a result.
  func isDone(_ lane: Int) -> Bool { !isGivenUp[lane] }

  /// The function's value in each lane; throws where all are given up.
  func call(_ code: FunctionCode, _ arguments: [LaneValue]) throws(Trap) -> LaneValue {
    guard depth < min(LaneEvaluator.deepest, machine.limits.depth), code.isSimple,
      arguments.count == code.parameterCount
    else { throw refuse() }
    try machine.context.charge(Int(code.callSteps), -1)
    let outer = frame
    depth += 1
    defer {
      frame = outer
      depth -= 1
    }
    frame = arguments.map(Optional.some) + Array(repeating: nil, count: max(0, code.frameSize - arguments.count))
    return try value(code.body.takeUnretainedValue())
  }

  // MARK: Giving up

  /// A node that is not known here.
  func refuse() -> Trap {
    isRefused = true
    return Trap()
  }

  /// Leaves a lane to whoever evaluates its date alone.
  func giveUp(_ lane: Int) {
    isGivenUp[lane] = true
    active[lane] = false
  }

  /// Leaves a lane to whoever evaluates its date alone, because a condition is missing.
  func giveUp(_ lane: Int, _ number: Double, of condition: Node?) {
    giveUp(lane)
    guard let condition, number.isNaN else { return }
    missing[lane] = MissingCondition(site: condition.site, reason: number.bitPattern)
  }

  /// Notes what a lane has read.
  func note(_ instant: KnowledgeTime?, _ lane: Int) {
    guard let instant else { return }
    watermarks[lane] = max(watermarks[lane] ?? instant, instant)
  }

  /// Evaluates with fewer lanes active.
  func with<T>(_ fewer: [Bool], _ work: () throws(Trap) -> T) throws(Trap) -> T {
    let outer = active
    active = fewer
    defer { active = zip(outer, isGivenUp).map { $0 && !$1 } }
    return try work()
  }

  // MARK: Nodes

  /// The node's value in each active lane.
  func value(_ node: Node) throws(Trap) -> LaneValue {
    switch node {
    case let node as ConstantNode: return .same(node.constant)
    case let node as GlobalNode: return .same(machine.globals[node.index])
    case let node as LocalNode: return try local(node.slot)
    case is AbsentNode: return .same(.absent)
    case let node as ShareNode: return try shared(node)
    case let node as ReturnNode: return try value(node.result)
    case let node as ResultNode: return try value(node.result)
    case let node as SequenceNode:
      try run(node.first)
      return try value(node.second)
    case let node as ConditionalNode: return try choice(node)
    case let node as CoalesceNode: return try coalesced(node)
    case let node as ListNode: return try list(node)
    case let node as MapNode: return try map(node)
    case let node as ComprehensionNode: return try map(node)
    case let node as BuiltinCallNode: return try call(node)
    case let node as OverloadedCallNode: return try call(node)
    case let node as DirectCall1Node: return try call(node.callee, [try value(node.argument)])
    case let node as DirectCallNode: return try call(node.callee, try self.arguments(node.arguments, base: node.base))
    case is TruthNode: return .truths(try truths(node))
    default: return try arithmetic(node)
    }
  }

  func local(_ slot: Int) throws(Trap) -> LaneValue {
    guard slot < frame.count, let value = frame[slot] else { throw refuse() }
    return value
  }

  /// Evaluates with values in slots of the frame, which are taken back.
  func with<T>(_ slots: [(slot: Int, value: LaneValue)], _ work: () throws(Trap) -> T) throws(Trap) -> T {
    let outer = frame
    defer { frame = outer }
    for (slot, value) in slots {
      guard slot < frame.count else { throw refuse() }
      frame[slot] = value
    }
    return try work()
  }

  private func shared(_ node: ShareNode) throws(Trap) -> LaneValue {
    let result = try value(node.inner)
    switch result {
    case .same(let value): value.share()
    case .values(let values): for (lane, value) in values.enumerated() where active[lane] { value.share() }
    case .numbers, .truths, .series, .derived, .map, .date: break
    }
    return result
  }

  /// A statement that is not the last one.
  private func run(_ node: Node) throws(Trap) {
    guard let store = node as? StoreNode, store.slot < frame.count else { throw refuse() }
    // A binding of the branch under way is new; an assignment would have to leave the other lanes as they are.
    guard frame[store.slot] == nil else { throw refuse() }
    frame[store.slot] = try value(store.source)
  }

  /// The left side, where it is there; a lane in which it is missing is given up.
  private func coalesced(_ node: CoalesceNode) throws(Trap) -> LaneValue {
    let left = try value(node.left)
    switch left {
    case .numbers, .truths: return left
    case .series(let series): return .numbers(try latest(series))
    case .derived(let numbers): return .numbers(numbers)
    case .same(let given):
      if given.series != nil { throw refuse() }
      return given.isMissing || given.isNone ? try value(node.right) : left
    case .map, .values, .date: throw refuse()
    }
  }

  private func choice(_ node: ConditionalNode) throws(Trap) -> LaneValue {
    let condition = try truths(node.condition, decided: true)
    let yes = zip(active, condition).map { $0 && $1 }
    let no = zip(active, condition).map { $0 && !$1 }
    let then = try branch(node.then, yes)
    let otherwise = try branch(node.otherwise, no)
    guard let then else { return otherwise ?? .same(.none) }
    guard let otherwise else { return then }
    return try merged(then, otherwise, condition)
  }

  /// What a branch gives, if any lane takes it.
  private func branch(_ node: Node, _ lanes: [Bool]) throws(Trap) -> LaneValue? {
    guard lanes.contains(true) else { return nil }
    if node is EmptyNode { return .same(.none) }
    let outer = frame
    defer { frame = outer }
    return try with(lanes) { () throws(Trap) in try value(node) }
  }

  private func merged(_ then: LaneValue, _ otherwise: LaneValue, _ condition: [Bool]) throws(Trap) -> LaneValue {
    switch (then, otherwise) {
    case (.same(let a), .same(let b)) where a.bits == b.bits: return then
    case (.derived(let a), .derived(let b)): return .derived(days.indices.map { condition[$0] ? a[$0] : b[$0] })
    case (.numbers(let a), .numbers(let b)): return .numbers(days.indices.map { condition[$0] ? a[$0] : b[$0] })
    default: break
    }
    var values = Array(repeating: Value.none, count: days.count)
    for lane in days.indices where active[lane] { values[lane] = try value(condition[lane] ? then : otherwise, lane) }
    return .values(values)
  }
}
