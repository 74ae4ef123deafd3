/// Mean and central sums of a sample, of numbers of any size.
struct Moments: Sendable {
  /// How many values there are.
  let count: Int
  /// The mean; `nil` of nothing.
  let mean: Double?
  /// The sample deviation (n − 1), exactly 0 for equal values; `nil` of fewer than two.
  let deviation: Double?
  /// The deviation in units of `scale`.
  let scaledDeviation: Double?
  /// Σ (x − mean)³ in units of `scale`³.
  let third: Double
  /// Σ (x − mean)⁴ in units of `scale`⁴.
  let fourth: Double
  /// 1, or a power of two near values so large or small that their powers would leave the range of numbers.
  let scale: Double

  /// Measures a sample in two passes.
  init(_ values: [Double]) {
    let scale = PowerScale.of(values)
    self.init(PowerScale.scaled(values, by: scale), inUnitsOf: scale)
  }

  private init(_ values: [Double], inUnitsOf scale: Double) {
    self.scale = scale
    count = values.count
    var sum = 0.0
    for value in values { sum += value }
    let center = values.isEmpty ? 0 : sum / Double(values.count)
    var (second, third, fourth) = (0.0, 0.0, 0.0)
    var isConstant = true
    for value in values {
      let distance = value - center
      let square = distance * distance
      second += square
      third += square * distance
      fourth += square * square
      if value != values[0] { isConstant = false }
    }
    mean = values.isEmpty ? nil : center * scale
    let variance = isConstant ? 0 : second / Double(max(1, values.count - 1))
    scaledDeviation = values.count < 2 ? nil : variance.squareRoot()
    deviation = scaledDeviation.map { $0 * scale }
    self.third = third
    self.fourth = fourth
  }
}

/// Units in which powers of numbers stay in the range of numbers.
enum PowerScale {
  /// 1 for ordinary values; else the power of two at or below the greatest magnitude, which changes no digit.
  static func of(_ values: [Double]) -> Double {
    var largest = 0.0
    for value in values { largest = max(largest, abs(value)) }
    if largest == 0 || (1e-60...1e60).contains(largest) || !largest.isFinite { return 1 }
    return Double(sign: .plus, exponent: largest.exponent, significand: 1)
  }

  /// The values in units of a scale.
  static func scaled(_ values: [Double], by scale: Double) -> [Double] {
    scale == 1 ? values : values.map { $0 / scale }
  }

  /// √(Σ x²/n); `nil` of nothing.
  static func rootMeanSquare(_ values: [Double]) -> Double? {
    let scale = of(values)
    let sum = scaled(values, by: scale).reduce(0) { $0 + $1 * $1 }
    return values.isEmpty ? nil : (sum / Double(values.count)).squareRoot() * scale
  }
}
