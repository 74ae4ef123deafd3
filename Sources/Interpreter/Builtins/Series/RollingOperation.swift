import Kernels
import MarketModel

/// A statistic over a moving window of observations. Left operand: the series; `first` and `second`: the window and
/// the present observations it asks for; right operand: the statistic's own parameter, where it has one.
///
/// An element costs its window and no more; its bits are those of any range that holds it.
final class RollingOperation: ColumnOperation, @unchecked Sendable {
  private let statistic: Statistic
  /// Replaces `statistic` where it has a parameter.
  private let parametrized: (@Sendable (Double) -> Statistic)?

  static let sum = RollingOperation(.sum, "sum")
  static let mean = RollingOperation(.mean, "mean")
  static let median = RollingOperation(.median, "median")
  static let deviation = RollingOperation(.deviation, "std")
  static let populationDeviation = RollingOperation(.populationDeviation, "bollinger")
  static let variance = RollingOperation(.variance, degree: 2, "variance")
  static let minimum = RollingOperation(.minimum, "min")
  static let maximum = RollingOperation(.maximum, "max")
  static let quantile = RollingOperation(.median, "quantile") { .quantile($0) }
  static let skewness = RollingOperation(.skewness, degree: 0, "skew")
  static let kurtosis = RollingOperation(.kurtosis, degree: 0, "kurt")
  static let zscore = RollingOperation(.zscore, degree: 0, "zscore")
  // Ranks are of the numbers as one sees them: a factor may round two neighbours to one number, which then tie.
  static let rank = RollingOperation(.rank(isFraction: false), degree: nil, "rank")
  static let fractionalRank = RollingOperation(.rank(isFraction: true), degree: nil, "rank")
  static let weightedMean = RollingOperation(.weightedMean, "wma")

  /// All of them.
  static let all = [
    sum, mean, median, deviation, populationDeviation, variance, minimum, maximum, quantile, skewness, kurtosis, zscore,
    rank, fractionalRank, weightedMean,
  ]

  private init(
    _ statistic: Statistic, degree: Int? = 1, _ name: String, parametrized: (@Sendable (Double) -> Statistic)? = nil
  ) {
    self.statistic = statistic
    self.parametrized = parametrized
    super.init(name, degree: degree)
  }

  /// The statistic, given its parameter.
  func statistic(_ parameter: Value) -> Statistic { parametrized?(parameter.raw) ?? statistic }

  /// The recipe over a series.
  func series(
    _ series: SeriesRef, window: Int, minimum: Int? = nil, parameter: Value = .none, _ evaluation: Evaluation
  ) throws(Trap) -> SeriesRef {
    try evaluation.series(
      self, on: series, right: parameter, first: Double(window), second: Double(minimum ?? window))
  }

  override func cost(_ range: Range<Int>, _ parameters: Parameters, operand: (Range<Int>) -> Int) -> Int {
    let length = Int(parameters.first)
    let reached = max(0, range.lowerBound - (length - 1))..<range.upperBound
    return min(length, range.upperBound) / 8 * range.count + operand(reached)
  }

  override func fill(
    _ source: ColumnReader, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ parameters: Parameters
  ) throws(Trap) {
    if range.isEmpty { return }
    let length = Int(parameters.first)
    let start = max(0, range.lowerBound - (length - 1))
    Rolling.fill(
      statistic(parameters.value), RollingWindow(length, minObservations: Int(parameters.second)),
      source: try source.values(start..<range.upperBound),
      range: range.lowerBound - start..<range.upperBound - start, into: target)
  }
}

/// A statistic of two series over a moving window of the dates on which both are present. Left operand: a list of y and
/// x on common dates; `first` and `second`: the window and the dates it asks for. Missing where either side is.
final class RollingPairOperation: SeriesOperation, @unchecked Sendable {
  private let statistic: PairStatistic

  static let correlation = RollingPairOperation(.correlation, "corr")
  static let covariance = RollingPairOperation(.covariance, "cov")
  static let beta = RollingPairOperation(.beta, "beta")

  private init(_ statistic: PairStatistic, _ name: String) {
    self.statistic = statistic
    super.init(name)
  }

  override func fill(
    _ series: SeriesRef, _ range: Range<Int>, _ target: UnsafeMutablePointer<Double>, _ call: Evaluation
  ) throws(Trap) {
    let operands = series.operands
    guard let y = operands.left.series, let x = operands.right.series, !range.isEmpty else { return }
    let length = Int(operands.first)
    let pairs = try PresentPairs(y, x, range, before: length - 1, call)
    try call.charge(min(length, range.upperBound) / 8 * range.count)
    let results = try call.doubles(pairs.count - pairs.countBefore)
    RollingPairs.fill(
      statistic, RollingWindow(length, minObservations: Int(operands.second)), y: pairs.y, x: pairs.x,
      range: pairs.countBefore..<pairs.count, into: results)
    var next = 0
    for place in 0..<range.count {
      let own = pairs.missing[place]
      if own.isNaN {
        target[place] = own
      } else {
        target[place] = results[next]
        next += 1
      }
    }
  }
}

/// The pairs of two series on common dates of which both sides are present: those of a range, and enough before it.
private struct PresentPairs {
  let y: UnsafeMutablePointer<Double>
  let x: UnsafeMutablePointer<Double>
  /// How many pairs there are, and how many of them lie before the range.
  let count: Int
  let countBefore: Int
  /// For each place of the range: the missing number that stands there, or 0.
  let missing: UnsafeMutablePointer<Double>

  init(
    _ left: SeriesRef, _ right: SeriesRef, _ range: Range<Int>, before wanted: Int, _ call: Evaluation
  ) throws(Trap) {
    var reach = wanted
    while true {
      let start = max(0, range.lowerBound - min(reach, range.lowerBound))
      let a = try left.values(start..<range.upperBound, call)
      let b = try right.values(start..<range.upperBound, call)
      let length = range.lowerBound - start
      let found = PresentPairs.countPresent(a, b, length)
      // Gaps hide pairs: look twice as far back until there are enough or the history ends.
      if found < wanted, start > 0 {
        reach = max(16, reach * 2)
        continue
      }
      let total = length + range.count
      y = try call.doubles(total)
      x = try call.doubles(total)
      missing = try call.doubles(range.count)
      count = Presence.compactPairs(a, b, count: total, intoY: y, intoX: x)
      countBefore = found
      for place in 0..<range.count {
        let first = a[length + place]
        let second = b[length + place]
        missing[place] = first.isNaN ? first : second.isNaN ? second : 0
      }
      return
    }
  }

  private static func countPresent(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Int {
    var found = 0
    for place in 0..<count where !a[place].isNaN && !b[place].isNaN { found += 1 }
    return found
  }
}
