import MarketModel

/// How many observations a mean-reverting series takes to halve its distance.
public enum HalfLife {
  /// `-log(2) / b`, b the slope of the differences on the values before them, with intercept.
  ///
  /// - Parameter present: no number in it is missing; fewer than 3 give *insufficient history*.
  /// - Returns: the half-life in observations; a *domain error* where b ≥ 0, *division by zero* without spread.
  public static func value(_ present: UnsafeBufferPointer<Double>) -> Double {
    guard present.count >= 3, let start = present.baseAddress else { return .missing(.insufficientHistory) }
    let count = present.count - 1
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { steps in
      for index in 0..<count { steps.initializeElement(at: index, to: start[index + 1] - start[index]) }
      let slope = PairStatistic.beta.reduce(
        UnsafeBufferPointer(steps), UnsafeBufferPointer(start: start, count: count))
      if slope.isNaN { return slope }
      return slope < 0 ? (-0.693147180559945309417232121458176568 / slope).settled : .missing(.domainError)
    }
  }
}
