import MarketModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The standard normal distribution, computed here rather than by the platform: to 1e-15 relative where doubles allow.
public enum NormalDistribution {
  /// The probability of a value at or below `x`.
  public static func cumulative(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x.magnitude <= 0.75 { return 0.5 + x * polynomial(centre, x * x) }
    return x < 0 ? tail(-x) : 1 - tail(x)
  }

  /// The value below which a share `p` lies; outside (0, 1) a *domain error*.
  ///
  /// Wichura's algorithm AS 241, with a Newton step in the tails, where the probability tells the value to its last digits.
  public static func quantile(_ p: Double) -> Double {
    if p.isNaN { return p }
    guard p > 0 && p < 1 else { return .missing(.domainError) }
    let distance = p - 0.5
    if distance.magnitude <= 0.425 {
      let r = 0.180625 - distance * distance
      return distance * polynomial(centralNumerator, r) / polynomial(centralDenominator, r)
    }
    let probability = distance < 0 ? p : 1 - p
    let guess = tailGuess(probability)
    let value = guess + (tail(guess) - probability) / density(guess)
    return distance < 0 ? -value : value
  }

  /// The probability of a value above t ≥ 0.75.
  private static func tail(_ t: Double) -> Double {
    if t >= 40 { return 0 }
    let scaled: Double
    if let piece = tails.first(where: { t < $0.limit }) {
      scaled = value(piece, t)
    } else {
      scaled = (farTails.first { t < $0.limit }).map { value($0, 1 / (t * t)) / t } ?? 0
    }
    return scaledByDensity(scaled, t)
  }

  /// `scaled · exp(−t²/2)`, t² split in two so that its rounding costs nothing.
  private static func scaledByDensity(_ scaled: Double, _ t: Double) -> Double {
    let coarse = (t * 16).rounded(.towardZero) / 16
    let rest = (t - coarse) * (t + coarse)
    return scaled * exp(-rest / 2) * exp(-coarse * coarse / 2)
  }

  private static func density(_ t: Double) -> Double { scaledByDensity(0.398942280401432677939946059934, t) }

  private static func tailGuess(_ probability: Double) -> Double {
    let r = (-log(probability)).squareRoot()
    if r <= 5 { return polynomial(nearNumerator, r - 1.6) / polynomial(nearDenominator, r - 1.6) }
    return polynomial(farNumerator, r - 5) / polynomial(farDenominator, r - 5)
  }

  private static func value(_ piece: Piece, _ x: Double) -> Double {
    polynomial(piece.coefficients, (x - piece.middle) / piece.half)
  }

  /// Horner's rule, constant term first.
  private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    var sum = 0.0
    for coefficient in coefficients.reversed() { sum = sum * x + coefficient }
    return sum
  }
}
