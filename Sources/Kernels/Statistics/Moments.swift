import MarketModel

/// Sums of powers over present numbers.
///
/// Deviations are taken from the first value before their mean is taken, so that equal values deviate by exactly 0,
/// and a large common level costs no digits.
enum Moments {
  /// The sum from left to right.
  static func sum(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
    var sum = 0.0
    for index in 0..<count { sum += x[index] }
    return sum
  }

  /// The sum over the count.
  static func mean(_ x: UnsafePointer<Double>, _ count: Int) -> Double { sum(x, count) / Double(count) }

  /// The mean of the distances from the first value.
  static func shiftedMean(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
    let base = x[0]
    var sum = 0.0
    for index in 0..<count { sum += x[index] - base }
    return sum / Double(count)
  }

  /// The sum of squared deviations from the mean.
  static func squares(_ x: UnsafePointer<Double>, _ count: Int, shiftedMean mean: Double) -> Double {
    let base = x[0]
    var sum = 0.0
    for index in 0..<count {
      let deviation = (x[index] - base) - mean
      sum += deviation * deviation
    }
    return sum
  }

  /// Sample variance, n − 1.
  static func variance(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
    guard count >= 2 else { return .missing(.insufficientHistory) }
    return (squares(x, count, shiftedMean: shiftedMean(x, count)) / Double(count - 1)).settled
  }

  /// Sample standard deviation, n − 1.
  static func deviation(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
    guard count >= 2 else { return .missing(.insufficientHistory) }
    return (squares(x, count, shiftedMean: shiftedMean(x, count)) / Double(count - 1)).squareRoot().settled
  }

  /// Population standard deviation, n.
  static func populationDeviation(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
    (squares(x, count, shiftedMean: shiftedMean(x, count)) / Double(count)).squareRoot().settled
  }

  /// The latest value's distance from the mean, in sample deviations.
  static func zscore(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
    guard count >= 2 else { return .missing(.insufficientHistory) }
    let mean = shiftedMean(x, count)
    let deviation = (squares(x, count, shiftedMean: mean) / Double(count - 1)).squareRoot()
    if deviation == 0 { return .missing(.divisionByZero) }
    return (((x[count - 1] - x[0]) - mean) / deviation).settled
  }

  /// Σ k·xₖ / Σ k, k = 1…n.
  static func weightedMean(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
    var sum = 0.0
    for index in 0..<count { sum += Double(index + 1) * x[index] }
    return (sum / (Double(count) * Double(count + 1) / 2)).settled
  }

  /// G1 = n √(n − 1) / (n − 2) · m₃ / m₂^1.5, m the sums of powers of deviations (pandas `skew`).
  static func skewness(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
    guard count >= 3 else { return .missing(.insufficientHistory) }
    let mean = shiftedMean(x, count)
    var second = 0.0
    var third = 0.0
    for index in 0..<count {
      let deviation = (x[index] - x[0]) - mean
      second += deviation * deviation
      third += deviation * deviation * deviation
    }
    if second == 0 { return .missing(.divisionByZero) }
    let n = Double(count)
    return (n * (n - 1).squareRoot() / (n - 2) * (third / (second * second.squareRoot()))).settled
  }

  /// G2 = n (n + 1) (n − 1) m₄ / ((n − 2) (n − 3) m₂²) − 3 (n − 1)² / ((n − 2) (n − 3)) (pandas `kurt`).
  static func kurtosis(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
    guard count >= 4 else { return .missing(.insufficientHistory) }
    let mean = shiftedMean(x, count)
    var second = 0.0
    var fourth = 0.0
    for index in 0..<count {
      let deviation = (x[index] - x[0]) - mean
      let square = deviation * deviation
      second += square
      fourth += square * square
    }
    if second == 0 { return .missing(.divisionByZero) }
    let n = Double(count)
    let scale = (n - 2) * (n - 3)
    return (n * (n + 1) * (n - 1) / scale * (fourth / second / second) - 3 * (n - 1) * (n - 1) / scale).settled
  }
}
