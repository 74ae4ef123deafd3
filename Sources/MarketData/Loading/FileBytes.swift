#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads whole files into memory.
enum FileBytes {
  /// Why a file cannot be read: the system's error number.
  struct Failure: Error {
    var number: Int32
    /// The system's words for it.
    var text: String { String(cString: strerror(number)) }
  }

  /// The contents of a file.
  static func read(_ path: String) throws(Failure) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Failure(number: errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Failure(number: errno) }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw Failure(number: EISDIR) }
    // One byte more than there should be, so that the end is seen without growing.
    var bytes: [UInt8] = []
    while true {
      let room = bytes.isEmpty ? max(1 << 12, Int(status.st_size) + 1) : 1 << 18
      let piece = try read(file, upTo: room)
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
      if piece.count < room { return bytes }
    }
  }

  /// The next bytes of a file: as many as asked for, fewer at its end.
  private static func read(_ file: Int32, upTo room: Int) throws(Failure) -> [UInt8] {
    var problem: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: room) { memory, count in
      LargePages.advise(memory.baseAddress, room)
      while count < room {
        let read = systemRead(file, memory.baseAddress.map { $0 + count }, room - count)
        if read == 0 { return }
        if read < 0, errno == EINTR { continue }
        if read < 0 {
          problem = errno
          return
        }
        count += read
      }
    }
    if problem != 0 { throw Failure(number: problem) }
    return bytes
  }

  private static func systemRead(_ file: Int32, _ memory: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.read(file, memory, count)
    #else
      Darwin.read(file, memory, count)
    #endif
  }
}
