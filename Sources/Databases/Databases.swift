#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a database is opened for.
public enum DatabaseAccess: Sendable {
  /// Reading; a file must exist.
  case read
  /// Reading and writing; a file must exist.
  case write
  /// Reading and writing; a file is made if it is missing, with its folder.
  case create
}

extension DatabaseLocation {
  /// Opens the database.
  ///
  /// - Parameter patience: milliseconds to wait for another program's write; by default five seconds for a reader, and
  ///   thirty for a writer, which dozens of others may be before.
  public func open(_ access: DatabaseAccess, patience: Int? = nil) throws(DatabaseError) -> any Database {
    let patience = patience ?? (access == .read ? 5_000 : 30_000)
    switch target {
    case .sqlite(let path):
      if access == .create { makeFolder(of: path) }
      do throws(DatabaseError) {
        return try SQLiteDatabase(path: path, access, patience: patience, at: self)
      } catch {
        guard access == .read, isUnchanging(path) else { throw error }
        return try SQLiteDatabase(path: path, access, patience: patience, isUnchanging: true, at: self)
      }
    case .postgres(let options):
      return try PostgresDatabase(options, access, patience: patience, at: self)
    }
  }

  /// The database of results where none is named: what `STRAT_DB` names, else a file in the user's data folder
  /// (`XDG_DATA_HOME`, else `~/.local/share`).
  public static func standard(_ environment: (String) -> String?) throws(DatabaseError) -> DatabaseLocation {
    if let text = environment("STRAT_DB"), !text.isEmpty { return try DatabaseLocation(text) }
    let data = environment("XDG_DATA_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard let folder = data ?? environment("HOME").flatMap({ $0.isEmpty ? nil : $0 + "/.local/share" }) else {
      throw DatabaseError(.badLocation, "neither --db nor STRAT_DB nor HOME says where results are kept", place: "")
    }
    return DatabaseLocation(file: folder + "/strat/results.db")
  }

  /// Whether a file can be read as it is although nothing can be written beside it: nobody can, and no write is open.
  private func isUnchanging(_ path: String) -> Bool {
    var folder = Array(path.utf8.reversed().drop { $0 != 0x2F }.reversed())
    if folder.isEmpty { folder = Array(".".utf8) }
    return access(path, R_OK) == 0 && access(path + "-wal", F_OK) != 0
      && access(String(decoding: folder, as: UTF8.self), W_OK) != 0
  }

  /// Makes the folders above a file; where one cannot be made, opening the file says why.
  private func makeFolder(of path: String) {
    var place = path.startIndex
    while let slash = path[place...].firstIndex(of: "/") {
      if slash > path.startIndex { mkdir(String(path[..<slash]), 0o777) }
      place = path.index(after: slash)
    }
  }
}
