import MarketModel

extension NumberText {
  /// Reads a decimal number: `[+-] digits [. digits] [e [+-] digits]`, where one side of the point may be empty.
  ///
  /// No spaces, separators, `inf`, `nan` or hexadecimals. The result is the nearest double.
  /// - Returns: the number; missing with *overflow* beyond the doubles; `nil` if the text is no number.
  public static func parse(_ text: some StringProtocol) -> Double? {
    var copy = String(text)
    return copy.withUTF8 { parse($0) }
  }

  /// Reads a decimal number from UTF-8 bytes; see `parse(_:)`.
  public static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let parts = NumberParts(bytes) else { return nil }
    if let quick = parts.exactValue { return quick }
    guard let value = Double(String(decoding: bytes, as: UTF8.self)) else { return nil }
    return value.settled
  }
}

/// A number's text taken apart.
private struct NumberParts {
  var isNegative = false
  /// The first nineteen digits as a whole number.
  var significand: UInt64 = 0
  var digitCount = 0
  var exponent = 0

  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var place = 0
    if place < bytes.count, bytes[place] == 0x2D || bytes[place] == 0x2B {
      isNegative = bytes[place] == 0x2D
      place += 1
    }
    let whole = readDigits(bytes, &place)
    var fraction = 0
    if place < bytes.count, bytes[place] == 0x2E {
      place += 1
      fraction = readDigits(bytes, &place)
      exponent -= fraction
    }
    guard whole + fraction > 0 else { return nil }
    if place < bytes.count, bytes[place] | 0x20 == 0x65 {
      place += 1
      guard readExponent(bytes, &place) else { return nil }
    }
    guard place == bytes.count else { return nil }
  }

  private mutating func readDigits(_ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int) -> Int {
    let start = place
    while place < bytes.count, bytes[place] >= 0x30 && bytes[place] <= 0x39 {
      if significand > 0 || bytes[place] != 0x30 {
        digitCount += 1
        if digitCount <= 19 { significand = significand &* 10 &+ UInt64(bytes[place] - 0x30) }
      }
      place += 1
    }
    return place - start
  }

  private mutating func readExponent(_ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int) -> Bool {
    var isBelow = false
    if place < bytes.count, bytes[place] == 0x2D || bytes[place] == 0x2B {
      isBelow = bytes[place] == 0x2D
      place += 1
    }
    let start = place
    var value = 0
    while place < bytes.count, bytes[place] >= 0x30 && bytes[place] <= 0x39 {
      if value < 1_000_000 { value = value * 10 + Int(bytes[place] - 0x30) }
      place += 1
    }
    exponent += isBelow ? -value : value
    return place > start
  }

  /// The value where significand and power of ten are both exact doubles, so that one operation rounds once.
  var exactValue: Double? {
    guard digitCount <= 19, significand <= 9_007_199_254_740_992, exponent >= -22, exponent <= 22 else { return nil }
    let power = DecimalRounding.powersOfTen[abs(exponent)]
    let magnitude = exponent < 0 ? Double(significand) / power : Double(significand) * power
    return isNegative ? -magnitude : magnitude
  }
}
