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
  /// Makes what is needed for adding rows, and keeps others out from then on. Tells whether what is there is what
  /// `existing` gave last; where another import came in between, it is to be read again.
  mutating func prepare() throws(Diagnostic) -> Bool
  /// Adds rows, and gives stored ones their new values: all of it or nothing.
  mutating func apply(_ additions: TableAdditions) throws(Diagnostic)
}

/// A data folder that rows are added to, in files of their own. Stored rows that take other values take them where they
/// stand, in files that are otherwise left as they are.
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
    if !isDryRun { try FolderChange.recover(path) }
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

  /// The folder is there and locked already.
  public func prepare() -> Bool { true }

  /// Writes new rows to files of their own, one for each kind, and stored rows where they are.
  public func apply(_ additions: TableAdditions) throws(Diagnostic) {
    var change = FolderChange(path)
    do throws(Diagnostic) { try write(additions, &change) } catch {
      change.discard()
      throw error
    }
    try change.commit()
  }

  private func write(_ additions: TableAdditions, _ change: inout FolderChange) throws(Diagnostic) {
    if let text = additions.rows.settingsFile, access(path + "/dataset.yaml", F_OK) != 0 {
      try change.write(text, to: "dataset.yaml")
    }
    var rows = additions.rows
    // Its files keep to one way to date bars.
    if rows.settings.barDates == .start { rows.dateBarsAtStart(additions.barPeriods) }
    for file in additions.edits {
      try change.write(try file.bytes(movingTo: &rows), to: inside(file.path))
    }
    for (kind, bytes) in rows.files() { try change.write(bytes, to: nextFile(of: kind)) }
  }

  /// The path in the folder of one of its files.
  private func inside(_ file: String) -> String {
    file.split(separator: "/").suffix(2).joined(separator: "/")
  }

  /// The path in the folder of the next file of a kind, `imported-0001.csv` and on.
  private func nextFile(of kind: FileKind) -> String {
    var number = 1
    func name() -> String { "\(kind.rawValue)/imported-" + String(10_000 + number).dropFirst() + ".csv" }
    while access(path + "/" + name(), F_OK) == 0 || access(path + "/" + name() + ".gz", F_OK) == 0 { number += 1 }
    return name()
  }
}
