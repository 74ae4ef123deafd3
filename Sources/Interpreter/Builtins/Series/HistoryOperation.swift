import Kernels
import MarketModel

/// An operation whose value depends on all that came before: it is computed from the series' beginning. Left operand: the
/// series; `first` and `second`: its parameters.
final class HistoryOperation: ColumnOperation, @unchecked Sendable {
  /// Source, observations, target and the two parameters.
  typealias Body = @Sendable (UnsafePointer<Double>, Int, UnsafeMutablePointer<Double>, Double, Double) -> Void
  private let body: Body

  static let cumulativeSum = HistoryOperation("cum_sum", degree: 1, .sum)
  static let cumulativeProduct = HistoryOperation("cum_prod", degree: nil, .product)
  static let cumulativeMaximum = HistoryOperation("cum_max", degree: 1, .maximum)
  static let cumulativeMinimum = HistoryOperation("cum_min", degree: 1, .minimum)
  static let drawdown = HistoryOperation("drawdown", degree: 0, .drawdown)
  static let exponentialMean = HistoryOperation("ema", degree: 1) { source, count, target, span, _ in
    ExponentialMean.fill(span: span, source: source, count: count, into: target)
  }
  static let relativeStrength = HistoryOperation("rsi", degree: 0) { source, count, target, length, _ in
    RelativeStrength.fill(length: Int(length), source: source, count: count, into: target)
  }
  static let weightedMean = HistoryOperation("ewm_mean", isDeviation: false)
  static let weightedDeviation = HistoryOperation("ewm_std", isDeviation: true)

  /// All of them.
  static let all = [
    cumulativeSum, cumulativeProduct, cumulativeMaximum, cumulativeMinimum, drawdown, exponentialMean, relativeStrength,
    weightedMean, weightedDeviation,
  ]

  private init(_ name: String, degree: Int?, _ body: @escaping Body) {
    self.body = body
    super.init(name, degree: degree)
  }

  private convenience init(_ name: String, degree: Int?, _ accumulation: Accumulation) {
    self.init(name, degree: degree) { source, count, target, _, _ in
      accumulation.fill(source: source, count: count, into: target)
    }
  }

  /// Exponentially weighted after pandas. `first`: alpha; `second`: the present observations it asks for, negative if
  /// weights are not divided by their sum.
  private convenience init(_ name: String, isDeviation: Bool) {
    self.init(name, degree: 1) { source, count, target, alpha, least in
      let moments = ExponentialMoments(
        alpha: alpha, isAdjusted: least >= 0, minObservations: Int(least < 0 ? -1 - least : least))
      if isDeviation {
        moments.fillDeviation(source: source, count: count, into: target)
      } else {
        moments.fillMean(source: source, count: count, into: target)
      }
    }
  }

  override func cost(_ range: Range<Int>, _ parameters: Parameters, operand: (Range<Int>) -> Int) -> Int {
    range.upperBound + operand(0..<range.upperBound)
  }

  override func fill(
    _ source: ColumnReader, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ parameters: Parameters
  ) throws(Trap) {
    let count = range.upperBound
    let values = try source.values(0..<count)
    if range.lowerBound == 0 { return body(values, count, target, parameters.first, parameters.second) }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { whole in
      guard let start = whole.baseAddress else { return }
      body(values, count, start, parameters.first, parameters.second)
      target.update(from: start + range.lowerBound, count: range.count)
    }
  }

  override func fill(
    _ series: SeriesRef, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    if try series.copyFromWhole(range, target, call) { return }
    try super.fill(series, range, target, call)
  }
}

extension SeriesRef {
  /// For operations that can only be computed whole: unless the whole is what is asked for, has the series computed
  /// and kept whole, and copies the range.
  func copyFromWhole(
    _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) -> Bool {
    if range == 0..<count { return false }
    let whole = try baseValues(0..<count, call)
    target.update(from: whole + range.lowerBound, count: range.count)
    return true
  }
}
