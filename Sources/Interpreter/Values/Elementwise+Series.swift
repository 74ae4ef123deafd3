/// Arithmetic of series, observation by observation.
extension Elementwise {
  /// A recipe that computes when it is read; two series meet on their common dates.
  static func series(
    _ op: ArithmeticOperator, _ left: Value, _ right: Value, _ evaluation: Evaluation
  ) throws(Trap) -> Value {
    let index = Int(op.rawValue)
    if let a = left.series, let b = right.series {
      let common = try CommonDates([a, b], evaluation)
      return try evaluation.series(
        PairArithmetic.all[index], on: common.series[0], right: common.series[1].value, known: common.known
      ).value
    }
    if let a = left.series {
      return try evaluation.series(ScalarArithmetic.seriesFirst[index], on: a, first: right.raw).value
    }
    guard let b = right.series else { return .none }
    return try evaluation.series(ScalarArithmetic.numberFirst[index], on: b, first: left.raw).value
  }

  /// `target[i] = target[i] op right[i]`.
  static func combine(
    _ op: ArithmeticOperator, _ target: UnsafeMutablePointer<Double>, _ right: UnsafePointer<Double>, _ count: Int
  ) {
    switch op {
    case .add: for i in 0..<count { target[i] = finite(op, target[i] + right[i], target[i], right[i]) }
    case .subtract: for i in 0..<count { target[i] = finite(op, target[i] - right[i], target[i], right[i]) }
    case .multiply: for i in 0..<count { target[i] = finite(op, target[i] * right[i], target[i], right[i]) }
    case .divide: for i in 0..<count { target[i] = finite(op, target[i] / right[i], target[i], right[i]) }
    case .remainder, .power: for i in 0..<count { target[i] = number(op, target[i], right[i]) }
    }
  }

  @inline(__always) private static func finite(
    _ op: ArithmeticOperator, _ result: Double, _ a: Double, _ b: Double
  ) -> Double {
    result.isFinite ? result : number(op, a, b)
  }
}

/// A series with a number, or a number with a series.
private final class ScalarArithmetic: SeriesOperation, @unchecked Sendable {
  private let op: ArithmeticOperator
  private let numberIsLeft: Bool

  static let seriesFirst = ArithmeticOperator.allCases.map { ScalarArithmetic($0, numberIsLeft: false) }
  static let numberFirst = ArithmeticOperator.allCases.map { ScalarArithmetic($0, numberIsLeft: true) }

  private init(_ op: ArithmeticOperator, numberIsLeft: Bool) {
    self.op = op
    self.numberIsLeft = numberIsLeft
    super.init(op.text)
  }

  override func fill(
    _ series: SeriesRef, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    guard let operand = series.operands.left.series else { return }
    let number = series.operands.first
    try operand.fill(range, target, call)
    if numberIsLeft {
      for place in 0..<range.count { target[place] = Elementwise.number(op, number, target[place]) }
    } else {
      for place in 0..<range.count { target[place] = Elementwise.number(op, target[place], number) }
    }
  }
}

/// A series with a series of the same dates.
private final class PairArithmetic: SeriesOperation, @unchecked Sendable {
  private let op: ArithmeticOperator

  static let all = ArithmeticOperator.allCases.map { PairArithmetic($0) }

  private init(_ op: ArithmeticOperator) {
    self.op = op
    super.init(op.text)
  }

  override func fill(
    _ series: SeriesRef, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    guard let left = series.operands.left.series, let right = series.operands.right.series else { return }
    try left.fill(range, target, call)
    Elementwise.combine(op, target, try right.values(range, call), range.count)
  }
}
