import FileSystem

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What tells whether the files of a data folder are still those that were loaded.
enum FolderStamp {
  /// Names, sizes and times of the files in a folder and in the folders in it, or of a single file; `nil` if there is
  /// neither.
  static func of(_ folder: String) -> String? {
    guard let top = entries(of: folder) else { return status(of: folder) == nil ? nil : described(folder) }
    var parts: [String] = []
    for name in top {
      let path = folder + "/" + name
      guard let status = status(of: path) else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        for file in entries(of: path) ?? [] { parts.append(described(path + "/" + file)) }
      } else {
        parts.append(described(path))
      }
    }
    return parts.joined(separator: "\n")
  }

  private static func described(_ path: String) -> String {
    guard let status = status(of: path) else { return path }
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    return "\(path) \(status.st_size) \(time.tv_sec).\(time.tv_nsec)"
  }

  private static func status(of path: String) -> stat? {
    var result = stat()
    return stat(path, &result) == 0 ? result : nil
  }

  private static func entries(of folder: String) -> [String]? {
    (try? FolderEntries(folder))?.names.filter { !$0.hasPrefix(".") }
  }
}
