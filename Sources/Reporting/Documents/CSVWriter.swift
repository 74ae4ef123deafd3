import Kernels

/// Writes comma-separated values (RFC 4180 with `\n` line ends): a field is quoted where it holds a comma, a quote or a
/// line end. Numbers are as in `JSONWriter`; absent ones are empty.
///
/// A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and runs it. Names and messages come
/// from scripts and data, so that such a cell gets an apostrophe before it, as is common guidance (OWASP, "CSV
/// Injection"); numbers stay numbers.
public struct CSVWriter: Sendable {
  /// What becomes of texts that a spreadsheet would take for formulas.
  public enum Cells: Sendable {
    /// They get an apostrophe before them.
    case guarded
    /// They stay as they are, for programs and for texts of our own.
    case plain
  }

  private let cells: Cells
  /// What was written so far, UTF-8.
  public private(set) var bytes: [UInt8] = []

  /// A document with a header line.
  public init(_ header: [String], _ cells: Cells = .guarded) {
    self.cells = cells
    row(header)
  }

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

  /// Whether a spreadsheet would take the field for a formula.
  private static func isFormula(_ field: String) -> Bool {
    switch field.utf8.first {
    case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0A, 0x0D: Double(field) == nil
    default: false
    }
  }

  private mutating func append(_ field: String) {
    if cells == .guarded, CSVWriter.isFormula(field) { return appendQuoted("'" + field) }
    guard field.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else {
      bytes.append(contentsOf: field.utf8)
      return
    }
    appendQuoted(field)
  }

  private mutating func appendQuoted(_ field: String) {
    bytes.append(0x22)
    for byte in field.utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }
}
