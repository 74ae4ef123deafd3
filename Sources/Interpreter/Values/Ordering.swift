import MarketModel

/// The operators of order.
public enum OrderOperator: UInt8, Sendable, CaseIterable {
  case less, lessOrEqual, greater, greaterOrEqual

  /// As written in a script.
  public var text: String {
    switch self {
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }

  /// What the operator says of two values that compare so.
  @inline(__always) func holds(_ comparison: Comparison) -> Bool {
    switch self {
    case .less: comparison == .ascending
    case .lessOrEqual: comparison != .descending
    case .greater: comparison == .descending
    case .greaterOrEqual: comparison != .ascending
    }
  }
}

/// How two values stand to each other in their order.
enum Comparison {
  case ascending, same, descending

  @inline(__always) init<T: Comparable>(_ left: T, _ right: T) {
    self = left < right ? .ascending : left == right ? .same : .descending
  }
}

/// The order of values: what `< <= > >=` mean, and the order of sorting.
///
/// Numbers, strings (by code point), dates, and durations of a kind have an order; a series stands for its latest value.
enum Ordering {
  /// Whether two values stand in an order; `.missing`, with the missing value left in the context, where a number is
  /// missing. Values of different types, or of types without order, are an error.
  static func compare(
    _ operation: OrderOperator, _ left: Value, _ right: Value, _ evaluation: Evaluation
  ) throws(Trap) -> Truth {
    let left = try evaluation.latest(left)
    let right = try evaluation.latest(right)
    if left.isNumber, right.isNumber {
      if left.raw.isNaN || right.raw.isNaN {
        evaluation.context.pointee.missing = left.raw.isNaN ? left : right
        return .missing
      }
      return Truth(operation.holds(Comparison(left.raw, right.raw)))
    }
    let comparison = try scalars(left, right, evaluation, "`\(operation.text)`")
    return Truth(operation.holds(comparison))
  }

  /// Compares two values of one ordered type that are no missing numbers.
  static func scalars(
    _ left: Value, _ right: Value, _ evaluation: Evaluation, _ operation: @autoclosure () -> String
  ) throws(Trap) -> Comparison {
    if left.isNumber, right.isNumber { return Comparison(left.raw, right.raw) }
    if let a = left.string, let b = right.string {
      try evaluation.charge(comparing: a, b)
      return a.compared(to: b)
    }
    if let a = left.day, let b = right.day { return Comparison(a, b) }
    if let a = left.duration, let b = right.duration {
      guard a.unit == b.unit else { throw evaluation.fail(.noOrder(operation(), a, b)) }
      return Comparison(a.count, b.count)
    }
    throw evaluation.fail(.noOrder(operation(), left.kind, right.kind))
  }
}
