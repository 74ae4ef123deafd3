import MarketModel

/// A statistic of two runs of numbers on the same dates, y first.
///
/// As in `Statistic`, deviations are taken from the first pair, and sums run from left to right over each window anew.
public enum PairStatistic: Hashable, Sendable {
  /// Pearson's correlation, within −1...1; needs 2, and spread on both sides.
  case correlation
  /// The sample covariance (n − 1); needs 2.
  case covariance
  /// covariance(y, x) / variance(x); needs 2, and spread in x.
  case beta

  /// The statistic of pairs that are present on both sides.
  ///
  /// - Precondition: both sides have the same count.
  public func reduce(_ y: UnsafeBufferPointer<Double>, _ x: UnsafeBufferPointer<Double>) -> Double {
    precondition(y.count == x.count, "pairs need two sides of one length")
    guard let startY = y.baseAddress, let startX = x.baseAddress else { return .missing(.insufficientHistory) }
    return reduce(startY, startX, y.count)
  }

  /// The statistic of arrays of pairs that are present on both sides.
  ///
  /// - Precondition: both sides have the same count.
  public func reduce(_ y: [Double], _ x: [Double]) -> Double {
    y.withUnsafeBufferPointer { y in x.withUnsafeBufferPointer { x in reduce(y, x) } }
  }

  /// As two series reduce: dates missing on either side are left out; where none is left, the result is missing with
  /// the reason of the first of them.
  public func reducePresent(_ y: UnsafeBufferPointer<Double>, _ x: UnsafeBufferPointer<Double>) -> Double {
    precondition(y.count == x.count, "pairs need two sides of one length")
    guard let startY = y.baseAddress, let startX = x.baseAddress else { return .missing(.insufficientHistory) }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * y.count) { scratch in
      guard let room = scratch.baseAddress else { return .missing(.insufficientHistory) }
      let roomX = room + y.count
      let kept = Presence.compactPairs(startY, startX, count: y.count, intoY: room, intoX: roomX)
      if kept == 0, y.count > 0 { return startY[0].isNaN ? startY[0] : startX[0] }
      return reduce(room, roomX, kept)
    }
  }

  func reduce(_ y: UnsafePointer<Double>, _ x: UnsafePointer<Double>, _ count: Int) -> Double {
    guard count >= 2 else { return .missing(.insufficientHistory) }
    let meanY = Moments.shiftedMean(y, count)
    let meanX = Moments.shiftedMean(x, count)
    var squaresY = 0.0
    var squaresX = 0.0
    var products = 0.0
    for index in 0..<count {
      let deviationY = (y[index] - y[0]) - meanY
      let deviationX = (x[index] - x[0]) - meanX
      squaresY += deviationY * deviationY
      squaresX += deviationX * deviationX
      products += deviationY * deviationX
    }
    return finish(squaresY: squaresY, squaresX: squaresX, products: products, count: count)
  }

  private func finish(squaresY: Double, squaresX: Double, products: Double, count: Int) -> Double {
    switch self {
    case .covariance: return (products / Double(count - 1)).settled
    case .beta:
      return squaresX == 0 ? .missing(.divisionByZero) : (products / squaresX).settled
    case .correlation:
      // One root is nearer the truth than two, where the product under it does not leave the doubles.
      let joint = squaresY * squaresX
      let scale = joint.isNormal ? joint.squareRoot() : squaresY.squareRoot() * squaresX.squareRoot()
      if scale == 0 { return .missing(.divisionByZero) }
      return Swift.max(-1, Swift.min(1, (products / scale).settled))
    }
  }
}
