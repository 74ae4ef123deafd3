import MarketModel

/// A result of libpq, freed with this object.
final class PostgresResult {
  static let empty: Int32 = 0
  static let done: Int32 = 1
  static let rows: Int32 = 2
  static let copyIn: Int32 = 4

  private let library: PostgresLibrary
  private let raw: OpaquePointer
  /// The number of rows.
  let count: Int

  init(_ raw: OpaquePointer, _ library: PostgresLibrary) {
    self.raw = raw
    self.library = library
    count = Int(library.ntuples(raw))
  }

  deinit { library.clear(raw) }

  /// How many rows the statement changed.
  var changedCount: Int { library.cmdTuples(raw).flatMap { Int(String(cString: $0)) } ?? 0 }

  /// A field of an error.
  func field(_ code: Int32) -> String? { library.resultErrorField(raw, code).map { String(cString: $0) } }

  func isNull(_ row: Int, _ column: Int) -> Bool { library.getisnull(raw, Int32(row), Int32(column)) == 1 }
  func type(_ column: Int) -> UInt32 { library.ftype(raw, Int32(column)) }
  func name(_ column: Int) -> String { library.fname(raw, Int32(column)).map { String(cString: $0) } ?? "" }

  /// The bytes of a value, valid as long as the result.
  func bytes(_ row: Int, _ column: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: library.getvalue(raw, Int32(row), Int32(column)),
      count: Int(library.getlength(raw, Int32(row), Int32(column))))
  }
}

/// The rows of a result, decoded from PostgreSQL's binary form.
class PostgresRows: Rows {
  fileprivate let database: PostgresDatabase
  fileprivate var result: PostgresResult
  private var row = -1

  init(_ result: PostgresResult, of database: PostgresDatabase) {
    self.result = result
    self.database = database
  }

  func next() throws(DatabaseError) -> Bool {
    row += 1
    return row < result.count
  }

  /// Goes on with the rows of another result.
  fileprivate func restart(_ result: PostgresResult) {
    self.result = result
    row = 0
  }

  func isNull(_ column: Int) -> Bool {
    precondition(row >= 0 && row < result.count, "there is no row to read from")
    return result.isNull(row, column)
  }

  func integer(_ column: Int) throws(DatabaseError) -> Int? {
    if isNull(column) { return nil }
    let bytes = result.bytes(row, column)
    switch result.type(column) {
    case PostgresType.int8: return Int(bytes.bigEndian(Int64.self))
    case PostgresType.int4: return Int(bytes.bigEndian(Int32.self))
    case PostgresType.int2: return Int(bytes.bigEndian(Int16.self))
    case PostgresType.bool: return bytes.first == 1 ? 1 : 0
    default:
      guard let value = try text(column).flatMap({ Int($0) }) else { throw mismatch(column, "a whole number") }
      return value
    }
  }

  func real(_ column: Int) throws(DatabaseError) -> Double? {
    if isNull(column) { return nil }
    let bytes = result.bytes(row, column)
    switch result.type(column) {
    case PostgresType.float8: return Double(bitPattern: bytes.bigEndian(UInt64.self))
    case PostgresType.float4: return Double(Float(bitPattern: bytes.bigEndian(UInt32.self)))
    case PostgresType.int8, PostgresType.int4, PostgresType.int2: return try integer(column).map { Double($0) }
    default:
      guard let value = try text(column).flatMap({ Double($0) }) else { throw mismatch(column, "a number") }
      return value
    }
  }

  func text(_ column: Int) throws(DatabaseError) -> String? {
    if isNull(column) { return nil }
    let bytes = result.bytes(row, column)
    switch result.type(column) {
    case PostgresType.jsonb: return String(decoding: bytes.dropFirst(), as: UTF8.self)
    case PostgresType.int8, PostgresType.int4, PostgresType.int2: return try integer(column).map { String($0) }
    case PostgresType.float8, PostgresType.float4: return try real(column).map { "\($0)" }
    case PostgresType.date: return try day(column).map { TimeText.text($0) }
    case PostgresType.timestamptz: return try instant(column).map { TimeText.text($0) }
    // Text, names and JSON are their bytes in both forms.
    default: return String(decoding: bytes, as: UTF8.self)
    }
  }

  func day(_ column: Int) throws(DatabaseError) -> Day? {
    if isNull(column) { return nil }
    guard result.type(column) == PostgresType.date else { throw mismatch(column, "a day") }
    let (value, overflow) = result.bytes(row, column).bigEndian(Int32.self)
      .addingReportingOverflow(PostgresType.epochDays)
    let day = Day(rawValue: value)
    guard !overflow, day >= .earliest, day <= .latest else { throw mismatch(column, "a day of the years 1 to 9999") }
    return day
  }

  func instant(_ column: Int) throws(DatabaseError) -> KnowledgeTime? {
    if isNull(column) { return nil }
    guard result.type(column) == PostgresType.timestamptz else { throw mismatch(column, "an instant") }
    let (value, overflow) = result.bytes(row, column).bigEndian(Int64.self)
      .addingReportingOverflow(PostgresType.epochMicroseconds)
    let instant = KnowledgeTime(microseconds: value)
    guard !overflow, instant.day >= .earliest, instant.day <= .latest else {
      throw mismatch(column, "an instant of the years 1 to 9999")
    }
    return instant
  }

  private func mismatch(_ column: Int, _ expected: String) -> DatabaseError {
    database.error(.statement, "the column `\(result.name(column))` does not hold \(expected)")
  }
}

/// The rows of a cursor, fetched a few thousand at a time.
final class PostgresStream: PostgresRows {
  /// How many rows are fetched at once.
  static let step = 10_000
  private let name: String
  private var isAtEnd = false

  init(_ result: PostgresResult, of database: PostgresDatabase, _ name: String) {
    self.name = name
    super.init(result, of: database)
  }

  override func next() throws(DatabaseError) -> Bool {
    if isAtEnd { return false }
    if try super.next() { return true }
    let more = try database.result("fetch forward \(PostgresStream.step) from \(name)", [])
    isAtEnd = more.count == 0
    if isAtEnd {
      _ = try database.result("close \(name)", [])
      return false
    }
    restart(more)
    return true
  }
}

extension UnsafeRawBufferPointer {
  /// The whole number that the bytes are, most significant first; 0 where there are too few.
  func bigEndian<T: FixedWidthInteger>(_ type: T.Type) -> T {
    count >= MemoryLayout<T>.size ? T(bigEndian: loadUnaligned(as: T.self)) : 0
  }
}
