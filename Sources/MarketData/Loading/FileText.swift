import Codecs
package import Diagnostics

/// Reads data files as text, unpacked.
package enum FileText {
  /// The UTF-8 text of a file.
  package static func read(_ path: String) throws(Diagnostic) -> [UInt8] { try read(path) { _ in } }

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
    // Where the whole is text by now, somebody is writing it.
    _ = try read(path)
    throw Diagnostic.notText(at: .file(path, line: 0, column: 0))
  }

  private static func read(_ path: String, _ noteChecksum: (UInt64) -> Void) throws(Diagnostic) -> [UInt8] {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path) } catch { throw Diagnostic.unreadableDataFile(path, error.text) }
    noteChecksum(bytes.withUnsafeBytes { BlockChecksum.of($0) })
    let text = isPacked(path) ? try unpacked(bytes, path) : bytes
    if !text.withUnsafeBufferPointer(isText) { throw problem(text, path) }
    return text
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
