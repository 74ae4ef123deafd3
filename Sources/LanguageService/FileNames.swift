/// The names of files that begin with what is written.
enum FileNames {
  /// Files and folders in the folder of a path, hidden ones only where a dot is written.
  static func candidates(_ path: String, _ scope: CompletionScope) -> [Candidate] {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? ""
    let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
    return scope.files(folder).filter { name.hasPrefix(".") || !$0.name.hasPrefix(".") }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      .map { Candidate(folder + $0.name + ($0.isFolder ? "/" : ""), $0.isFolder ? .folder : .file) }
  }
}
