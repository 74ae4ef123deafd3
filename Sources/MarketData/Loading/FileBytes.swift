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
    var bytes: [UInt8] = []
    bytes.reserveCapacity(max(0, Int(status.st_size)) + 1)
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = chunk.withUnsafeMutableBytes { systemRead(file, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure(number: errno)
      }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  private static func systemRead(_ file: Int32, _ memory: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.read(file, memory, count)
    #else
      Darwin.read(file, memory, count)
    #endif
  }
}
