import Diagnostics
import Scripting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files that a session reads and writes.
enum Files {
  /// Scripts are written by people; what is larger is something else, or has no end.
  private static let largest = 16 << 20

  /// The folder of a path.
  static func folder(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The bytes of a script: of a file, and of nothing else, which might never end or never begin.
  static func read(_ path: String) throws(PromptProblem) -> [UInt8] {
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard file >= 0 else { throw failure(path) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw failure(path) }
    if let reason = refusal(status) { throw .usage(.unusableFile(path, reason)) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes { systemRead(file, $0) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path) }
      if count == 0 { break }
      bytes += buffer[..<count]
      if bytes.count > largest { throw .usage(.unusableFile(path, "it is larger than 16 MiB")) }
    }
    if bytes.contains(0) || String(validating: bytes, as: UTF8.self) == nil {
      throw .usage(.unusableFile(path, "it is no UTF-8 text"))
    }
    return bytes
  }

  /// Why what a path names is no file for a text.
  private static func refusal(_ status: stat) -> String? {
    switch status.st_mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: "it is a folder"
    default: "it is a device, a pipe or a socket and no file"
    }
  }

  /// Writes a text, whole or not at all; a file that is there is replaced, anything else is left as it is.
  static func write(_ text: String, to path: String) throws(PromptProblem) {
    var status = stat()
    let isThere = stat(path, &status) == 0
    if isThere, let reason = refusal(status) { throw .usage(.unusableFile(path, reason)) }
    let draft = path + ".\(getpid()).partial"
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw failure(path) }
    defer { unlink(draft) }
    var isWritten = fill(file, with: Array(text.utf8))
    if isThere { isWritten = isWritten && fchmod(file, status.st_mode & 0o777) == 0 }
    let reason = errno
    let isClosed = close(file) == 0
    guard isWritten else { throw .usage(.unusableFile(path, String(cString: strerror(reason)))) }
    guard isClosed, rename(draft, path) == 0 else { throw failure(path) }
  }

  private static func fill(_ file: Int32, with bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(file, $0) }
      if count < 0, errno != EINTR { return false }
      rest = rest.dropFirst(max(0, count))
    }
    return true
  }

  private static func systemRead(_ file: Int32, _ memory: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.read(file, memory.baseAddress, memory.count)
    #else
      Darwin.read(file, memory.baseAddress, memory.count)
    #endif
  }

  private static func systemWrite(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(file, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(file, bytes.baseAddress, bytes.count)
    #endif
  }

  /// A file of its own for a text that is edited; removed by the caller.
  static func temporary(_ text: String) throws(PromptProblem) -> String {
    guard let path = TemporaryFolder.makeFile("strat", ending: ".strat") else { throw failure(TemporaryFolder.path) }
    try write(text, to: path)
    return path
  }

  /// Removes a file.
  static func remove(_ path: String) { unlink(path) }

  private static func failure(_ path: String) -> PromptProblem {
    .usage(.unusableFile(path, String(cString: strerror(errno))))
  }
}
