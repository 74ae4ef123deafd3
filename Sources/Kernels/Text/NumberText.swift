import MarketModel

/// Numbers as text and back.
public enum NumberText {
  /// The shortest decimal that reads back the same: Python's `repr` without `.0`; `-0` is `0`, a missing number `na`.
  ///
  /// Exponents are written below 1e-4 and from 1e16 on: `1e-05`, `1e+16`.
  public static func shortest(_ value: Double) -> String {
    if value.isNaN { return "na" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    let magnitude = value.magnitude
    if magnitude < 1e16, let whole = Int64(exactly: value) { return String(whole) }
    let plain = value.description
    if magnitude >= 1e-4 && magnitude < 1e16 {
      return plain.hasSuffix(".0") ? String(plain.dropLast(2)) : plain
    }
    return exponential(ShortestDigits(magnitude), isNegative: value < 0)
  }

  private static func exponential(_ number: ShortestDigits, isNegative: Bool) -> String {
    var bytes: [UInt8] = isNegative ? [0x2D] : []
    bytes.append(0x30 + number.digits[0])
    if number.digits.count > 1 {
      bytes.append(0x2E)
      for digit in number.digits.dropFirst() { bytes.append(0x30 + digit) }
    }
    appendExponent(number.point - 1, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `e`, a sign and at least two digits.
  static func appendExponent(_ exponent: Int, to bytes: inout [UInt8]) {
    bytes.append(0x65)
    bytes.append(exponent < 0 ? 0x2D : 0x2B)
    let digits = String(exponent.magnitude)
    if digits.utf8.count < 2 { bytes.append(0x30) }
    bytes.append(contentsOf: digits.utf8)
  }
}

/// The shortest digits that read back as a positive number; the value is 0.d₁d₂… · 10^point.
struct ShortestDigits {
  private(set) var digits: [UInt8] = []
  private(set) var point = 0

  init(_ magnitude: Double) {
    var exponent = 0
    var isFraction = false
    var bytes = magnitude.description.utf8.makeIterator()
    while let byte = bytes.next() {
      switch byte {
      case 0x30...0x39:
        digits.append(byte - 0x30)
        if !isFraction { point += 1 }
      case 0x2E: isFraction = true
      default:
        exponent = Int(String(decoding: Array(IteratorSequence(bytes)), as: UTF8.self)) ?? 0
        point += exponent
        trim()
        return
      }
    }
    trim()
  }

  private mutating func trim() {
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    point -= zeros
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { digits = [0] }
  }
}
