public import Diagnostics
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
      if Paths.isFile(path) { return read(path, shown: name) }
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
    let full = path.hasPrefix("/") ? path : Paths.join(base, path)
    guard let resolved = Paths.resolved(full) else {
      return .failure(.importFailed("there is no file \"\(path)\"", notes: ["it was looked for at \(full)"]))
    }
    let allowed = ([folder] + paths).compactMap { Paths.resolved($0) }
    guard allowed.contains(where: { resolved.hasPrefix($0 == "/" ? $0 : $0 + "/") }) else {
      return .failure(
        .importFailed(
          "\"\(path)\" lies outside of the script's folder", notes: ["`--path FOLDER` allows another folder"]))
    }
    return read(full, shown: path)
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

/// Reads the bytes of a script.
public enum ScriptText {
  /// Why a file cannot be read.
  public struct Problem: Error {
    /// In words.
    public let reason: String
  }

  /// Scripts are written by people; what is larger is something else.
  static let largest = 64 << 20

  /// The bytes of a file.
  public static func read(_ path: String) -> Result<[UInt8], Problem> {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return .failure(Problem(reason: String(cString: strerror(errno)))) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .failure(Problem(reason: String(cString: strerror(errno)))) }
    if status.st_mode & S_IFMT == S_IFDIR { return .failure(Problem(reason: "it is a folder")) }
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0) }
      if count < 0 { return .failure(Problem(reason: String(cString: strerror(errno)))) }
      if count == 0 { return .success(result) }
      result.append(contentsOf: buffer[0..<count])
      if result.count > largest { return .failure(Problem(reason: "it is larger than 64 MiB")) }
    }
  }

  private static func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
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

  static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The path without symbolic links and dots; `nil` if there is nothing.
  static func resolved(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }
}
