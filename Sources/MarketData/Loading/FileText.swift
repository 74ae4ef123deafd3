import Codecs
package import Diagnostics

/// Reads data files as text, unpacked.
///
/// Text is UTF-8, or UTF-16 with its mark in front, which is rewritten as UTF-8.
package enum FileText {
  /// The UTF-8 text of a file.
  package static func read(_ path: String) throws(Diagnostic) -> [UInt8] { try read(path) { _ in } }

  /// The bytes of a file as they are.
  package static func contents(_ path: String) throws(Diagnostic) -> [UInt8] {
    do { return try FileBytes.read(path) } catch { throw Diagnostic.unreadableDataFile(path, error.text) }
  }

  /// The UTF-8 text that bytes of a file, gzipped or not, hold.
  package static func text(of bytes: [UInt8], _ path: String) throws(Diagnostic) -> [UInt8] {
    let plain = Gzip.isGzip(bytes) ? try unpacked(bytes, path) : bytes
    let text = WideText.isMarked(plain) ? WideText.utf8(plain) ?? plain : plain
    if !text.withUnsafeBufferPointer(isText) { throw problem(text, path) }
    return text
  }

  /// Gives the UTF-8 text of a file in blocks of whole lines, with how many bytes behind each may be looked at; tells the
  /// checksum of the file as it is.
  static func forEachBlock(
    _ path: String, _ noteChecksum: (UInt64) -> Void, _ body: (UnsafeBufferPointer<UInt8>, _ slack: Int) -> Void
  ) throws(Diagnostic) {
    if isPacked(path) {
      try read(path, noteChecksum).withUnsafeBufferPointer { body($0, 0) }
      return
    }
    var isText = true
    do throws(OpenFile.Failure) {
      var blocks = try LineBlocks(path)
      while isText, let block = try blocks.next() {
        isText = FileText.isText(block)
        if isText { body(block, LineBlocks.slack) }
      }
      noteChecksum(blocks.checksum)
    } catch { throw Diagnostic.unreadableDataFile(path, error.text) }
    if isText { return }
    let bytes = try contents(path)
    let text = try FileText.text(of: bytes, path)
    // Where the whole is UTF-8 by now, somebody is writing it.
    guard WideText.isMarked(bytes) else { throw Diagnostic.notText(at: .file(path, line: 0, column: 0)) }
    text.withUnsafeBufferPointer { body($0, 0) }
  }

  private static func read(_ path: String, _ noteChecksum: (UInt64) -> Void) throws(Diagnostic) -> [UInt8] {
    let bytes = try contents(path)
    noteChecksum(bytes.withUnsafeBytes { BlockChecksum.of($0) })
    if isPacked(path), !Gzip.isGzip(bytes) { throw Diagnostic.damagedGzip(path, "is damaged or no gzip file") }
    return try text(of: bytes, path)
  }

  private static func isPacked(_ path: String) -> Bool { path.lowercased().hasSuffix(".gz") }

  private static func unpacked(_ bytes: [UInt8], _ path: String) throws(Diagnostic) -> [UInt8] {
    do { return try Gzip.decompress(bytes) } catch {
      switch error {
      case .truncated: throw Diagnostic.damagedGzip(path, "ends before its stream does")
      case .damaged: throw Diagnostic.damagedGzip(path, "is damaged or no gzip file")
      case .tooLarge: throw Diagnostic.damagedGzip(path, "would unpack to more than 8 GB")
      }
    }
  }

  /// Whether bytes are UTF-8 without zero bytes, which no text has.
  private static func isText(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let bytes = UnsafeRawBufferPointer(text)
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
    if zeros & highs != .zero || rest.contains(0) { return false }
    let isASCII = all & highs == .zero && !rest.contains { $0 >= 0x80 }
    return isASCII || String(validating: text, as: UTF8.self) != nil
  }

  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// What is wrong with bytes that are no text.
  private static func problem(_ bytes: [UInt8], _ path: String) -> Diagnostic {
    guard let zero = bytes.firstIndex(of: 0) else { return .notText(at: .file(path, line: 0, column: 0)) }
    let line = 1 + bytes[..<zero].count { $0 == 0x0A }
    return .notText(at: .file(path, line: line, column: 0))
  }
}
