import Diagnostics
import FileSystem
import MarketData

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files of a data folder that are written together: all of them appear at once, or none does.
///
/// Each is written beside its target first. One alone is then renamed; several get a journal, which loading knows, and are
/// renamed after it. Whoever opens the folder next ends what was broken off.
struct FolderChange {
  private let root: String
  private var journal = FolderJournal()

  init(_ root: String) { self.root = root }

  /// Writes a file under a name that loading passes over.
  ///
  /// - Parameter target: its path in the folder.
  mutating func write(_ bytes: [UInt8], to target: String) throws(Diagnostic) {
    let parts = target.split(separator: "/").map(String.init)
    let folder = parts.count > 1 ? parts[0] + "/" : ""
    if parts.count > 1, mkdir(root + "/" + parts[0], 0o777) != 0, errno != EEXIST {
      throw .targetFailed(root + "/" + parts[0], String(cString: strerror(errno)))
    }
    let pending = "\(folder)\(FolderChange.prefix)\(journal.entries.count)"
    try FolderChange.write(bytes, to: root + "/" + pending)
    journal.add(pending, target)
    var status = stat()
    // Who might read the file before may read it after.
    if stat(root + "/" + target, &status) == 0 { chmod(root + "/" + pending, status.st_mode & 0o7777) }
  }

  /// Gives all files their names.
  func commit() throws(Diagnostic) {
    if journal.entries.count > 1 {
      do throws(Diagnostic) { try decide() } catch {
        discard()
        throw error
      }
    }
    try FolderChange.finish(journal, in: root)
  }

  /// Writes the journal: from here on the files count.
  private func decide() throws(Diagnostic) {
    let temporary = root + "/" + FolderChange.prefix + "journal"
    try FolderChange.write(journal.bytes, to: temporary)
    try FolderChange.rename(temporary, to: root + "/" + FolderJournal.name)
  }

  /// Removes what was written so far.
  func discard() {
    for (pending, _) in journal.entries { unlink(root + "/" + pending) }
  }

  /// Ends a change that was broken off: does the rest of it where it was decided, else removes what it left.
  static func recover(_ root: String) throws(Diagnostic) {
    if let journal = FolderJournal(of: root) { try finish(journal, in: root) }
    for folder in [root] + FileKind.allCases.map({ root + "/" + $0.rawValue }) {
      for name in (try? FolderEntries(folder).names) ?? [] where name.hasPrefix(prefix) { unlink(folder + "/" + name) }
    }
  }

  // MARK: - Files

  /// What the names of files begin with that are being written.
  private static let prefix = ".import-pending-"

  private static func finish(_ journal: FolderJournal, in root: String) throws(Diagnostic) {
    for (pending, target) in journal.entries where access(root + "/" + pending, F_OK) == 0 {
      try rename(root + "/" + pending, to: root + "/" + target)
    }
    unlink(root + "/" + FolderJournal.name)
  }

  private static func rename(_ path: String, to target: String) throws(Diagnostic) {
    if systemRename(path, target) != 0 { throw .targetFailed(target, String(cString: strerror(errno))) }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
    guard let file = fopen(path, "wb") else { throw .targetFailed(path, String(cString: strerror(errno))) }
    let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
    let isClosed = fflush(file) == 0 && fsync(fileno(file)) == 0
    let number = errno
    fclose(file)
    if isWritten, isClosed { return }
    unlink(path)
    throw .targetFailed(path, String(cString: strerror(number)))
  }
}

/// The system's `rename`, which has the name of a method here.
private func systemRename(_ path: String, _ target: String) -> Int32 { rename(path, target) }
