import Diagnostics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The data files of a folder, by kind, then in ascending order of their names.
struct FolderListing {
  /// A data file.
  struct File {
    var kind: FileKind
    var path: String
    /// The name without folder and `.csv` or `.csv.gz`.
    var baseName: String
    /// Why it cannot be read, if that is known already.
    var problem: String?
  }

  private(set) var files: [File] = []
  /// The settings file, if there is one.
  private(set) var settingsPath: String?
  /// The folder's path without a slash at its end.
  let root: String
  /// The last part of the folder's path.
  let baseName: String

  /// Lists a folder.
  ///
  /// - Parameter mayBeEmpty: whether a folder without any data file is one.
  init(_ folder: String, mayBeEmpty: Bool = false) throws(DataLoadingFailure) {
    var trimmed = folder[...]
    while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
    root = String(trimmed)
    baseName = root.split(separator: "/").last.map(String.init) ?? "data"
    guard case .success(let entries) = FolderListing.entries(root) else {
      throw DataLoadingFailure(.dataNotFound(folder, FolderListing.reason(root)))
    }
    let names = Set(entries)
    let journal = names.contains(FolderJournal.name) ? FolderJournal(of: root) : nil
    if names.contains("dataset.yaml") || journal?.targets.contains("dataset.yaml") == true {
      settingsPath = journal?.path("dataset.yaml", in: root) ?? root + "/dataset.yaml"
    }
    for kind in FileKind.allCases where names.contains(kind.rawValue) { list(kind, journal) }
    if files.isEmpty, !mayBeEmpty { throw DataLoadingFailure(.noDataFiles(folder)) }
  }

  private mutating func list(_ kind: FileKind, _ journal: FolderJournal?) {
    let folder = root + "/" + kind.rawValue
    guard case .success(let entries) = FolderListing.entries(folder) else {
      let problem = FolderListing.reason(folder)
      files.append(File(kind: kind, path: folder, baseName: kind.rawValue, problem: problem))
      return
    }
    let names = Set(entries).union(journal?.names(in: kind) ?? [])
    for name in names.sorted(by: { $0.precedesInBytes($1) }) where !name.hasPrefix(".") {
      let lower = name.lowercased()
      let ending = lower.hasSuffix(".csv") ? 4 : lower.hasSuffix(".csv.gz") ? 7 : 0
      if ending == 0 { continue }
      let path = journal?.path("\(kind.rawValue)/\(name)", in: root) ?? folder + "/" + name
      files.append(File(kind: kind, path: path, baseName: String(name.dropLast(ending))))
    }
  }

  private enum Entries {
    case success([String])
    case failure
  }

  private static func entries(_ folder: String) -> Entries {
    guard let stream = opendir(folder) else { return .failure }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      names.append(name)
    }
    return .success(names)
  }

  private static func reason(_ folder: String) -> String {
    guard let stream = opendir(folder) else { return String(cString: strerror(errno)) }
    closedir(stream)
    return "it changed while it was read"
  }
}
