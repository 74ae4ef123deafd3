/// The files in a folder and in the folders below it, in order of name.
///
/// Links to folders are followed, but a folder is visited once, by whatever ways links lead to it: by its identity and not
/// by its path, so that links in a circle end. How deep it goes and how much it looks at is bounded, as a link may lead
/// to all that there is.
package struct FolderWalk {
  /// Something that was found.
  package struct Found {
    package let path: String
    /// Whether it is a folder that was not looked into, as it was to be taken whole.
    package let isFolder: Bool
    /// Why it cannot be read; `nil` for a file.
    package let problem: String?
  }

  /// So many folders may lie within each other.
  private static let deepest = 64
  /// So many names are looked at.
  private static let most = 1_000_000

  private let isWhole: ([String]) -> Bool
  private var visited: Set<FileStatus.Identity> = []
  private var count = 0
  private var found: [Found] = []

  /// What lies below a folder; hidden names are passed over.
  ///
  /// - Parameter isWhole: whether a folder with such names is one thing, and not looked into.
  package static func files(
    below folder: String, isWhole: @escaping ([String]) -> Bool = { _ in false }
  ) throws(FileFailure) -> [Found] {
    var walk = FolderWalk(isWhole: isWhole)
    try walk.visit(folder, depth: 0)
    return walk.found
  }

  private init(isWhole: @escaping ([String]) -> Bool) { self.isWhole = isWhole }

  private mutating func visit(_ folder: String, depth: Int) throws(FileFailure) {
    guard let status = FileStatus(folder) else { throw FileFailure("it is gone", isMissing: true) }
    guard visited.insert(status.identity).inserted else { return }
    let entries = try FolderEntries(folder)
    if isWhole(entries.names) { return found.append(Found(path: folder, isFolder: true, problem: nil)) }
    count += entries.names.count
    if count > FolderWalk.most { throw FileFailure("more than a million files lie below it") }
    for name in entries.unreadableNames where !name.hasPrefix(".") {
      found.append(
        Found(path: FolderWalk.join(folder, name), isFolder: false, problem: "its name is not UTF-8 text: rename it"))
    }
    for name in entries.names where !name.hasPrefix(".") {
      try take(FolderWalk.join(folder, name), depth: depth)
    }
  }

  private mutating func take(_ path: String, depth: Int) throws(FileFailure) {
    guard let kind = FileStatus(path)?.kind else {
      return found.append(Found(path: path, isFolder: false, problem: "it is a link that leads to nothing"))
    }
    guard kind == .folder else {
      return found.append(Found(path: path, isFolder: false, problem: kind.problem))
    }
    if depth == FolderWalk.deepest {
      return found.append(Found(path: path, isFolder: true, problem: "folders lie more than 64 deep in each other"))
    }
    do throws(FileFailure) { try visit(path, depth: depth + 1) } catch {
      // Of a folder that cannot be read the others say nothing; that there is too much ends the walk.
      if count > FolderWalk.most { throw error }
      found.append(Found(path: path, isFolder: true, problem: error.text))
    }
  }

  private static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }
}
