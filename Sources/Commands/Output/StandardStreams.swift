import Locks

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The streams that the program was started with.
enum StandardStreams {
  static let output = OutputStream(descriptor: 1)
  static let messages = OutputStream(descriptor: 2)

  /// To be called before anything is opened or written.
  ///
  /// A stream that is closed gets something in its place that gives and takes nothing: the next file that is opened would be it
  /// otherwise, and be written to. A pipe that nobody reads any more is an error of the write, and does not end the
  /// program in the middle of what it saves.
  static func prepare() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
      _ = open("/dev/null", O_RDONLY)
    }
    signal(SIGPIPE, SIG_IGN)
  }
}

/// A stream that is written to until it takes no more; then what else comes is dropped, and the reason is kept.
final class OutputStream: Sendable {
  private let descriptor: Int32
  private let problem = Guarded<Int32?>(nil)

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Why the stream takes no more, as the system numbers it; `nil` while it does.
  var failure: Int32? { problem.withLock { $0 } }

  /// Writes a text, all of it or until the stream takes no more.
  func write(_ text: String) {
    var text = text
    problem.withLock { problem in
      guard problem == nil else { return }
      problem = text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
    }
  }

  /// Closes the stream, which is when some file systems say what they could not keep.
  func close() {
    problem.withLock { problem in
      guard problem == nil else { return }
      #if canImport(Glibc)
        let isClosed = Glibc.close(descriptor) == 0
      #else
        let isClosed = Darwin.close(descriptor) == 0
      #endif
      if !isClosed, errno != EINTR { problem = errno }
    }
  }

  /// Writes bytes; the number of what went wrong, or `nil`.
  private func write(_ bytes: UnsafeRawBufferPointer) -> Int32? {
    var rest = bytes
    while !rest.isEmpty {
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      #else
        let count = Darwin.write(descriptor, rest.baseAddress, rest.count)
      #endif
      if count > 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } else if count < 0, errno == EAGAIN || errno == EWOULDBLOCK {
        // Another program has the terminal or pipe set so that no write waits.
        var source = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&source, 1, -1)
      } else if count == 0 || errno != EINTR {
        return count == 0 ? EIO : errno
      }
    }
    return nil
  }
}
