import FileSystem

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files of a data folder that take the place of others, or become new ones: all of them at once.
///
/// They are written beside their targets under names that loading passes over. Then the journal is, whole: from that moment
/// whoever loads the folder reads them in the place of their targets, whether or not they have been renamed yet. Without
/// a journal they do not count.
package struct FolderJournal: Sendable {
  /// The name of the journal in the folder.
  package static let name = ".import-journal"

  /// The files by their paths in the folder: as they were written, and as they will be called.
  package private(set) var entries: [(pending: String, target: String)] = []

  /// An empty journal.
  package init() {}

  /// The journal of a folder; `nil` where there is none.
  package init?(of root: String) {
    guard let bytes = try? OpenFile.contents(root + "/" + FolderJournal.name, upTo: 1 << 20) else { return nil }
    let paths = bytes.split(separator: 0, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    for place in stride(from: 0, to: paths.count - 1, by: 2) {
      let (pending, target) = (paths[place], paths[place + 1])
      // What another program wrote leads to no file outside the folder.
      if FolderJournal.isInside(pending), FolderJournal.isInside(target) { add(pending, target) }
    }
  }

  /// Adds a file.
  package mutating func add(_ pending: String, _ target: String) { entries.append((pending, target)) }

  /// The journal as it is written: paths, each ended by a zero byte, which no path has.
  package var bytes: [UInt8] { entries.flatMap { Array($0.pending.utf8) + [0] + Array($0.target.utf8) + [0] } }

  /// The paths of the targets in the folder.
  var targets: [String] { entries.map(\.target) }

  /// The names of the targets that are files of a kind.
  func names(in kind: FileKind) -> [String] {
    targets.filter { $0.hasPrefix(kind.rawValue + "/") }.map { String($0.dropFirst(kind.rawValue.utf8.count + 1)) }
  }

  /// Where what a target holds is now; `nil` where that is the target itself.
  func path(_ target: String, in root: String) -> String? {
    guard let entry = entries.last(where: { $0.target == target }) else { return nil }
    let pending = root + "/" + entry.pending
    return access(pending, F_OK) == 0 ? pending : nil
  }

  /// Whether a path names the settings or a file of one of the folders of kinds.
  private static func isInside(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let isFile = parts.last.map { !["", ".", ".."].contains($0) } ?? false
    return isFile && (parts.count == 1 || (parts.count == 2 && FileKind(rawValue: String(parts[0])) != nil))
  }
}
