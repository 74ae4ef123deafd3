extension LaneEvaluator {
  // MARK: Values of one lane

  /// What a value is in one lane that is active.
  ///
  /// - Parameter asNumbers: whether the values of a map are wanted as the numbers that they stand for.
  func value(_ value: LaneValue, _ lane: Int, asNumbers: Bool = false) throws(Trap) -> Value {
    switch value {
    case .same(let value): return value
    case .numbers(let numbers): return Value(numbers[lane])
    case .truths(let truths): return Value(truths[lane])
    case .values(let values): return values[lane]
    case .map(let keys, let values):
      let map = try machine.evaluation.map(capacity: keys.count)
      for (key, item) in zip(keys, values) {
        if asNumbers, case .derived(let numbers) = item {
          try machine.evaluation.set(key, Value(numbers[lane]), in: map)
        } else {
          try machine.evaluation.set(key, try self.value(item, lane), in: map)
        }
      }
      return map.value
    case .series, .derived, .date: throw refuse()
    }
  }

  // MARK: Lists

  /// A list of what is the same in all lanes.
  func list(_ node: ListNode) throws(Trap) -> LaneValue {
    let items = try arguments(node.items, base: node.base)
    let list = try machine.evaluation.list(capacity: items.count)
    for item in items {
      guard case .same(let value) = item else { throw refuse() }
      try machine.evaluation.append(value, to: list)
    }
    return .same(list.value)
  }

  // MARK: Maps

  /// A map whose keys are the same in all lanes, and distinct.
  private func map(_ keys: [LaneValue], _ values: [LaneValue]) throws(Trap) -> LaneValue {
    let evaluation = machine.evaluation
    let whole = try evaluation.map(capacity: keys.count)
    var names: [Value] = []
    for (key, value) in zip(keys, values) {
      guard case .same(let key) = key else { throw refuse() }
      names.append(try MapKey.checked(key, evaluation))
      if case .same(let value) = value { value.share() }
      try evaluation.set(key, value.isSame ? try self.value(value, 0) : .none, in: whole)
    }
    guard whole.count == names.count else { throw refuse() }
    return values.allSatisfy(\.isSame) ? .same(whole.value) : .map(keys: names, values: values)
  }

  func map(_ node: MapNode) throws(Trap) -> LaneValue {
    var (keys, values): ([LaneValue], [LaneValue]) = ([], [])
    for (key, item) in zip(node.keys, node.values) {
      keys.append(try value(key))
      values.append(try value(item))
    }
    return try map(keys, values)
  }

  /// `[k: v for … in …]` without conditions, over what is the same in all lanes or a map with such keys.
  func map(_ node: ComprehensionNode) throws(Trap) -> LaneValue {
    guard node.isMap, let loop = node.loops as? ForNode, let item = loop.body as? CollectMapNode else {
      throw refuse()
    }
    let sequence = try value(loop.sequence)
    var (keys, values): ([LaneValue], [LaneValue]) = ([], [])
    for walked in try walk(sequence, names: loop.slots.count) {
      try machine.context.charge(loop.turnSteps, loop.site)
      let slots = zip(loop.slots, walked).filter { $0.0 >= 0 }.map { (slot: $0.0, value: $0.1) }
      try with(slots) { () throws(Trap) in
        keys.append(try value(item.key))
        values.append(try value(item.item))
      }
    }
    return try map(keys, values)
  }

  /// What a loop with one or two names walks over.
  private func walk(_ sequence: LaneValue, names: Int) throws(Trap) -> [[LaneValue]] {
    switch sequence {
    case .same(let value):
      value.share()
      if let list = value.list, names == 1 { return (0..<list.count).map { [.same(list[$0])] } }
      guard let map = value.map, names <= 2 else { throw refuse() }
      return (0..<map.count).map { place in
        let entry = map.entries[place]
        return names == 1 ? [.same(entry.key)] : [.same(entry.key), .same(entry.value)]
      }
    case .map(let keys, let values):
      guard names <= 2 else { throw refuse() }
      return zip(keys, values).map { names == 1 ? [.same($0)] : [.same($0), $1] }
    case .numbers, .truths, .series, .derived, .values, .date: throw refuse()
    }
  }
}
