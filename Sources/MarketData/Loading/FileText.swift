import Codecs
import Diagnostics

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

  /// Refuses what is not UTF-8, or holds control characters that no text has.
  private static func check(_ text: [UInt8], _ path: String) throws(Diagnostic) {
    var isPlain = true
    var line = 1
    for byte in text {
      if byte == 0x0A { line += 1 }
      if byte == 0 { throw Diagnostic.notText(at: .file(path, line: line, column: 0)) }
      if byte >= 0x80 { isPlain = false }
    }
    if !isPlain, String(validating: text, as: UTF8.self) == nil {
      throw Diagnostic.notText(at: .file(path, line: 0, column: 0))
    }
  }
}
