import MarketModel

/// Writes many rows by `COPY … (FORMAT binary)`.
///
/// Where rows with a taken key are to be left out, the rows go to a table of this transaction first.
final class PostgresBulkWriter: BulkWriter {
  private let database: PostgresDatabase
  private let columns: [BulkColumn]
  private let table: String
  /// The table that the rows go to first.
  private let staging: String?
  private var column = 0
  private var buffer = CopyBuffer()
  private var isOpen = true
  private var added = 0

  init(
    _ database: PostgresDatabase, table: String, _ columns: [BulkColumn], _ conflicts: ConflictRule
  ) throws(DatabaseError) {
    self.database = database
    self.table = table
    self.columns = columns
    switch conflicts {
    case .fail: staging = nil
    case .keepFirst:
      staging = "strat_staging_" + table
      let names = columns.map(\.name).joined(separator: ", ")
      try database.run(
        script: """
          drop table if exists strat_staging_\(table);
          create temporary table strat_staging_\(table) on commit drop as select \(names) from \(table) with no data
          """)
    }
    let names = columns.map(\.name).joined(separator: ", ")
    _ = try database.checked(
      database.library.exec(database.connection, "copy \(staging ?? table) (\(names)) from stdin (format binary)"))
    buffer.begin()
  }

  deinit {
    // An abandoned write is called off, so that the transaction can be rolled back.
    if isOpen { end(failing: "the write was abandoned") }
  }

  func null() {
    advance(nil)
    buffer.append(Int32(-1))
  }

  func integer(_ value: Int) {
    advance(.integer)
    buffer.append(Int32(8))
    buffer.append(Int64(value))
  }

  func real(_ value: Double) {
    if value.isNaN { return null() }
    advance(.real)
    buffer.append(Int32(8))
    buffer.append(value.bitPattern)
  }

  func text(_ value: String) {
    advance(columns[column].kind == .json ? .json : .text)
    buffer.append(text: value)
  }

  func day(_ value: Day) {
    advance(.day)
    buffer.append(Int32(4))
    buffer.append(value.rawValue - PostgresType.epochDays)
  }

  func instant(_ value: KnowledgeTime) {
    advance(.instant)
    buffer.append(Int32(8))
    buffer.append(value.microseconds - PostgresType.epochMicroseconds)
  }

  func endRow() throws(DatabaseError) {
    precondition(column == columns.count, "a row has as many values as columns")
    column = 0
    added += 1
    if buffer.count >= CopyBuffer.block { try send() }
  }

  func finish() throws(DatabaseError) -> Int {
    precondition(column == 0, "the last row is not ended")
    buffer.append(Int16(-1))
    try send()
    isOpen = false
    guard database.library.putCopyEnd(database.connection, nil) == 1 else { throw database.connectionFailure() }
    try drain()
    guard let staging else { return added }
    let names = columns.map(\.name).joined(separator: ", ")
    let count = try database.execute(
      "insert into \(table) (\(names)) select \(names) from \(staging) on conflict do nothing", [])
    try database.run(script: "drop table \(staging)")
    return count
  }

  /// The kind is checked here, because a wrong length would spoil the rest of the stream.
  private func advance(_ kind: BulkColumn.Kind?) {
    precondition(column < columns.count, "a row has as many values as columns")
    precondition(kind == nil || columns[column].kind == kind, "the value has the kind of `\(columns[column].name)`")
    if column == 0 { buffer.append(Int16(columns.count)) }
    column += 1
  }

  private func send() throws(DatabaseError) {
    let isSent = buffer.withBytes { bytes in
      database.library.putCopyData(database.connection, bytes.baseAddress, Int32(bytes.count)) == 1
    }
    buffer.removeAll()
    if isSent { return }
    isOpen = false
    throw database.connectionFailure()
  }

  /// Reads what the server says at the end of the write.
  private func drain() throws(DatabaseError) {
    while let raw = database.library.getResult(database.connection) { _ = try database.checked(raw) }
  }

  private func end(failing reason: String) {
    _ = database.library.putCopyEnd(database.connection, reason)
    while let raw = database.library.getResult(database.connection) { database.library.clear(raw) }
  }
}

/// Bytes of a binary COPY: grows to a block, is sent, and begins again.
private struct CopyBuffer: ~Copyable {
  /// From how many bytes on it is sent.
  static let block = 1 << 16

  private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: block * 2, alignment: 16)
  private(set) var count = 0

  deinit { memory.deallocate() }

  /// The signature, no flags, no extension.
  mutating func begin() {
    for byte in Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0] { append(byte) }
    append(Int32(0))
    append(Int32(0))
  }

  /// A whole number, most significant byte first.
  mutating func append<T: FixedWidthInteger>(_ value: T) {
    reserve(MemoryLayout<T>.size)
    memory.storeBytes(of: value.bigEndian, toByteOffset: count, as: T.self)
    count += MemoryLayout<T>.size
  }

  /// A text with its length.
  mutating func append(text: String) {
    var text = text
    text.withUTF8 { bytes in
      append(Int32(bytes.count))
      reserve(bytes.count)
      if let start = memory.baseAddress, let source = bytes.baseAddress {
        (start + count).copyMemory(from: source, byteCount: bytes.count)
      }
      count += bytes.count
    }
  }

  mutating func removeAll() { count = 0 }

  func withBytes<T>(_ body: (UnsafeBufferPointer<CChar>) -> T) -> T {
    filled.withMemoryRebound(to: CChar.self, body)
  }

  private var filled: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: memory.baseAddress, count: count) }

  private mutating func reserve(_ more: Int) {
    if count + more <= memory.count { return }
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: (count + more) * 2, alignment: 16)
    larger.copyMemory(from: filled)
    memory.deallocate()
    memory = larger
  }
}
