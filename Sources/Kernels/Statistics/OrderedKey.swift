/// Doubles as integers of the same order, so that sorting is exact, total and branch-free.
///
/// −0 lies just below 0 here; sorts that must keep ties in place clear its sign first.
enum OrderedKey {
  /// The key of a present number.
  @inline(__always) static func key(_ value: Double) -> Int64 {
    let bits = Int64(bitPattern: value.bitPattern)
    return bits ^ Int64(bitPattern: UInt64(bitPattern: bits >> 63) >> 1)
  }

  /// The number of a key.
  @inline(__always) static func value(_ key: Int64) -> Double {
    Double(bitPattern: UInt64(bitPattern: key ^ Int64(bitPattern: UInt64(bitPattern: key >> 63) >> 1)))
  }
}
