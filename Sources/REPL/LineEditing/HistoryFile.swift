import FileSystem

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The file that the history of all sessions and folders is kept in.
///
/// Entries are appended one by one, each in one write under a lock, so that sessions side by side lose nothing of each
/// other. A file that has grown long is written anew, with its last entries, by renaming.
struct HistoryFile: Sendable {
  /// What went wrong: the system's words, or ours.
  struct Failure: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
    static func system(_ number: Int32) -> Failure { Failure(String(cString: strerror(number))) }
  }

  /// Where it is.
  let path: String
  /// So many entries are kept when it is written anew; at twice as many it is.
  static let limit = 5_000
  /// No more bytes than these are read, from the end.
  private static let sizeLimit = 8 << 20

  init(_ path: String) { self.path = path }

  /// Where the environment wants the history: `STRAT_HISTORY`, or `strat/history` in the folder for state. `nil` where
  /// it wants none, by an empty name or `/dev/null`.
  static func path(_ environment: (String) -> String?) -> String? {
    if let path = environment("STRAT_HISTORY") { return path.isEmpty || path == "/dev/null" ? nil : path }
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") { return state + "/strat/history" }
    guard let home = environment("HOME"), !home.isEmpty else { return nil }
    return home + "/.local/state/strat/history"
  }

  // MARK: Reading

  /// The entries in order, and how many lines are damaged; nothing where there is no file yet.
  func read() throws(Failure) -> (entries: [HistoryEntry], damaged: Int) {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      if errno == ENOENT { return ([], 0) }
      throw .system(errno)
    }
    defer { close(file) }
    return HistoryText.decoded(try contents(file))
  }

  private func contents(_ file: Int32) throws(Failure) -> ArraySlice<UInt8> {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .system(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw Failure("it is no file") }
    let skipped = max(0, Int(status.st_size) - HistoryFile.sizeLimit)
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size) - skipped)
    var count = 0
    while count < bytes.count {
      let part = bytes.withUnsafeMutableBytes { memory in
        let rest = UnsafeMutableRawBufferPointer(rebasing: memory[count...])
        return pread(file, rest.baseAddress, rest.count, off_t(skipped + count))
      }
      if part < 0, errno == EINTR { continue }
      guard part >= 0 else { throw .system(errno) }
      if part == 0 { break }
      count += part
    }
    guard skipped > 0 else { return bytes[..<count] }
    // From the first entry that is there as a whole.
    let start = bytes[..<count].indices.first { bytes[$0] == 0x40 && $0 > 0 && bytes[$0 - 1] == 0x0A }
    return bytes[(start ?? count)..<count]
  }

  // MARK: Writing

  /// Adds an entry at the end.
  func append(_ entry: HistoryEntry) throws(Failure) {
    try makeFolder()
    // The file may be replaced between its opening and its locking; then the new one is meant.
    for _ in 0..<10 {
      let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
      guard file >= 0 else { throw .system(errno) }
      defer { close(file) }
      var status = stat()
      guard fstat(file, &status) == 0 else { throw .system(errno) }
      guard status.st_mode & S_IFMT == S_IFREG else { throw Failure("it is no file") }
      lock(file)
      guard isAtPath(file) else { continue }
      let isNew = fstat(file, &status) == 0 && status.st_size == 0
      return try write((isNew ? HistoryText.header : "") + HistoryText.encoded(entry), to: file)
    }
    throw Failure("it is replaced again and again")
  }

  /// Writes the file anew with the last of its entries.
  func shorten() throws(Failure) {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw .system(errno) }
    defer { close(file) }
    lock(file)
    guard isAtPath(file) else { return }
    let entries = HistoryText.decoded(try contents(file)).entries
    let text = HistoryText.header + entries.suffix(HistoryFile.limit).map(HistoryText.encoded).joined()
    do throws(FileFailure) { try WholeFile.replace(path, Array(text.utf8)) } catch { throw Failure(error.text) }
  }

  /// Waits for other sessions, but not for ever: what hangs elsewhere must not hang here, and one write at the end of a
  /// file does not mix with another.
  private func lock(_ file: Int32) {
    for _ in 0..<100 where flock(file, LOCK_EX | LOCK_NB) != 0 { usleep(2_000) }
  }

  private func isAtPath(_ file: Int32) -> Bool {
    var here = stat()
    var there = stat()
    return fstat(file, &here) == 0 && stat(path, &there) == 0 && here.st_ino == there.st_ino
      && here.st_dev == there.st_dev
  }

  private func makeFolder() throws(Failure) {
    var place = path.startIndex
    while let slash = path[place...].firstIndex(of: "/") {
      place = path.index(after: slash)
      let folder = path[..<slash]
      if !folder.isEmpty, mkdir(String(folder), 0o700) != 0, errno != EEXIST { throw .system(errno) }
    }
  }

  private func write(_ text: String, to file: Int32) throws(Failure) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(file, $0) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .system(errno) }
      rest = rest.dropFirst(count)
    }
  }

  private func systemWrite(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(file, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(file, bytes.baseAddress, bytes.count)
    #endif
  }
}
