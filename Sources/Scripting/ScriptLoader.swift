public import Diagnostics
import FileSystem
public import Interpreter
import StandardLibrary

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Finds modules: in the script's folder, in further folders, in the standard library, in this order.
public struct ScriptLoader: ModuleSource {
  /// The folder of the script; its modules may not lie outside of it.
  public let folder: String
  /// Further folders, of `--path`.
  public let paths: [String]

  /// A loader for a script at a path.
  public init(scriptPath: String, paths: [String] = []) {
    folder = Paths.folder(of: scriptPath)
    self.paths = paths
  }

  /// The modules of the standard library.
  public var library: [ModuleText] { StandardLibrary.modules.compactMap { ParsedLibrary.module($0.name) } }

  /// The text that an import means.
  public func module(_ reference: ModuleReference, importedBy importer: SourceFile) -> Result<ModuleText, Diagnostic> {
    switch reference {
    case .name(let name): named(name)
    case .path(let path): file(path, importedBy: importer)
    }
  }

  private func named(_ name: String) -> Result<ModuleText, Diagnostic> {
    for place in [folder] + paths {
      let path = Paths.join(place, name + ".strat")
      guard FileStatus(path) != nil else { continue }
      // A link is a way out as well.
      if case .inside(let full) = confined(name + ".strat", in: place) { return read(full, shown: name) }
      return .failure(.importFailed("the module `\(name)`" + leaves, notes: [allow]))
    }
    if let module = ParsedLibrary.module(name) { return .success(module) }
    let known = StandardLibrary.modules.map(\.name)
    let close = Suggestions.close(to: name, among: known)
    return .failure(
      .importFailed(
        "there is no module `\(name)`",
        notes: Note.didYouMean(close).map(\.message)
          + ["it was looked for in the script's folder, the folders of --path and the standard library"]))
  }

  private func file(_ path: String, importedBy importer: SourceFile) -> Result<ModuleText, Diagnostic> {
    let base = Paths.isFile(importer.name) ? Paths.folder(of: importer.name) : folder
    switch confined(path, in: base) {
    case .inside(let full): return read(full, shown: path)
    case .missing(let full):
      return .failure(.importFailed("there is no file \"\(path)\"", notes: ["it was looked for at \(full)"]))
    case .outside:
      return .failure(.importFailed("\"\(path)\"" + leaves, notes: [allow]))
    }
  }

  private var leaves: String { " lies outside of the script's folder" }
  private var allow: String { "`--path FOLDER` allows another folder" }

  /// Where a path that stands in a script leads.
  enum Destination {
    case inside(String)
    /// Nothing is there.
    case missing(String)
    case outside
  }

  /// What a script may read: what lies in its folder or in a folder of `--path`, by whatever links and dots it is named.
  /// Whoever runs a script of somebody else's lets it see no more than that.
  func confined(_ path: String, in base: String) -> Destination {
    let full = path.hasPrefix("/") ? path : Paths.join(base, path)
    guard !path.utf8.contains(0) else { return .missing(full) }
    if let resolved = Paths.resolved(full) { return isAllowed(resolved) ? .inside(full) : .outside }
    return leadsOut(full) ? .outside : .missing(full)
  }

  /// Whether a path without links and dots lies in a folder that may be read, or is one.
  func isAllowed(_ resolved: String) -> Bool {
    ([folder] + paths).compactMap { Paths.resolved($0) }.contains { allowed in
      resolved == allowed || resolved.hasPrefix(allowed == "/" ? allowed : allowed + "/")
    }
  }

  /// Whether a path to nothing leads to a folder elsewhere: a script is not told what there is, and what not.
  private func leadsOut(_ path: String) -> Bool {
    var parent = Paths.folder(of: path)
    while parent != ".", parent != "/" {
      if let resolved = Paths.resolved(parent) { return !isAllowed(resolved) }
      parent = Paths.folder(of: parent)
    }
    return parent == "/"
  }

  private func read(_ path: String, shown: String) -> Result<ModuleText, Diagnostic> {
    switch ScriptText.read(path) {
    case .success(let bytes):
      return .success(
        ModuleText(
          key: Paths.resolved(path) ?? path, displayName: shown, file: SourceFile(name: path, bytes: bytes)))
    case .failure(let problem):
      return .failure(.importFailed("\(path) cannot be read: \(problem.reason)"))
    }
  }
}

/// Paths of files.
enum Paths {
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func join(_ folder: String, _ path: String) -> String {
    if path.hasPrefix("/") { return path }
    let rest = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
    return folder == "." ? rest : folder.hasSuffix("/") ? folder + rest : folder + "/" + rest
  }

  static func isFile(_ path: String) -> Bool { FileStatus(path)?.kind == .file }

  /// The path without symbolic links and dots; `nil` if there is nothing.
  static func resolved(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }
}
