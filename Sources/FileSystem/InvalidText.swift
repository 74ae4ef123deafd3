/// Where bytes are no text.
public enum InvalidText {
  /// The place of the first byte that UTF-8 does not have there, or that is zero; `nil` where all is text.
  public static func place(in bytes: some Collection<UInt8>) -> Int? {
    let zero = bytes.firstIndex(of: 0).map { bytes.distance(from: bytes.startIndex, to: $0) }
    let text = zero.map { bytes.prefix($0) } ?? bytes[...]
    return malformed(Array(text)) ?? zero
  }

  /// The 1-based line of a place.
  public static func line(of place: Int, in bytes: some Collection<UInt8>) -> Int {
    bytes.prefix(place).reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
  }

  private static func malformed(_ bytes: [UInt8]) -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var place = 0
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): place += UTF8.width(scalar)
      case .emptyInput: return nil
      case .error: return min(place, max(0, bytes.count - 1))
      }
    }
  }
}
