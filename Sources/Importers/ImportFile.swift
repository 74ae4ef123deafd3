import Codecs
import Diagnostics
import MarketData

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Something to import: a data folder, a text, or a table that `duckdb` turns into text.
enum ImportFile {
  case dataFolder(String)
  /// A file that is text, gzipped or not.
  case text(String)
  /// An archive, whose files are taken one at a time.
  case archive(String)
  case table(path: String, name: String?, query: String)
  /// A file that is nothing to import, and why.
  case passedOver(String, reason: String)

  /// What a path names; a folder that is no data folder stands for its files, and for those of the folders in it.
  static func found(_ path: String) throws(Diagnostic) -> [ImportFile] {
    var visited = Set<FolderIdentity>()
    return try found(path, &visited)
  }

  /// Whether a path names a folder.
  static func isFolder(_ path: String) -> Bool { entries(path) != nil }

  /// A folder is visited once, by whatever ways links lead to it.
  private struct FolderIdentity: Hashable {
    let device: UInt64
    let number: UInt64

    init?(_ path: String) {
      var facts = stat()
      guard stat(path, &facts) == 0 else { return nil }
      device = UInt64(truncatingIfNeeded: facts.st_dev)
      number = UInt64(truncatingIfNeeded: facts.st_ino)
    }
  }

  private static func found(_ path: String, _ visited: inout Set<FolderIdentity>) throws(Diagnostic) -> [ImportFile] {
    guard let names = entries(path) else { return try file(path) }
    guard let identity = FolderIdentity(path), visited.insert(identity).inserted else { return [] }
    let kinds = Set(FileKind.allCases.map(\.rawValue))
    if names.contains(where: { kinds.contains($0) }) { return [.dataFolder(path)] }
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
    var files: [ImportFile] = []
    for name in names.sorted() where !name.hasPrefix(".") {
      let file = trimmed + "/" + name
      // Opening a pipe would wait for whoever writes to it.
      if isReadable(file) {
        files += try found(file, &visited)
      } else {
        files.append(.passedOver(file, reason: "no file"))
      }
    }
    return files
  }

  /// Whether a path names a file or a folder, not a pipe, a device or a link to nothing.
  private static func isReadable(_ path: String) -> Bool {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return false }
    let kind = facts.st_mode & S_IFMT
    return kind == S_IFREG || kind == S_IFDIR
  }

  /// The name of a file without folder and ending.
  static func baseName(_ path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    for ending in [".gz", ".zip"] where name.lowercased().hasSuffix(ending) { name.removeLast(ending.count) }
    for ending in endings where name.lowercased().hasSuffix(ending) && name.count > ending.count {
      name.removeLast(ending.count)
      break
    }
    return name
  }

  private static let endings = [
    ".csv", ".txt", ".tsv", ".tab", ".dat", ".asc", ".prn", ".parquet", ".pq", ".arrow", ".feather",
  ]

  private static func file(_ path: String) throws(Diagnostic) -> [ImportFile] {
    switch FileNature(firstBytes(path), name: path) {
    case .text, .gzip: return [.text(path)]
    case .archive: return [.archive(path)]
    case .parquet: return [.table(path: path, name: nil, query: "select * from read_parquet(\(DuckDB.quoted(path)))")]
    case .arrow:
      return [.table(path: path, name: nil, query: "load nanoarrow; select * from read_arrow(\(DuckDB.quoted(path)))")]
    case .database: return try tables(path)
    case .foreign(let reason): return [.passedOver(path, reason: reason)]
    }
  }

  private static func tables(_ path: String) throws(Diagnostic) -> [ImportFile] {
    let query = "select table_schema || '.' || table_name as name from information_schema.tables order by 1"
    let text = String(decoding: try DuckDB.csv(of: path, query: query, isDatabase: true), as: UTF8.self)
    let names = text.split(whereSeparator: \.isNewline).dropFirst().map(String.init)
    if names.isEmpty { throw .nothingToImport(path) }
    return names.map { name in
      let parts = name.split(separator: ".", maxSplits: 1).map { "\"\($0)\"" }
      let table = name.hasPrefix("main.") ? String(name.dropFirst(5)) : name
      return .table(path: path, name: table, query: "select * from \(parts.joined(separator: "."))")
    }
  }

  private static func firstBytes(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: FileNature.lookedAt)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes[..<count])
  }

  private static func entries(_ folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names
  }
}
