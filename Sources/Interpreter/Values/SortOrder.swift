import MarketModel

/// The order of sorting: a permutation of places, stable in both directions, missing numbers last in both.
///
/// Keys are all numbers, all strings, all dates, all durations of a kind, or all lists of these, compared item by item;
/// a mixture is refused. Whatever has 64 bits of order is sorted by radix, the rest by merging.
enum SortOrder {
  /// The places of `count` keys in their order. The keys' series become their latest values in place.
  static func places(
    _ keys: UnsafeMutablePointer<Value>, count: Int, descending: Bool, _ evaluation: Evaluation
  ) throws(Trap) -> UnsafeMutablePointer<Int32> {
    try evaluation.charge(count)
    let kind = try commonKind(keys, count: count, evaluation)
    switch kind {
    case .number, .date, .duration:
      let codes = try evaluation.words(count)
      for place in 0..<count { codes[place] = code(keys[place], descending: descending) }
      return try places(codes, count: count, evaluation)
    case .string, .list:
      let order = ItemOrder(evaluation: evaluation, descending: descending)
      return try MergeSort(keys: keys, count: count, order: order).places()
    case .bool, .map, .series, .function, .none:
      throw evaluation.fail(.notSortable(kind))
    }
  }

  /// The places of numbers in their order.
  static func places(
    _ numbers: UnsafePointer<Double>, count: Int, descending: Bool, _ evaluation: Evaluation
  ) throws(Trap) -> UnsafeMutablePointer<Int32> {
    try evaluation.charge(count)
    let codes = try evaluation.words(count)
    for place in 0..<count { codes[place] = code(numbers[place], descending: descending) }
    return try places(codes, count: count, evaluation)
  }

  /// The one kind of all keys; series count as numbers.
  private static func commonKind(
    _ keys: UnsafeMutablePointer<Value>, count: Int, _ evaluation: Evaluation
  ) throws(Trap) -> ValueKind {
    var common = ValueKind.number
    for place in 0..<count {
      keys[place] = try evaluation.latest(keys[place])
      let kind = keys[place].kind
      if place == 0 { common = kind }
      if kind != common { throw evaluation.fail(.mixedSort(common, kind)) }
      if let unit = keys[place].duration?.unit, let first = keys[0].duration, first.unit != unit {
        throw evaluation.fail(.noOrder("sorting", first, CalendarDuration(Int(keys[place].duration?.count ?? 0), unit)))
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

  private static func code(_ value: Value, descending: Bool) -> UInt64 {
    if value.isNumber { return code(value.raw, descending: descending) }
    let number = value.day?.rawValue ?? value.duration?.count ?? 0
    let ascending = UInt64(Int64(number) - Int64(Int32.min))
    return descending ? UInt64(UInt32.max) - ascending : ascending
  }

  /// The places of codes in ascending order: insertion for a few, radix for many.
  private static func places(
    _ codes: UnsafeMutablePointer<UInt64>, count: Int, _ evaluation: Evaluation
  ) throws(Trap) -> UnsafeMutablePointer<Int32> {
    let places = try evaluation.days(count)
    for place in 0..<count { places[place] = Int32(truncatingIfNeeded: place) }
    if count <= 48 {
      insert(codes, places, count: count)
      return places
    }
    return try radix(codes, places, count: count, evaluation)
  }

  private static func insert(_ codes: UnsafeMutablePointer<UInt64>, _ places: UnsafeMutablePointer<Int32>, count: Int) {
    var end = 1
    while end < count {
      let (code, place) = (codes[end], places[end])
      var hole = end
      while hole > 0, codes[hole - 1] > code {
        codes[hole] = codes[hole - 1]
        places[hole] = places[hole - 1]
        hole -= 1
      }
      codes[hole] = code
      places[hole] = place
      end += 1
    }
  }

  /// Eight stable passes of a byte each, the lowest first; a pass in which all bytes agree is left out.
  private static func radix(
    _ codes: UnsafeMutablePointer<UInt64>, _ places: UnsafeMutablePointer<Int32>, count: Int, _ evaluation: Evaluation
  ) throws(Trap) -> UnsafeMutablePointer<Int32> {
    var from = (codes: codes, places: places)
    var to = (codes: try evaluation.words(count), places: try evaluation.days(count))
    let histogram = try evaluation.words(256)
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      histogram.initialize(repeating: 0, count: 256)
      for index in 0..<count { histogram[Int(from.codes[index] >> shift & 0xFF)] += 1 }
      if histogram[Int(from.codes[0] >> shift & 0xFF)] == UInt64(count) { continue }
      var total: UInt64 = 0
      for bucket in 0..<256 { (histogram[bucket], total) = (total, total + histogram[bucket]) }
      for index in 0..<count {
        let bucket = Int(from.codes[index] >> shift & 0xFF)
        let target = Int(histogram[bucket])
        histogram[bucket] += 1
        to.codes[target] = from.codes[index]
        to.places[target] = from.places[index]
      }
      swap(&from, &to)
    }
    return from.places
  }
}

extension Evaluation {
  /// Room for 64-bit words that lives until the evaluation ends.
  func words(_ count: Int) throws(Trap) -> UnsafeMutablePointer<UInt64> {
    try allocate(count * MemoryLayout<UInt64>.stride).bindMemory(to: UInt64.self, capacity: count)
  }
}
