#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Gives a file that exists another text: the whole of it or nothing, with the permissions it has.
enum ReplacedFile {
  /// Replaces the text of the file at a path; a link keeps pointing to it.
  static func write(_ text: String, to path: String) throws(CommandFailure) {
    guard let real = realpath(path, nil) else { throw failure(path, errno) }
    defer { free(real) }
    let target = String(cString: real)
    var status = stat()
    guard stat(target, &status) == 0, access(target, W_OK) == 0 else { throw failure(path, errno) }
    let temporary = target + ".\(getpid()).partial"
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard file >= 0 else { throw failure(path, errno) }
    defer { unlink(temporary) }
    let isWritten =
      NewFile.fill(file, with: Array(text.utf8)) && fchmod(file, status.st_mode & 0o7777) == 0 && fsync(file) == 0
    let reason = errno
    close(file)
    guard isWritten else { throw failure(path, reason) }
    guard rename(temporary, target) == 0 else { throw failure(path, errno) }
  }

  private static func failure(_ path: String, _ reason: Int32) -> CommandFailure {
    .usage(.cannotWrite(path, reason: String(cString: strerror(reason))))
  }
}
