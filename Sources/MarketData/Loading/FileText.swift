import Codecs
import Diagnostics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads data files as text, unpacked.
enum FileText {
  /// The UTF-8 text of a file.
  static func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path) } catch { throw Diagnostic.unreadableDataFile(path, error.text) }
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

  /// Refuses what is not UTF-8, or holds zero bytes, which no text has.
  private static func check(_ text: [UInt8], _ path: String) throws(Diagnostic) {
    let zero = text.withUnsafeBytes { bytes in
      bytes.baseAddress.flatMap { start in memchr(start, 0, bytes.count).map { UnsafeRawPointer($0) - start } }
    }
    if let zero {
      let line = 1 + text[..<zero].count { $0 == 0x0A }
      throw Diagnostic.notText(at: .file(path, line: line, column: 0))
    }
    if String(validating: text, as: UTF8.self) == nil {
      throw Diagnostic.notText(at: .file(path, line: 0, column: 0))
    }
  }
}
