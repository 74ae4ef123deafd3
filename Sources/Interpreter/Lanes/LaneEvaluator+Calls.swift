import MarketModel

extension LaneEvaluator {
  func call(_ node: BuiltinCallNode) throws(Trap) -> LaneValue {
    var arguments = try self.arguments(node.arguments, base: node.base)
    arguments += Array(repeating: .same(.absent), count: max(0, node.count - arguments.count))
    return try call(node.entry, node.shape, arguments, node)
  }

  /// The kind of the first argument chooses the shape, in all lanes the same one.
  func call(_ node: OverloadedCallNode) throws(Trap) -> LaneValue {
    guard !node.hasNames else { throw refuse() }
    let arguments = try self.arguments(node.arguments, base: node.base)
    let memory = self.memory
    if arguments.count == 1, case .derived(let numbers) = arguments[0], node.entry.shapes.contains(where: \.isLatest) {
      return .numbers(numbers)
    }
    guard let lane = active.firstIndex(of: true) else { throw Trap() }
    for (place, argument) in arguments.enumerated() {
      // The kind alone decides, and it is that of the last lane's series too.
      if case .series(let series) = argument {
        memory[place] = series.last.value
      } else {
        memory[place] = try value(argument, lane, asNumbers: true)
      }
    }
    let shape = try node.entry.shape(for: memory, count: arguments.count, machine.context, node.site)
    guard arguments.count <= shape.parameters.count || shape.isVariadic, arguments.count >= shape.required,
      shape.namedOnly == 0
    else { throw refuse() }
    let absent = Array(repeating: LaneValue.same(.absent), count: max(0, shape.parameters.count - arguments.count))
    return try call(node.entry, shape, arguments + absent, node)
  }

  /// Calls with more arguments are evaluated date by date.
  private static let mostArguments = 1 << 12

  /// Arguments in the order of their slots.
  func arguments(_ node: ArgumentNode, base: Int) throws(Trap) -> [LaneValue] {
    switch node {
    case let node as OneArgument: return [try value(node.first)]
    case let node as MoreArguments:
      return [try value(node.first)] + (try arguments(node.rest, base: base))
    case let node as ManyArguments:
      // They are laid out on the stack again, lane by lane.
      guard node.nodes.count <= LaneEvaluator.mostArguments else { throw refuse() }
      return try node.nodes.map { (node) throws(Trap) in try value(node) }
    case let node as PaddedArguments: return try arguments(node.given, base: base)
    case let node as PlacedArguments:
      guard node.nodes.count <= LaneEvaluator.mostArguments else { throw refuse() }
      var placed: [Int: LaneValue] = [:]
      for (slot, node) in node.nodes { placed[slot - base] = try value(node) }
      return try (0..<placed.count).map { (place) throws(Trap) in
        guard let value = placed[place] else { throw refuse() }
        return value
      }
    default:
      guard type(of: node) == ArgumentNode.self else { throw refuse() }
      return []
    }
  }

  // MARK: Builtins

  private func call(
    _ entry: BuiltinEntry, _ shape: BuiltinEntry.Shape, _ arguments: [LaneValue], _ node: Node
  ) throws(Trap) -> LaneValue {
    let given = arguments.filter { !$0.isAbsent }.count
    let effect = entry.builtin.effect(argumentCount: given)
    // What is called back might read data, or anything else.
    guard effect == .pure || effect == .readsData, !arguments.contains(where: \.isFunction) else { throw refuse() }
    let call = LaneCall(entry: entry, shape: shape, site: node.site)
    if effect == .readsData {
      guard arguments.allSatisfy(\.isSame) else { throw refuse() }
      return try read(call, arguments)
    }
    if arguments.allSatisfy(\.isSame) { return .same(try self.call(call, arguments, lane: days.count - 1)) }
    if arguments.dropFirst().allSatisfy(\.isSame), case .series(let series)? = arguments.first {
      return try overSeries(call, series, Array(arguments.dropFirst()))
    }
    guard arguments.allSatisfy({ $0.isPlain(shape.readsMapAsNumbers) }) else { throw refuse() }
    return try collected(try results(call, arguments, turning: false))
  }

  /// A function of a series, which is itself over a column, is called for the first and the last lane: what it gives is
  /// over one column then, and the lanes between are parts of that.
  private func overSeries(_ call: LaneCall, _ series: LaneSeries, _ rest: [LaneValue]) throws(Trap) -> LaneValue {
    let isThere = { (lane: Int) in self.active[lane] && series.ends[lane] > 0 }
    guard let first = days.indices.first(where: isThere), let last = days.indices.last(where: isThere) else {
      throw Trap()
    }
    let given = [LaneValue.same(series.last.value)] + rest
    if call.shape.isLatest { return .numbers(try latest(series)) }
    let one = try self.call(call, [.same(series.first.value)] + rest, lane: first)
    let other = try self.call(call, given, lane: last)
    guard let one = one.series, let other = other.series, other.layout.pointee.column != nil,
      LaneSeries.isAlike(one, other), one.count == series.first.count, other.count == series.last.count,
      other.days == series.last.days, other.layout.pointee.known == series.last.layout.pointee.known,
      other.layout.pointee.columnStart == series.last.layout.pointee.columnStart,
      other.layout.pointee.oldestFresh == series.last.layout.pointee.oldestFresh,
      let scales = series.scales(of: other)
    else { throw refuse() }
    return .series(
      LaneSeries(first: one, last: other, ends: series.ends, scales: scales, isFresh: series.isFresh))
  }

  /// What a call that reads data gives in each lane, each at its own date.
  private func read(_ call: LaneCall, _ arguments: [LaneValue]) throws(Trap) -> LaneValue {
    let cache = machine.columns.cache
    let key = cache == nil ? nil : LaneReads.Key(call.entry.name, arguments, days, scope: machine.host.scope)
    if let key, let known = cache?.read(key), let again = recalled(known, call, arguments) { return again }
    let result = try collected(try results(call, arguments, turning: true))
    if let key, case .series(let series) = result, !active.contains(false) {
      cache?.keep(
        LaneReads.Read(
          ends: series.ends, scales: series.scales, isFresh: series.isFresh, watermarks: watermarksOfRead), key)
    }
    return result
  }

  /// What the same call gave an earlier run on the same data: only the first and the last series are made anew.
  private func recalled(
    _ known: LaneReads.Read, _ call: LaneCall, _ arguments: [LaneValue]
  ) -> LaneValue? {
    guard let first = turned(to: 0, call, arguments), let last = turned(to: days.count - 1, call, arguments),
      let one = first.series, let other = last.series, LaneSeries.isAlike(one, other)
    else { return nil }
    for lane in days.indices where active[lane] { note(known.watermarks[lane], lane) }
    return .series(
      LaneSeries(first: one, last: other, ends: known.ends, scales: known.scales, isFresh: known.isFresh))
  }

  /// The results of a call in the active lanes; one that fails gives its lane up.
  private func results(_ call: LaneCall, _ arguments: [LaneValue], turning: Bool) throws(Trap) -> [Value] {
    var results = Array(repeating: Value.none, count: days.count)
    watermarksOfRead = Array(repeating: nil, count: turning ? days.count : 0)
    for lane in days.indices where active[lane] {
      do throws(Trap) {
        if turning { machine.host.turn(to: days[lane]) }
        results[lane] = try self.call(call, arguments, lane: lane)
        guard turning else { continue }
        watermarksOfRead[lane] = machine.host.watermark
        note(machine.host.watermark, lane)
      } catch {
        if isRefused { throw error }
        machine.fault = nil
        giveUp(lane)
      }
    }
    return results
  }

  private func turned(to lane: Int, _ call: LaneCall, _ arguments: [LaneValue]) -> Value? {
    machine.host.turn(to: days[lane])
    do throws(Trap) { return try self.call(call, arguments, lane: lane) } catch {
      machine.fault = nil
      return nil
    }
  }

  private func call(_ call: LaneCall, _ arguments: [LaneValue], lane: Int) throws(Trap) -> Value {
    machine.context.pointee.asOf = days[lane].rawValue
    let memory = self.memory
    for (place, argument) in arguments.enumerated() {
      memory[place] = try value(argument, lane, asNumbers: call.shape.readsMapAsNumbers)
    }
    let result = try call.entry.call(call.shape, machine.context, memory, count: arguments.count, site: call.site)
    // What a date has to note is noted when it is evaluated alone.
    if machine.output.notes.isEmpty { return result }
    machine.output.notes.removeAll()
    throw Trap()
  }

  /// Stack slots for arguments; nothing else uses the stack while lanes are evaluated.
  private var memory: UnsafeMutablePointer<Value> { machine.stackStart }

  // MARK: Results

  private func collected(_ results: [Value]) throws(Trap) -> LaneValue {
    guard let kind = days.indices.first(where: { active[$0] }).map({ results[$0].kind }) else { throw Trap() }
    for lane in days.indices where active[lane] && (results[lane].kind != kind || results[lane].isMissing) {
      giveUp(lane)
    }
    switch kind {
    case .number: return .numbers(results.map { $0.isNumber ? $0.raw : 0 })
    case .bool: return .truths(results.map { $0.bool ?? false })
    case .series: return try joined(results)
    case .list, .map: return .values(results)
    case .string, .date, .duration, .function, .none: throw refuse()
    }
  }

  /// Series of one column, where they are; lanes with another than the last are given up.
  private func joined(_ results: [Value]) throws(Trap) -> LaneValue {
    guard let newest = days.indices.last(where: { active[$0] && (results[$0].series?.count ?? 0) > 0 }),
      let last = results[newest].series, last.layout.pointee.column != nil
    else { throw refuse() }
    var series = LaneSeries(
      first: last, last: last, ends: Array(repeating: 0, count: days.count),
      scales: Array(repeating: 1, count: days.count), isFresh: Array(repeating: false, count: days.count))
    for lane in days.indices.reversed() where active[lane] {
      guard let one = results[lane].series, one.count > 0, LaneSeries.isAlike(one, last) else {
        giveUp(lane)
        continue
      }
      series.first = one
      series.ends[lane] = one.count
      series.scales[lane] = one.layout.pointee.scale
      series.isFresh[lane] = one.knownDays[one.count - 1] >= one.layout.pointee.oldestFresh
    }
    return .series(series)
  }
}

/// A builtin, and how it is called.
struct LaneCall {
  let entry: BuiltinEntry
  let shape: BuiltinEntry.Shape
  let site: Int32
}

extension LaneValue {
  fileprivate var isAbsent: Bool { if case .same(let value) = self { value.isAbsent } else { false } }

  fileprivate var isFunction: Bool { if case .same(let value) = self { value.kind == .function } else { false } }

  /// Whether it is a value in each lane, or a map of such; of series that are known by their latest number only where a
  /// number is wanted.
  fileprivate func isPlain(_ takesNumbers: Bool) -> Bool {
    switch self {
    case .same, .numbers, .truths, .values: true
    case .map(_, let values):
      values.allSatisfy { if case .derived = $0 { takesNumbers } else { $0.isPlain(takesNumbers) } }
    case .series, .derived, .date: false
    }
  }
}
