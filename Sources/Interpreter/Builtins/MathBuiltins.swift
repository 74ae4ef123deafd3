import Kernels
import MarketModel

/// Mathematics, element by element: of a number, of each observation of a series, of each value of a map.
///
/// What has no value is missing with a reason: outside the domain *domain error*, beyond the doubles *overflow*.
enum MathBuiltins {
  static let all: [Builtin] =
    [
      abs, sqrt, exp, log, log10, floor, ceil, tanh, sign, pow, round, clamp, normCDF, normPPF,
    ].map { $0.gaps(map: .kept) } + [isNA, reason]

  static let abs = unary(
    "abs", absolute, doc: "The absolute value.", examples: [.init("abs(-2)", "2"), .init("-3.abs()", "-3")])
  static let sqrt = unary(
    "sqrt", squareRoot, doc: "The square root; of a negative number `na`.",
    examples: [.init("sqrt(9)", "3"), .init("reason(sqrt(-1))", "domain error")])
  static let exp = unary("exp", exponential, doc: "e to the power of x.", examples: [.init("exp(0)", "1")])
  static let log = unary(
    "log", logarithm, doc: "The natural logarithm; of 0 and less `na`.",
    examples: [.init("log(1)", "0"), .init("log(0)", "na")])
  static let log10 = unary(
    "log10", decimalLogarithm, doc: "The logarithm to base 10; of 0 and less `na`.",
    examples: [.init("log10(1000)", "3")])
  static let floor = unary(
    "floor", floored, doc: "The largest whole number not above x.", examples: [.init("floor(-1.5)", "-2")])
  static let ceil = unary(
    "ceil", ceiled, doc: "The smallest whole number not below x.", examples: [.init("ceil(1.2)", "2")])
  static let tanh = unary("tanh", hyperbolicTangent, doc: "The hyperbolic tangent.", examples: [.init("tanh(0)", "0")])
  static let sign = unary(
    "sign", signOf, doc: "-1, 0 or 1.",
    examples: [.init("sign(-5)", "-1"), .init("sign([\"A\": 0, \"B\": 2])", "[\"A\": 0, \"B\": 1]")])
  static let normCDF = unary(
    "norm_cdf", normalCumulative, doc: "The standard normal distribution function (scipy `norm.cdf`).",
    examples: [.init("norm_cdf(0)", "0.5")])
  static let normPPF = unary(
    "norm_ppf", normalQuantile,
    doc: "The quantile of the standard normal distribution (scipy `norm.ppf`); outside (0, 1) `na`.",
    examples: [.init("norm_ppf(0.5)", "0"), .init("norm_ppf(1)", "na")])

  private static let absolute = ElementFunction("abs") { x, _, _ in x.isNaN ? x : x.magnitude }
  private static let squareRoot = ElementFunction("sqrt") { x, _, _ in ElementaryFunctions.squareRoot(x) }
  private static let exponential = ElementFunction("exp") { x, _, _ in ElementaryFunctions.exp(x) }
  private static let logarithm = ElementFunction("log") { x, _, _ in ElementaryFunctions.log(x) }
  private static let decimalLogarithm = ElementFunction("log10") { x, _, _ in ElementaryFunctions.log10(x) }
  private static let floored = ElementFunction("floor") { x, _, _ in x.isNaN ? x : x.rounded(.down) }
  private static let ceiled = ElementFunction("ceil") { x, _, _ in x.isNaN ? x : x.rounded(.up) }
  private static let hyperbolicTangent = ElementFunction("tanh") { x, _, _ in ElementaryFunctions.tanh(x) }
  private static let signOf = ElementFunction("sign") { x, _, _ in ElementaryFunctions.sign(x) }
  private static let normalCumulative = ElementFunction("norm_cdf") { x, _, _ in NormalDistribution.cumulative(x) }
  private static let normalQuantile = ElementFunction("norm_ppf") { x, _, _ in NormalDistribution.quantile(x) }
  private static let rounded = ElementFunction("round") { x, digits, _ in
    DecimalRounding.round(x, digits: Int(cut: digits))
  }
  private static let clamped = ElementFunction("clamp") { x, low, high in
    x.isNaN ? x : low.isNaN ? low : high.isNaN ? high : min(max(x, low), high)
  }

  private static func unary(
    _ name: String, _ function: ElementFunction, doc: String, examples: [Builtin.Example]
  ) -> Builtin {
    Builtin(
      "\(name)(x: number | series | map) -> number | series | map", family: "math", doc: doc + " Elementwise.",
      examples: examples
    ) { call throws(Trap) in try function.apply(call[0], call) }
  }

  static let round = Builtin(
    "round(x: number | series | map, digits: digits = 0) -> number | series | map", family: "math",
    doc: "Rounded to so many decimal places (before the point, if negative); halves to even, as in Python and numpy. "
      + "Elementwise.",
    examples: [
      .init("round(2.5)", "2"), .init("round(3.14159, 2)", "3.14"), .init("round(1234, -2)", "1200"),
      .init("round(1, 0.5)", "E0401"),
    ]
  ) { call throws(Trap) in
    try rounded.apply(call[0], call, first: call.number(1))
  }

  static let clamp = Builtin(
    "clamp(x: number | series | map, lo: number, hi: number) -> number | series | map", family: "math",
    doc: "The nearest number from `lo` to `hi`; `lo` above `hi` is an error. Elementwise.",
    examples: [
      .init("clamp(5, 0, 1)", "1"), .init("clamp([\"A\": -1, \"B\": 0.5], 0, 1)", "[\"A\": 0, \"B\": 0.5]"),
      .init("clamp(1, 2, 0)", "E0401"),
    ]
  ) { call throws(Trap) in
    let (low, high) = (call.number(1), call.number(2))
    if low > high {
      throw call.fail("`lo` of `clamp` is \(ValueText.number(low)), above `hi`, \(ValueText.number(high))")
    }
    return try clamped.apply(call[0], call, first: low, second: high)
  }

  static let pow = Builtin(
    "pow(a: number | series | map, b: number | series | map) -> number | series | map", family: "math",
    doc: "`a ** b`; `0 ** 0` is 1, a negative base with a fractional power `na`.",
    examples: [.init("pow(2, 10)", "1024"), .init("pow(-8, 0.5)", "na"), .init("pow(0, 0)", "1")]
  ) { call throws(Trap) in try Elementwise.apply(.power, call[0], call[1], call.evaluation) }

  static let isNA = Builtin(
    "is_na(x: any) -> bool", family: "math",
    doc: "Whether a number or a bool is missing; of a series, whether its latest value is. `is_na(none)` is false.",
    examples: [
      .init("is_na(na)", "true"), .init("is_na(1 / 0)", "true"), .init("is_na(none)", "false"),
      .init("is_na(series([2024-01-01: na]))", "true"), .init("is_na([na])", "E0401"),
    ]
  ) { call throws(Trap) in Value(try examined(call).isMissing) }

  static let reason = Builtin(
    "reason(x: any) -> string?", family: "math",
    doc: "Why a number, a bool or the latest value of a series is missing; `none` if it is not.",
    examples: [
      .init("reason(1 / 0)", "division by zero"), .init("reason(log(-1))", "domain error"), .init("reason(1)", "none"),
    ]
  ) { call throws(Trap) in
    let value = try examined(call)
    guard value.isMissing, let reason = value.raw.missingReason else { return .none }
    return try call.evaluation.string(reason.text)
  }

  /// The value that may be missing; a list or map is none, since each of its items may be.
  private static func examined(_ call: borrowing Call) throws(Trap) -> Value {
    if call[0].list != nil || call[0].map != nil {
      throw call.fail(
        "`\(call.name)` asks of one value, not of \(call[0].kind.described)",
        remedy: "`any(xs, is_na)` asks of the items, `dropna(xs)` leaves the missing out")
    }
    return try call.evaluation.latest(call[0])
  }
}

/// A function of one number, applied to numbers, series (when they are read) and the values of maps.
final class ElementFunction: SeriesOperation, @unchecked Sendable {
  private let function: @Sendable (_ x: Double, _ first: Double, _ second: Double) -> Double

  init(_ name: String, _ function: @escaping @Sendable (Double, Double, Double) -> Double) {
    self.function = function
    super.init(name)
  }

  /// The function of a value, with up to two further numbers.
  func apply(
    _ value: Value, _ call: borrowing Call, first: Double = 0, second: Double = 0, depth: Int = 0
  ) throws(Trap) -> Value {
    if value.isNumber { return Value(function(value.raw, first, second)) }
    if let series = value.series {
      return try call.evaluation.series(self, on: series, first: first, second: second).value
    }
    guard let map = value.map else {
      throw call.evaluation.fail(
        .typeMismatch(expected: "a number", found: value.kind, what: "a value in `x` of `\(name)`"))
    }
    try call.evaluation.descend(to: depth, over: map.count)
    let result = try call.evaluation.map(capacity: map.count)
    for place in 0..<map.count {
      let entry = map.entries[place]
      let number = try apply(entry.value, call, first: first, second: second, depth: depth + 1)
      try call.evaluation.set(entry.key, number, in: result)
    }
    return result.value
  }

  override func fill(
    _ series: SeriesRef, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    let operands = series.operands
    guard let source = operands.left.series else { return }
    try source.fill(range, target, call)
    for place in 0..<range.count { target[place] = function(target[place], operands.first, operands.second) }
  }
}
