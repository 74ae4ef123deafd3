import Diagnostics
import FileSystem
import Scripting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files that a session reads and writes.
enum Files {
  /// The folder of a path.
  static func folder(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The bytes of a script: of a file, and of nothing else, which might never end or never begin.
  static func read(_ path: String) throws(PromptProblem) -> [UInt8] {
    switch ScriptText.read(path) {
    case .failure(let problem): throw .usage(.unusableFile(path, problem.reason))
    case .success(let bytes):
      if bytes.contains(0) || String(validating: bytes, as: UTF8.self) == nil {
        throw .usage(.unusableFile(path, "it is no UTF-8 text"))
      }
      return bytes
    }
  }

  /// Writes a text, whole or not at all.
  static func write(_ text: String, to path: String) throws(PromptProblem) {
    do throws(FileFailure) { try WholeFile.replace(path, Array(text.utf8)) } catch {
      throw .usage(.unusableFile(path, error.text))
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
