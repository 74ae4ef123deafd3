import MarketModel

/// The equality of values: what `==` means, and the weaker sameness that searching in lists uses.
///
/// Equality is structural: lists by order, maps regardless of order. A series stands for its latest value. Two missing
/// numbers are equal inside a list or map and neither equal nor unequal at the top.
enum Equality {
  /// Whether two values are equal; `.missing`, with the missing value left in the context, where a number is missing.
  ///
  /// Values of different types are an error, except that anything may be compared with `none`; so are functions.
  static func equal(_ left: Value, _ right: Value, _ evaluation: Evaluation) throws(Trap) -> Truth {
    if left.isNumber, right.isNumber { return numbers(left.raw, right.raw, evaluation) }
    let left = try evaluation.latest(left)
    let right = try evaluation.latest(right)
    if left.isNumber, right.isNumber { return numbers(left.raw, right.raw, evaluation) }
    // A bool may be missing, and a missing bool is a missing number.
    if left.isMissing && right.isBool || left.isBool && right.isMissing {
      evaluation.context.pointee.missing = left.isMissing ? left : right
      return .missing
    }
    return Truth(try inner(left, right, evaluation, strict: true, depth: 0))
  }

  /// Whether two values are the same for a search: values of different types are not, missing numbers are.
  static func same(_ left: Value, _ right: Value, _ evaluation: Evaluation) throws(Trap) -> Bool {
    try inner(left, right, evaluation, strict: false, depth: 0)
  }

  private static func numbers(_ left: Double, _ right: Double, _ evaluation: Evaluation) -> Truth {
    if left == right { return .yes }
    if left.isNaN || right.isNaN {
      evaluation.context.pointee.missing = Value(left.isNaN ? left : right)
      return .missing
    }
    return .no
  }

  private static func inner(
    _ left: Value, _ right: Value, _ evaluation: Evaluation, strict: Bool, depth: Int
  ) throws(Trap) -> Bool {
    if left.isNumber, right.isNumber { return left.raw == right.raw || left.raw.isNaN && right.raw.isNaN }
    if let a = left.string, let b = right.string { return try evaluation.equal(a, b) }
    if left.isNone || right.isNone { return left.isNone && right.isNone }
    if left.kind == .series || right.kind == .series {
      let latest = (try evaluation.latest(left), try evaluation.latest(right))
      return try inner(latest.0, latest.1, evaluation, strict: strict, depth: depth)
    }
    if left.isMissing && right.isBool || left.isBool && right.isMissing { return false }
    if let a = left.list, let b = right.list { return try lists(a, b, evaluation, strict: strict, depth: depth + 1) }
    if let a = left.map, let b = right.map { return try maps(a, b, evaluation, strict: strict, depth: depth + 1) }
    return try scalars(left, right, evaluation, strict: strict)
  }

  /// Bools, dates, durations; everything else is of different types or a function.
  private static func scalars(
    _ left: Value, _ right: Value, _ evaluation: Evaluation, strict: Bool
  ) throws(Trap) -> Bool {
    let kind = left.kind
    guard kind == right.kind, kind != .function else {
      if strict { throw evaluation.fail(.noEquality(kind, right.kind)) }
      return left.bits == right.bits
    }
    if strict, let a = left.duration, let b = right.duration, a.unit != b.unit {
      throw evaluation.fail(.noEquality(a, b))
    }
    return left.bits == right.bits
  }

  private static func lists(
    _ left: ListRef, _ right: ListRef, _ evaluation: Evaluation, strict: Bool, depth: Int
  ) throws(Trap) -> Bool {
    if left.count != right.count { return false }
    try evaluation.descend(to: depth, over: left.count)
    for place in 0..<left.count {
      try evaluation.look(at: place)
      guard try inner(left[place], right[place], evaluation, strict: strict, depth: depth) else {
        return false
      }
    }
    return true
  }

  private static func maps(
    _ left: MapRef, _ right: MapRef, _ evaluation: Evaluation, strict: Bool, depth: Int
  ) throws(Trap) -> Bool {
    if left.count != right.count { return false }
    try evaluation.descend(to: depth, over: left.count)
    for place in 0..<left.count {
      try evaluation.look(at: place)
      let entry = left.entries[place]
      guard let other = try evaluation.value(of: entry.key, in: right),
        try inner(entry.value, other, evaluation, strict: strict, depth: depth)
      else { return false }
    }
    return true
  }
}

extension Evaluation {
  /// A series' latest value; every other value as it is.
  @inline(__always) func latest(_ value: Value) throws(Trap) -> Value {
    guard let series = value.series else { return value }
    return Value(try series.latest(self))
  }

  /// Counts the steps of going through the items of a value that is nested `depth` deep; fails beyond the depth limit,
  /// so that recursion over values never outgrows the stack.
  func descend(to depth: Int, over count: Int) throws(Trap) {
    try charge(count + 1)
    // The address of a local tells how much native stack is left; a limit of a thousand levels stays within the reserve
    // that the call nodes keep, a raised limit must not.
    var marker: UInt8 = 0
    let here = withUnsafePointer(to: &marker) { UInt(bitPattern: $0) }
    if depth > machine.limits.depth || here < context.pointee.nativeEnd {
      throw fail(.nestedTooDeeply(min(depth, machine.limits.depth)))
    }
  }
}
