import MarketModel

extension NumberFormat {
  /// The number in this format, rounded correctly from its exact binary value, halves to even.
  ///
  /// A missing number is `na`, filled with spaces where the format fills with zeros.
  /// - Returns: `nil` if the notation is `whole` and the number is not.
  public func text(_ value: Double) -> String? {
    let number = notation == .percent ? value * 100 : value
    guard number.isFinite else { return missing }
    guard var body = body(number) else { return nil }
    let sign = signText(number)
    group(&body, sign: sign)
    return padded(sign: sign, body: String(decoding: body.whole + body.rest, as: UTF8.self), fill: fill)
  }

  private var missing: String {
    padded(sign: "", body: "na", fill: alignment == .afterSign || fill == "0" ? " " : fill)
  }

  /// Digits before the point, and all that follows them.
  private struct Body {
    var whole: [UInt8]
    var rest: [UInt8]
  }

  private func body(_ number: Double) -> Body? {
    switch notation {
    case .fixed: return fixed(number, places: digits ?? 6)
    case .scientific: return scientific(number, places: digits ?? 6)
    case .general: return general(number, significant: max(1, digits ?? 6))
    case .percent:
      var body = fixed(number, places: digits ?? 6)
      body.rest.append(0x25)
      return body
    case .whole: return number == number.rounded(.towardZero) ? fixed(number, places: 0) : nil
    case nil: return digits.map { general(number, significant: max(1, $0)) } ?? shortest(number)
    }
  }

  private func signText(_ number: Double) -> String {
    let isNegative = number.sign == .minus && !(number == 0 && (notation == nil || notation == .whole))
    if isNegative { return "-" }
    switch sign {
    case .negativeOnly: return ""
    case .always: return "+"
    case .space: return " "
    }
  }

  private func shortest(_ number: Double) -> Body {
    let bytes = Array(NumberText.shortest(number.magnitude).utf8)
    let whole = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }
    return Body(whole: Array(whole), rest: Array(bytes.dropFirst(whole.count)))
  }

  private func fixed(_ number: Double, places: Int) -> Body {
    if let quick = quickFixed(number, places: places) { return quick }
    var decimal = ExactDecimal(number)
    decimal.round(places: places)
    return NumberFormat.plain(decimal, places: places)
  }

  /// Where the scaled number is a whole double, its digits come from integer arithmetic.
  private func quickFixed(_ number: Double, places: Int) -> Body? {
    guard places <= 15, let scaled = DecimalRounding.scaledWhole(number.magnitude, digits: places) else { return nil }
    var bytes = Array(String(Int64(scaled)).utf8)
    if bytes.count <= places {
      bytes.insert(contentsOf: [UInt8](repeating: 0x30, count: places + 1 - bytes.count), at: 0)
    }
    let rest = bytes.suffix(places)
    return Body(whole: Array(bytes.dropLast(places)), rest: rest.isEmpty ? [] : [0x2E] + rest)
  }

  private static func plain(_ decimal: ExactDecimal, places: Int) -> Body {
    let (whole, fraction) = decimal.fixed(places: max(0, places))
    return Body(whole: whole.map { $0 + 0x30 }, rest: fraction.isEmpty ? [] : [0x2E] + fraction.map { $0 + 0x30 })
  }

  private func scientific(_ number: Double, places: Int) -> Body {
    var decimal = ExactDecimal(number)
    decimal.round(significant: places + 1)
    return NumberFormat.exponential(decimal, places: places)
  }

  private static func exponential(_ decimal: ExactDecimal, places: Int) -> Body {
    var rest: [UInt8] = places > 0 ? [0x2E] : []
    for place in 0..<max(0, places) { rest.append(0x30 + decimal.digit(place + 1)) }
    NumberText.appendExponent(decimal.isZero ? 0 : decimal.point - 1, to: &rest)
    return Body(whole: [0x30 + decimal.digit(0)], rest: rest)
  }

  /// Plain where the exponent lies in −4..<significant, else with the exponent; no trailing zeros.
  private func general(_ number: Double, significant: Int) -> Body {
    var decimal = ExactDecimal(number)
    decimal.round(significant: significant)
    let exponent = decimal.isZero ? 0 : decimal.point - 1
    let written = max(1, decimal.digits.count)
    if exponent < -4 || exponent >= significant { return NumberFormat.exponential(decimal, places: written - 1) }
    return NumberFormat.plain(decimal, places: decimal.isZero ? 0 : written - decimal.point)
  }

  /// Sets commas; where zeros fill the width, they are grouped as well.
  private func group(_ body: inout Body, sign: String) {
    guard isGrouped else { return }
    if fill == "0" && alignment == .afterSign {
      let room = width - sign.count - body.rest.count
      while NumberFormat.groupedCount(body.whole.count) < room { body.whole.insert(0x30, at: 0) }
    }
    var grouped = [UInt8]()
    for (place, byte) in body.whole.enumerated() {
      if place > 0 && (body.whole.count - place) % 3 == 0 { grouped.append(0x2C) }
      grouped.append(byte)
    }
    body.whole = grouped
  }

  private static func groupedCount(_ digits: Int) -> Int { digits + (digits - 1) / 3 }

  private func padded(sign: String, body: String, fill: Character) -> String {
    let room = width - sign.count - body.count
    guard room > 0 else { return sign + body }
    let before: Int
    switch alignment {
    case .left: before = 0
    case .right: before = room
    case .center: before = room / 2
    case .afterSign: return sign + String(repeating: fill, count: room) + body
    }
    return String(repeating: fill, count: before) + sign + body + String(repeating: fill, count: room - before)
  }
}
