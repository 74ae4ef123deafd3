public import MarketModel

/// What relates an observation to an earlier one. The earlier one may lie a number of observations or a duration back;
/// the caller knows where.
public enum Lagging {
  /// `now / base - 1`; a base of 0 is *division by zero*.
  @inlinable public static func change(_ now: Double, from base: Double) -> Double {
    let growth = ratio(now, base)
    return growth.isNaN ? growth : growth - 1
  }

  /// `log(now / base)`; a ratio that is not positive is a *domain error*.
  public static func logChange(_ now: Double, from base: Double) -> Double {
    if base == 0, !now.isNaN { return .missing(.domainError) }
    let growth = ratio(now, base)
    if growth.isNaN { return growth }
    return growth > 0 ? ElementaryFunctions.log(growth) : .missing(.domainError)
  }

  /// `now - base`.
  public static func difference(_ now: Double, from base: Double) -> Double {
    if now.isNaN { return now }
    return base.isNaN ? base : (now - base).settled
  }

  /// `now / base`; of two missing numbers the left one's reason stays.
  @inlinable static func ratio(_ now: Double, _ base: Double) -> Double {
    if now.isNaN { return now }
    if base.isNaN { return base }
    if base == 0 { return .missing(.divisionByZero) }
    return (now / base).settled
  }

  /// What a lagged fill computes.
  public enum Operation: Sendable {
    /// The earlier value itself.
    case lag
    /// The difference from it.
    case difference
    /// The relative change from it.
    case change
    /// The logarithm of the ratio to it.
    case logChange
  }

  /// Fills `out[0..<range.count]` for the column indices `range`, relating each to the one `distance` ≥ 0 observations
  /// earlier; where there is none, *insufficient history* (the present value's own reason first, but for `lag`).
  public static func fill(
    _ operation: Operation, distance: Int, source: UnsafePointer<Double>, range: Range<Int>,
    into out: UnsafeMutablePointer<Double>
  ) {
    precondition(distance >= 0 && range.lowerBound >= 0, "a lag and an index are not negative")
    for index in range {
      let base = index < distance ? Double.missing(.insufficientHistory) : source[index - distance]
      let now = source[index]
      out[index - range.lowerBound] =
        switch operation {
        case .lag: base
        case .difference: difference(now, from: base)
        case .change: change(now, from: base)
        case .logChange: logChange(now, from: base)
        }
    }
  }
}
