import Kernels
import MarketModel

/// Statistics of a sample as scripts compute them (`Statistic`), of numbers of any size.
struct Moments: Sendable {
  /// How many values there are.
  let count: Int
  /// The mean; `nil` of nothing.
  let mean: Double?
  /// The sample deviation (n − 1), exactly 0 for equal values; `nil` of fewer than two.
  let deviation: Double?
  /// The values in units of `scale`.
  private let values: [Double]
  /// 1, or a power of two near values so large or small that their powers would leave the range of numbers.
  private let scale: Double

  /// Measures a sample.
  init(_ values: [Double]) {
    scale = PowerScale.of(values)
    self.values = PowerScale.scaled(values, by: scale)
    count = values.count
    mean = Moments.present(.mean, self.values).map { [scale] in $0 * scale }
    deviation = Moments.present(.deviation, self.values).map { [scale] in $0 * scale }
  }

  /// The bias-corrected skewness G1; `nil` of fewer than three, or without spread.
  var skewness: Double? { Moments.present(.skewness, values) }

  /// The bias-corrected excess kurtosis G2; `nil` of fewer than four, or without spread.
  var kurtosis: Double? { Moments.present(.kurtosis, values) }

  private static func present(_ statistic: Statistic, _ values: [Double]) -> Double? {
    statistic.reduce(values).asFigure
  }
}

/// Statistics of two samples, value by value, as scripts compute them (`PairStatistic`), of numbers of any size.
struct PairMoments {
  private let y: [Double]
  private let x: [Double]
  private let scaleY: Double
  private let scaleX: Double

  /// Measures pairs.
  ///
  /// - Precondition: both sides have the same count.
  init(_ y: [Double], _ x: [Double]) {
    scaleY = PowerScale.of(y)
    scaleX = PowerScale.of(x)
    self.y = PowerScale.scaled(y, by: scaleY)
    self.x = PowerScale.scaled(x, by: scaleX)
  }

  /// Pearson's correlation; `nil` of fewer than two pairs, or without spread on both sides.
  var correlation: Double? { present(.correlation) }

  /// covariance(y, x) / variance(x); `nil` of fewer than two pairs, or without spread in x.
  var beta: Double? { present(.beta).map { $0 * (scaleY / scaleX) } }

  private func present(_ statistic: PairStatistic) -> Double? { statistic.reduce(y, x).asFigure }
}

extension Double {
  /// A statistic as a figure: `nil` where it is missing, infinite where it leaves the range of numbers, which whoever
  /// lists figures says.
  fileprivate var asFigure: Double? {
    switch missingReason {
    case nil: self
    case .overflow: .infinity
    default: nil
    }
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
