import MarketModel

/// Comparing series observation by observation, and choosing by the result.
extension SeriesBuiltins {
  static let maskBuiltins: [Builtin] = [above, below, choose]

  static let above = comparison(
    "above", .above, doc: "1 where `a > b`, else 0; na where either is.",
    example: "series([2024-01-01: 1, 2024-01-02: 3]).above(2).values()", result: "[0, 1]")
  static let below = comparison(
    "below", .below, doc: "1 where `a < b`, else 0; na where either is.",
    example: "series([2024-01-01: 1, 2024-01-02: 3]).below(2).values()", result: "[1, 0]")

  private static func comparison(
    _ name: String, _ operation: PairOperation, doc: String, example: String, result: String
  ) -> Builtin {
    Builtin(
      "\(name)(a: series, b: series | number) -> series", family: family, doc: doc,
      examples: [.init(example, result)]
    ) { call throws(Trap) in try operation.series(call[0], call[1], call.evaluation).value }
  }

  static let choose = Builtin(
    "where(mask: series, a: series | number, b: series | number) -> series", family: family,
    doc: "The value of `a` where the mask is not 0, of `b` where it is 0, na where it is na.",
    examples: [
      .init("where(above(series([2024-01-01: 1, 2024-01-02: 3]), 2), 10, 20).values()", "[20, 10]")
    ]
  ) { call throws(Trap) in
    let evaluation = call.evaluation
    var given = [call.series(0)]
    for place in 1...2 {
      if let series = call[place].series { given.append(series) }
    }
    let common = try CommonDates(given, evaluation)
    var next = 1
    let operands = try evaluation.list(capacity: 2)
    for place in 1...2 {
      let isSeries = call[place].series != nil
      try evaluation.append(isSeries ? common.series[next].value : call[place], to: operands)
      if isSeries { next += 1 }
    }
    return try evaluation.series(
      ChoiceOperation.shared, on: common.series[0], right: operands.value, known: common.known
    ).value
  }
}

/// A number made of two numbers, observation by observation. Operands: left and right, each a series or a number; two
/// series are on common dates.
final class PairOperation: SeriesOperation, @unchecked Sendable {
  private let combine: @Sendable (Double, Double) -> Double

  static let above = PairOperation("above") { a, b in a.isNaN ? a : b.isNaN ? b : a > b ? 1 : 0 }
  static let below = PairOperation("below") { a, b in a.isNaN ? a : b.isNaN ? b : a < b ? 1 : 0 }
  static let minimum = PairOperation("min") { a, b in a.isNaN ? a : b.isNaN ? b : b < a ? b : a }
  static let maximum = PairOperation("max") { a, b in a.isNaN ? a : b.isNaN ? b : b > a ? b : a }

  private init(_ name: String, _ combine: @escaping @Sendable (Double, Double) -> Double) {
    self.combine = combine
    super.init(name)
  }

  /// The two numbers' result.
  func value(_ a: Double, _ b: Double) -> Double { combine(a, b) }

  /// The recipe over two operands of which at least one is a series.
  func series(_ left: Value, _ right: Value, _ evaluation: Evaluation) throws(Trap) -> SeriesRef {
    if let a = left.series, let b = right.series {
      let common = try CommonDates([a, b], evaluation)
      return try evaluation.series(
        self, on: common.series[0], right: common.series[1].value, known: common.known)
    }
    // The caller has seen to it that one of the two is a series.
    guard let base = left.series ?? right.series else { preconditionFailure("\(name) lacks a series") }
    return try evaluation.series(self, on: base, left: left, right: right)
  }

  override func fill(
    _ series: SeriesRef, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    let operands = series.operands
    guard let left = operands.left.series else {
      try operands.right.series?.fill(range, target, call)
      for place in 0..<range.count { target[place] = combine(operands.left.raw, target[place]) }
      return
    }
    try left.fill(range, target, call)
    if let right = operands.right.series {
      let other = try right.values(range, call)
      for place in 0..<range.count { target[place] = combine(target[place], other[place]) }
    } else {
      for place in 0..<range.count { target[place] = combine(target[place], operands.right.raw) }
    }
  }
}

/// `where`. Left operand: the mask; right operand: a list of the two choices, series on the mask's dates or numbers.
private final class ChoiceOperation: SeriesOperation, @unchecked Sendable {
  static let shared = ChoiceOperation("where")

  override func fill(
    _ series: SeriesRef, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    guard let mask = series.operands.left.series, let choices = series.operands.right.list else { return }
    let a = try values(choices[0], range, call)
    let b = try values(choices[1], range, call)
    try mask.fill(range, target, call)
    for place in 0..<range.count where !target[place].isNaN {
      target[place] =
        target[place] == 0 ? b?[place] ?? choices[1].raw : a?[place] ?? choices[0].raw
    }
  }

  private func values(
    _ choice: Value, _ range: Range<Int>, _ call: Evaluation
  ) throws(Trap) -> UnsafePointer<Double>? {
    guard let series = choice.series else { return nil }
    return try series.values(range, call)
  }
}
