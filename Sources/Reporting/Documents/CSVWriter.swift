import Kernels

/// Writes comma-separated values (RFC 4180 with `\n` line ends): a field is quoted where it holds a comma, a quote or a
/// line end. Numbers are as in `JSONWriter`; absent ones are empty.
public struct CSVWriter: Sendable {
  /// What was written so far, UTF-8.
  public private(set) var bytes: [UInt8] = []

  /// A document with a header line.
  public init(_ header: [String]) { row(header) }

  /// The document as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Adds a line.
  public mutating func row(_ fields: [String]) {
    for (place, field) in fields.enumerated() {
      if place > 0 { bytes.append(0x2C) }
      append(field)
    }
    bytes.append(0x0A)
  }

  /// A number as a field: shortest, empty if absent, missing or not finite.
  public static func field(_ number: Double?) -> String {
    guard let number, number.isFinite else { return "" }
    return NumberText.shortest(number)
  }

  private mutating func append(_ field: String) {
    guard field.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else {
      bytes.append(contentsOf: field.utf8)
      return
    }
    bytes.append(0x22)
    for byte in field.utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }
}
