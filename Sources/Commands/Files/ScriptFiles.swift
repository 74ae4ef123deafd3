import Diagnostics
import FileSystem
import Scripting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The script files that a command line names.
enum ScriptFiles {
  /// Reads a script, or says why it cannot be read.
  static func read(_ path: String) throws(CommandFailure) -> SourceFile {
    switch kind(of: path) {
    case nil: throw .usage(.missingFile(path, similar: neighbours(of: path)))
    case .folder: throw .usage(.folderForFile(path))
    case .file: return try text(ScriptText.readNamed(path), name: path)
    }
  }

  /// Reads a script from standard input.
  static func readInput(name: String) throws(CommandFailure) -> SourceFile {
    try text(ScriptText.readInput(), name: name)
  }

  private static func text(
    _ read: Result<[UInt8], ScriptText.Problem>, name: String
  ) throws(CommandFailure) -> SourceFile {
    switch read {
    case .failure(let problem):
      throw .usage(.unreadableFile(name, reason: problem.reason, isOfSystem: problem.isOfSystem))
    case .success(let bytes):
      if let place = InvalidText.place(in: bytes) {
        throw .usage(.notText(name, line: InvalidText.line(of: place, in: bytes)))
      }
      return SourceFile(name: name, bytes: bytes)
    }
  }

  /// The scripts that files, folders and patterns name: files as given, folders searched with those in them, in order
  /// of name.
  static func find(_ paths: [String]) throws(CommandFailure) -> [String] { try search(paths).map(\.path) }

  /// A script of a command line.
  struct Found {
    let path: String
    /// Whether it was named itself, not found in a folder or by a pattern.
    let isNamed: Bool
    /// The folder that it was found below.
    var root: String?

    /// Whether it lies in the folder that was named, and no link in it leads elsewhere.
    var isWithinRoot: Bool {
      guard let root, let outer = ScriptFiles.resolved(root), let inner = ScriptFiles.resolved(path) else {
        return true
      }
      return inner.hasPrefix(outer == "/" ? outer : outer + "/")
    }
  }

  /// The scripts as `find` gives them, and how each was found.
  static func search(_ paths: [String]) throws(CommandFailure) -> [Found] {
    var found: [Found] = []
    for path in paths {
      switch kind(of: path) {
      case nil:
        let matching = matches(path)
        if matching.isEmpty { throw .usage(.missingFile(path, similar: neighbours(of: path))) }
        for match in matching {
          found += kind(of: match) == .folder ? try scripts(below: match) : [Found(path: match, isNamed: false)]
        }
      case .file: found.append(Found(path: path, isNamed: true))
      case .folder: found += try scripts(below: path)
      }
    }
    if found.isEmpty { throw .usage(.noScripts(paths)) }
    return found
  }

  /// The path without links and dots; `nil` if there is nothing.
  private static func resolved(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  /// The paths that a pattern with `*`, `?` or `[…]` stands for, ascending: for shells that leave it to us.
  private static func matches(_ pattern: String) -> [String] {
    guard pattern.contains(where: { "*?[".contains($0) }) else { return [] }
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
  }

  /// What a path names.
  enum Kind { case file, folder }

  /// What a path names; `nil` for nothing.
  static func kind(of path: String) -> Kind? { FileStatus(path).map { $0.kind == .folder ? .folder : .file } }

  /// The names in a folder, in order of their bytes, without hidden ones.
  static func names(in folder: String) -> [String] {
    (try? FolderEntries(folder).names.filter { !$0.hasPrefix(".") }) ?? []
  }

  /// The scripts in a folder and in those below it, each folder once; what cannot be looked at is said.
  private static func scripts(below folder: String) throws(CommandFailure) -> [Found] {
    let found: [FolderWalk.Found]
    do throws(FileFailure) { found = try FolderWalk.files(below: folder) } catch {
      throw .usage(.unreadableFile(folder, reason: error.text, isOfSystem: error.isOfSystem))
    }
    var scripts: [Found] = []
    for file in found where file.isFolder || file.path.hasSuffix(".strat") {
      // A link to nowhere is found, so that reading it says so.
      if let problem = file.problem, file.isFolder || FileStatus(file.path) != nil {
        Console.note("passed over \(file.path): \(problem)")
      } else {
        scripts.append(Found(path: file.path, isNamed: false, root: folder))
      }
    }
    return scripts
  }

  /// Scripts beside a path that does not exist whose names are close to it.
  private static func neighbours(of path: String) -> [String] {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let prefix = slash.map { String(path[...$0]) } ?? ""
    let scripts = names(in: folder).filter { $0.hasSuffix(".strat") }
    return Suggestions.close(to: name, among: scripts).map { prefix + $0 }
  }
}
