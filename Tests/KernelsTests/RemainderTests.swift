import Foundation
import Testing

@testable import Kernels

/// Remainders of numbers that lie far apart are those of C, to the bit.
@Test func remaindersAreThoseOfC() {
  var state: UInt64 = 0x9E37_79B9_7F4A_7C15
  func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
  let edges: [Double] = [
    1, 7, 3, 0.1, 1e300, 1.7976931348623157e308, 2.2250738585072014e-308, .leastNonzeroMagnitude,
    Double(bitPattern: 9_001), 9_007_199_254_740_991, 1e-300, 4_503_599_627_370_496, 0.5,
  ]
  var pairs = edges.flatMap { a in edges.flatMap { b in [(a, b), (-a, b), (a, -b), (-a, -b)] } }
  pairs += (0..<20_000).map { _ in (Double(bitPattern: next()), Double(bitPattern: next())) }
  let wrong = pairs.filter { a, b in
    guard a.isFinite, b.isFinite, b != 0 else { return false }
    return Remainder.truncated(a, b).bitPattern != fmod(a, b).bitPattern
  }
  #expect(wrong.isEmpty, "\(wrong.count), \(wrong.prefix(5))")
}
