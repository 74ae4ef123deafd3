import MarketModel

/// Writes CSV rows into memory.
struct CSVText {
  private(set) var bytes: [UInt8]
  private var isRowEmpty = true

  init(_ header: String) {
    bytes = Array(header.utf8)
    bytes.append(0x0A)
  }

  mutating func plain(_ text: String) {
    if !isRowEmpty { bytes.append(0x2C) }
    isRowEmpty = false
    bytes.append(contentsOf: text.utf8)
  }

  /// A name, in quotes where it needs them.
  mutating func name(_ text: String) {
    let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x2C }
    plain(
      isPlain
        ? text : "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"")
  }

  mutating func day(_ day: Int32) { plain(Day(rawValue: day).description) }

  /// The shortest text that reads back to the same number; nothing for a missing one.
  mutating func number(_ value: Double) { plain(CSVText.text(value)) }

  /// The text of a number in a data file.
  static func text(_ value: Double) -> String {
    if value.isNaN { return "" }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  mutating func release(_ microseconds: Int64, isGiven: Bool) {
    plain(isGiven ? KnowledgeTime(microseconds: microseconds).description : "")
  }

  mutating func end() {
    bytes.append(0x0A)
    isRowEmpty = true
  }
}
