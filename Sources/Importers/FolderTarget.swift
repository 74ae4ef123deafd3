public import Diagnostics
public import MarketData

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where imported rows go: a data folder or a database.
public protocol ImportTarget {
  /// The rows that are there.
  mutating func existing() throws(DataLoadingFailure) -> MarketTables
  /// Adds rows, each of them new; all of a file or a table at once, or nothing of it.
  mutating func append(_ rows: MarketTables) throws(Diagnostic)
}

/// A data folder that rows are added to, in files of their own: nothing that is there is ever changed.
///
/// The folder is locked as long as the target lives, so that two imports at once do not add the same rows.
public struct FolderTarget: ImportTarget {
  private let path: String
  /// `nil` where there is no folder, and none is made.
  private let lock: Lock?

  /// Opens a folder; it is made if there is none.
  ///
  /// - Parameter isDryRun: whether the rows are only looked at, and nothing will be appended.
  public init(_ path: String, isDryRun: Bool = false) throws(Diagnostic) {
    self.path = path
    if isDryRun, access(path, F_OK) != 0 {
      lock = nil
      return
    }
    if mkdir(path, 0o777) != 0, errno != EEXIST { throw .targetFailed(path, String(cString: strerror(errno))) }
    lock = try Lock(path)
  }

  private final class Lock {
    private let descriptor: Int32

    init(_ path: String) throws(Diagnostic) {
      descriptor = open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
      if descriptor < 0 { throw .targetFailed(path, String(cString: strerror(errno))) }
      // Waits for another import to end.
      while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    }

    deinit { close(descriptor) }
  }

  /// The rows of its files.
  public func existing() throws(DataLoadingFailure) -> MarketTables {
    lock == nil ? MarketTables(settings: DataSettings(name: "")) : try DataFolder(path).tablesIfAny()
  }

  /// Writes rows to files of their own, one for each kind.
  public func append(_ rows: MarketTables) throws(Diagnostic) {
    // Before the rows, which without their settings would be others to whoever tries again.
    let settings = path + "/dataset.yaml"
    if let text = rows.settingsFile, access(settings, F_OK) != 0 { try write(text, to: settings, in: path) }
    for (kind, bytes) in rows.files() {
      let folder = path + "/" + kind.rawValue
      if mkdir(folder, 0o777) != 0, errno != EEXIST { throw .targetFailed(folder, String(cString: strerror(errno))) }
      try write(bytes, in: folder)
    }
  }

  /// Writes the next file of a folder, `imported-0001.csv` and on.
  private func write(_ bytes: [UInt8], in folder: String) throws(Diagnostic) {
    var number = 1
    func name() -> String { "\(folder)/imported-" + String(10_000 + number).dropFirst() + ".csv" }
    while access(name(), F_OK) == 0 || access(name() + ".gz", F_OK) == 0 { number += 1 }
    try write(bytes, to: name(), in: folder)
  }

  /// Writes a file under a name that loading passes over, and renames it.
  private func write(_ bytes: [UInt8], to path: String, in folder: String) throws(Diagnostic) {
    let temporary = folder + "/.import"
    guard let file = fopen(temporary, "wb") else { throw .targetFailed(temporary, String(cString: strerror(errno))) }
    let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
    let isClosed = fflush(file) == 0 && fsync(fileno(file)) == 0
    let number = errno
    fclose(file)
    guard isWritten, isClosed else {
      unlink(temporary)
      throw .targetFailed(path, String(cString: strerror(number)))
    }
    if rename(temporary, path) != 0 { throw .targetFailed(path, String(cString: strerror(errno))) }
  }
}
