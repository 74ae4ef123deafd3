import Codecs
import Diagnostics
import MarketData

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A data folder that lives as long as the object.
final class ScratchFolder {
  let path: String

  /// Writes files, by their names under the folder; those that end in `.gz` are packed.
  init(_ files: KeyValuePairs<String, String>) {
    let root = getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir
    var template = Array((root + "/strat-data-XXXXXX").utf8CString)
    let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } }
    path = made.map { String(cString: $0) } ?? root
    for (name, text) in files {
      let bytes = Array(text.utf8)
      write(name, name.hasSuffix(".gz") ? Gzip.compress(bytes) : bytes)
    }
  }

  func write(_ name: String, _ bytes: [UInt8]) {
    let parts = name.split(separator: "/")
    var folder = path
    for part in parts.dropLast() {
      folder += "/" + part
      mkdir(folder, 0o777)
    }
    guard let file = fopen(path + "/" + name, "w") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  func makeFolder(_ name: String) { mkdir(path + "/" + name, 0o777) }

  func load(_ options: DataFolder.Options = .init()) throws(DataLoadingFailure) -> LoadedData {
    try DataFolder(path).load(options)
  }

  /// What stops loading, as `code file:line:column`; empty if nothing does.
  func problems(_ options: DataFolder.Options = .init()) -> [String] {
    do { _ = try load(options) } catch {
      return error.diagnostics.map { diagnostic in
        guard let location = diagnostic.location else { return diagnostic.code }
        let (line, column) = location.start
        return "\(diagnostic.code) \(location.name.dropFirst(path.count + 1)):\(line):\(column)"
      }
    }
    return []
  }

  deinit { remove(path) }

  private func remove(_ path: String) {
    if unlink(path) == 0 { return }
    guard let stream = opendir(path) else { return }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { remove(path + "/" + name) }
    }
    closedir(stream)
    rmdir(path)
  }
}
