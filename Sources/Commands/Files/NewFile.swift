#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes a file that must not exist yet: whole or not at all, and never over another.
enum NewFile {
  /// Writes the text under the path.
  static func write(_ text: String, to path: String) throws(CommandFailure) {
    let temporary = path + ".\(getpid()).partial"
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o644)
    guard file >= 0 else { throw .usage(.cannotWrite(path, reason: String(cString: strerror(errno)))) }
    defer { unlink(temporary) }
    let isWritten = fill(file, with: Array(text.utf8)) && fsync(file) == 0
    let reason = errno
    close(file)
    guard isWritten else { throw .usage(.cannotWrite(path, reason: String(cString: strerror(reason)))) }
    // A link fails where the name is taken, even if it was taken since we looked.
    guard link(temporary, path) == 0 else {
      if errno == EEXIST { throw .usage(.fileExists(path)) }
      throw .usage(.cannotWrite(path, reason: String(cString: strerror(errno))))
    }
  }

  /// Writes all bytes; `false` with `errno` where the system refuses.
  static func fill(_ file: Int32, with bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
        #if canImport(Glibc)
          let count = Glibc.write(file, rest.baseAddress, rest.count)
        #else
          let count = Darwin.write(file, rest.baseAddress, rest.count)
        #endif
        if count < 0, errno != EINTR { return false }
        written += max(0, count)
      }
      return true
    }
  }
}
