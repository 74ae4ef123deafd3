public import Diagnostics
public import MarketData
import MarketModel

/// Reads files of all formats into one set of rows, which is then added to a data set.
///
/// Files are read in the order given, those of a folder in ascending order of their names; the result is the same
/// whatever the order, but for which of two rows that differ is named first.
public struct ImportSession {
  /// What was read from where.
  public struct Source: Sendable {
    /// The file, or the data folder.
    public let path: String
    /// The format it was read in.
    public let format: String
    /// How many rows it gave; a vintage counts as the rows it shows.
    public let rows: Int
  }

  /// The rows so far.
  public private(set) var tables = MarketTables(settings: DataSettings(name: ""))
  /// The files so far.
  public private(set) var sources: [Source] = []
  private let format: Importer?
  private let options: Importer.Options

  /// Begins an import.
  ///
  /// - Parameter format: the format of all files; `nil` tells it from each file's contents.
  public init(format: Importer? = nil, options: Importer.Options = Importer.Options()) {
    self.format = format
    self.options = options
  }

  /// Reads files and folders. A problem with one file is thrown at once if it cannot be read at all; what is wrong with
  /// rows is told together when they are added to a data set.
  public mutating func read(_ paths: [String]) throws(Diagnostic) {
    var files: [ImportFile] = []
    for path in paths { files += try ImportFile.found(path) }
    if let name = options.name, files.count > 1 { throw .nameForSeveral(name, files.count) }
    for file in files { try read(file) }
  }

  private mutating func read(_ file: ImportFile) throws(Diagnostic) {
    switch file {
    case .dataFolder(let path): try readFolder(path)
    case .text(let path): try read(try FileText.read(path), path, table: nil)
    case .table(let path, let table, let query):
      try read(try DuckDB.csv(of: path, query: query), path, table: table)
    }
  }

  private mutating func readFolder(_ path: String) throws(Diagnostic) {
    let folder: MarketTables
    do throws(DataLoadingFailure) { folder = try DataFolder(path).tables() } catch {
      throw error.diagnostics.first ?? .nothingToImport(path)
    }
    let before = tables.rowCount
    tables.take(folder)
    sources.append(Source(path: path, format: "folder", rows: tables.rowCount - before))
  }

  private mutating func read(_ text: [UInt8], _ path: String, table: String?) throws(Diagnostic) {
    let shown = path + (table.map { "/" + $0 } ?? "")
    let baseName = table ?? ImportFile.baseName(path)
    let outcome: Result<Void, Diagnostic> = text.withUnsafeBufferPointer { bytes in
      let start = FileStart(ImportSession.firstRows(bytes), baseName: baseName)
      guard let importer = format ?? Importer.all.first(where: { $0.recognizes(start) }) else {
        return .failure(.unknownFileFormat(shown, start.header))
      }
      let before = tables.rowCount + tables.vintageRowCount
      var reader = ImportReader(bytes, path: shown, start: start, options: options, tables: tables)
      // The one copy of the rows is the reader's while it works.
      tables = MarketTables()
      importer.read(&reader)
      tables = reader.tables
      let rows = tables.rowCount + tables.vintageRowCount - before
      sources.append(Source(path: shown, format: importer.name, rows: rows))
      return .success(())
    }
    try outcome.get()
  }

  /// The cells of the first two rows.
  private static func firstRows(_ bytes: UnsafeBufferPointer<UInt8>) -> [[String]] {
    var lines = CSVLines(bytes)
    var rows: [[String]] = []
    while rows.count < 2, lines.next() == .row { rows.append((0..<lines.count).map { lines.string($0) }) }
    return rows
  }
}

extension ImportReader {
  /// Reads the whole file in the program's own form.
  mutating func readOwn(_ kind: FileKind) {
    kind.read(bytes, path: path, baseName: start.baseName, releaseLag: options.releaseLag, into: &tables)
  }
}
