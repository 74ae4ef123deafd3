#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The ends of lines. Everything that reads lines looks for line feeds; where lines end in a carriage return alone, as
/// some programs still write them, it becomes one. A carriage return before a line feed stays, as readers take the two
/// for one end.
///
/// Left as they are, such lines would be one: a comment in the first hides all of a script, and a header all rows.
package enum LineEnds {
  /// The text with its line ends as line feeds.
  package static func unified(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(0x0D) else { return text }
    var text = text
    text.withUnsafeMutableBytes { _ = unify($0) }
    return text
  }

  /// Turns the ends of lines into line feeds.
  ///
  /// - Parameter isEnd: whether the text ends with the memory.
  /// - Returns: how many bytes at the end could not be decided, as what follows them is not there yet.
  package static func unify(_ text: UnsafeMutableRawBufferPointer, isEnd: Bool = true) -> Int {
    guard let start = text.baseAddress else { return 0 }
    var place = 0
    while place < text.count, let found = memchr(start + place, 0x0D, text.count - place) {
      let first = UnsafeRawPointer(found) - UnsafeRawPointer(start)
      var end = first + 1
      // Some programs write several before the line feed.
      while end < text.count, text[end] == 0x0D { end += 1 }
      if end == text.count, !isEnd { return end - first }
      if end == text.count || text[end] != 0x0A {
        for carriageReturn in first..<end { text[carriageReturn] = 0x0A }
      }
      place = end
    }
    return 0
  }
}
