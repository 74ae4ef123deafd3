import MarketModel

/// The order of sorting: a permutation of places, stable in both directions, missing numbers last in both.
///
/// Keys are all numbers, all strings, all dates, all durations of a kind, or all lists of these, compared item by item;
/// a mixture is refused. Whatever has 64 bits of order is sorted by radix, the rest by merging.
enum SortOrder {
  /// The places of a list's keys in their order. The keys' series become their latest values in place.
  static func places(
    _ keys: ListRef, descending: Bool, _ evaluation: Evaluation
  ) throws(Trap) -> UnsafeMutablePointer<Int32> {
    let count = keys.count
    if let numbers = allNumbers(keys.buffer) {
      return try places(numbers, count: count, descending: descending, evaluation)
    }
    try evaluation.charge(count)
    let kind = try commonKind(keys, evaluation)
    switch kind {
    case .number, .date, .duration:
      return try places(count: count, evaluation) { code(keys[$0], descending: descending) }
    case .string, .list:
      let order = ItemOrder(evaluation: evaluation, descending: descending)
      return try MergeSort(keys: keys, order: order).places()
    case .bool, .map, .series, .function, .none:
      throw evaluation.fail(.notSortable(kind))
    }
  }

  /// The places of numbers in their order.
  static func places(
    _ numbers: UnsafePointer<Double>, count: Int, descending: Bool, _ evaluation: Evaluation
  ) throws(Trap) -> UnsafeMutablePointer<Int32> {
    try places(count: count, evaluation) { code(numbers[$0], descending: descending) }
  }

  /// Sorts a list in place if all its items are numbers; says whether they are.
  ///
  /// Equal numbers cannot be told apart, so no places are kept, and the sorting moves half as much.
  static func sortNumbers(
    _ list: ListRef, descending: Bool, _ evaluation: Evaluation
  ) throws(Trap) -> Bool {
    let (values, count) = (list.buffer, list.count)
    guard let numbers = allNumbers(values) else { return false }
    try evaluation.charge(count)
    if isSorted(numbers, count: count, descending: descending) { return true }
    let codes = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
    let missing = UnsafeMutablePointer<Double>.allocate(capacity: count)
    defer {
      codes.deallocate()
      missing.deallocate()
    }
    var present = 0
    for place in 0..<count {
      let number = numbers[place]
      if number.isNaN {
        missing[place - present] = number
      } else {
        codes[present] = code(number, descending: descending)
        present += 1
      }
    }
    try RadixSort.sort(codes, count: present, evaluation)
    for place in 0..<present { values[place] = Value(number(codes[place], descending: descending)) }
    for place in present..<count { values[place] = Value(missing[place - present]) }
    return true
  }

  /// Values as doubles, if all are numbers: a value has the bits of its number.
  private static func allNumbers(_ values: UnsafeMutableBufferPointer<Value>) -> UnsafePointer<Double>? {
    for value in values where !value.isNumber { return nil }
    return values.baseAddress.map { UnsafeRawPointer($0).assumingMemoryBound(to: Double.self) }
  }

  private static func isSorted(_ numbers: UnsafePointer<Double>, count: Int, descending: Bool) -> Bool {
    // A missing number compares as neither, so that a list with one counts as not sorted.
    var place = 1
    if descending {
      while place < count, numbers[place - 1] >= numbers[place] { place += 1 }
    } else {
      while place < count, numbers[place - 1] <= numbers[place] { place += 1 }
    }
    return place >= count
  }

  /// The one kind of all keys; series count as numbers.
  private static func commonKind(
    _ keys: ListRef, _ evaluation: Evaluation
  ) throws(Trap) -> ValueKind {
    var common = ValueKind.number
    for place in 0..<keys.count {
      try evaluation.look(at: place)
      keys[place] = try evaluation.latest(keys[place])
      let kind = keys[place].kind
      if place == 0 { common = kind }
      if kind != common { throw evaluation.fail(.mixedSort(common, kind)) }
      if let first = keys[0].duration, let other = keys[place].duration, first.unit != other.unit {
        throw evaluation.fail(.noOrder("sorting", first, other))
      }
    }
    return common
  }

  /// 64 bits whose unsigned order is the order of sorting; missing numbers are above all.
  @inline(__always) private static func code(_ number: Double, descending: Bool) -> UInt64 {
    if number.isNaN { return .max }
    // Adding zero makes minus zero plus zero: the two are equal and must not be told apart.
    let bits = (number + 0).bitPattern
    let ascending = bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    return descending ? ~ascending : ascending
  }

  /// The number of a code.
  @inline(__always) private static func number(_ code: UInt64, descending: Bool) -> Double {
    let ascending = descending ? ~code : code
    return Double(bitPattern: ascending >> 63 == 1 ? ascending & ~(1 << 63) : ~ascending)
  }

  private static func code(_ value: Value, descending: Bool) -> UInt64 {
    if value.isNumber { return code(value.raw, descending: descending) }
    let number = value.day?.rawValue ?? value.duration?.count ?? 0
    let ascending = UInt64(Int64(number) - Int64(Int32.min))
    return descending ? UInt64(UInt32.max) - ascending : ascending
  }

  /// The places in ascending order of what is coded for each.
  @inline(__always) private static func places(
    count: Int, _ evaluation: Evaluation, code: (Int) -> UInt64
  ) throws(Trap) -> UnsafeMutablePointer<Int32> {
    try evaluation.charge(count)
    let places = try evaluation.days(count)
    let codes = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
    defer { codes.deallocate() }
    for place in 0..<count {
      codes[place] = code(place)
      places[place] = Int32(truncatingIfNeeded: place)
    }
    try RadixSort.sort(codes, places, count: count, evaluation)
    return places
  }
}
