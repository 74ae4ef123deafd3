#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The names in a folder, in ascending order of their bytes.
package struct FolderEntries {
  /// All names, hidden ones too, but not the folder itself and the one above.
  package private(set) var names: [String] = []
  /// Those that are no UTF-8, with what is wrong shown in their place: nothing can be opened by them.
  package private(set) var unreadableNames: [String] = []

  /// Reads a folder.
  package init(_ folder: String) throws(FileFailure) {
    if folder.utf8.contains(0) { throw FileFailure("its name has a zero byte", isMissing: true) }
    guard let stream = opendir(folder) else { throw .system(errno) }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let (name, isText) = FolderEntries.name(entry)
      if name == "." || name == ".." { continue }
      if isText { names.append(name) } else { unreadableNames.append(name) }
    }
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    unreadableNames.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func name(_ entry: UnsafeMutablePointer<dirent>) -> (String, isText: Bool) {
    withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      let name = bytes.prefix { $0 != 0 }
      if let text = String(validating: name, as: UTF8.self) { return (text, true) }
      return (String(decoding: name, as: UTF8.self), false)
    }
  }
}
