import CZlib

/// A ZIP archive in memory: its table of contents, and its files one at a time.
///
/// Stored and deflated files are read, with their checksums; what is larger or packed otherwise is said, never guessed.
public struct ZipArchive: Sendable {
  /// Why an archive, or a file in it, cannot be read.
  public enum Failure: Error, Sendable {
    /// It ends before its table of contents, or an entry lies outside it.
    case truncated
    /// A field, a block or a checksum is wrong.
    case damaged
    /// The file needs a password.
    case encrypted
    /// The file is packed in a way that is not known, by its number.
    case method(Int)
    /// It is of the form for more than 4 GB or 65,535 files.
    case zip64
    /// The unpacked file would be larger than the limit.
    case tooLarge
    /// Its files grow more than texts do when they are unpacked.
    case growsTooMuch
  }

  /// A file in the archive.
  public struct Entry: Sendable {
    /// Its path in the archive; a folder's ends in a slash.
    public let name: String
    /// How large it says to be when unpacked.
    public let size: Int
    fileprivate let packedSize: Int
    fileprivate let method: Int
    fileprivate let checksum: UInt32
    fileprivate let isEncrypted: Bool
    fileprivate let header: Int
  }

  /// The files in the order of the table of contents.
  public let entries: [Entry]
  private let bytes: [UInt8]

  /// Whether bytes begin as an archive does, an empty one included.
  public static func isArchive(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
  }

  /// Reads the table of contents.
  public init(_ bytes: [UInt8]) throws(Failure) {
    let reader = Fields(bytes: bytes)
    guard let end = ZipArchive.endRecord(bytes) else { throw .truncated }
    let count = try reader.short(end + 10)
    let start = try reader.long(end + 16)
    if count == 0xFFFF || start == 0xFFFF_FFFF { throw .zip64 }
    var entries: [Entry] = []
    var place = start
    for _ in 0..<count {
      guard try reader.long(place) == 0x0201_4B50 else { throw .damaged }
      let (nameLength, extra, comment) = (
        try reader.short(place + 28), try reader.short(place + 30), try reader.short(place + 32)
      )
      let name = try reader.slice(place + 46, nameLength)
      let entry = Entry(
        name: String(decoding: name, as: UTF8.self), size: try reader.long(place + 24),
        packedSize: try reader.long(place + 20), method: try reader.short(place + 10),
        checksum: UInt32(try reader.long(place + 16)), isEncrypted: try reader.short(place + 8) & 1 == 1,
        header: try reader.long(place + 42))
      entries.append(entry)
      place += 46 + nameLength + extra + comment
    }
    self.entries = entries
    self.bytes = bytes
    try refuseGrowth()
  }

  /// Entries may lie over one another, so that the sum counts and not each by itself; a size that stands elsewhere is
  /// refused where its entry is read.
  private func refuseGrowth() throws(Failure) {
    let size = entries.reduce(0) { $1.size == 0xFFFF_FFFF ? $0 : $0 + $1.size }
    if size > GzipStream.sizeOfAnyGrowth, size / GzipStream.mostGrowth > bytes.count { throw .growsTooMuch }
  }

  /// Where the record at the end begins: the last place with its mark whose comment fills the rest.
  private static func endRecord(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 22 else { return nil }
    for place in stride(from: bytes.count - 22, through: max(0, bytes.count - 22 - 0xFFFF), by: -1)
    where bytes[place] == 0x50 && bytes[place..<(place + 4)].elementsEqual([0x50, 0x4B, 0x05, 0x06]) {
      if place + 22 + Int(bytes[place + 20]) + Int(bytes[place + 21]) << 8 <= bytes.count { return place }
    }
    return nil
  }

  /// Unpacks a file.
  ///
  /// - Parameter limit: how large it may be.
  public func contents(of entry: Entry, limit: Int = 4 << 30) throws(Failure) -> [UInt8] {
    if entry.size > limit { throw .tooLarge }
    let contents = try unpack(entry, upTo: entry.size)
    guard contents.count == entry.size, ZipArchive.checksum(contents) == entry.checksum else { throw .damaged }
    return contents
  }

  /// The first bytes of a file, by which it is seen what it is before the whole of it is unpacked.
  public func beginning(of entry: Entry, count: Int = 1 << 12) throws(Failure) -> [UInt8] {
    Array(try unpack(entry, upTo: min(count, entry.size)).prefix(count))
  }

  /// At least as many bytes of a file as are wanted, or all of it.
  private func unpack(_ entry: Entry, upTo wanted: Int) throws(Failure) -> [UInt8] {
    if entry.isEncrypted { throw .encrypted }
    if entry.size == 0xFFFF_FFFF || entry.packedSize == 0xFFFF_FFFF || entry.header == 0xFFFF_FFFF { throw .zip64 }
    let reader = Fields(bytes: bytes)
    guard try reader.long(entry.header) == 0x0403_4B50 else { throw .damaged }
    let start = entry.header + 30 + (try reader.short(entry.header + 26)) + (try reader.short(entry.header + 28))
    let packed = try reader.slice(start, entry.packedSize)
    switch entry.method {
    case 0: return Array(packed.prefix(wanted))
    case 8: return try ZipArchive.inflated(packed, size: entry.size, upTo: wanted)
    default: throw .method(entry.method)
    }
  }

  /// Unpacks a deflated stream, which may not give more than it says: one byte over shows a lie.
  private static func inflated(
    _ packed: ArraySlice<UInt8>, size: Int, upTo wanted: Int
  ) throws(Failure) -> [UInt8] {
    var stream = z_stream()
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { throw .damaged }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    // A false size does not reserve more memory than deflating can fill.
    output.reserveCapacity(min(wanted, packed.count &* 1032))
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var consumed = packed.startIndex
    while true {
      let status = packed.withUnsafeBufferPointer { input in
        chunk.withUnsafeMutableBufferPointer { target in
          let offset = consumed - packed.startIndex
          let available = min(input.count - offset, 1 << 30)
          // zlib's interface is not const-correct; it does not write to its input.
          stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + offset) }
          stream.avail_in = UInt32(available)
          stream.next_out = target.baseAddress
          stream.avail_out = UInt32(target.count)
          let status = inflate(&stream, Z_NO_FLUSH)
          consumed += available - Int(stream.avail_in)
          output.append(contentsOf: target[..<(target.count - Int(stream.avail_out))])
          return status
        }
      }
      if output.count > size { throw .damaged }
      if wanted < size, output.count >= wanted { return output }
      switch status {
      case Z_STREAM_END: return output
      case Z_OK: if consumed == packed.endIndex, stream.avail_out > 0 { throw .truncated }
      case Z_BUF_ERROR: throw .truncated
      default: throw .damaged
      }
    }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt = 0
    var place = 0
    bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      while place < buffer.count {
        let count = min(buffer.count - place, 1 << 30)
        sum = crc32(sum, start + place, UInt32(count))
        place += count
      }
    }
    return UInt32(truncatingIfNeeded: sum)
  }

  /// The numbers of an archive, least significant byte first, all within its bounds.
  private struct Fields {
    let bytes: [UInt8]

    func slice(_ place: Int, _ count: Int) throws(Failure) -> ArraySlice<UInt8> {
      guard place >= 0, count >= 0, place <= bytes.count, count <= bytes.count - place else { throw .truncated }
      return bytes[place..<(place + count)]
    }

    func short(_ place: Int) throws(Failure) -> Int {
      try slice(place, 2).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    func long(_ place: Int) throws(Failure) -> Int {
      try slice(place, 4).reversed().reduce(0) { $0 << 8 | Int($1) }
    }
  }
}
