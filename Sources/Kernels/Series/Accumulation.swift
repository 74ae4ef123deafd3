import MarketModel

/// Running totals from a column's beginning. A missing number stays missing and is skipped (pandas `cumsum`).
public enum Accumulation: Sendable {
  /// The sum so far.
  case sum
  /// The product so far.
  case product
  /// The largest so far.
  case maximum
  /// The smallest so far.
  case minimum
  /// The value over the largest so far, minus 1; a largest of 0 is *division by zero*, below 0 a *domain error*.
  case drawdown

  /// Fills `out[0..<count]` from `source[0..<count]`. Once past the doubles, a total stays *overflow*.
  public func fill(source: UnsafePointer<Double>, count: Int, into out: UnsafeMutablePointer<Double>) {
    switch self {
    case .sum: run(source, count, out, from: 0) { $0 + $1 }
    case .product: run(source, count, out, from: 1) { $0 * $1 }
    case .maximum: run(source, count, out, from: -.infinity) { $1 > $0 ? $1 : $0 }
    case .minimum: run(source, count, out, from: .infinity) { $1 < $0 ? $1 : $0 }
    case .drawdown:
      run(source, count, out, from: -.infinity) { $1 > $0 ? $1 : $0 }
      for index in 0..<count where !out[index].isNaN {
        out[index] = Accumulation.drop(source[index], below: out[index])
      }
    }
  }

  /// How far a value lies below its peak, as a fraction of the peak: never positive.
  public static func drop(_ value: Double, below peak: Double) -> Double {
    if peak == 0 { return .missing(.divisionByZero) }
    return peak < 0 ? .missing(.domainError) : (value / peak - 1).settled
  }

  @inline(__always) private func run(
    _ source: UnsafePointer<Double>, _ count: Int, _ out: UnsafeMutablePointer<Double>, from initial: Double,
    _ step: (Double, Double) -> Double
  ) {
    var total = initial
    for index in 0..<count {
      let value = source[index]
      if value.isNaN {
        out[index] = value
      } else {
        total = step(total, value)
        out[index] = total.settled
      }
    }
  }
}
