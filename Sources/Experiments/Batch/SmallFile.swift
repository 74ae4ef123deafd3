import FileSystem
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Small files that are read and replaced whole.
enum SmallFile {
  private static let counter = Atomic<Int>(0)

  /// What is larger was not written here.
  private static let largest = 16 << 20

  /// The bytes of a file; `nil` if it cannot be read.
  static func read(_ path: String) -> [UInt8]? { try? OpenFile.contents(path, upTo: largest) }

  /// Writes a file in the folder `making` and moves it to its place; makes the folders. Gives whether that could be done.
  ///
  /// - Precondition: both lie in one file system.
  @discardableResult static func write(_ bytes: [UInt8], to path: String, by making: String) -> Bool {
    guard let slash = path.lastIndex(of: "/") else { return false }
    makeFolder(making)
    makeFolder(String(path[..<slash]))
    // Another process may have left a file of the name, or have taken this one for a leftover before it was locked.
    for _ in 0..<4 {
      let number = counter.add(1, ordering: .relaxed).newValue
      let made = "\(making)/\(getpid())-\(number)"
      let descriptor = open(made, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      if descriptor < 0, errno == EEXIST { continue }
      guard descriptor >= 0 else { return false }
      let isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0
      let isWritten = isLocked && writeAll(bytes, to: descriptor)
      if isWritten, rename(made, path) == 0 {
        close(descriptor)
        return true
      }
      unlink(made)
      close(descriptor)
    }
    return false
  }

  /// Removes what killed processes left in the folder where files are made; what is being written is locked and stays.
  static func sweep(_ making: String) {
    for name in (try? FolderEntries(making).names) ?? [] where !name.hasPrefix(".") {
      let left = open(making + "/" + name, O_RDWR | O_CLOEXEC | O_NONBLOCK)
      if left < 0 { continue }
      if flock(left, LOCK_EX | LOCK_NB) == 0 { unlink(making + "/" + name) }
      close(left)
    }
  }

  /// Only the user's own programs read what is kept there.
  private static func makeFolder(_ path: String) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    makeFolder(String(path[..<slash]))
    _ = mkdir(path, 0o700)
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
        let count = systemWrite(descriptor, rest)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        written += count
      }
      return true
    }
  }

  private static func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, buffer.baseAddress, buffer.count)
    #else
      Darwin.write(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }
}
