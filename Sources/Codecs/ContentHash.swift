/// SHA-256 of bytes that arrive in pieces.
public struct ContentHash: ~Copyable {
  private var state = HashState()

  /// The hash of nothing yet.
  public init() {}

  /// Adds bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) { state.update(bytes) }

  /// Adds bytes.
  public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { state.update($0) } }

  /// The hash of what was added, as 64 lower-case hex digits.
  public consuming func hex() -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in state.digest() {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The SHA-256 of bytes, as 64 lower-case hex digits.
  public static func hex(of bytes: [UInt8]) -> String {
    var hash = ContentHash()
    hash.update(bytes)
    return hash.hex()
  }
}
