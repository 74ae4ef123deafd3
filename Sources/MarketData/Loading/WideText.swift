/// Text in UTF-16 with a byte-order mark, as spreadsheets and MetaTrader write it.
enum WideText {
  /// Whether bytes begin with the mark of UTF-16, in either order.
  static func isMarked(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
  }

  /// The same text in UTF-8 without its mark; `nil` if it is no UTF-16.
  static func utf8(_ bytes: [UInt8]) -> [UInt8]? {
    guard isMarked(bytes), bytes.count.isMultiple(of: 2) else { return nil }
    let isLittle = bytes[0] == 0xFF
    let units = stride(from: 2, to: bytes.count, by: 2).map { place in
      let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
      return isLittle ? second << 8 | first : first << 8 | second
    }
    return String(validating: units, as: UTF16.self).map { Array($0.utf8) }
  }
}
