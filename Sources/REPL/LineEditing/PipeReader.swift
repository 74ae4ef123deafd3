#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads plain lines from a file descriptor: a pipe, a file, a here-document. It shows no prompt and keeps no history.
public final class PipeReader: LineReader {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// Reads from a descriptor, which stays the caller's; standard input unless another is given.
  public init(descriptor: Int32 = 0) { self.descriptor = descriptor }

  /// The next line. Bytes that are not UTF-8 become replacement characters, which the lexer then names with their place.
  public func read(prompt: String) -> LineEvent {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) { return .text(take(upTo: end, skipping: 1)) }
      if isAtEnd { break }
      let before = buffer.count - start
      fill()
      searched = start + before
    }
    return start < buffer.count ? .text(take(upTo: buffer.count, skipping: 0)) : .end
  }

  /// Whether a line, or the end, is there. Of a line that has begun the rest is waited for: who writes half of one
  /// waits for nothing.
  public var isReady: Bool {
    while true {
      if isAtEnd || start < buffer.count { return true }
      var source = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&source, 1, 0) > 0 else { return false }
      fill()
    }
  }

  /// A pipe has no history.
  public func remember(_ entry: String) {}

  /// There is nothing to give back.
  public func close() {}

  private func take(upTo end: Int, skipping: Int) -> String {
    var last = end
    if last > start, buffer[last - 1] == 0x0D { last -= 1 }
    defer { start = end + skipping }
    return String(decoding: buffer[start..<last], as: UTF8.self)
  }

  private func fill() {
    buffer.removeFirst(start)
    start = 0
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { systemRead($0) }
      if count < 0, errno == EINTR { continue }
      if count > 0 { buffer += chunk[..<count] } else { isAtEnd = true }
      return
    }
  }

  private func systemRead(_ memory: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, memory.baseAddress, memory.count)
    #else
      Darwin.read(descriptor, memory.baseAddress, memory.count)
    #endif
  }
}
