import MarketModel

/// Copies values that outlive their evaluation into the region that is current: state between calls of `signals`.
///
/// A list that is in a value twice is copied twice, so that a small value can be a large copy: it is charged like any
/// other, and the region's limit ends it. Values nested deeper than calls may be are refused like them.
struct StateCopier {
  let evaluation: Evaluation

  /// The copy; `nil` for a series or function, which cannot be kept, and for what holds one.
  func copy(_ value: Value, depth: Int = 0) throws(Trap) -> Value? {
    switch value.kind {
    case .number, .bool, .date, .duration, .none: return value
    case .string: return try value.string.map { (text) throws(Trap) in try evaluation.string(text.utf8) }
    case .list: return try value.list.flatMap { (list) throws(Trap) in try copy(list, depth + 1) }
    case .map: return try value.map.flatMap { (map) throws(Trap) in try copy(map, depth + 1) }
    case .series, .function: return nil
    }
  }

  private func copy(_ list: ListRef, _ depth: Int) throws(Trap) -> Value? {
    try evaluation.descend(to: depth, over: list.count)
    let result = try evaluation.list(capacity: list.count)
    for place in 0..<list.count {
      try evaluation.look(at: place)
      guard let item = try copy(list[place], depth: depth) else { return nil }
      try evaluation.append(item, to: result)
    }
    result.value.share()
    return result.value
  }

  private func copy(_ map: MapRef, _ depth: Int) throws(Trap) -> Value? {
    try evaluation.descend(to: depth, over: map.count)
    let result = try evaluation.map(capacity: map.count)
    for place in 0..<map.count {
      try evaluation.look(at: place)
      let entry = map.entries[place]
      guard let key = try copy(entry.key, depth: depth), let item = try copy(entry.value, depth: depth) else {
        return nil
      }
      try evaluation.set(key, item, in: result)
    }
    result.value.share()
    return result.value
  }
}

extension Evaluation {
  /// A value as a constant outside of any machine; `nil` for what holds a series or a function. What it takes is charged
  /// and limited as a copy of the value is.
  func constant(_ value: Value) throws(Trap) -> Constant? {
    guard let copy = try StateCopier(evaluation: self).copy(value) else { return nil }
    return Constant(copy)
  }
}
