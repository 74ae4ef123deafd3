import Diagnostics
import MarketData

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Something to import: a data folder, a text file, or a table that `duckdb` turns into text.
enum ImportFile {
  case dataFolder(String)
  case text(String)
  case table(path: String, name: String?, query: String)

  /// What a path names; a folder that is no data folder stands for its files.
  static func found(_ path: String) throws(Diagnostic) -> [ImportFile] {
    guard let names = entries(path) else { return try file(path) }
    let kinds = Set(FileKind.allCases.map(\.rawValue))
    if names.contains(where: { kinds.contains($0) }) { return [.dataFolder(path)] }
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
    var files: [ImportFile] = []
    for name in names.sorted() where !name.hasPrefix(".") && isDataFile(name) {
      files += try file(trimmed + "/" + name)
    }
    if files.isEmpty { throw .nothingToImport(path) }
    return files
  }

  /// The name of a file without folder and ending.
  static func baseName(_ path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    for ending in [".gz", ".csv", ".txt"] where name.lowercased().hasSuffix(ending) { name.removeLast(ending.count) }
    return name
  }

  private static func isDataFile(_ name: String) -> Bool {
    let lower = name.lowercased()
    return [".csv", ".txt", ".csv.gz", ".txt.gz", ".parquet", ".arrow", ".feather", ".duckdb"].contains {
      lower.hasSuffix($0)
    }
  }

  /// What a file holds, told from its first bytes.
  private static func file(_ path: String) throws(Diagnostic) -> [ImportFile] {
    let start = firstBytes(path)
    if start.starts(with: Array("PAR1".utf8)) {
      return [.table(path: path, name: nil, query: "select * from read_parquet(\(DuckDB.quoted(path)))")]
    }
    if start.starts(with: Array("ARROW1".utf8)) {
      return [.table(path: path, name: nil, query: "load nanoarrow; select * from read_arrow(\(DuckDB.quoted(path)))")]
    }
    if start.count >= 12, Array(start[8..<12]) == Array("DUCK".utf8) { return try tables(path) }
    return [.text(path)]
  }

  private static func tables(_ path: String) throws(Diagnostic) -> [ImportFile] {
    let query = "select table_schema || '.' || table_name as name from information_schema.tables order by 1"
    let text = String(decoding: try DuckDB.csv(of: path, query: query, isDatabase: true), as: UTF8.self)
    let names = text.split(separator: "\n").dropFirst().map(String.init)
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
    var bytes = [UInt8](repeating: 0, count: 16)
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
