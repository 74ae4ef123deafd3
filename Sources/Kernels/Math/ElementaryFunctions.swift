import MarketModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Functions of one or two numbers. A missing argument gives itself (the left one where both are); a result outside
/// the reals is a *domain error*, one beyond the doubles *overflow*.
public enum ElementaryFunctions {
  /// The natural logarithm; of 0 and below a *domain error*.
  public static func log(_ x: Double) -> Double {
    if x.isNaN { return x }
    return x > 0 ? platformLog(x) : .missing(.domainError)
  }

  /// The decimal logarithm; of 0 and below a *domain error*.
  public static func log10(_ x: Double) -> Double {
    if x.isNaN { return x }
    return x > 0 ? platformLog10(x) : .missing(.domainError)
  }

  /// The exponential.
  public static func exp(_ x: Double) -> Double { x.isNaN ? x : platformExp(x).settled }

  /// The hyperbolic tangent.
  public static func tanh(_ x: Double) -> Double { x.isNaN ? x : platformTanh(x) }

  /// The square root; below 0 a *domain error*.
  public static func squareRoot(_ x: Double) -> Double {
    if x.isNaN { return x }
    return x < 0 ? .missing(.domainError) : x.squareRoot()
  }

  /// −1, 0 or 1.
  public static func sign(_ x: Double) -> Double {
    if x.isNaN { return x }
    return x > 0 ? 1 : (x < 0 ? -1 : 0)
  }

  /// `a ** b`; `0 ** 0` is 1, 0 to a negative power *division by zero*, a negative base with a fractional power a
  /// *domain error*.
  public static func power(_ a: Double, _ b: Double) -> Double {
    if a.isNaN { return a }
    if b.isNaN { return b }
    if a == 0 && b < 0 { return .missing(.divisionByZero) }
    if a < 0 && b != b.rounded(.towardZero) { return .missing(.domainError) }
    return pow(a, b).settled
  }

  /// The floored remainder, with the sign of the divisor (Python's `%`); by 0 *division by zero*.
  public static func flooredRemainder(_ a: Double, _ b: Double) -> Double {
    if a.isNaN { return a }
    if b.isNaN { return b }
    if b == 0 { return .missing(.divisionByZero) }
    let remainder = Remainder.truncated(a, b)
    if remainder == 0 { return b < 0 ? -0.0 : 0.0 }
    return (b < 0) != (remainder < 0) ? remainder + b : remainder
  }

  /// `a / b`; by 0 *division by zero*.
  @inlinable public static func quotient(_ a: Double, _ b: Double) -> Double { Lagging.ratio(a, b) }
}

private func platformLog(_ x: Double) -> Double { log(x) }
private func platformLog10(_ x: Double) -> Double { log10(x) }
private func platformExp(_ x: Double) -> Double { exp(x) }
private func platformTanh(_ x: Double) -> Double { tanh(x) }
