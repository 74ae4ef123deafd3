import Codecs
public import Diagnostics
import FileSystem

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder of cache files: one for each data folder (and lag) that was loaded.
public struct CacheFolder: Sendable {
  /// Its path.
  public let path: String

  /// Names a folder; it is made when something is first kept in it.
  public init(_ path: String) { self.path = path }

  /// The user's: `STRAT_CACHE`, else `strat` in `XDG_CACHE_HOME`, else `.cache/strat` in the home folder; `nil` if none
  /// of them is set.
  public static var ofUser: CacheFolder? {
    if let path = variable("STRAT_CACHE") { return CacheFolder(path) }
    if let path = variable("XDG_CACHE_HOME"), path.hasPrefix("/") { return CacheFolder(path + "/strat") }
    return variable("HOME").map { CacheFolder($0 + "/.cache/strat") }
  }

  private static func variable(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// The file for what is known by a key.
  func file(for key: String) -> String {
    path + "/" + ContentHash.hex(of: Array(key.utf8)).prefix(32) + CacheFolder.ending
  }

  private static let ending = ".stratdata"

  /// Makes the folder, with those above it.
  func make() throws(CacheFileWriter.Failure) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
      if mkdir(made, 0o700) != 0, errno != EEXIST, access(made, X_OK) != 0 {
        throw CacheFileWriter.Failure(number: errno)
      }
    }
  }

  /// Removes what killed processes left behind while they wrote; a file in the making is locked and stays.
  func sweep() {
    for name in (try? FolderEntries(path).names) ?? [] {
      guard name.contains(CacheFolder.ending + ".") else { continue }
      let left = open(path + "/" + name, O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
      if left < 0 { continue }
      if flock(left, LOCK_EX | LOCK_NB) == 0 { unlink(path + "/" + name) }
      close(left)
    }
  }

  /// What is to be said of kept copies that another program wrote into while they were used; they are removed, so that the
  /// next run makes them anew.
  public static func problemsOfUse() -> [Diagnostic] {
    MappedRegions.changedFiles().map { path in
      unlink(path)
      return .cacheChanged(path)
    }
  }
}
