/// Writes the directory of a cache: numbers and texts one after another.
struct DirectoryWriter {
  private(set) var bytes: [UInt8] = []

  mutating func number(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: UInt64(truncatingIfNeeded: value)) { bytes.append(contentsOf: $0) }
  }

  mutating func number(_ value: Double) { number(value.bitPattern) }

  mutating func text(_ text: String) {
    number(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }
}

/// Reads a directory again. Whatever does not fit fails with `Damage.directory`; nothing is read outside the bytes.
struct DirectoryReader {
  private let bytes: UnsafeRawBufferPointer
  private var place = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Whether everything was read.
  var isAtEnd: Bool { place == bytes.count }

  mutating func word() throws(CacheFormat.Damage) -> UInt64 {
    guard bytes.count - place >= 8 else { throw .directory }
    defer { place += 8 }
    return bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
  }

  mutating func number() throws(CacheFormat.Damage) -> Int { Int(truncatingIfNeeded: try word()) }

  mutating func double() throws(CacheFormat.Damage) -> Double { Double(bitPattern: try word()) }

  /// A number that fits in 32 bits.
  mutating func number32() throws(CacheFormat.Damage) -> Int32 {
    guard let value = Int32(exactly: try number()) else { throw .directory }
    return value
  }

  /// How many of something follow: no more than there is room for.
  mutating func count() throws(CacheFormat.Damage) -> Int {
    let count = try number()
    guard count >= 0, count <= bytes.count - place else { throw .directory }
    return count
  }

  /// Yes or no.
  mutating func flag() throws(CacheFormat.Damage) -> Bool { try word() != 0 }

  mutating func text() throws(CacheFormat.Damage) -> String {
    let count = try count()
    defer { place += count }
    return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[place..<place + count]), as: UTF8.self)
  }
}
