import Codecs
package import Diagnostics

/// Reads data files as text, unpacked.
package enum FileText {
  /// The UTF-8 text of a file.
  package static func read(_ path: String) throws(Diagnostic) -> [UInt8] { try read(path) { _ in } }

  /// The UTF-8 text of a file; tells the checksum of the file as it is.
  static func read(_ path: String, _ noteChecksum: (UInt64) -> Void) throws(Diagnostic) -> [UInt8] {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path) } catch { throw Diagnostic.unreadableDataFile(path, error.text) }
    noteChecksum(bytes.withUnsafeBytes { BlockChecksum.of($0) })
    let text = path.lowercased().hasSuffix(".gz") ? try unpacked(bytes, path) : bytes
    try check(text, path)
    return text
  }

  private static func unpacked(_ bytes: [UInt8], _ path: String) throws(Diagnostic) -> [UInt8] {
    do { return try Gzip.decompress(bytes) } catch {
      switch error {
      case .truncated: throw Diagnostic.damagedGzip(path, "ends before its stream does")
      case .damaged: throw Diagnostic.damagedGzip(path, "is damaged or no gzip file")
      case .tooLarge: throw Diagnostic.damagedGzip(path, "would unpack to more than 8 GB")
      }
    }
  }

  /// What a text's bytes are, as far as one look at each can tell.
  private enum Content {
    case ascii, other
    /// Zero bytes, which no text has.
    case zeros
  }

  private static func content(_ text: [UInt8]) -> Content {
    text.withUnsafeBytes { bytes in
      let (ones, highs) = (SIMD8<UInt64>(repeating: 0x0101_0101_0101_0101), SIMD8<UInt64>(repeating: highBits))
      var (all, zeros) = (SIMD8<UInt64>.zero, SIMD8<UInt64>.zero)
      let whole = bytes.count & ~63
      for place in stride(from: 0, to: whole, by: 64) {
        let block = bytes.loadUnaligned(fromByteOffset: place, as: SIMD8<UInt64>.self)
        all |= block
        // The high bit of a zero byte, and of some bytes above it.
        zeros |= (block &- ones) & ~block
      }
      let rest = bytes[whole...]
      if zeros & highs != .zero || rest.contains(0) { return .zeros }
      return all & highs != .zero || rest.contains { $0 >= 0x80 } ? .other : .ascii
    }
  }

  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// Refuses what is not UTF-8, or holds zero bytes.
  private static func check(_ text: [UInt8], _ path: String) throws(Diagnostic) {
    switch content(text) {
    case .ascii: return
    case .other:
      if String(validating: text, as: UTF8.self) == nil {
        throw Diagnostic.notText(at: .file(path, line: 0, column: 0))
      }
    case .zeros:
      let line = 1 + text.prefix { $0 != 0 }.count { $0 == 0x0A }
      throw Diagnostic.notText(at: .file(path, line: line, column: 0))
    }
  }
}
