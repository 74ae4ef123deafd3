/// Text from scripts, data and servers as a terminal may be sent it: what would steer the terminal, or turn the order of
/// what is read, is shown instead.
///
/// | what | shown as |
/// | --- | --- |
/// | the control characters of ASCII, and delete | their pictures, such as `␛` |
/// | the further ones (C1), and those that turn the order of what is read | their number, such as `\u{202E}` |
public enum ControlText {
  /// What is shown for a scalar; `nil` for one that is shown as it is.
  public static func picture(of scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value).map { String($0) }
    case 0x7F: "\u{2421}"
    case 0x80..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F, 0xFEFF, 0xFFF9...0xFFFB:
      "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    default: nil
    }
  }

  /// Whether a scalar is none that may stand in a text of several lines, as tabs and line ends may.
  public static func isSteering(_ scalar: Unicode.Scalar) -> Bool {
    scalar != "\n" && scalar != "\t" && picture(of: scalar) != nil
  }

  /// Whether a text holds something that is not shown as it is.
  public static func isNeeded(by text: String) -> Bool {
    text.utf8.contains(where: mayBeNeeded) && text.unicodeScalars.contains { picture(of: $0) != nil }
  }

  /// The text in one line: tabs and line ends are shown, too.
  public static func line(_ text: String) -> String {
    guard isNeeded(by: text) else { return text }
    var result = ""
    for scalar in text.unicodeScalars { append(scalar, to: &result) }
    return result
  }

  /// The text with its tabs and line ends, and with the colours that hold the seal, which is taken out of them.
  static func shown(_ text: String, seal: String) -> String {
    guard text.utf8.contains(where: { $0 != 0x0A && mayBeNeeded($0) }) else { return text }
    let opening = Array("[\(seal);".unicodeScalars)
    var result = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "\u{1B}", rest.starts(with: opening) {
        result.unicodeScalars.append(scalar)
        result.unicodeScalars.append("[")
        rest = rest.dropFirst(opening.count)
      } else if scalar == "\n" || scalar == "\t" {
        result.unicodeScalars.append(scalar)
      } else {
        append(scalar, to: &result)
      }
    }
    return result
  }

  private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
    if let picture = picture(of: scalar) { text += picture } else { text.unicodeScalars.append(scalar) }
  }

  /// Whether a byte begins one of the scalars in question, or may.
  private static func mayBeNeeded(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xD8 || byte == 0xE2 || byte == 0xEF
  }
}
