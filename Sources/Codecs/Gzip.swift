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
  }

  /// Whether bytes begin as a gzip file does.
  public static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// Unpacks a gzip file of one or more members; zero bytes after the last are padding.
  public static func decompress(_ bytes: [UInt8], limit: Int = 8 << 30) throws(Failure) -> [UInt8] {
    var stream = z_stream()
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .damaged
    }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    output.reserveCapacity(min(limit, bytes.count &* 6))
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var consumed = 0
    while true {
      let status = step(&stream, bytes, &consumed, &chunk, &output)
      guard output.count <= limit else { throw .tooLarge }
      switch status {
      case Z_STREAM_END:
        if bytes[consumed...].allSatisfy({ $0 == 0 }) { return output }
        guard inflateReset(&stream) == Z_OK else { throw .damaged }
      case Z_OK: if consumed == bytes.count, stream.avail_out > 0 { throw .truncated }
      case Z_BUF_ERROR: throw .truncated
      default: throw .damaged
      }
    }
  }

  /// One call of the inflater: appends what it unpacked and counts what it read.
  private static func step(
    _ stream: inout z_stream, _ bytes: [UInt8], _ consumed: inout Int, _ chunk: inout [UInt8],
    _ output: inout [UInt8]
  ) -> Int32 {
    bytes.withUnsafeBufferPointer { input in
      chunk.withUnsafeMutableBufferPointer { target in
        let available = min(input.count - consumed, 1 << 30)
        // zlib's interface is not const-correct; it does not write to its input.
        stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + consumed) }
        stream.avail_in = UInt32(available)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        let status = inflate(&stream, Z_NO_FLUSH)
        consumed += available - Int(stream.avail_in)
        output.append(contentsOf: target[..<(target.count - Int(stream.avail_out))])
        return status
      }
    }
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
