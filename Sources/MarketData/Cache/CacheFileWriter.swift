import Codecs

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes a cache file under a name of its own and puts it in place whole, by renaming.
///
/// The file is locked as long as it is written, so that a file that a killed process left behind is told from one in
/// the making.
struct CacheFileWriter {
  /// Why it cannot be written: the system's error number.
  struct Failure: Error {
    var number: Int32
    var text: String { String(cString: strerror(number)) }
  }

  private let path: String
  private let temporary: String
  private let file: Int32
  private var buffer: [UInt8] = []
  private var checksums: [UInt64] = []
  private var position = CacheFormat.payload
  private let zeros = [UInt8](repeating: 0, count: CacheFormat.alignment)

  /// Begins a file that will be put at a path.
  init(_ path: String) throws(Failure) {
    self.path = path
    // `mkstemp` replaces six of this letter by ones that make the name a new one: two writers of one file do not meet.
    var template = Array("\(path).\(String(repeating: "X", count: 6))".utf8CString)
    file = template.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkstemp($0) } ?? -1 }
    guard file >= 0 else { throw Failure(number: errno) }
    temporary = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    flock(file, LOCK_EX | LOCK_NB)
    buffer.reserveCapacity(CacheFormat.chunk)
  }

  /// Adds bytes at an offset not below what was written; what lies between is zero.
  mutating func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(Failure) {
    precondition(offset >= position, "blocks are written in order")
    while position < offset { try append(zeros.prefix(offset - position)) }
    var rest = Slice(base: bytes, bounds: bytes.indices)
    while !rest.isEmpty {
      let part = rest.prefix(CacheFormat.chunk - buffer.count)
      try append(part)
      rest = rest.dropFirst(part.count)
    }
  }

  /// Adds a run of one number.
  mutating func write(_ constant: ColumnLayout.Constant, count: Int, at offset: Int) throws(Failure) {
    let one = withUnsafeBytes(of: constant.bits) { Array($0.prefix(constant.size)) }
    var run: [UInt8] = []
    run.reserveCapacity(constant.size * count)
    for _ in 0..<count { run.append(contentsOf: one) }
    try write(run, at: offset)
  }

  /// Adds bytes.
  mutating func write(_ bytes: [UInt8], at offset: Int) throws(Failure) {
    let result = bytes.withUnsafeBytes { bytes in Result { () throws(Failure) in try write(bytes, at: offset) } }
    try result.get()
  }

  /// Adds bytes for which there is room in the chunk.
  private mutating func append(_ bytes: some Collection<UInt8>) throws(Failure) {
    buffer.append(contentsOf: bytes)
    position += bytes.count
    if buffer.count == CacheFormat.chunk { try flush() }
  }

  /// Writes the chunk that is full, or the last.
  private mutating func flush() throws(Failure) {
    if buffer.isEmpty { return }
    checksums.append(buffer.withUnsafeBytes { BlockChecksum.of($0, seed: UInt64(checksums.count)) })
    try put(buffer, at: CacheFormat.payload + (checksums.count - 1) * CacheFormat.chunk)
    buffer.removeAll(keepingCapacity: true)
  }

  private func put(_ bytes: [UInt8], at offset: Int) throws(Failure) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        pwrite(file, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset + done))
      }
      if count > 0 {
        done += count
      } else if errno != EINTR {
        throw Failure(number: errno)
      }
    }
  }

  /// Ends the file, whose directory begins at an offset, and puts it in place.
  mutating func finish(directory: Int) throws(Failure) {
    try flush()
    let table = checksums.withUnsafeBytes { Array($0) }
    try put(table, at: position)
    let header = CacheFormat.Header(
      payloadEnd: UInt64(position), directory: UInt64(directory),
      tableChecksum: table.withUnsafeBytes { BlockChecksum.of($0) })
    try put(header.words.withUnsafeBytes { Array($0) }, at: 0)
    guard rename(temporary, path) == 0 else { throw Failure(number: errno) }
    close(file)
  }

  /// Removes what was written so far.
  func discard() {
    unlink(temporary)
    close(file)
  }
}
