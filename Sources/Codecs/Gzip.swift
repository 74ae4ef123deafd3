import CZlib

/// Whole gzip files to and from memory.
public enum Gzip {
  /// Why bytes are no gzip file.
  public enum Failure: Error, Sendable {
    /// The file ends before the stream does.
    case truncated
    /// A header, block or checksum is wrong.
    case damaged
    /// The unpacked text would be larger than the limit.
    case tooLarge
    /// It grows more than texts do when they are unpacked.
    case growsTooMuch
  }

  /// Whether bytes begin as a gzip file does.
  public static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// Unpacks a gzip file of one or more members; zero bytes after the last are padding.
  public static func decompress(_ bytes: [UInt8], limit: Int = GzipStream.usualLimit) throws(Failure) -> [UInt8] {
    let stream = GzipStream(limit: limit)
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { chunk.deallocate() }
    var output: [UInt8] = []
    output.reserveCapacity(min(limit, min(bytes.count, 1 << 28) * 4))
    var rest = bytes[...]
    while !stream.isAtEnd {
      if stream.isHungry {
        let part = rest.prefix(stream.room.count)
        stream.room.copyBytes(from: part)
        stream.took(part.count)
        rest = rest.dropFirst(part.count)
      }
      output.append(contentsOf: chunk[..<(try stream.unpack(into: chunk))])
    }
    return output
  }

  /// Packs bytes as a gzip file of one member.
  public static func compress(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8] {
    var stream = z_stream()
    let status = deflateInit2_(
      &stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK && bytes.count < Int(UInt32.max), "zlib accepts its default settings")
    defer { deflateEnd(&stream) }
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    bytes.withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0) }
        stream.avail_in = UInt32(input.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END, "the bound holds the packed stream")
      }
    }
    output.removeLast(Int(stream.avail_out))
    return output
  }
}
