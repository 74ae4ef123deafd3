/// A finite double written out in full: every digit that its binary value has (up to 767 of them), so that rounding to
/// any place is correct.
struct ExactDecimal {
  /// Digits 0...9 without a leading zero; empty for zero. The value is 0.d₁d₂d₃… · 10^point.
  private(set) var digits: [UInt8]
  /// Where the decimal point lies, counted from the first digit.
  private(set) var point: Int

  /// Writes out a finite magnitude; the sign is left aside.
  init(_ value: Double) {
    let magnitude = value.magnitude
    guard magnitude > 0, magnitude.isFinite else {
      digits = []
      point = 0
      return
    }
    let isNormal = magnitude.exponentBitPattern > 0
    let significand = magnitude.significandBitPattern | (isNormal ? 1 << 52 : 0)
    let shift = significand.trailingZeroBitCount
    let exponent = (isNormal ? Int(magnitude.exponentBitPattern) - 1075 : -1074) + shift
    var number = DecimalLimbs(significand >> UInt64(shift))
    if exponent >= 0 {
      number.multiply(by: 2, power: exponent, stride: 29)
    } else {
      number.multiply(by: 5, power: -exponent, stride: 13)
    }
    digits = number.digits
    point = digits.count - max(0, -exponent)
    while digits.last == 0 { digits.removeLast() }
  }

  /// Whether nothing but zero is left.
  var isZero: Bool { digits.isEmpty }

  /// Rounds to so many places after the decimal point (before it, if negative), halves to even.
  mutating func round(places: Int) {
    let (kept, overflow) = point.addingReportingOverflow(places)
    if !overflow { keep(kept) } else if places < 0 { keep(-1) }
  }

  /// Rounds to so many significant digits, halves to even.
  mutating func round(significant count: Int) { keep(count) }

  private mutating func keep(_ count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      return
    }
    let next = digits[count]
    let isExactHalf = next == 5 && digits.count == count + 1
    let isOdd = count > 0 && digits[count - 1] % 2 == 1
    digits.removeSubrange(count...)
    if next > 5 || (next == 5 && (!isExactHalf || isOdd)) { increment() }
    while digits.last == 0 { digits.removeLast() }
  }

  private mutating func increment() {
    var place = digits.count - 1
    while place >= 0 && digits[place] == 9 {
      digits[place] = 0
      place -= 1
    }
    if place >= 0 {
      digits[place] += 1
    } else {
      digits.insert(1, at: 0)
      point += 1
    }
  }

  /// The digits in plain notation with exactly `places` digits after the point, grouped by no separator.
  func fixed(places: Int) -> (whole: [UInt8], fraction: [UInt8]) {
    var whole = [UInt8]()
    for place in 0..<max(0, point) { whole.append(digit(place)) }
    if whole.isEmpty { whole = [0] }
    var fraction = [UInt8]()
    fraction.reserveCapacity(places)
    for place in 0..<places { fraction.append(digit(point + place)) }
    return (whole, fraction)
  }

  /// The digit at a place, 0 outside the written ones.
  func digit(_ place: Int) -> UInt8 { place >= 0 && place < digits.count ? digits[place] : 0 }
}

/// A whole number in limbs of nine decimal digits, least first.
private struct DecimalLimbs {
  private static let base: UInt64 = 1_000_000_000
  private var limbs: [UInt64] = []

  init(_ value: UInt64) {
    var rest = value
    while rest > 0 {
      limbs.append(rest % DecimalLimbs.base)
      rest /= DecimalLimbs.base
    }
  }

  /// Multiplies by `factor^power`, `stride` factors at a time; `factor^stride` fits 31 bits.
  mutating func multiply(by factor: UInt64, power: Int, stride: Int) {
    var left = power
    while left > 0 {
      let steps = min(left, stride)
      var product: UInt64 = 1
      for _ in 0..<steps { product *= factor }
      multiply(by: product)
      left -= steps
    }
  }

  private mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for place in limbs.indices {
      let product = limbs[place] * factor + carry
      limbs[place] = product % DecimalLimbs.base
      carry = product / DecimalLimbs.base
    }
    while carry > 0 {
      limbs.append(carry % DecimalLimbs.base)
      carry /= DecimalLimbs.base
    }
  }

  /// The decimal digits, most significant first.
  var digits: [UInt8] {
    var result = [UInt8]()
    result.reserveCapacity(limbs.count * 9)
    for limb in limbs.reversed() {
      var scale: UInt64 = 100_000_000
      while scale > 0 {
        let digit = UInt8(limb / scale % 10)
        if !(result.isEmpty && digit == 0) { result.append(digit) }
        scale /= 10
      }
    }
    return result
  }
}
