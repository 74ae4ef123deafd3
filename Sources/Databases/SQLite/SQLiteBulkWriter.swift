import CSQLite
import MarketModel

/// Writes many rows, a batch of them by one statement.
///
/// A statement of many rows keeps its place at the end of the table and of each index, where one row a statement would
/// look for it anew each time: that takes twice as long.
final class SQLiteBulkWriter: BulkWriter {
  private let database: SQLiteDatabase
  /// The statement up to its values, and after them.
  private let (head, tail): (String, String)
  private let columnCount: Int
  /// How many rows a full batch has.
  private let capacity: Int
  /// Writes a full batch; made for the first.
  private var whole: SQLiteInsertion?
  private let batch: SQLiteBatch
  private var column = 0
  private var rows = 0
  private var added = 0

  init(
    _ database: SQLiteDatabase, table: String, _ columns: [BulkColumn], _ conflicts: ConflictRule
  ) throws(DatabaseError) {
    self.database = database
    let names = columns.map(\.name).joined(separator: ", ")
    // The whole transaction fails with a row, so no statement has to be undone by itself, which costs copies of pages.
    head = "insert or fail into \(table) (\(names)) values "
    tail = conflicts == .keepFirst ? " on conflict do nothing" : ""
    columnCount = columns.count
    capacity = max(1, min(SQLiteBulkWriter.mostRows, database.mostVariables / columns.count))
    batch = SQLiteBatch(capacity: capacity * columns.count)
    // A table or column that is not there is noticed here.
    _ = try insertion(rows: 1)
  }

  /// More rows in a statement are not faster: its program leaves the processor's nearest cache.
  private static let mostRows = 200
  /// How many bytes of text a batch gathers before it is written.
  private static let mostText = 1 << 20

  func null() { add { $0.add(.null) } }
  func integer(_ value: Int) { add { $0.add(.integer(Int64(value))) } }
  // A missing number would be bound as a null all the same.
  func real(_ value: Double) { add { $0.add(.real(value)) } }
  func text(_ value: String) { add { $0.add(value) } }
  func day(_ value: Day) { add { $0.add(value) } }
  func instant(_ value: KnowledgeTime) { add { $0.add(value) } }

  func endRow() throws(DatabaseError) {
    precondition(column == columnCount, "a row has as many values as columns")
    column = 0
    rows += 1
    if rows == capacity || batch.textCount >= SQLiteBulkWriter.mostText { try flush() }
  }

  func finish() throws(DatabaseError) -> Int {
    precondition(column == 0, "the last row is not ended")
    if rows > 0 { try flush() }
    return added
  }

  @inline(__always)
  private func add(_ value: (SQLiteBatch) -> Void) {
    precondition(column < columnCount, "a row has as many values as columns")
    column += 1
    value(batch)
  }

  /// Writes the rows that were gathered.
  private func flush() throws(DatabaseError) {
    let statement = try rows == capacity ? wholeInsertion() : insertion(rows: rows)
    defer {
      rows = 0
      batch.removeAll()
    }
    try statement.write(batch)
    added += Int(sqlite3_changes(database.handle))
  }

  private func wholeInsertion() throws(DatabaseError) -> SQLiteInsertion {
    if let whole { return whole }
    let made = try insertion(rows: capacity)
    whole = made
    return made
  }

  private func insertion(rows: Int) throws(DatabaseError) -> SQLiteInsertion {
    let row = "(" + repeatElement("?", count: columnCount).joined(separator: ",") + ")"
    let values = repeatElement(row, count: rows).joined(separator: ",")
    return try SQLiteInsertion(database, head + values + tail)
  }
}

/// A prepared statement that inserts rows.
private final class SQLiteInsertion {
  private let database: SQLiteDatabase
  private let statement: OpaquePointer

  init(_ database: SQLiteDatabase, _ sql: String) throws(DatabaseError) {
    self.database = database
    statement = try database.prepare(sql)
  }

  deinit { sqlite3_finalize(statement) }

  /// Inserts the rows of a batch, which has a value for each of the statement's variables.
  func write(_ batch: SQLiteBatch) throws(DatabaseError) {
    precondition(batch.count == sqlite3_bind_parameter_count(statement), "every variable has a value")
    defer {
      sqlite3_reset(statement)
      // The texts are not held on to.
      sqlite3_clear_bindings(statement)
    }
    let status = bind(batch)
    if status != SQLITE_OK { throw database.failure(status) }
    let end = sqlite3_step(statement)
    if end != SQLITE_DONE { throw database.failure(end) }
  }

  /// Binds the values up to the first that is refused, and gives the status of that.
  private func bind(_ batch: SQLiteBatch) -> Int32 {
    let texts = batch.textStart
    var variable: Int32 = 0
    var status = SQLITE_OK
    batch.forEach { value in
      if status != SQLITE_OK { return }
      variable += 1
      status = bind(value, to: variable, texts)
    }
    return status
  }

  private func bind(_ value: SQLiteBatch.Value, to variable: Int32, _ texts: UnsafePointer<CChar>) -> Int32 {
    switch value {
    case .null: sqlite3_bind_null(statement, variable)
    case .integer(let number): sqlite3_bind_int64(statement, variable, number)
    case .real(let number): sqlite3_bind_double(statement, variable, number)
    // Without a destructor it is not copied: it stays where it is until the statement has run.
    case .text(let start, let count): sqlite3_bind_text(statement, variable, texts + Int(start), count, nil)
    }
  }
}
