import CSQLite
import MarketModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A SQLite database in a file, in WAL mode: readers never wait, and a write that is killed half-way never was.
final class SQLiteDatabase: Database {
  let location: DatabaseLocation
  let dialect = Dialect.sqlite
  /// SQLite's own handle; open for as long as this object lives.
  let handle: OpaquePointer

  /// Opens the file.
  ///
  /// - Parameters:
  ///   - access: whether it will be written, and made if it is missing.
  ///   - patience: milliseconds to wait for another program's write.
  ///   - isUnchanging: whether nobody can write the file, so that it is read without the files beside it.
  init(
    path: String, _ access: DatabaseAccess, patience: Int, isUnchanging: Bool = false, at location: DatabaseLocation
  ) throws(DatabaseError) {
    self.location = location
    let flags =
      switch access {
      case .read: SQLITE_OPEN_READONLY
      case .write: SQLITE_OPEN_READWRITE
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    var opened: OpaquePointer?
    let name = isUnchanging ? "file:" + SQLiteDatabase.escaped(path) + "?immutable=1" : path
    let status = sqlite3_open_v2(
      name, &opened,
      flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (isUnchanging ? SQLITE_OPEN_URI : 0), nil)
    guard let opened else { throw DatabaseError(.cannotOpen, "there is no memory for it", at: location) }
    handle = opened
    if status != SQLITE_OK { throw failure(status, because: access == .create ? SQLiteDatabase.refusal(of: path) : 0) }
    sqlite3_busy_timeout(opened, Int32(clamping: patience))
    // The first reading of the file: a file that is no database, or is locked, is noticed here.
    if access == .read {
      _ = try integer("select count(*) from sqlite_schema")
    } else {
      try useJournal(patience: patience)
      // Pages that a long write has changed stay in memory, up to 64 MB: those written early are written again.
      try run(script: "pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -65536")
    }
  }

  /// Turns the write-ahead log on, which needs the file for itself for a moment. SQLite does not wait for that where
  /// another program does the same, as dozens do that meet at a new file.
  private func useJournal(patience: Int) throws(DatabaseError) {
    let deadline = ContinuousClock.now + .milliseconds(patience)
    var pause = 5
    while true {
      do throws(DatabaseError) {
        return try run(script: "pragma journal_mode = wal")
      } catch {
        guard error.kind == .locked, ContinuousClock.now < deadline else { throw error }
        usleep(UInt32(pause * 1_000))
        pause = min(2 * pause, 200)
      }
    }
  }

  deinit { sqlite3_close_v2(handle) }

  /// A path as a part of a URI.
  private static func escaped(_ path: String) -> String {
    path.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%25")
      .split(separator: "?", omittingEmptySubsequences: false).joined(separator: "%3f")
      .split(separator: "#", omittingEmptySubsequences: false).joined(separator: "%23")
  }

  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  func execute(_ sql: String, _ values: [SQLValue]) throws(DatabaseError) -> Int {
    let statement = try SQLiteStatement(self, sql, values)
    while try statement.next() {}
    return Int(sqlite3_changes(handle))
  }

  func run(script: String) throws(DatabaseError) {
    let status = sqlite3_exec(handle, script, nil, nil, nil)
    if status != SQLITE_OK { throw failure(status) }
  }

  func rows(_ sql: String, _ values: [SQLValue]) throws(DatabaseError) -> any Rows {
    try SQLiteStatement(self, sql, values)
  }

  func stream(_ sql: String, _ values: [SQLValue]) throws(DatabaseError) -> any Rows {
    precondition(isInTransaction, "a long read needs a transaction")
    return try SQLiteStatement(self, sql, values)
  }

  func append(
    to table: String, _ columns: [BulkColumn], conflicts: ConflictRule
  ) throws(DatabaseError) -> any BulkWriter {
    precondition(isInTransaction, "a bulk write needs a transaction")
    return try SQLiteBulkWriter(self, table: table, columns, conflicts)
  }

  func begin() throws(DatabaseError) { try run(script: "begin immediate") }
  func commit() throws(DatabaseError) { try run(script: "commit") }
  func rollback() {
    // Some errors, such as a full disk, have ended the transaction already.
    if isInTransaction { sqlite3_exec(handle, "rollback", nil, nil, nil) }
  }

  /// How many variables a statement may have.
  var mostVariables: Int { Int(sqlite3_limit(handle, SQLITE_LIMIT_VARIABLE_NUMBER, -1)) }

  /// Why a file cannot be made where its folder is there: SQLite tries to read it then, and says that it is not there.
  private static func refusal(of path: String) -> Int32 {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    guard access(path, F_OK) != 0, access(folder, F_OK) == 0, access(folder, W_OK) != 0 else { return 0 }
    return errno
  }

  /// The error behind a status that SQLite just gave.
  ///
  /// - Parameter known: the system's error where that is known better.
  func failure(_ status: Int32, because known: Int32 = 0) -> DatabaseError {
    var message = String(cString: sqlite3_errmsg(handle))
    let cause = known == 0 ? sqlite3_system_errno(handle) : known
    let kind = SQLiteDatabase.kind(sqlite3_extended_errcode(handle), status, cause)
    if [.cannotOpen, .full, .readOnly].contains(kind), cause != 0 {
      message += " (\(String(cString: strerror(cause))))"
    }
    return error(kind, message)
  }

  /// What SQLite says (in `detail`) when a write did not come through: the file is whole, there is just no more of it.
  private static let failedWrites: Set<Int32> = Set(
    [3, 4, 5, 6, 19].map { SQLITE_IOERR | ($0 << 8) })  // write, fsync, dir_fsync, truncate, shmsize

  private static func kind(_ detail: Int32, _ status: Int32, _ cause: Int32) -> DatabaseError.Kind {
    switch status & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED: .locked
    case SQLITE_READONLY: .readOnly
    case SQLITE_PERM, SQLITE_AUTH: .refused
    case SQLITE_FULL: .full
    case SQLITE_IOERR:
      [ENOSPC, EFBIG, EDQUOT].contains(cause) || failedWrites.contains(detail) ? .full : .corrupt
    case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT: .corrupt
    case SQLITE_CANTOPEN: [EROFS, EACCES].contains(cause) ? .readOnly : .cannotOpen
    case SQLITE_CONSTRAINT, SQLITE_MISMATCH: .constraint
    default: .statement
    }
  }
}

/// A statement that runs, and its rows.
private final class SQLiteStatement: Rows {
  private let database: SQLiteDatabase
  private let statement: OpaquePointer
  private var hasRow = false

  init(_ database: SQLiteDatabase, _ sql: String, _ values: [SQLValue]) throws(DatabaseError) {
    self.database = database
    statement = try database.prepare(sql)
    for (place, value) in values.enumerated() {
      // `$2` is a name to SQLite, numbered by first appearance.
      let index = sqlite3_bind_parameter_index(statement, "$\(place + 1)")
      precondition(index > 0, "the statement does not use $\(place + 1): \(sql)")
      let status = SQLiteStatement.bind(statement, index, value)
      if status != SQLITE_OK { throw database.failure(status) }
    }
  }

  deinit { sqlite3_finalize(statement) }

  func next() throws(DatabaseError) -> Bool {
    let status = sqlite3_step(statement)
    hasRow = status == SQLITE_ROW
    if hasRow { return true }
    if status != SQLITE_DONE {
      let failure = database.failure(status)
      // Or the transaction could not be rolled back.
      sqlite3_reset(statement)
      throw failure
    }
    sqlite3_reset(statement)
    return false
  }

  func isNull(_ column: Int) -> Bool { kind(column) == SQLITE_NULL }

  func integer(_ column: Int) throws(DatabaseError) -> Int? {
    switch kind(column) {
    case SQLITE_NULL: return nil
    case SQLITE_INTEGER: return Int(sqlite3_column_int64(statement, Int32(column)))
    default:
      guard let value = Int(string(column)) else { throw mismatch(column, "a whole number") }
      return value
    }
  }

  func real(_ column: Int) throws(DatabaseError) -> Double? {
    switch kind(column) {
    case SQLITE_NULL: return nil
    case SQLITE_FLOAT, SQLITE_INTEGER: return sqlite3_column_double(statement, Int32(column))
    default:
      guard let value = Double(string(column)) else { throw mismatch(column, "a number") }
      return value
    }
  }

  func text(_ column: Int) throws(DatabaseError) -> String? { isNull(column) ? nil : string(column) }

  func day(_ column: Int) throws(DatabaseError) -> Day? {
    if isNull(column) { return nil }
    guard let day = TimeText.day(bytes(column)) else { throw mismatch(column, "a day") }
    return day
  }

  func instant(_ column: Int) throws(DatabaseError) -> KnowledgeTime? {
    if isNull(column) { return nil }
    guard let instant = TimeText.instant(bytes(column)) else { throw mismatch(column, "an instant") }
    return instant
  }

  private func kind(_ column: Int) -> Int32 {
    precondition(hasRow, "there is no row to read from")
    return sqlite3_column_type(statement, Int32(column))
  }

  private func string(_ column: Int) -> String { String(decoding: bytes(column), as: UTF8.self) }

  /// The text of a value; valid until the next row.
  private func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    let start = sqlite3_column_text(statement, Int32(column))
    return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, Int32(column))))
  }

  private func mismatch(_ column: Int, _ expected: String) -> DatabaseError {
    let name = sqlite3_column_name(statement, Int32(column)).map { String(cString: $0) } ?? ""
    return database.error(.statement, "the column `\(name)` holds `\(string(column))` where \(expected) is expected")
  }

  private static func bind(_ statement: OpaquePointer, _ index: Int32, _ value: SQLValue) -> Int32 {
    switch value {
    case .null: sqlite3_bind_null(statement, index)
    case .integer(let number): sqlite3_bind_int64(statement, index, Int64(number))
    case .real(let number): sqlite3_bind_double(statement, index, number)
    case .text(let text), .json(let text): SQLiteDatabase.bind(text, statement, index)
    case .day(let day): SQLiteDatabase.bind(TimeText.text(day), statement, index)
    case .instant(let instant): SQLiteDatabase.bind(TimeText.text(instant), statement, index)
    }
  }
}

extension SQLiteDatabase {
  /// A prepared statement; its owner finalises it.
  func prepare(_ sql: String) throws(DatabaseError) -> OpaquePointer {
    var prepared: OpaquePointer?
    let status = sqlite3_prepare_v2(handle, sql, -1, &prepared, nil)
    guard status == SQLITE_OK, let prepared else { throw failure(status) }
    return prepared
  }

  /// Binds a text, which SQLite copies.
  static func bind(_ text: String, _ statement: OpaquePointer, _ index: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      // An empty text may have no address, which would be a null.
      bytes.withMemoryRebound(to: CChar.self) { bytes in
        bytes.count == 0
          ? sqlite3_bind_text(statement, index, "", 0, copied)
          : sqlite3_bind_text(statement, index, bytes.baseAddress, Int32(bytes.count), copied)
      }
    }
  }

  /// `SQLITE_TRANSIENT`, which is a cast of −1 and does not import.
  private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
