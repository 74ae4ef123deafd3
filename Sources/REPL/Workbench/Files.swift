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

  /// The bytes of a script.
  static func read(_ path: String) throws(PromptProblem) -> [UInt8] {
    guard let file = fopen(path, "r") else { throw failure(path) }
    defer { fclose(file) }
    var status = stat()
    if fstat(fileno(file), &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw .usage(.unusableFile(path, "it is a folder"))
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer[..<count]
      if bytes.count > largest { throw .usage(.unusableFile(path, "it is larger than 16 MiB")) }
    }
    if ferror(file) != 0 { throw failure(path) }
    if bytes.contains(0) || String(validating: bytes, as: UTF8.self) == nil {
      throw .usage(.unusableFile(path, "it is no UTF-8 text"))
    }
    return bytes
  }

  /// Writes a text, whole or not at all.
  static func write(_ text: String, to path: String) throws(PromptProblem) {
    let draft = path + ".part"
    guard let file = fopen(draft, "w") else { throw failure(path) }
    let bytes = Array(text.utf8)
    let written = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, written == bytes.count, rename(draft, path) == 0 else {
      let problem = failure(path)
      unlink(draft)
      throw problem
    }
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
