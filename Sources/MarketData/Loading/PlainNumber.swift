import MarketModel

/// Reads the plain numbers of a file: digits with at most one point among them.
enum PlainNumber {
  /// The number at a place, or the missing one where there is no cell, and moves behind it; `nil`, having moved, for one
  /// that may not be read exactly. Eight bytes behind the number are there to be looked at.
  @inline(__always)
  static func read(_ place: inout UnsafePointer<UInt8>) -> Double? {
    let word = UInt64(littleEndian: UnsafeRawPointer(place).loadUnaligned(as: UInt64.self))
    // The lowest bit tells the first byte that is no digit. The second tells the next only if the first byte is a point:
    // then nothing was carried.
    let others = nonDigits(word)
    guard others != 0 else { return readLong(&place) }
    let whole = others.trailingZeroBitCount & ~7
    guard word &>> UInt64(whole) & 0xFF == 0x2E else {
      place += whole / 8
      return whole == 0 ? .missing(.missingBar) : digits(word, whole)
    }
    let after = others & (others &- 1)
    guard after != 0 else { return readLong(&place) }
    let end = after.trailingZeroBitCount & ~7
    guard end > 8 else { return nil }
    // The point is taken out from among the digits.
    let below = ((1 as UInt64) &<< UInt64(whole)) &- 1
    let joined = word & below | word >> 8 & ~below
    place += end / 8
    return scaled(digits(joined, end - 8), (end - 8 - whole) / 8)
  }

  /// The high bit of the first byte that is no digit; above it there may be more that are none, or wrong.
  @inline(__always)
  private static func nonDigits(_ word: UInt64) -> UInt64 {
    let values = word ^ 0x3030_3030_3030_3030
    return (values &+ 0x7676_7676_7676_7676 | values) & 0x8080_8080_8080_8080
  }

  /// The number of the lowest bytes, which are 1 to 7 digits.
  ///
  /// - Parameter bits: how many bits they have.
  @inline(__always)
  private static func digits(_ word: UInt64, _ bits: Int) -> Double {
    // Zeros before them make eight; then neighbours are added up, pairs first.
    var value = (word &<< UInt64(64 - bits)) & 0x0F0F_0F0F_0F0F_0F0F
    value = (value &* (10 << 8 + 1)) >> 8 & 0x00FF_00FF_00FF_00FF
    value = (value &* (100 << 16 + 1)) >> 16 & 0x0000_FFFF_0000_FFFF
    value = (value &* (10_000 << 32 + 1)) >> 32
    // The same as `Double(value)`, but for an instruction that waits for the number read before.
    return Double(bitPattern: PlainNumber.exact | value) - Double(bitPattern: PlainNumber.exact)
  }

  /// 2 to the power of 52: its last bit stands for 1.
  private static let exact: UInt64 = 0x4330_0000_0000_0000

  /// As in `CellText`: both operands are exact, so one rounding gives the nearest double.
  @inline(__always)
  private static func scaled(_ mantissa: Double, _ scale: Int) -> Double { mantissa / CellText.power(scale) }

  /// A number that does not end within eight bytes, digit by digit.
  private static func readLong(_ place: inout UnsafePointer<UInt8>) -> Double? {
    var mantissa: UInt64 = 0
    let wholeDigits = readDigits(&place, &mantissa)
    var scale = 0
    if place.pointee == 0x2E {
      place += 1
      scale = readDigits(&place, &mantissa)
    }
    // Nineteen digits cannot have overflowed.
    guard wholeDigits + scale <= 19, mantissa <= 1 << 53 else { return nil }
    return scaled(Double(mantissa), scale)
  }

  /// Works digits into a number, and says how many.
  private static func readDigits(_ place: inout UnsafePointer<UInt8>, _ mantissa: inout UInt64) -> Int {
    let start = place
    var digit = place.pointee &- 0x30
    while digit <= 9 {
      mantissa = mantissa &* 10 &+ UInt64(digit)
      place += 1
      digit = place.pointee &- 0x30
    }
    return place - start
  }
}
