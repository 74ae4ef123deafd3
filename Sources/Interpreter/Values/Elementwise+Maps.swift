/// Arithmetic of maps, member by member.
extension Elementwise {
  /// Maps within maps deeper than this are an error: the work recurs into them.
  private static let deepestNesting = 100

  /// `number ∘ map` on each member; `map ± map` on the union, an absent member counting as 0, in the left map's order
  /// and then the right's; `map * / map` on the members of both.
  static func maps(
    _ op: ArithmeticOperator, _ left: Value, _ right: Value, _ evaluation: Evaluation, depth: Int
  ) throws(Trap) -> Value {
    guard depth < deepestNesting else { throw evaluation.machine.failDepth(evaluation.site) }
    guard let a = left.map else {
      guard let b = right.map else { return .none }
      return try each(b, evaluation) { value throws(Trap) in try apply(op, left, value, evaluation, depth: depth + 1) }
    }
    guard let b = right.map else {
      return try each(a, evaluation) { value throws(Trap) in try apply(op, value, right, evaluation, depth: depth + 1) }
    }
    switch op {
    case .add, .subtract: return try union(op, a, b, evaluation, depth: depth)
    case .multiply, .divide: return try intersection(op, a, b, evaluation, depth: depth)
    case .remainder, .power: throw evaluation.fail(.badOperands(op, .map, .map))
    }
  }

  private static func each(
    _ map: MapRef, _ evaluation: Evaluation, _ transform: (Value) throws(Trap) -> Value
  ) throws(Trap) -> Value {
    try evaluation.charge(map.count)
    let result = try evaluation.map(capacity: map.count)
    for place in 0..<map.count {
      try evaluation.look(at: place)
      let entry = map.entries[place]
      try evaluation.set(entry.key, try transform(entry.value), in: result)
    }
    return result.value
  }

  private static func union(
    _ op: ArithmeticOperator, _ a: MapRef, _ b: MapRef, _ evaluation: Evaluation, depth: Int
  ) throws(Trap) -> Value {
    try evaluation.charge(a.count + b.count)
    let result = try evaluation.map(capacity: a.count + b.count)
    for place in 0..<a.count {
      try evaluation.look(at: place)
      let entry = a.entries[place]
      let other = try evaluation.value(of: entry.key, in: b) ?? Value(0)
      try evaluation.set(entry.key, try apply(op, entry.value, other, evaluation, depth: depth + 1), in: result)
    }
    for place in 0..<b.count {
      try evaluation.look(at: place)
      let entry = b.entries[place]
      if try evaluation.place(of: entry.key, in: a) != nil { continue }
      try evaluation.set(entry.key, try apply(op, Value(0), entry.value, evaluation, depth: depth + 1), in: result)
    }
    return result.value
  }

  private static func intersection(
    _ op: ArithmeticOperator, _ a: MapRef, _ b: MapRef, _ evaluation: Evaluation, depth: Int
  ) throws(Trap) -> Value {
    try evaluation.charge(a.count + b.count)
    let result = try evaluation.map(capacity: min(a.count, b.count))
    for place in 0..<a.count {
      try evaluation.look(at: place)
      let entry = a.entries[place]
      guard let other = try evaluation.value(of: entry.key, in: b) else { continue }
      try evaluation.set(entry.key, try apply(op, entry.value, other, evaluation, depth: depth + 1), in: result)
    }
    return result.value
  }
}
