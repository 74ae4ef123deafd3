/// Random numbers of the sample by stream and index, the same on every machine: no state, integers and exact
/// arithmetic only.
struct SampleRandom {
  private let key: UInt64

  /// The stream of a name.
  init(_ name: String) {
    // FNV-1a, 64 bits.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    key = hash
  }

  /// 64 random bits (the finalizer of SplitMix64 over key and index).
  func bits(_ index: Int) -> UInt64 {
    var value = key &+ UInt64(truncatingIfNeeded: index) &* 0x9E37_79B9_7F4A_7C15
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// A number in [0, 1).
  func uniform(_ index: Int) -> Double { Double(bits(index) >> 11) * 0x1p-53 }

  /// Mean 0 and standard deviation 1: the sum of four uniform numbers of 16 bits, standardized.
  func normal(_ index: Int) -> Double {
    let bits = bits(index)
    let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48)
    return (Double(sum) - 131_070) / 37_837.227
  }
}

extension Double {
  /// Rounded to a number of decimals, ties away from zero.
  func rounded(decimals: Int) -> Double {
    let scale = [1, 10, 100, 1000, 10_000][decimals]
    return (self * Double(scale)).rounded() / Double(scale)
  }
}
