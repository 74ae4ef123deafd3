/// Mean and central sums of a sample.
struct Moments: Sendable {
  /// How many values there are.
  let count: Int
  /// The mean; `nil` of nothing.
  let mean: Double?
  /// The sample deviation (n − 1), exactly 0 for equal values; `nil` of fewer than two.
  let deviation: Double?
  /// Σ (x − mean)³.
  let third: Double
  /// Σ (x − mean)⁴.
  let fourth: Double

  /// Measures a sample in two passes.
  init(_ values: [Double]) {
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
    mean = values.isEmpty ? nil : center
    let variance = isConstant ? 0 : second / Double(max(1, values.count - 1))
    deviation = values.count < 2 ? nil : variance.squareRoot()
    self.third = third
    self.fourth = fourth
  }
}
