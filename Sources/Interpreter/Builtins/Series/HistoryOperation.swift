import Kernels
import MarketModel

/// An operation whose value depends on all that came before: it is computed from the series' beginning, once, and then
/// stands in memory. Left operand: the series; `first` and `second`: its parameters.
final class HistoryOperation: SeriesOperation, @unchecked Sendable {
  /// Source, observations, target and the two parameters.
  typealias Body = @Sendable (UnsafePointer<Double>, Int, UnsafeMutablePointer<Double>, Double, Double) -> Void
  private let body: Body

  static let cumulativeSum = HistoryOperation("cum_sum", .sum)
  static let cumulativeProduct = HistoryOperation("cum_prod", .product)
  static let cumulativeMaximum = HistoryOperation("cum_max", .maximum)
  static let cumulativeMinimum = HistoryOperation("cum_min", .minimum)
  static let drawdown = HistoryOperation("drawdown", .drawdown)
  static let exponentialMean = HistoryOperation("ema") { source, count, target, span, _ in
    ExponentialMean.fill(span: span, source: source, count: count, into: target)
  }
  static let relativeStrength = HistoryOperation("rsi") { source, count, target, length, _ in
    RelativeStrength.fill(length: Int(length), source: source, count: count, into: target)
  }

  init(_ name: String, _ body: @escaping Body) {
    self.body = body
    super.init(name)
  }

  private convenience init(_ name: String, _ accumulation: Accumulation) {
    self.init(name) { source, count, target, _, _ in accumulation.fill(source: source, count: count, into: target) }
  }

  override func fill(
    _ series: SeriesRef, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    if try series.copyFromWhole(range, target, call) { return }
    let operands = series.operands
    guard let source = operands.left.series else { return }
    body(try source.values(range, call), series.count, target, operands.first, operands.second)
  }
}

extension SeriesRef {
  /// For operations that can only be computed whole: unless the whole is what is asked for, has the series computed
  /// and kept whole, and copies the range.
  func copyFromWhole(
    _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) -> Bool {
    if range == 0..<count { return false }
    let whole = try values(0..<count, call)
    target.update(from: whole + range.lowerBound, count: range.count)
    return true
  }
}
