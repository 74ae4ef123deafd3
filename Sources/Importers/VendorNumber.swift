import MarketData

/// Reads numbers as vendors write them for people: `$1,234.50`, `1.234,50 €`, `105.4M`.
enum VendorNumber {
  /// What a cell says about the sign before its decimals.
  enum Evidence {
    case decimalPoint, decimalComma, none
  }

  /// A finite number; `nil` for what is none.
  ///
  /// - Parameter hasDecimalCommas: whether the file writes `1.234,5` for what others write `1,234.5`.
  static func read(_ cell: UnsafeBufferPointer<UInt8>, hasDecimalCommas: Bool) -> Double? {
    guard let (text, exponent) = bare(cell) else { return nil }
    let (group, point): (Character, Character) = hasDecimalCommas ? (".", ",") : (",", ".")
    let parts = text.split(separator: point, omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = ungrouped(parts[0], group),
      !parts.dropFirst().contains(where: { $0.contains(group) })
    else { return nil }
    var plain = whole + (parts.count == 2 ? "." + parts[1] : "")
    if exponent > 0 { plain += "e\(exponent)" }
    return Array(plain.utf8).withUnsafeBufferPointer { CellText.number($0) }
  }

  /// What a cell with a comma in it says about the file; `1,234` alone says nothing.
  static func evidence(_ cell: UnsafeBufferPointer<UInt8>) -> Evidence {
    guard cell.contains(0x2C), let (text, _) = bare(cell) else { return .none }
    let isPoint = read(cell, hasDecimalCommas: false) != nil
    let isComma = read(cell, hasDecimalCommas: true) != nil
    if isPoint != isComma { return isPoint ? .decimalPoint : .decimalComma }
    return isPoint && text.contains(".") ? .decimalPoint : .none
  }

  /// The cell without signs of currencies and letters of magnitude, and the power of ten that these mean.
  private static func bare(_ cell: UnsafeBufferPointer<UInt8>) -> (Substring, Int)? {
    var text = String(decoding: cell, as: UTF8.self)[...]
    func trim() {
      while let first = text.unicodeScalars.first, isSpace(first) { text.unicodeScalars.removeFirst() }
      while let last = text.unicodeScalars.last, isSpace(last) { text.unicodeScalars.removeLast() }
    }
    trim()
    var isNegative = false
    if text.first == "-" || text.first == "+" {
      isNegative = text.removeFirst() == "-"
      trim()
    }
    if let first = text.first, currencies.contains(first) { text.removeFirst() }
    if let last = text.last, currencies.contains(last) { text.removeLast() }
    trim()
    var exponent = 0
    if let last = text.last, let found = magnitudes[last] {
      exponent = found
      text.removeLast()
      trim()
    }
    guard let first = text.unicodeScalars.first, text.utf8.count <= 40, first == "." || ("0"..."9").contains(first)
    else {
      return nil
    }
    return (isNegative ? "-" + text : text, exponent)
  }

  /// Digits with their groups of three put together; `nil` where the groups are not such.
  private static func ungrouped(_ text: Substring, _ group: Character) -> String? {
    let groups = text.split(separator: group, omittingEmptySubsequences: false)
    guard groups.count > 1 else { return String(text) }
    let first = groups[0].drop { $0 == "-" }
    guard (1...3).contains(first.count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
    return groups.joined()
  }

  /// A blank, also one that holds a line together.
  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { [" ", "\u{A0}", "\u{202F}"].contains(scalar) }

  private static let currencies: Set<Character> = ["$", "€", "£", "¥", "₹", "₩", "₽"]
  private static let magnitudes: [Character: Int] = ["K": 3, "k": 3, "M": 6, "m": 6, "B": 9, "b": 9, "T": 12, "t": 12]
}
