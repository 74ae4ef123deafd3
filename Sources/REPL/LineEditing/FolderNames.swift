public import LanguageService

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The names in a folder, for completion.
public enum FolderNames {
  /// So many names are looked at; a folder of more is completed from some of them.
  private static let limit = 5_000

  /// The entries of a folder (the current one for an empty path) in no order; none where it cannot be read.
  public static func entries(_ folder: String) -> [FolderEntry] {
    guard let stream = opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { closedir(stream) }
    var entries: [FolderEntry] = []
    while entries.count < limit, let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { entries.append(FolderEntry(name, isFolder: isFolder(folder + name))) }
    }
    return entries
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
