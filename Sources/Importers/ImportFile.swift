import Codecs
import Diagnostics
import FileSystem
import MarketData

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
    if !isFolder(path) { return try file(path) }
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
    let found: [FolderWalk.Found]
    do throws(FileFailure) { found = try FolderWalk.files(below: String(trimmed), isWhole: isDataFolder) } catch {
      throw .unreadableDataFile(path, error.text)
    }
    var files: [ImportFile] = []
    for file in found {
      if let problem = file.problem {
        files.append(.passedOver(file.path, reason: problem))
      } else {
        files += file.isFolder ? [.dataFolder(file.path)] : try ImportFile.file(file.path)
      }
    }
    return files
  }

  /// Whether a path names a folder.
  static func isFolder(_ path: String) -> Bool { FileStatus(path)?.kind == .folder }

  /// Whether a folder with such names in it is a data folder.
  private static func isDataFolder(_ names: [String]) -> Bool { names.contains { FileKind(rawValue: $0) != nil } }

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
    let start: [UInt8]
    do throws(FileFailure) { start = try OpenFile.beginning(path, count: FileNature.lookedAt) } catch {
      throw .unreadableDataFile(path, error.text)
    }
    switch FileNature(start, name: path) {
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
}
