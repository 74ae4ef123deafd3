import CSQLite
import MarketModel

/// Writes many rows by one prepared statement.
///
/// A text or day that is the same as in the row before is not bound again: the columns of one run repeat.
final class SQLiteBulkWriter: BulkWriter {
  private let database: SQLiteDatabase
  private let statement: OpaquePointer
  private let columnCount: Int32
  private var column: Int32 = 0
  private var added = 0
  /// The first status of the row that is not `SQLITE_OK`.
  private var status = SQLITE_OK
  private var bound: [Bound]
  private var bytes: [UInt8] = []

  /// What a column holds from the row before.
  private enum Bound: Equatable {
    case other
    case text(String)
    case day(Day)
  }

  init(
    _ database: SQLiteDatabase, table: String, _ columns: [BulkColumn], _ conflicts: ConflictRule
  ) throws(DatabaseError) {
    self.database = database
    let names = columns.map(\.name).joined(separator: ", ")
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    let rule = conflicts == .keepFirst ? " on conflict do nothing" : ""
    statement = try database.prepare("insert into \(table) (\(names)) values (\(marks))\(rule)")
    columnCount = Int32(columns.count)
    bound = columns.map { _ in .other }
  }

  deinit { sqlite3_finalize(statement) }

  func null() { note(sqlite3_bind_null(statement, next(.other))) }
  func integer(_ value: Int) { note(sqlite3_bind_int64(statement, next(.other), Int64(value))) }
  func real(_ value: Double) {
    // A missing number would be bound as a null all the same.
    note(sqlite3_bind_double(statement, next(.other), value))
  }

  func text(_ value: String) {
    if isRepeated(.text(value)) { return }
    note(SQLiteDatabase.bind(value, statement, next(.text(value))))
  }

  func day(_ value: Day) {
    if isRepeated(.day(value)) { return }
    bytes.removeAll(keepingCapacity: true)
    TimeText.write(value, to: &bytes)
    note(SQLiteDatabase.bind(String(decoding: bytes, as: UTF8.self), statement, next(.day(value))))
  }

  func instant(_ value: KnowledgeTime) {
    bytes.removeAll(keepingCapacity: true)
    TimeText.write(value, to: &bytes)
    note(SQLiteDatabase.bind(String(decoding: bytes, as: UTF8.self), statement, next(.other)))
  }

  func endRow() throws(DatabaseError) {
    precondition(column == columnCount, "a row has as many values as columns")
    column = 0
    if status == SQLITE_OK { status = sqlite3_step(statement) }
    guard status == SQLITE_DONE else {
      let failure = database.failure(status)
      sqlite3_reset(statement)
      throw failure
    }
    status = SQLITE_OK
    added += Int(sqlite3_changes(database.handle))
    sqlite3_reset(statement)
  }

  func finish() throws(DatabaseError) -> Int {
    precondition(column == 0, "the last row is not ended")
    return added
  }

  /// Whether the column holds the value already; if so it is done.
  private func isRepeated(_ value: Bound) -> Bool {
    guard column < columnCount, bound[Int(column)] == value else { return false }
    column += 1
    return true
  }

  /// The number of the next column, which will hold the value.
  private func next(_ value: Bound) -> Int32 {
    precondition(column < columnCount, "a row has as many values as columns")
    bound[Int(column)] = value
    column += 1
    return column
  }

  private func note(_ result: Int32) { if result != SQLITE_OK, status == SQLITE_OK { status = result } }
}
