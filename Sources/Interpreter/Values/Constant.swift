public import MarketModel

/// A value outside of any machine: what params are set to, what state and results look like to the embedding program.
public indirect enum Constant: Equatable, Sendable {
  case number(Double)
  case bool(Bool)
  case string(String)
  case date(Day)
  case duration(CalendarDuration)
  case none
  case list([Constant])
  /// Entries in order.
  case map([Entry])

  /// A key and its value.
  public struct Entry: Equatable, Sendable {
    /// The key.
    public let key: Constant
    /// The value.
    public let value: Constant

    /// Makes an entry.
    public init(key: Constant, value: Constant) {
      self.key = key
      self.value = value
    }
  }

  /// The kind of value it stands for.
  public var kind: ValueKind {
    switch self {
    case .number: .number
    case .bool: .bool
    case .string: .string
    case .date: .date
    case .duration: .duration
    case .none: .none
    case .list: .list
    case .map: .map
    }
  }
}

extension Constant {
  /// A copy of a value; `nil` for series and functions, which cannot leave a machine.
  ///
  /// For values whose size is known to be bounded; `Evaluation.constant` takes any.
  public init?(_ value: Value) {
    switch value.kind {
    case .number: self = .number(value.raw)
    case .bool: self = .bool(value.bool ?? false)
    case .string: self = .string(value.string?.text ?? "")
    case .date: self = .date(value.day ?? .earliest)
    case .duration: self = .duration(value.duration ?? CalendarDuration(0, .days))
    case .none: self = .none
    case .series, .function: return nil
    case .list:
      guard let list = value.list else { return nil }
      var items: [Constant] = []
      for place in 0..<list.count {
        guard let item = Constant(list[place]) else { return nil }
        items.append(item)
      }
      self = .list(items)
    case .map:
      guard let map = value.map else { return nil }
      var entries: [Entry] = []
      for place in 0..<map.count {
        guard let key = Constant(map.entries[place].key), let item = Constant(map.entries[place].value) else {
          return nil
        }
        entries.append(Entry(key: key, value: item))
      }
      self = .map(entries)
    }
  }

  /// The value in a machine's region.
  public func value(_ evaluation: Evaluation) throws(Trap) -> Value {
    switch self {
    case .number(let number): return Value(number)
    case .bool(let bool): return Value(bool)
    case .string(let text): return try evaluation.string(text)
    case .date(let day): return Value(day)
    case .duration(let duration): return Value(duration)
    case .none: return .none
    case .list(let items):
      let list = try evaluation.list(capacity: items.count)
      for item in items { try evaluation.append(try item.value(evaluation), to: list) }
      list.value.share()
      return list.value
    case .map(let entries):
      let map = try evaluation.map(capacity: entries.count)
      for entry in entries {
        try evaluation.set(try entry.key.value(evaluation), try entry.value.value(evaluation), in: map)
      }
      map.value.share()
      return map.value
    }
  }
}
