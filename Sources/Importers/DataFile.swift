import Diagnostics
import FileSystem
public import MarketData

/// A single file, of any format that can be imported, as a data set.
public struct DataFile: Sendable {
  /// The path as given.
  public let path: String

  /// Names a file; nothing is read yet.
  public init(_ path: String) { self.path = path }

  /// Whether a path names a file, and not a folder or nothing.
  public static func isMeant(by path: String) -> Bool {
    FileStatus(path)?.kind == .file
  }

  /// Reads and checks the file: the same rows as importing it gives, and the same data set.
  ///
  /// - Parameter strict: whether defects are errors.
  public func load(_ options: DataFolder.Options = .init()) throws(DataLoadingFailure) -> (
    data: LoadedData, remarks: [String]
  ) {
    var session = ImportSession(options: Importer.Options(releaseLag: options.releaseLag))
    do throws(Diagnostic) { try session.read([path]) } catch { throw DataLoadingFailure(error) }
    let remarks = session.remarkLines
    var rows = session.tables.resolved()
    if rows.settings.name.isEmpty { rows.settings.name = ImportFile.baseName(path) }
    return (try rows.makeStore(strict: options.strict), remarks)
  }
}
