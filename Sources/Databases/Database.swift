/// An open database: one thin layer over SQLite and PostgreSQL.
///
/// The same SQL text runs on both: placeholders are `$1`, `$2`, … in any order, upserts are `on conflict`, types are
/// left to the schema. What differs is a method here: transactions that write, bulk writes, long reads. Values are
/// decoded as what the caller asks for, never as what came, because the two give different types for the same
/// expression.
///
/// A connection belongs to one thread at a time.
public protocol Database: AnyObject {
  /// Where it is, without any password.
  var location: DatabaseLocation { get }
  /// Which of the two it is.
  var dialect: Dialect { get }
  /// Whether a transaction is open.
  var isInTransaction: Bool { get }

  /// Runs one statement and gives the number of rows it changed.
  @discardableResult func execute(_ sql: String, _ values: [SQLValue]) throws(DatabaseError) -> Int
  /// Runs statements without values, separated by semicolons.
  func run(script: String) throws(DatabaseError)
  /// The rows of a statement. Few, or read to the end at once: PostgreSQL sends all of them first.
  func rows(_ sql: String, _ values: [SQLValue]) throws(DatabaseError) -> any Rows
  /// The rows of a `select`, however many, in bounded memory; needs an open transaction.
  func stream(_ sql: String, _ values: [SQLValue]) throws(DatabaseError) -> any Rows
  /// Begins to write many rows into a table; needs an open transaction.
  ///
  /// Nothing is written for certain before `finish`. Until then no other statement may run.
  func append(
    to table: String, _ columns: [BulkColumn], conflicts: ConflictRule
  ) throws(DatabaseError) -> any BulkWriter

  /// Begins a transaction that will write. SQLite takes the write lock at once, so that it cannot fail half-way.
  func begin() throws(DatabaseError)
  /// Makes what was done since `begin` last.
  func commit() throws(DatabaseError)
  /// Undoes what was done since `begin`; does nothing where the transaction has ended already.
  func rollback()
}

/// The two kinds of databases.
public enum Dialect: String, Sendable, CaseIterable {
  case sqlite, postgres
}

/// What happens to an appended row whose key is taken.
public enum ConflictRule: Sendable {
  /// The whole write fails.
  case fail
  /// The row that is there stays, and the new one is left out.
  case keepFirst
}

extension Database {
  /// Runs one statement without values.
  @discardableResult public func execute(_ sql: String) throws(DatabaseError) -> Int { try execute(sql, []) }

  /// The rows of a statement without values.
  public func rows(_ sql: String) throws(DatabaseError) -> any Rows { try rows(sql, []) }

  /// The first row's first column, as a whole number.
  public func integer(_ sql: String, _ values: [SQLValue] = []) throws(DatabaseError) -> Int? {
    let rows = try rows(sql, values)
    guard try rows.next() else { return nil }
    return try rows.integer(0)
  }

  /// The first row's first column, as text.
  public func text(_ sql: String, _ values: [SQLValue] = []) throws(DatabaseError) -> String? {
    let rows = try rows(sql, values)
    guard try rows.next() else { return nil }
    return try rows.text(0)
  }

  /// Does all of the work or none of it, also where the process is killed half-way.
  public func transaction<T>(_ work: () throws(DatabaseError) -> T) throws(DatabaseError) -> T {
    precondition(!isInTransaction, "transactions do not nest")
    try begin()
    do throws(DatabaseError) {
      let result = try work()
      try commit()
      return result
    } catch {
      rollback()
      throw error
    }
  }

  /// An error of this database.
  func error(_ kind: DatabaseError.Kind, _ message: String) -> DatabaseError {
    DatabaseError(kind, message, at: location)
  }
}
