import Codecs
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

  /// A file that was not read, or something about one that was.
  public struct Remark: Sendable {
    /// The file.
    public let path: String
    /// In words, such as `left aside: the columns a, b`.
    public let text: String
    /// Whether it was not read at all.
    public var isPassedOver = false
  }

  /// The rows so far.
  public private(set) var tables = MarketTables(settings: DataSettings(name: ""))
  /// The files so far.
  public private(set) var sources: [Source] = []
  /// What was not understood so far: columns left aside, files passed over, and what was decided about the others.
  public private(set) var remarks: [Remark] = []
  private let format: Importer?
  private let mapping: ColumnMapping?
  private var options: Importer.Options

  /// Begins an import.
  ///
  /// - Parameters:
  ///   - format: the format of all files; `nil` tells it from each file's contents.
  ///   - mapping: which columns stand for which fields, in the place of a format.
  public init(
    format: Importer? = nil, mapping: ColumnMapping? = nil, options: Importer.Options = Importer.Options()
  ) {
    self.format = mapping?.kind.importer ?? format
    self.mapping = mapping
    self.options = options
    if let mapping, self.options.dateOrder == nil { self.options.dateOrder = mapping.dates }
  }

  /// Reads files and folders. A problem with one file that was named is thrown at once if it cannot be read at all; such
  /// a file in a folder or an archive is passed over with a remark. What is wrong with rows is told together when they
  /// are added to a data set.
  public mutating func read(_ paths: [String]) throws(Diagnostic) {
    var found: [(path: String, files: [ImportFile])] = []
    for path in paths { found.append((path, try ImportFile.found(path))) }
    let count = found.reduce(0) { $0 + $1.files.count }
    if let name = options.name, count > 1 { throw .nameForSeveral(name, count) }
    for (path, files) in found {
      let isNamed = !ImportFile.isFolder(path)
      try readAll(of: path) { session throws(Diagnostic) in
        for file in files {
          if isNamed { try session.read(file) } else { try session.readIfKnown(file) }
        }
      }
    }
  }

  /// Does the work on what a path holds; where nothing of it was of any use, that is an error that says why.
  private mutating func readAll(
    of path: String, _ work: (inout ImportSession) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let (before, remarked) = (sources.count, remarks.count)
    try work(&self)
    if sources.count > before { return }
    throw .nothingOfUse(path, remarks[remarked...].map { ($0.path, $0.text) })
  }

  /// Reads a file that nobody named: one that is nothing to import is passed over.
  private mutating func readIfKnown(_ file: ImportFile) throws(Diagnostic) {
    let remarked = remarks.count
    do throws(Diagnostic) { try read(file) } catch {
      guard ImportDiagnostics.areOfForeignFiles.contains(error.code) else { throw error }
      // Of an archive each file has been named already.
      if remarks.count == remarked { passOver(file.path, error.message) }
    }
  }

  private mutating func passOver(_ path: String, _ reason: String) {
    remarks.append(Remark(path: path, text: "passed over: \(reason)", isPassedOver: true))
  }

  private mutating func read(_ file: ImportFile) throws(Diagnostic) {
    switch file {
    case .dataFolder(let path): try readFolder(path)
    case .text(let path): try read(try FileText.read(path, .found), path)
    case .archive(let path): try readArchive(path)
    case .table(let path, let table, let query):
      let shown = path + (table.map { "/" + $0 } ?? "")
      try read(try DuckDB.csv(of: path, query: query), shown, baseName: table)
    case .passedOver(let path, let reason): throw .notADataFile(path, reason)
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

  private mutating func readArchive(_ path: String) throws(Diagnostic) {
    let archive = try ImportArchive(path)
    let entries = archive.entries
    if let name = options.name, entries.count > 1 { throw .nameForSeveral(name, entries.count) }
    try readAll(of: path) { session throws(Diagnostic) in
      for entry in entries {
        let shown = path + "/" + entry.name
        switch archive.content(of: entry) {
        case .passedOver(let reason): session.passOver(shown, reason)
        case .text(let text):
          do throws(Diagnostic) { try session.read(text, shown) } catch { session.passOver(shown, error.message) }
        }
      }
    }
  }

  private mutating func read(_ text: [UInt8], _ path: String, baseName: String? = nil) throws(Diagnostic) {
    var text = ImportText.withLineFeeds(text)
    if ImportText.beginsWithoutEnd(text) { throw .notADataFile(path, ImportText.noHeader) }
    if let mapping {
      let mapped = try MappedText(text, path: path, mapping)
      text = mapped.text
      let names = mapped.leftAside
      if !names.isEmpty {
        remarks.append(
          Remark(
            path: path, text: "left aside: the column\(names.count == 1 ? "" : "s") " + names.joined(separator: ", ")))
      }
    }
    let outcome: Result<Recognition, Diagnostic> = text.withUnsafeBufferPointer { bytes in
      do throws(Diagnostic) {
        return .success(
          try Recognition.of(bytes, path: path, baseName: baseName ?? ImportFile.baseName(path), format: format))
      } catch { return .failure(error) }
    }
    let found = try outcome.get()
    if found.separator != 0x2C {
      text = text.withUnsafeBufferPointer { ImportText.separatedByCommas($0, found.separator) }
    }
    if found.start.preamble > 0 { text = ImportText.withoutPreamble(text, lines: found.start.preamble) }
    let before = tables.rowCount + tables.vintageRowCount
    let problems = tables.problemCount
    let remarks = text.withUnsafeBufferPointer { addRows(of: $0, path, found) }
    let rows = tables.rowCount + tables.vintageRowCount - before
    if rows == 0, tables.problemCount == problems {
      throw .noRows(path, found.importer.name, isEmpty: found.start.rows.isEmpty)
    }
    sources.append(Source(path: path, format: found.importer.name, rows: rows))
    self.remarks += remarks.map { Remark(path: path, text: $0) }
  }

  /// Adds the rows of a file; gives what there is to say about them.
  private mutating func addRows(
    of text: UnsafeBufferPointer<UInt8>, _ path: String, _ found: Recognition
  ) -> [String] {
    // The dates of bars are told by all rows of their file, and by no others.
    let isAlone = found.importer.datesBarsAtStart
    let none = MarketTables(settings: DataSettings(name: ""))
    var reader = ImportReader(text, path: path, found, options: options, tables: isAlone ? none : tables)
    // The one copy of the rows is the reader's while it works.
    if !isAlone { tables = none }
    found.importer.read(&reader)
    guard isAlone else {
      tables = reader.tables
      return reader.allRemarks(found.importer)
    }
    let redated = reader.tables.redateStartDatedBars()
    tables.take(reader.tables)
    return reader.allRemarks(found.importer)
      + redated.map { bars in
        "\(bars.ticker): \(bars.rows) \(bars.period.adjective) bars, dated at the start of their \(bars.period.noun), "
          + "now stand at its last weekday, when they are known"
      }
  }
}

extension ImportSession {
  /// The remarks as lines, those of many files that say the same as one.
  public var remarkLines: [String] {
    var lines: [(text: String, isPassedOver: Bool, paths: [String])] = []
    var places: [String: Int] = [:]
    for remark in remarks {
      if let place = places[remark.text] {
        lines[place].paths.append(remark.path)
      } else {
        places[remark.text] = lines.count
        lines.append((remark.text, remark.isPassedOver, [remark.path]))
      }
    }
    return lines.map { text, isPassedOver, paths in
      // Every file that was passed over is named; of many that say something else the first stand for all.
      let isShort = paths.count <= 3 || isPassedOver
      let named = isShort ? paths.joined(separator: ", ") : "\(paths[0]) and \(paths.count - 1) others"
      return "\(named): \(text)"
    }
  }
}

extension DateOrder {
  /// The order that a word stands for, or what to say where it is none.
  public static func named(_ word: String) throws(Diagnostic) -> DateOrder {
    if let order = DateOrder(rawValue: word) { return order }
    throw .unknownDateOrder(word)
  }
}

extension ImportReader {
  /// What was left aside in the file, and what was found out about it.
  fileprivate func allRemarks(_ importer: Importer) -> [String] {
    var all: [String] = []
    if start.preamble == 1 { all.append("left aside: the line before the header") }
    if start.preamble > 1 { all.append("left aside: the \(start.preamble) lines before the header") }
    let names = match.leftAside.map { start.header[$0] }
    if importer.columns.isChoice, names.count > 8 {
      all.append("left aside: \(names.count) columns that the format is not read for")
    } else if !names.isEmpty {
      all.append("left aside: the column\(names.count == 1 ? "" : "s") " + names.joined(separator: ", "))
    }
    if let order = habits.orderFound {
      all.append("its dates read as \(order == .mdy ? "month, day, year" : "day, month, year"), as one of them shows")
    }
    return all + remarks
  }
}

extension ImportFile {
  /// The path of the file.
  fileprivate var path: String {
    switch self {
    case .dataFolder(let path), .text(let path), .archive(let path), .passedOver(let path, _): path
    case .table(let path, let name, _): path + (name.map { "/" + $0 } ?? "")
    }
  }
}
