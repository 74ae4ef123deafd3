#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A string object: immutable UTF-8 with its hash and its number of code points.
public struct StringRef {
  let pointer: UnsafeMutableRawPointer

  struct Layout {
    var header: ObjectHeader  // count: bytes
    var scalarCount: Int32
    var hash: UInt64
  }

  private var layout: UnsafeMutablePointer<Layout> { pointer.assumingMemoryBound(to: Layout.self) }
  static let bytesOffset = MemoryLayout<Layout>.size

  /// The UTF-8 bytes; valid as long as the region that holds the object.
  public var utf8: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: (pointer + StringRef.bytesOffset).assumingMemoryBound(to: UInt8.self),
      count: Int(layout.pointee.header.count))
  }
  /// The number of code points.
  public var count: Int { Int(layout.pointee.scalarCount) }
  /// A number that equal texts share.
  public var hash: UInt64 { layout.pointee.hash }
  /// A copy of the text.
  public var text: String { String(decoding: utf8, as: UTF8.self) }
  var isASCII: Bool { count == utf8.count }

  /// Whether it is a text, byte for byte.
  public func hasText(_ text: String) -> Bool {
    var text = text
    let bytes = utf8
    return text.withUTF8 { other in
      guard let a = bytes.baseAddress, let b = other.baseAddress, bytes.count == other.count else {
        return bytes.isEmpty && other.isEmpty
      }
      return memcmp(a, b, bytes.count) == 0
    }
  }

  /// Whether two strings have the same code points.
  public func equals(_ other: StringRef) -> Bool {
    if pointer == other.pointer { return true }
    let left = utf8
    let right = other.utf8
    guard hash == other.hash, left.count == right.count else { return false }
    guard let a = left.baseAddress, let b = right.baseAddress else { return true }
    return memcmp(a, b, left.count) == 0
  }

  /// Order by code points, which for UTF-8 is the order of bytes.
  public func isLess(than other: StringRef) -> Bool { compared(to: other) == .ascending }

  /// Order by code points, which for UTF-8 is the order of bytes.
  func compared(to other: StringRef) -> Comparison {
    let (left, right) = (utf8, other.utf8)
    if let a = left.baseAddress, let b = right.baseAddress {
      let difference = memcmp(a, b, min(left.count, right.count))
      if difference != 0 { return difference < 0 ? .ascending : .descending }
    }
    return Comparison(left.count, right.count)
  }

  /// Writes a string into memory of `StringRef.size(of:)` bytes.
  static func initialize(_ memory: UnsafeMutableRawPointer, _ bytes: UnsafeBufferPointer<UInt8>) -> StringRef {
    let target = (memory + bytesOffset).assumingMemoryBound(to: UInt8.self)
    if let source = bytes.baseAddress { target.update(from: source, count: bytes.count) }
    return seal(memory, count: bytes.count)
  }

  /// Computes hash and length of a string whose bytes have been written behind its header.
  static func seal(_ memory: UnsafeMutableRawPointer, count: Int) -> StringRef {
    let bytes = UnsafeBufferPointer(start: (memory + bytesOffset).assumingMemoryBound(to: UInt8.self), count: count)
    var scalars: Int32 = 0
    for byte in bytes where byte & 0xC0 != 0x80 { scalars += 1 }
    memory.initializeMemory(
      as: Layout.self,
      to: Layout(header: ObjectHeader(.string, count: count), scalarCount: scalars, hash: hash(bytes)))
    return StringRef(pointer: memory)
  }

  /// FNV-1a with a final mix: the same in every process, so nothing can depend on a hash seed.
  static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return mix(hash)
  }

  /// Spreads the bits of a hash (the finaliser of SplitMix64).
  static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
