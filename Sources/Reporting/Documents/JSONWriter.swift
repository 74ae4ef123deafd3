import Kernels
public import MarketModel

/// Writes JSON with the keys in the order they are given, so that equal content gives equal bytes.
///
/// Numbers have the shortest form that reads back to the same double and no `-0`; numbers that are missing or not
/// finite are `null`. Text is UTF-8; only what JSON requires is escaped.
public struct JSONWriter: Sendable {
  /// What was written so far, UTF-8.
  public private(set) var bytes: [UInt8] = []
  /// Whether the next element of the innermost container needs a comma before it.
  private var needsComma = false

  /// An empty document.
  public init() {}

  /// The document as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// An object as the next element; its members are written by the closure.
  public mutating func object(_ members: (inout JSONWriter) -> Void) { container(0x7B, 0x7D, members) }

  /// An array as the next element; its elements are written by the closure.
  public mutating func array(_ elements: (inout JSONWriter) -> Void) { container(0x5B, 0x5D, elements) }

  /// The key of the next member of an object; its value must follow.
  public mutating func key(_ name: String) {
    separate()
    append(name)
    bytes.append(0x3A)
    needsComma = false
  }

  /// A string, or null.
  public mutating func value(_ text: String?) {
    separate()
    if let text { append(text) } else { append(raw: "null") }
    needsComma = true
  }

  /// A number; null if it is absent, missing or not finite.
  public mutating func value(_ number: Double?) {
    separate()
    if let number, number.isFinite { append(raw: NumberText.shortest(number)) } else { append(raw: "null") }
    needsComma = true
  }

  /// A whole number, or null.
  public mutating func value(_ number: Int?) {
    separate()
    append(raw: number.map { String($0) } ?? "null")
    needsComma = true
  }

  /// A truth value.
  public mutating func value(_ flag: Bool) {
    separate()
    append(raw: flag ? "true" : "false")
    needsComma = true
  }

  /// A day as `YYYY-MM-DD`, or null.
  public mutating func value(_ day: Day?) { value(day?.description) }

  /// A text that is JSON already.
  public mutating func json(_ text: String) {
    separate()
    append(raw: text)
    needsComma = true
  }

  /// A member that is an object.
  public mutating func object(_ name: String, _ members: (inout JSONWriter) -> Void) {
    key(name)
    object(members)
  }

  /// A member that is an array.
  public mutating func array(_ name: String, _ elements: (inout JSONWriter) -> Void) {
    key(name)
    array(elements)
  }

  /// A member that is a string or null.
  public mutating func member(_ name: String, _ text: String?) {
    key(name)
    value(text)
  }

  /// A member that is a number or null.
  public mutating func member(_ name: String, _ number: Double?) {
    key(name)
    value(number)
  }

  /// A member that is a whole number or null.
  public mutating func member(_ name: String, _ number: Int?) {
    key(name)
    value(number)
  }

  /// A member that is a day or null.
  public mutating func member(_ name: String, _ day: Day?) {
    key(name)
    value(day)
  }

  /// A member whose value is JSON already.
  public mutating func member(_ name: String, json text: String) {
    key(name)
    json(text)
  }

  private mutating func container(_ open: UInt8, _ close: UInt8, _ content: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(open)
    needsComma = false
    content(&self)
    bytes.append(close)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(0x2C) }
  }

  private mutating func append(raw text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func append(_ text: String) {
    bytes.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22: append(raw: "\\\"")
      case 0x5C: append(raw: "\\\\")
      case 0x08: append(raw: "\\b")
      case 0x09: append(raw: "\\t")
      case 0x0A: append(raw: "\\n")
      case 0x0C: append(raw: "\\f")
      case 0x0D: append(raw: "\\r")
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        append(raw: "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits)
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }
}
