#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes files whole or not at all: under a hidden name beside the target, which is then renamed. Whoever is killed
/// meanwhile leaves the target as it was, and a file that the next writer in the folder removes.
package enum WholeFile {
  /// Writes a file that is not there yet, and never over another; fails with `EEXIST` where there is one.
  package static func create(_ path: String, _ bytes: [UInt8]) throws(FileFailure) {
    try write(bytes, beside: path, permissions: nil) { made in link(made, path) == 0 ? 0 : errno }
  }

  /// Gives a file another content, with the permissions it has, or makes it; a link keeps pointing to it.
  package static func replace(_ path: String, _ bytes: [UInt8]) throws(FileFailure) {
    if path.utf8.contains(0) { throw FileFailure("its name has a zero byte") }
    guard let status = FileStatus(path) else {
      return try write(bytes, beside: path, permissions: nil) { made in rename(made, path) == 0 ? 0 : errno }
    }
    // What is no file would be replaced by one.
    if let problem = status.kind.problem { throw FileFailure(problem) }
    guard let real = realpath(path, nil) else { throw .system(errno) }
    defer { free(real) }
    let target = String(cString: real)
    guard access(target, W_OK) == 0 else { throw .system(errno) }
    try write(bytes, beside: target, permissions: status.permissions) { made in
      rename(made, target) == 0 ? 0 : errno
    }
  }

  /// - Parameter place: puts the file in its place, and gives the system's error number or 0.
  private static func write(
    _ bytes: [UInt8], beside path: String, permissions: mode_t?, place: (String) -> Int32
  ) throws(FileFailure) {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    Leftovers.sweepOnce(folder)
    // Another process may take the file for a leftover before it is locked; then it is made again.
    for _ in 0..<4 {
      let made = Leftovers.newName(in: folder)
      let file = open(made, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions == nil ? 0o666 : 0o600)
      if file < 0, errno == EEXIST { continue }
      guard file >= 0 else { throw .system(errno) }
      defer {
        unlink(made)
        close(file)
      }
      flock(file, LOCK_EX | LOCK_NB)
      let isWritten =
        fill(file, with: bytes) && (permissions.map { fchmod(file, $0) == 0 } ?? true) && fsync(file) == 0
      if !isWritten { throw .system(errno) }
      let problem = place(made)
      if problem == 0 { return }
      if problem != ENOENT || access(made, F_OK) == 0 { throw .system(problem) }
    }
    throw FileFailure("files in its folder are removed as soon as they are made")
  }

  /// Writes all bytes; `false` with `errno` where the system refuses.
  private static func fill(_ file: Int32, with bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
        #if canImport(Glibc)
          let count = Glibc.write(file, rest.baseAddress, rest.count)
        #else
          let count = Darwin.write(file, rest.baseAddress, rest.count)
        #endif
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        written += count
      }
      return true
    }
  }
}
