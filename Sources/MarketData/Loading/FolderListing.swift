import Diagnostics
import FileSystem

/// The data files of a folder, by kind, then in ascending order of their names.
struct FolderListing {
  /// A data file.
  struct File {
    var kind: FileKind
    var path: String
    /// The name without folder and `.csv` or `.csv.gz`.
    var baseName: String
    /// Why it cannot be read, if that is known already.
    var problem: String?
  }

  private(set) var files: [File] = []
  /// The settings file, if there is one.
  private(set) var settingsPath: String?
  /// The folder's path without a slash at its end.
  let root: String
  /// The last part of the folder's path.
  let baseName: String

  /// Lists a folder.
  ///
  /// - Parameter mayBeEmpty: whether a folder without any data file is one.
  init(_ folder: String, mayBeEmpty: Bool = false) throws(DataLoadingFailure) {
    var trimmed = folder[...]
    while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
    root = String(trimmed)
    baseName = root.split(separator: "/").last.map(String.init) ?? "data"
    let entries: FolderEntries
    do throws(FileFailure) { entries = try FolderEntries(root) } catch {
      throw DataLoadingFailure(.dataNotFound(folder, error.text))
    }
    let names = Set(entries.names)
    let journal = names.contains(FolderJournal.name) ? FolderJournal(of: root) : nil
    if names.contains("dataset.yaml") || journal?.targets.contains("dataset.yaml") == true {
      settingsPath = journal?.path("dataset.yaml", in: root) ?? root + "/dataset.yaml"
    }
    for kind in FileKind.allCases where names.contains(kind.rawValue) { list(kind, journal) }
    if files.isEmpty, !mayBeEmpty { throw DataLoadingFailure(.noDataFiles(folder)) }
  }

  private mutating func list(_ kind: FileKind, _ journal: FolderJournal?) {
    let folder = root + "/" + kind.rawValue
    let entries: FolderEntries
    do throws(FileFailure) { entries = try FolderEntries(folder) } catch {
      files.append(File(kind: kind, path: folder, baseName: kind.rawValue, problem: error.text))
      return
    }
    for name in entries.unreadableNames where !name.hasPrefix(".") && FolderListing.ending(of: name) > 0 {
      let problem = "its name is not UTF-8 text: rename it"
      files.append(File(kind: kind, path: folder + "/" + name, baseName: name, problem: problem))
    }
    let names = Set(entries.names).union(journal?.names(in: kind) ?? [])
    for name in names.sorted(by: { $0.precedesInBytes($1) }) where !name.hasPrefix(".") {
      let ending = FolderListing.ending(of: name)
      if ending == 0 { continue }
      let path = journal?.path("\(kind.rawValue)/\(name)", in: root) ?? folder + "/" + name
      files.append(File(kind: kind, path: path, baseName: String(name.dropLast(ending))))
    }
  }

  /// How many characters of a name are the ending of a data file; 0 for any other.
  private static func ending(of name: String) -> Int {
    let lower = name.lowercased()
    return lower.hasSuffix(".csv") ? 4 : lower.hasSuffix(".csv.gz") ? 7 : 0
  }
}
