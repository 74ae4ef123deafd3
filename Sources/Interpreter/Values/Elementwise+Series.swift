/// Arithmetic of series, observation by observation.
extension Elementwise {
  static func series(
    _ op: ArithmeticOperator, _ left: Value, _ right: Value, _ evaluation: Evaluation
  ) throws(Trap) -> Value {
    if let a = left.series, right.isNumber {
      return try evaluation.series(ScalarArithmetic.seriesFirst[Int(op.rawValue)], on: a, first: right.raw).value
    }
    if let b = right.series, left.isNumber {
      return try evaluation.series(ScalarArithmetic.numberFirst[Int(op.rawValue)], on: b, first: left.raw).value
    }
    return .none
  }
}

/// A series with a number, or a number with a series.
final class ScalarArithmetic: SeriesOperation, @unchecked Sendable {
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
