public import MarketModel

/// A value that takes the place of `$1`, `$2`, … in a statement.
public enum SQLValue: Equatable, Sendable {
  /// Nothing. PostgreSQL must be able to tell the type from where it stands.
  case null
  case integer(Int)
  case real(Double)
  case text(String)
  /// SQLite: `YYYY-MM-DD`; PostgreSQL: `date`.
  case day(Day)
  /// SQLite: `YYYY-MM-DD hh:mm:ss[.ffffff]` in UTC; PostgreSQL: `timestamptz`.
  case instant(KnowledgeTime)
  /// A text that is JSON.
  case json(String)

  /// A number, or nothing where it is absent or missing.
  public static func real(orNull value: Double?) -> SQLValue {
    guard let value, !value.isNaN else { return .null }
    return .real(value)
  }

  /// A day, or nothing.
  public static func day(orNull day: Day?) -> SQLValue { day.map { .day($0) } ?? .null }
}

/// A column of a bulk write: its name and how its values are given.
public struct BulkColumn: Sendable {
  /// The types of the schema.
  public enum Kind: Sendable { case integer, real, text, day, instant, json }

  /// The column's name.
  public let name: String
  /// Its type.
  public let kind: Kind

  /// A column of a table.
  public init(_ name: String, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

/// The rows that a statement gives, one after the other; columns are counted from 0.
///
/// Each accessor gives `nil` for a null, and fails where the value is not of the kind that is asked for.
public protocol Rows: AnyObject {
  /// Goes to the next row; `false` after the last.
  func next() throws(DatabaseError) -> Bool
  /// Whether the value is a null.
  func isNull(_ column: Int) -> Bool
  /// A whole number.
  func integer(_ column: Int) throws(DatabaseError) -> Int?
  /// A number.
  func real(_ column: Int) throws(DatabaseError) -> Double?
  /// A text; also a JSON document.
  func text(_ column: Int) throws(DatabaseError) -> String?
  /// A day.
  func day(_ column: Int) throws(DatabaseError) -> Day?
  /// An instant.
  func instant(_ column: Int) throws(DatabaseError) -> KnowledgeTime?
}

/// Writes many rows, value by value in the order of the columns.
///
/// - Precondition: every value has the kind of its column, and every row as many values as there are columns.
public protocol BulkWriter: AnyObject {
  /// A null.
  func null()
  /// A whole number.
  func integer(_ value: Int)
  /// A number; a missing one is a null.
  func real(_ value: Double)
  /// A text or a JSON document.
  func text(_ value: String)
  /// A day.
  func day(_ value: Day)
  /// An instant.
  func instant(_ value: KnowledgeTime)
  /// Ends the row.
  func endRow() throws(DatabaseError)
  /// Ends the write and gives the number of rows that were added.
  @discardableResult func finish() throws(DatabaseError) -> Int
}

extension BulkWriter {
  /// A day, or a null.
  public func day(orNull value: Day?) { if let value { day(value) } else { null() } }
  /// An instant, or a null.
  public func instant(orNull value: KnowledgeTime?) { if let value { instant(value) } else { null() } }
  /// A number, or a null.
  public func real(orNull value: Double?) { if let value { real(value) } else { null() } }
  /// A text, or a null.
  public func text(orNull value: String?) { if let value { text(value) } else { null() } }
}
