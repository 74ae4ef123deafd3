import Diagnostics
import Kernels
import MarketModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Arithmetic on values of any kind: what the operators mean beyond the evaluator's fast path for two numbers.
///
/// Numbers never become infinite, and where two missing numbers meet the left one's reason stays. Series give recipes
/// that are computed when read, maps are worked on member by member.
enum Elementwise {
  /// The value of `left op right`; a pair of kinds that the operator does not take is an error with a hint.
  static func apply(
    _ op: ArithmeticOperator, _ left: Value, _ right: Value, _ evaluation: Evaluation
  ) throws(Trap) -> Value {
    if left.isNumber, right.isNumber { return Value(number(op, left.raw, right.raw)) }
    return try apply(op, left, right, evaluation, depth: 0)
  }

  static func apply(
    _ op: ArithmeticOperator, _ left: Value, _ right: Value, _ evaluation: Evaluation, depth: Int
  ) throws(Trap) -> Value {
    switch (left.kind, right.kind) {
    case (.number, .number): return Value(number(op, left.raw, right.raw))
    case (.series, .number), (.number, .series), (.series, .series):
      return try series(op, left, right, evaluation)
    case (.map, .number), (.number, .map), (.map, .map):
      return try maps(op, left, right, evaluation, depth: depth)
    case (.string, .string) where op == .add: return try join(left, right, evaluation)
    case (.list, .list) where op == .add: return try concatenate(left, right, evaluation)
    case (.date, .date), (.date, .duration), (.duration, .date), (.duration, .duration), (.duration, .number),
      (.number, .duration):
      return try calendar(op, left, right, evaluation)
    default: throw evaluation.fail(.badOperands(op, left.kind, right.kind))
    }
  }

  /// `-v`: of a number, series, map or duration.
  static func negate(_ value: Value, _ evaluation: Evaluation) throws(Trap) -> Value {
    switch value.kind {
    case .number: return Value(negated(value.raw))
    case .series, .map: return try apply(.multiply, value, Value(-1), evaluation)
    case .duration:
      guard let duration = value.duration, duration.count != .min else {
        throw evaluation.fail(.durationTooLong())
      }
      return Value(CalendarDuration(-Int(duration.count), duration.unit))
    case .bool, .string, .date, .list, .function, .none: throw evaluation.fail(.badOperand(value.kind))
    }
  }

  /// A number with its sign changed; a missing one stays as it is, since its sign bit is no sign.
  static func negated(_ number: Double) -> Double { number.isNaN ? number : -number }

  /// Arithmetic on two numbers. Never infinite: overflow, a division by zero and what lies outside the domain of `**`
  /// are missing with their reason. `%` is the floored remainder (Python's), `0 ** 0` is 1.
  static func number(_ op: ArithmeticOperator, _ a: Double, _ b: Double) -> Double {
    let result: Double
    switch op {
    case .add: result = a + b
    case .subtract: result = a - b
    case .multiply: result = a * b
    case .divide: result = a / b
    case .remainder: result = ElementaryFunctions.flooredRemainder(a, b)
    case .power: result = a.isNaN || b.isNaN ? .nan : pow(a, b)
    }
    return result.isFinite ? result : missing(op, a, b)
  }

  /// Why the result of an operation is not a finite number.
  @inline(never) private static func missing(_ op: ArithmeticOperator, _ a: Double, _ b: Double) -> Double {
    if a.isNaN { return a }
    if b.isNaN { return b }
    switch op {
    case .add, .subtract, .multiply: return .missing(.overflow)
    case .divide: return .missing(b == 0 ? .divisionByZero : .overflow)
    case .remainder: return .missing(.divisionByZero)
    case .power:
      if a == 0 { return .missing(.divisionByZero) }
      return .missing(a < 0 && b.rounded() != b ? .domainError : .overflow)
    }
  }
}
