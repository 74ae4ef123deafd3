import Locks
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files and folders in the making, under hidden names that nothing reads, and what killed processes left of them.
///
/// Their makers hold a lock on them; what nobody holds is a leftover, and is removed by the next who writes there.
package enum Leftovers {
  private static let counter = Atomic<Int>(0)
  private static let swept = Guarded<Set<String>>([])
  private static let (prefix, ending) = (".strat-", ".partial")

  /// A name in a folder that nothing has, most likely.
  package static func newName(in folder: String) -> String {
    let number = counter.add(1, ordering: .relaxed).newValue
    return (folder.hasSuffix("/") ? folder : folder + "/") + "\(prefix)\(getpid())-\(number)\(ending)"
  }

  /// As `sweep`, but a folder is looked at once by a process.
  package static func sweepOnce(_ folder: String) {
    if swept.withLock({ $0.insert(folder).inserted }) { sweep(folder) }
  }

  /// Removes what nobody is making any more.
  package static func sweep(_ folder: String) {
    for name in (try? FolderEntries(folder).names) ?? [] where name.hasPrefix(prefix) && name.hasSuffix(ending) {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      let left = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
      if left < 0 { continue }
      if flock(left, LOCK_EX | LOCK_NB) == 0 { remove(path) }
      close(left)
    }
  }

  /// Removes a file, or a folder with all in it; what a link points to stays.
  package static func remove(_ path: String) {
    if unlink(path) == 0 { return }
    for name in (try? FolderEntries(path).names) ?? [] { remove(path + "/" + name) }
    rmdir(path)
  }
}
