import Diagnostics
import FileSystem

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder that appears whole or not at all: files are written beside it under a hidden name, which is then changed. It is
/// locked meanwhile, so that what a killed process left is told from what is being made, and removed.
struct OutputFolder {
  private let path: String
  private let temporary: String
  private let lock: Int32

  /// Prepares a folder that does not exist yet, or is empty; its parents are made.
  init(_ path: String) throws(Diagnostic) {
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
    self.path = String(trimmed)
    let parent = trimmed.lastIndex(of: "/").map { $0 == trimmed.startIndex ? "/" : String(trimmed[..<$0]) } ?? "."
    temporary = Leftovers.newName(in: parent)
    try OutputFolder.refuseContents(self.path)
    try OutputFolder.makeParents(self.path)
    Leftovers.sweep(parent)
    if mkdir(temporary, 0o777) != 0 { throw .outputFailed(path, OutputFolder.reason) }
    lock = open(temporary, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
    if lock >= 0 { flock(lock, LOCK_EX | LOCK_NB) }
  }

  /// Writes a file; folders on the way to it are made.
  func write(_ name: String, _ bytes: [UInt8]) throws(Diagnostic) {
    let target = temporary + "/" + name
    try OutputFolder.makeParents(target)
    let file = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw .outputFailed(target, OutputFolder.reason) }
    defer { close(file) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { systemWrite(file, $0.baseAddress.map { $0 + written }, $0.count - written) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .outputFailed(target, OutputFolder.reason) }
      written += count
    }
  }

  /// Gives the folder its name.
  func finish() throws(Diagnostic) {
    if rename(temporary, path) != 0 { throw .outputFailed(path, OutputFolder.reason) }
    close(lock)
  }

  /// Removes what was written so far.
  func discard() {
    Leftovers.remove(temporary)
    close(lock)
  }

  private static var reason: String { String(cString: strerror(errno)) }

  private static func refuseContents(_ path: String) throws(Diagnostic) {
    guard access(path, F_OK) == 0 else { return }
    do throws(FileFailure) {
      if try FolderEntries(path).names.isEmpty { return }
    } catch { throw .outputFailed(path, error.text) }
    throw .outputNotEmpty(path)
  }

  private static func makeParents(_ path: String) throws(Diagnostic) {
    var place = path.startIndex
    while let slash = path[place...].firstIndex(of: "/") {
      let parent = String(path[..<slash])
      place = path.index(after: slash)
      if parent.isEmpty || access(parent, F_OK) == 0 { continue }
      if mkdir(parent, 0o777) != 0, errno != EEXIST { throw .outputFailed(parent, reason) }
    }
  }
}

private func systemWrite(_ file: Int32, _ memory: UnsafeRawPointer?, _ count: Int) -> Int {
  #if canImport(Glibc)
    Glibc.write(file, memory, count)
  #else
    Darwin.write(file, memory, count)
  #endif
}
