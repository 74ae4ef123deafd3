import Codecs
package import Diagnostics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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

  private static func isASCII(_ text: [UInt8]) -> Bool {
    text.withUnsafeBytes { bytes in
      var place = 0
      while place + 64 <= bytes.count {
        let block = bytes.loadUnaligned(fromByteOffset: place, as: SIMD8<UInt64>.self)
        if (block & SIMD8(repeating: 0x8080_8080_8080_8080)).wrappedSum() != 0 { return false }
        place += 64
      }
      return bytes[place...].allSatisfy { $0 < 0x80 }
    }
  }

  /// Refuses what is not UTF-8, or holds zero bytes, which no text has.
  private static func check(_ text: [UInt8], _ path: String) throws(Diagnostic) {
    let zero = text.withUnsafeBytes { bytes in
      bytes.baseAddress.flatMap { start in memchr(start, 0, bytes.count).map { UnsafeRawPointer($0) - start } }
    }
    if let zero {
      let line = 1 + text[..<zero].count { $0 == 0x0A }
      throw Diagnostic.notText(at: .file(path, line: line, column: 0))
    }
    if !isASCII(text), String(validating: text, as: UTF8.self) == nil {
      throw Diagnostic.notText(at: .file(path, line: 0, column: 0))
    }
  }
}
