#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file open for reading.
struct OpenFile: ~Copyable {
  /// Why a file cannot be read: the system's error number.
  struct Failure: Error {
    var number: Int32
    /// The system's words for it.
    var text: String { String(cString: strerror(number)) }
  }

  private let descriptor: Int32
  /// How many bytes the file had when it was opened.
  let expectedSize: Int

  /// Opens a file that is no folder.
  init(_ path: String) throws(Failure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(number: errno) }
    var status = stat()
    var problem = fstat(descriptor, &status) == 0 ? 0 : errno
    if problem == 0, status.st_mode & S_IFMT == S_IFDIR { problem = EISDIR }
    guard problem == 0 else {
      close(descriptor)
      throw Failure(number: problem)
    }
    self.descriptor = descriptor
    expectedSize = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Fills memory with the next bytes; gives how many there were, fewer than there is room for only at the end.
  borrowing func read(into memory: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    var count = 0
    while count < memory.count {
      let got = systemRead(memory.baseAddress.map { $0 + count }, memory.count - count)
      if got == 0 { break }
      if got < 0, errno == EINTR { continue }
      if got < 0 { throw Failure(number: errno) }
      count += got
    }
    return count
  }

  private func systemRead(_ memory: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, memory, count)
    #else
      Darwin.read(descriptor, memory, count)
    #endif
  }
}
