#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The remainder of a division that is cut towards zero, exact as C's `fmod`.
///
/// That one takes a step for each power of two between the two numbers, up to two thousand of them; here numbers far
/// apart take a few multiplications.
enum Remainder {
  /// a − b · trunc(a / b).
  static func truncated(_ a: Double, _ b: Double) -> Double {
    let distance = Int(a.exponentBitPattern) - Int(b.exponentBitPattern)
    guard distance > near, b.exponentBitPattern > 0, a.isFinite else { return fmod(a, b) }
    // a and b are whole multiples of the last place of b: m · 2^distance, and n.
    let (m, n) = (whole(a), whole(b))
    let rest = product(m % n, powerOfTwo(distance, modulo: n), modulo: n)
    // A whole number below n, times the last place of b, is a double.
    let magnitude = Double(rest) * b.ulp
    return a < 0 ? -magnitude : magnitude
  }

  /// As long as this, C's way is the shorter one.
  private static let near = 128

  /// The significand of a normal number as a whole number of last places.
  private static func whole(_ x: Double) -> UInt64 { x.significandBitPattern | 1 << 52 }

  private static func powerOfTwo(_ power: Int, modulo n: UInt64) -> UInt64 {
    // The highest bits first, six of them at once: 2^63 fits.
    var bits = power
    var shift = 0
    while bits > 63 {
      bits >>= 1
      shift += 1
    }
    var result = (1 << UInt64(bits)) % n
    while shift > 0 {
      shift -= 1
      result = product(result, result, modulo: n)
      if power >> shift & 1 == 1 { result = result * 2 % n }
    }
    return result
  }

  private static func product(_ x: UInt64, _ y: UInt64, modulo n: UInt64) -> UInt64 {
    let (high, low) = x.multipliedFullWidth(by: y)
    // Both are below n, so that the quotient fits.
    return n.dividingFullWidth((high, low)).remainder
  }
}
