import MarketModel

/// A connection to a PostgreSQL server.
final class PostgresDatabase: Database {
  let location: DatabaseLocation
  let dialect = Dialect.postgres
  let library: PostgresLibrary
  /// libpq's own handle; open for as long as this object lives.
  let connection: OpaquePointer
  private var streams = 0

  /// Connects.
  ///
  /// - Parameter patience: milliseconds to wait for a lock, and at most ten times as long for the server to answer.
  init(
    _ options: [(keyword: String, value: String)], _ access: DatabaseAccess, patience: Int,
    at location: DatabaseLocation
  ) throws(DatabaseError) {
    self.location = location
    switch PostgresLibrary.shared {
    case .success(let library): self.library = library
    case .failure(let missing):
      throw DatabaseError(.noLibrary, "libpq cannot be loaded: \(missing.reason)", at: location)
    }
    var all = [
      (keyword: "connect_timeout", value: "10"), (keyword: "application_name", value: "strat"),
      (keyword: "client_encoding", value: "UTF8"),
    ]
    all.removeAll { own in options.contains { $0.keyword == own.keyword } }
    let opened = CTexts((all + options).map(\.keyword) + [nil]).withPointers { [library] keywords in
      CTexts((all + options).map(\.value) + [nil]).withPointers { values in
        library.connectdbParams(keywords, values, 0)
      }
    }
    guard let opened else { throw DatabaseError(.cannotOpen, "there is no memory for it", at: location) }
    connection = opened
    if library.status(opened) != 0 {
      let message = library.errorMessage(opened).map { String(cString: $0) } ?? ""
      throw error(PostgresDatabase.isRefusal(message) ? .refused : .cannotOpen, message)
    }
    _ = library.setNoticeProcessor(opened, { _, _ in }, nil)
    try run(
      script: """
        set client_min_messages to warning; set timezone to 'UTC'; set datestyle to 'ISO, YMD';
        set lock_timeout to \(patience); set default_transaction_read_only to \(access == .read ? "on" : "off")
        """)
  }

  deinit { library.finish(connection) }

  /// What a server says before it lets anybody in has no code.
  private static func isRefusal(_ message: String) -> Bool {
    ["authentication failed", "no pg_hba.conf entry", "does not exist", "no password supplied", "permission denied"]
      .contains { message.firstRange(of: $0) != nil } && message.firstRange(of: "No such file") == nil
  }

  var isInTransaction: Bool { library.transactionStatus(connection) != 0 && library.status(connection) == 0 }

  func execute(_ sql: String, _ values: [SQLValue]) throws(DatabaseError) -> Int {
    try result(sql, values).changedCount
  }

  func run(script: String) throws(DatabaseError) { _ = try checked(library.exec(connection, script)) }

  func rows(_ sql: String, _ values: [SQLValue]) throws(DatabaseError) -> any Rows {
    PostgresRows(try result(sql, values), of: self)
  }

  func stream(_ sql: String, _ values: [SQLValue]) throws(DatabaseError) -> any Rows {
    precondition(isInTransaction, "a long read needs a transaction")
    streams += 1
    let name = "strat_stream_\(streams)"
    _ = try result("declare \(name) no scroll cursor for \(sql)", values)
    return PostgresStream(try result("fetch forward \(PostgresStream.step) from \(name)", []), of: self, name)
  }

  func append(
    to table: String, _ columns: [BulkColumn], conflicts: ConflictRule
  ) throws(DatabaseError) -> any BulkWriter {
    precondition(isInTransaction, "a bulk write needs a transaction")
    return try PostgresBulkWriter(self, table: table, columns, conflicts)
  }

  func begin() throws(DatabaseError) { try run(script: "begin") }
  func commit() throws(DatabaseError) { try run(script: "commit") }
  func rollback() {
    if isInTransaction { library.clear(library.exec(connection, "rollback")) }
  }

  /// Runs one statement; its rows come in PostgreSQL's binary form.
  func result(_ sql: String, _ values: [SQLValue]) throws(DatabaseError) -> PostgresResult {
    for case .text(let text) in values where text.utf8.contains(0) {
      throw error(.constraint, "a text with a zero byte cannot be kept")
    }
    let types = values.map(\.postgresType)
    let raw = CTexts(values.map(\.postgresText)).withPointers { texts in
      library.execParams(connection, sql, Int32(values.count), types, texts, nil, nil, 1)
    }
    return try checked(raw)
  }

  /// The result, or the error that it is.
  func checked(_ raw: OpaquePointer?) throws(DatabaseError) -> PostgresResult {
    guard let raw else { throw connectionFailure() }
    let result = PostgresResult(raw, library)
    switch library.resultStatus(raw) {
    case PostgresResult.empty, PostgresResult.done, PostgresResult.rows, PostgresResult.copyIn: return result
    default: throw failure(result)
    }
  }

  /// What the connection itself says: there is no result to ask.
  func connectionFailure() -> DatabaseError {
    let message = library.errorMessage(connection).map { String(cString: $0) } ?? ""
    // Where writing fails, the connection counts as whole until something is read from it.
    let isLost = library.status(connection) != 0 || PostgresDatabase.isLoss(message)
    return error(isLost ? .connectionLost : .statement, message)
  }

  /// Whether a message without a code, which is libpq's own, says that the server does not answer any more.
  private static func isLoss(_ message: String) -> Bool {
    ["could not send data", "could not receive data", "server closed the connection", "no connection to the server"]
      .contains { message.firstRange(of: $0) != nil }
  }

  private func failure(_ result: PostgresResult) -> DatabaseError {
    // The fields are 'C', the five letters of SQLSTATE, and 'M', the message.
    guard let state = result.field(67), let message = result.field(77) else { return connectionFailure() }
    if library.status(connection) != 0 { return error(.connectionLost, message) }
    return error(PostgresDatabase.kind(state), message)
  }

  /// The case of a SQLSTATE: most are decided by its class, the first two letters.
  private static func kind(_ state: String) -> DatabaseError.Kind {
    switch state {
    case "55P03", "40P01", "40001": return .locked
    case "25006": return .readOnly
    case "57P01", "57P02", "57P03", "57P05", "25P03": return .connectionLost
    case "57014": return .timedOut
    case "42501": return .refused
    case "42P07", "42P01", "42703", "42701": return .statement
    default: break
    }
    switch state.prefix(2) {
    case "08": return .connectionLost
    case "23", "22": return .constraint
    case "28": return .refused
    case "53": return .full
    case "XX": return .corrupt
    default: return .statement
    }
  }
}

extension SQLValue {
  /// The identifier of the type in PostgreSQL's catalogue; 0 lets it decide.
  var postgresType: UInt32 {
    switch self {
    case .null: 0
    case .integer: PostgresType.int8
    case .real: PostgresType.float8
    case .text: PostgresType.text
    case .day: PostgresType.date
    case .instant: PostgresType.timestamptz
    case .json: PostgresType.json
    }
  }

  /// The value as PostgreSQL reads it; `nil` for a null.
  var postgresText: String? {
    switch self {
    case .null: nil
    case .integer(let number): String(number)
    case .real(let number): number.isNaN ? nil : "\(number)"
    case .text(let text), .json(let text): text
    case .day(let day): TimeText.text(day)
    case .instant(let instant): TimeText.text(instant) + "+00"
    }
  }
}

/// The types that the layer knows, by their identifiers in PostgreSQL's catalogue.
enum PostgresType {
  static let bool: UInt32 = 16
  static let int8: UInt32 = 20
  static let int2: UInt32 = 21
  static let int4: UInt32 = 23
  static let text: UInt32 = 25
  static let json: UInt32 = 114
  static let float4: UInt32 = 700
  static let float8: UInt32 = 701
  static let date: UInt32 = 1082
  static let timestamptz: UInt32 = 1184
  static let jsonb: UInt32 = 3802

  /// Days from 1970-01-01 to 2000-01-01, where PostgreSQL counts from.
  static let epochDays: Int32 = 10_957
  /// The same in microseconds.
  static let epochMicroseconds: Int64 = 946_684_800_000_000
}

/// Texts as C has them, for as long as a call lasts.
struct CTexts {
  private let texts: [String?]

  init(_ texts: [String?]) { self.texts = texts }

  /// Calls with an array of pointers to the texts, `nil` for the missing ones.
  func withPointers<T>(_ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T) -> T {
    var bytes: [CChar] = []
    var starts: [Int?] = []
    for text in texts {
      starts.append(text == nil ? nil : bytes.count)
      if let text { bytes.append(contentsOf: text.utf8CString) }
    }
    bytes.append(0)
    return bytes.withUnsafeBufferPointer { memory in
      let pointers = starts.map { start in start.flatMap { place in memory.baseAddress.map { $0 + place } } } + [nil]
      return pointers.withUnsafeBufferPointer { list in
        guard let first = list.baseAddress else { preconditionFailure("the list has at least its end") }
        return body(first)
      }
    }
  }
}
