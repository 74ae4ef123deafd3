/// A source text with a name: the bytes of a script, a module or a data file's excerpt.
///
/// Offsets everywhere in the front end are UTF-8 byte offsets into `bytes`; lines and columns are derived here
/// and only here. Lines end at `\n`; a `\r` before it belongs to the line end.
public final class SourceFile: Sendable {
  /// The name that messages show, usually the path as the user typed it.
  public let name: String
  /// The text, UTF-8.
  public let bytes: [UInt8]
  /// The byte offset of each line's first byte, ascending; never empty.
  public let lineStarts: [Int]

  /// Wraps a text under a name.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == 0x0A { starts.append(offset + 1) }
    lineStarts = starts
  }

  /// Wraps a string under a name.
  public convenience init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The text of a span.
  public func text(_ span: Span) -> String {
    String(decoding: bytes[clamped(span)], as: UTF8.self)
  }

  /// The 1-based line and column of an offset; the column counts code points.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    let target = min(max(offset, 0), bytes.count)
    let line = lineNumber(of: target)
    var column = 1
    bytes.withUnsafeBufferPointer { bytes in
      // A continuation byte, whose two high bits are 10, does not start a code point.
      for index in lineStarts[line - 1]..<target where bytes[index] & 0xC0 != 0x80 { column += 1 }
    }
    return (line, column)
  }

  /// The 1-based line of an offset.
  ///
  /// - Complexity: logarithmic in the number of lines, however long they are.
  public func lineNumber(of offset: Int) -> Int {
    let target = min(max(offset, 0), bytes.count)
    var low = 0
    var high = lineStarts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if lineStarts[middle] <= target { low = middle } else { high = middle - 1 }
    }
    return low + 1
  }

  /// The bytes of a 1-based line without its line end.
  public func line(_ number: Int) -> ArraySlice<UInt8> {
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return bytes[start..<max(start, end)]
  }

  private func clamped(_ span: Span) -> Range<Int> {
    let lower = min(max(Int(span.lower), 0), bytes.count)
    return lower..<max(lower, min(Int(span.upper), bytes.count))
  }
}

/// A half-open range of byte offsets in one source file.
public struct Span: Hashable, Sendable {
  /// The first byte.
  public var lower: Int32
  /// One past the last byte.
  public var upper: Int32

  /// Makes a span from offsets; `upper` is raised to `lower` if it lies before it.
  public init(_ lower: Int, _ upper: Int) {
    self.lower = Int32(clamping: lower)
    self.upper = Int32(clamping: max(lower, upper))
  }

  /// The smallest span that covers both.
  public func union(_ other: Span) -> Span {
    Span(Int(min(lower, other.lower)), Int(max(upper, other.upper)))
  }
}
