import Diagnostics
import MarketModel

/// Collects what is found while loading: errors up to a number, and all defects.
struct LoadingLog {
  /// The files that places refer to.
  var files: [String] = []
  private(set) var errorCount = 0
  private var errors: [(place: RowPlace, diagnostic: Diagnostic)] = []
  private var defects: [(place: RowPlace, kind: DefectKind, name: String, day: Day?, size: DefectSize?)] = []
  /// What is to be known of the data set as a whole.
  private(set) var notes: [LoadingNote] = []
  /// The columns that are left aside in each prices file without a ticker column.
  var filesWithoutTicker: [Int32: [String]] = [:]
  // The files of which an error was noted that is said once a file.
  private var refusedFiles: Set<Int32> = []
  // Enough that the first 20 in order of place are among them in all but hopeless files.
  private static let keptErrors = 2000

  mutating func error(_ diagnostic: Diagnostic, at place: RowPlace) {
    errorCount += 1
    if errors.count < LoadingLog.keptErrors { errors.append((place, diagnostic)) }
  }

  /// Notes an error that is said once a file.
  mutating func errorOfFile(_ diagnostic: @autoclosure () -> Diagnostic, at place: RowPlace) {
    if refusedFiles.insert(place.file).inserted { error(diagnostic(), at: place) }
  }

  mutating func defect(_ kind: DefectKind, at place: RowPlace, _ name: String, _ day: Day?, _ size: DefectSize? = nil) {
    defects.append((place, kind, name, day, size))
  }

  mutating func note(_ note: LoadingNote) { notes.append(note) }

  /// Takes the files and problems of another log; its places follow those that are here.
  mutating func take(_ other: LoadingLog) {
    let offset = Int32(files.count)
    files += other.files
    errorCount += other.errorCount
    errors += other.errors.map { ($0.place.moved(offset), $0.diagnostic) }
    defects += other.defects.map { ($0.place.moved(offset), $0.kind, $0.name, $0.day, $0.size) }
    notes += other.notes
    for (file, columns) in other.filesWithoutTicker { filesWithoutTicker[file + offset] = columns }
  }

  /// The location of a place; the column is that of a cell, 0 for the whole row.
  func location(_ place: RowPlace, column: Int = 0) -> Location? {
    place.file < 0 ? nil : .file(files[Int(place.file)], line: Int(place.line), column: column)
  }

  /// The report, or the failure if there was any error (or, if strict, any defect).
  func finish(strict: Bool) throws(DataLoadingFailure) -> LoadingReport {
    let ranks = Dictionary(uniqueKeysWithValues: DefectKind.allCases.enumerated().map { ($1, $0) })
    let ordered = defects.enumerated().sorted { left, right in
      let (leftRank, rightRank) = (ranks[left.element.kind] ?? 0, ranks[right.element.kind] ?? 0)
      if leftRank != rightRank { return leftRank < rightRank }
      if left.element.place != right.element.place { return left.element.place < right.element.place }
      return left.offset < right.offset
    }
    let report = LoadingReport(
      defects: ordered.map { _, found in
        Defect(
          kind: found.kind, file: found.place.file < 0 ? nil : files[Int(found.place.file)],
          line: Int(found.place.line), name: found.name, day: found.day, size: found.size)
      }, notes: notes)
    if errorCount > 0 { throw failure }
    if strict, !report.defects.isEmpty {
      throw DataLoadingFailure(
        diagnostics: report.defects.prefix(20).map { .strictDefect($0) }, count: report.defects.count)
    }
    return report
  }

  private var failure: DataLoadingFailure {
    let ordered = errors.enumerated().sorted { left, right in
      left.element.place != right.element.place
        ? left.element.place < right.element.place : left.offset < right.offset
    }
    return DataLoadingFailure(diagnostics: ordered.prefix(20).map(\.element.diagnostic), count: errorCount)
  }
}
