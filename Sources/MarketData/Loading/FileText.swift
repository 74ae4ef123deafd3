import Codecs
package import Diagnostics
import FileSystem

/// Reads data files as text, unpacked, with line feeds at the ends of lines.
///
/// Text is UTF-8, or UTF-16 with its mark in front, which is rewritten as UTF-8. What is no text is found out from its
/// first bytes, before the rest is read, and what is packed is refused as soon as it grows past all reason.
package enum FileText {
  /// How it is told that a file is gzipped.
  package enum Packing {
    /// By its name: a file of a data folder, which says what it is.
    case named
    /// By its first bytes: a file from elsewhere, of any name.
    case found
  }

  /// The UTF-8 text of a file.
  package static func read(_ path: String, _ packing: Packing = .named) throws(Diagnostic) -> [UInt8] {
    try whole(path, packing) { _ in }
  }

  /// The bytes of a file as they are.
  package static func contents(_ path: String) throws(Diagnostic) -> [UInt8] {
    do { return try FileBytes.read(path) } catch { throw Diagnostic.unreadableDataFile(path, error.text) }
  }

  /// The UTF-8 text that bytes of a file, gzipped or not, hold.
  package static func text(of bytes: [UInt8], _ path: String) throws(Diagnostic) -> [UInt8] {
    guard Gzip.isGzip(bytes) else { return try plain(bytes, path) }
    let unpacked: [UInt8]
    do throws(Gzip.Failure) { unpacked = try Gzip.decompress(bytes) } catch { throw problem(.gzip(error), path) }
    return try plain(unpacked, path)
  }

  /// Gives the UTF-8 text of a file in blocks of whole lines, with how many bytes behind each may be looked at; tells the
  /// checksum of the file as it is.
  static func forEachBlock(
    _ path: String, _ noteChecksum: (UInt64) -> Void, _ body: (UnsafeBufferPointer<UInt8>, _ slack: Int) -> Void
  ) throws(Diagnostic) {
    var isFirst = true
    do throws(ByteSource.Failure) {
      var blocks = try LineBlocks(path, isPacked: isPacked(path))
      var bad: UnsafeBufferPointer<UInt8>?
      do throws(ByteSource.Failure) {
        while bad == nil, let block = try blocks.next() {
          if isText(block) { body(block, LineBlocks.slack) } else { bad = block }
          isFirst = isFirst && bad != nil
        }
      } catch {
        guard case .endlessLine = error else { throw error }
        bad = blocks.rest
      }
      guard let bad else { return noteChecksum(blocks.checksum) }
      isFirst = isFirst && WideText.isMarked(Array(bad.prefix(2)))
    } catch { throw problem(error, path) }
    // What begins as UTF-16 does is read as a whole.
    guard isFirst else { throw problemOfText(path) }
    try whole(path, .named, noteChecksum).withUnsafeBufferPointer { body($0, 0) }
  }

  private static func whole(
    _ path: String, _ packing: Packing, _ noteChecksum: (UInt64) -> Void
  ) throws(Diagnostic) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(ByteSource.Failure) {
      var source = try ByteSource(path, isPacked: try isPacked(path, packing))
      if let size = source.expectedSize { bytes.reserveCapacity(min(size, largestWhole)) }
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
      defer { buffer.deallocate() }
      while true {
        let count = try source.read(into: buffer)
        bytes.append(contentsOf: buffer[..<count])
        // The rest of what is no text is not read.
        if count < buffer.count || !isPlausible(bytes, last: count) { break }
        if bytes.count > largestWhole { throw .file(FileFailure("it holds more than 8 GB of text")) }
      }
      noteChecksum(source.checksum)
    } catch { throw problem(error, path) }
    return try plain(bytes, path)
  }

  /// No more text than this is held in memory as a whole.
  private static let largestWhole = 8 << 30

  /// Whether bytes may be text, as their last ones show.
  private static func isPlausible(_ bytes: [UInt8], last count: Int) -> Bool {
    WideText.isMarked(bytes) || !bytes.suffix(count).contains(0)
  }

  private static func isPacked(_ path: String) -> Bool { path.lowercased().hasSuffix(".gz") }

  private static func isPacked(_ path: String, _ packing: Packing) throws(ByteSource.Failure) -> Bool {
    if packing == .named { return isPacked(path) }
    do throws(FileFailure) { return Gzip.isGzip(try OpenFile.beginning(path, count: 2)) } catch { throw .file(error) }
  }

  /// Text with a mark or line ends of another kind as UTF-8 with line feeds.
  private static func plain(_ bytes: [UInt8], _ path: String) throws(Diagnostic) -> [UInt8] {
    let text = WideText.isMarked(bytes) ? WideText.utf8(bytes) ?? bytes : bytes
    guard text.withUnsafeBufferPointer(isText) else { throw notText(text[...], path, linesBefore: 0) }
    return LineEnds.unified(text)
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

  // MARK: - Problems

  private static func problem(_ failure: ByteSource.Failure, _ path: String) -> Diagnostic {
    switch failure {
    case .file(let failure): .unreadableDataFile(path, failure.text)
    case .endlessLine: .lineTooLong(at: .file(path, line: 1, column: 0))
    case .gzip(.truncated): .damagedGzip(path, "ends before its stream does")
    case .gzip(.damaged): .damagedGzip(path, "is damaged or no gzip file")
    case .gzip(.tooLarge): .damagedGzip(path, "would unpack to more than 8 GB")
    case .gzip(.growsTooMuch): .damagedGzip(path, "unpacks to more than \(GzipStream.mostGrowth) times its size")
    }
  }

  /// What is wrong with the first lines of a file that are no text: looked for again, as nobody counts lines until then.
  private static func problemOfText(_ path: String) -> Diagnostic {
    var lines = 0
    do throws(ByteSource.Failure) {
      var blocks = try LineBlocks(path, isPacked: isPacked(path))
      do throws(ByteSource.Failure) {
        while let block = try blocks.next() {
          if !isText(block) { return notText(block, path, linesBefore: lines) }
          lines += block.count { $0 == 0x0A }
        }
      } catch {
        guard case .endlessLine = error else { throw error }
        if blocks.rest.contains(0) { return notText(blocks.rest, path, linesBefore: lines) }
        return .lineTooLong(at: .file(path, line: lines + 1, column: 0))
      }
    } catch { return problem(error, path) }
    // Where it is text by now, somebody is writing it.
    return .notText(at: .file(path, line: 0, column: 0))
  }

  private static func notText(
    _ text: some Collection<UInt8>, _ path: String, linesBefore: Int
  ) -> Diagnostic {
    let line = InvalidText.place(in: text).map { linesBefore + InvalidText.line(of: $0, in: text) }
    return .notText(at: .file(path, line: line ?? 0, column: 0))
  }
}
