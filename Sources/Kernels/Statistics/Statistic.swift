import MarketModel

/// A statistic of one run of numbers: the same reducer serves lists, whole series, cross-sections and windows.
///
/// The law of this module: the value over a window is a pure function of the window's present numbers, summed from left
/// to right anew. One element on demand, a range, and a whole column give the same bits, and the deviation of equal
/// values is exactly 0.
public enum Statistic: Hashable, Sendable {
  /// The sum, from left to right; of nothing 0.
  case sum
  /// The sum divided by the count.
  case mean
  /// The middle value; of an even count the mean of the middle two.
  case median
  /// The sample standard deviation (n − 1); needs 2.
  case deviation
  /// The population standard deviation (n), as Bollinger bands take it.
  case populationDeviation
  /// The sample variance (n − 1); needs 2.
  case variance
  /// The smallest.
  case minimum
  /// The largest.
  case maximum
  /// The quantile q in 0...1 by linear interpolation (type 7, numpy's default).
  case quantile(Double)
  /// The bias-corrected skewness G1; needs 3, and spread.
  case skewness
  /// The bias-corrected excess kurtosis G2; needs 4, and spread.
  case kurtosis
  /// The latest value's distance from the mean in sample deviations; needs 2, and spread.
  case zscore
  /// The latest value's rank, 1 the smallest, ties averaged; divided by the count if `isFraction`.
  case rank(isFraction: Bool)
  /// The mean with weights 1…n, the newest n.
  case weightedMean

  /// The statistic of present numbers.
  ///
  /// - Parameter present: no number in it is missing.
  /// - Returns: the value; missing with *insufficient history* for too few numbers, with *division by zero* where
  ///   there is no spread to divide by, with *overflow* beyond the doubles.
  public func reduce(_ present: UnsafeBufferPointer<Double>) -> Double {
    guard let start = present.baseAddress, present.count > 0 else {
      return self == .sum ? 0 : .missing(.insufficientHistory)
    }
    return reduce(start, present.count)
  }

  /// The statistic of `count` ≥ 1 present numbers.
  func reduce(_ start: UnsafePointer<Double>, _ count: Int) -> Double {
    switch self {
    case .sum: Moments.sum(start, count).settled
    case .mean: Moments.mean(start, count).settled
    case .median: Quantile.median(start, count)
    case .deviation: Moments.deviation(start, count)
    case .populationDeviation: Moments.populationDeviation(start, count)
    case .variance: Moments.variance(start, count)
    case .minimum: Extrema.minimum(start, count)
    case .maximum: Extrema.maximum(start, count)
    case .quantile(let q): Quantile.value(start, count, q)
    case .skewness: Moments.skewness(start, count)
    case .kurtosis: Moments.kurtosis(start, count)
    case .zscore: Moments.zscore(start, count)
    case .rank(let isFraction): LatestRank.value(start, count, isFraction: isFraction)
    case .weightedMean: Moments.weightedMean(start, count)
    }
  }

  /// Whether the statistic is about the latest value, so that it is missing where that value is.
  var concernsLatest: Bool {
    switch self {
    case .zscore, .rank: true
    case .sum, .mean, .median, .deviation, .populationDeviation, .variance, .minimum, .maximum, .quantile, .skewness,
      .kurtosis, .weightedMean:
      false
    }
  }
}

extension Statistic {
  /// The statistic of an array of present numbers.
  public func reduce(_ present: [Double]) -> Double {
    present.withUnsafeBufferPointer { reduce($0) }
  }

  /// As a series or a map reduces: missing numbers are left out; of nothing but missing ones the result is missing, with
  /// the first one's reason. A statistic of the latest value is missing with it.
  public func reducePresent(_ values: UnsafeBufferPointer<Double>) -> Double {
    guard let last = values.last, let start = values.baseAddress else { return reduce(values) }
    if concernsLatest && last.isNaN { return last }
    guard Presence.firstMissing(start, end: values.count) < values.count else { return reduce(values) }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: values.count) { scratch in
      guard let room = scratch.baseAddress else { return .missing(.insufficientHistory) }
      let kept = Presence.compact(start, count: values.count, into: room)
      return kept == 0 ? start[0] : reduce(UnsafeBufferPointer(start: room, count: kept))
    }
  }

  /// As a list reduces: a missing number makes the result missing, with the leftmost one's reason.
  public func reduceStrictly(_ values: UnsafeBufferPointer<Double>) -> Double {
    Presence.firstMissing(values) ?? reduce(values)
  }
}
