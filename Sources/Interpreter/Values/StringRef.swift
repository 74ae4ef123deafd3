#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A string object: immutable UTF-8 with its number of code points, and its hash once it was asked for.
///
/// The bytes stand behind the header, or in a buffer with room to spare that several strings share, each the beginning
/// of the next: what a loop of `s = s + "x"` makes. See `TextBuffer`.
public struct StringRef {
  let pointer: UnsafeMutableRawPointer

  struct Layout {
    var header: ObjectHeader  // count: bytes
    var scalarCount: Int32
    /// Zero while it is not computed.
    var hash: UInt64
    var bytes: UnsafeMutablePointer<UInt8>
    /// The buffer that holds the bytes, where there is one.
    var buffer: UnsafeMutablePointer<TextBuffer>?
  }

  var layout: UnsafeMutablePointer<Layout> { pointer.assumingMemoryBound(to: Layout.self) }
  /// Where the bytes stand that have no buffer.
  static let bytesOffset = MemoryLayout<Layout>.size

  /// The UTF-8 bytes; valid as long as the region that holds the object.
  public var utf8: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: layout.pointee.bytes, count: Int(layout.pointee.header.count))
  }
  /// The number of code points.
  public var count: Int { Int(layout.pointee.scalarCount) }
  /// Whether the hash is known, so that asking for it costs nothing.
  var isHashed: Bool { layout.pointee.hash != 0 }
  /// A number that equal texts share; computed when it is first asked for.
  public var hash: UInt64 {
    if layout.pointee.hash == 0 { layout.pointee.hash = StringRef.hash(utf8) }
    return layout.pointee.hash
  }
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
    guard left.count == right.count else { return false }
    if isHashed, other.isHashed, hash != other.hash { return false }
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

  // MARK: Making

  /// Writes a string into memory of `bytesOffset` and the bytes' count.
  static func initialize(_ memory: UnsafeMutableRawPointer, _ bytes: UnsafeBufferPointer<UInt8>) -> StringRef {
    let target = (memory + bytesOffset).assumingMemoryBound(to: UInt8.self)
    if let source = bytes.baseAddress { target.update(from: source, count: bytes.count) }
    return seal(memory, count: bytes.count)
  }

  /// Counts the code points of a string whose bytes have been written behind its header.
  static func seal(_ memory: UnsafeMutableRawPointer, count: Int) -> StringRef {
    let bytes = (memory + bytesOffset).assumingMemoryBound(to: UInt8.self)
    var scalars: Int32 = 0
    for place in 0..<count where bytes[place] & 0xC0 != 0x80 { scalars &+= 1 }
    return initialize(memory, bytes, count: count, scalarCount: scalars, buffer: nil)
  }

  /// Writes the header of a string whose bytes stand where they are said to.
  static func initialize(
    _ memory: UnsafeMutableRawPointer, _ bytes: UnsafeMutablePointer<UInt8>, count: Int, scalarCount: Int32,
    buffer: UnsafeMutablePointer<TextBuffer>?
  ) -> StringRef {
    memory.initializeMemory(
      as: Layout.self,
      to: Layout(
        header: ObjectHeader(.string, count: count), scalarCount: scalarCount, hash: 0, bytes: bytes, buffer: buffer))
    return StringRef(pointer: memory)
  }

  /// The string with its hash computed: needed of one that outlives an evaluation or is seen by several threads, for
  /// what a look-up costs must not depend on who looked before.
  var hashed: StringRef {
    _ = hash
    return self
  }

  /// FNV-1a with a final mix: the same in every process, so nothing can depend on a hash seed. Never zero.
  static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    let mixed = mix(hash)
    return mixed == 0 ? 1 : mixed
  }

  /// Spreads the bits of a hash (the finaliser of SplitMix64).
  static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
