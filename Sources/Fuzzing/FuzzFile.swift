#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files that inputs become.
enum FuzzFile {
  /// Writes a file.
  static func write(_ path: String, _ bytes: [UInt8]) {
    let handle = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    precondition(handle >= 0, "the temporary folder is gone")
    _ = bytes.withUnsafeBytes { putBytes(handle, $0.baseAddress, $0.count) }
    close(handle)
  }

  /// Removes what is in a folder.
  static func removeContents(_ folder: String) {
    for name in names(folder) {
      let path = folder + "/" + name
      if unlink(path) == 0 { continue }
      removeContents(path)
      rmdir(path)
    }
  }

  private static func names(_ folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}

/// The system's `write`, which has the name of a method here.
private func putBytes(_ handle: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int { write(handle, start, count) }
