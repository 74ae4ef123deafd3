#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Numbers in a format, as Python writes them.
enum NumberFormat {
  /// A number that is not missing.
  static func text(_ number: Double, _ spec: ValueFormat.Spec) -> String {
    // Minus zero prints as zero.
    let number = number == 0 ? 0 : number
    let magnitude = magnitude(abs(number), spec)
    let sign: String
    switch spec.sign {
    case .negative: sign = number < 0 ? "-" : ""
    case .always: sign = number < 0 ? "-" : "+"
    case .space: sign = number < 0 ? "-" : " "
    }
    let (whole, rest) = split(magnitude)
    // A zero before the width fills with zeros behind the sign, unless an alignment says otherwise.
    let fillsZeros = spec.isZeroFilled && spec.align == nil || spec.align == .afterSign && spec.fill == "0"
    if fillsZeros { return sign + zeroFilled(whole, room: spec.width - sign.count - rest.count, spec) + rest }
    let body = (spec.hasGroups ? grouped(whole) : whole) + rest
    if spec.align == .afterSign {
      let missing = max(0, spec.width - sign.count - body.count)
      return sign + String(repeating: Character(spec.fill), count: missing) + body
    }
    var spec = spec
    if spec.isZeroFilled, spec.fill == " " { spec.fill = "0" }
    return ValueFormat.padded(sign + body, spec, numeric: true)
  }

  /// The digits of a number that is not negative.
  private static func magnitude(_ number: Double, _ spec: ValueFormat.Spec) -> String {
    switch spec.style {
    case .fixed: return printed("%.*f", spec.digits ?? 6, number)
    case .exponent: return printed("%.*e", spec.digits ?? 6, number)
    case .general: return printed("%.*g", spec.digits ?? 6, number)
    case .percent:
      // A hundred times the largest numbers overflows, and no infinity is ever shown.
      let percent = number * 100
      return percent.isFinite ? printed("%.*f", spec.digits ?? 6, percent) + "%" : "na"
    case .whole: return printed("%.*f", 0, number)
    case nil:
      if let digits = spec.digits { return printed("%.*g", digits, number) }
      return ValueText.number(number)
    }
  }

  /// The platform's `printf`, which rounds the exact binary value as Python does.
  private static func printed(_ format: String, _ digits: Int, _ number: Double) -> String {
    withVaList([Int32(clamping: digits), number]) { arguments in
      // 309 digits before the point, at most 100 behind it.
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
        let count = vsnprintf(buffer.baseAddress, buffer.count, format, arguments)
        let bytes = UnsafeRawBufferPointer(buffer).prefix(max(0, min(Int(count), buffer.count - 1)))
        return String(decoding: bytes, as: UTF8.self)
      }
    }
  }

  /// The digits before the point, and everything from the point, the exponent or the percent sign on.
  private static func split(_ text: String) -> (whole: String, rest: String) {
    let whole = text.prefix { $0.isWholeNumber }
    return (String(whole), String(text.dropFirst(whole.count)))
  }

  /// Digits in groups of three.
  private static func grouped(_ digits: String) -> String {
    var result = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result
  }

  /// Digits with zeros before them until they fill the room, groups included.
  private static func zeroFilled(_ digits: String, room: Int, _ spec: ValueFormat.Spec) -> String {
    guard spec.hasGroups else { return String(repeating: "0", count: max(0, room - digits.count)) + digits }
    // n digits take n + (n - 1) / 3 places.
    var count = digits.count
    while count + (count - 1) / 3 < room { count += 1 }
    return grouped(String(repeating: "0", count: count - digits.count) + digits)
  }
}
