import MarketModel

/// Random numbers by counting: each is a function of its key alone, so neither order nor threads change it.
///
/// The generator is Philox 4x32 with ten rounds (Salmon and others, 2011). The seed is its key; the day, the place of the
/// call in the script, and how often that place was reached make the counter.
public struct CounterRandom: Hashable, Sendable {
  /// The run's seed.
  public let seed: UInt64
  /// The day of `as_of`, as days from a fixed one.
  public let day: Int32
  /// The call's place in the script.
  public let site: UInt32
  /// How often the place was reached before.
  public let count: UInt64

  /// The number that belongs to a key.
  public init(seed: UInt64, day: Int32, site: UInt32, count: UInt64) {
    self.seed = seed
    self.day = day
    self.site = site
    self.count = count
  }

  /// 64 random bits.
  public var bits: UInt64 {
    let block = Philox.block(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: count), UInt32(truncatingIfNeeded: count >> 32), site, UInt32(bitPattern: day)),
      key: SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)))
    return UInt64(block[1]) << 32 | UInt64(block[0])
  }

  /// A uniform number in [0, 1) with 53 bits.
  public var uniform: Double { Double(bits >> 11) * 0x1p-53 }

  /// A standard normal number: the normal quantile of `uniform`, whose 0 counts as 2⁻⁵⁴.
  public var normal: Double { NormalDistribution.quantile(max(uniform, 0x1p-54)) }

  /// A whole number in `0..<limit`: `floor(uniform · limit)`; limit ≥ 1.
  public func index(below limit: Int) -> Int {
    precondition(limit >= 1, "a choice needs something to choose from")
    return min(Int(cut: uniform * Double(limit)), limit - 1)
  }
}

/// Philox 4x32-10, the bijection behind `CounterRandom`.
enum Philox {
  /// The random block of a counter under a key.
  static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var state = counter
    var key = key
    for round in 0..<10 {
      if round > 0 { key &+= SIMD2(0x9E37_79B9, 0xBB67_AE85) }
      let first = UInt64(0xD251_1F53) * UInt64(state[0])
      let second = UInt64(0xCD9E_8D57) * UInt64(state[2])
      state = SIMD4(
        UInt32(truncatingIfNeeded: second >> 32) ^ state[1] ^ key[0], UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ state[3] ^ key[1], UInt32(truncatingIfNeeded: first))
    }
    return state
  }
}
