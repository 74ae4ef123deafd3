#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What tells whether a file is still the one that was read: its size and times, and the checksum of what was read.
struct SourceStamp: Equatable {
  var size: Int64
  /// When the contents were last changed, as files say; nanoseconds since 1970.
  var modified: Int64
  /// When anything of the file was last changed, which nobody can set; nanoseconds since 1970.
  var changed: Int64
  var inode: UInt64
  /// Whether it changed so shortly before it was read that a later change might show the same time.
  var isFresh = false
  var checksum: UInt64 = 0

  /// How a file compares with its stamp.
  enum Verdict {
    case same, changed
    /// Size and time are the same; only the contents can tell.
    case unclear
  }

  /// The stamp of a file as it is now; `nil` if there is none.
  init?(_ path: String) {
    var now = timespec()
    clock_gettime(SourceStamp.clock, &now)
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    size = Int64(status.st_size)
    inode = UInt64(status.st_ino)
    #if canImport(Glibc)
      modified = SourceStamp.nanoseconds(status.st_mtim)
      changed = SourceStamp.nanoseconds(status.st_ctim)
    #else
      modified = SourceStamp.nanoseconds(status.st_mtimespec)
      changed = SourceStamp.nanoseconds(status.st_ctimespec)
    #endif
    // File systems take their times from a clock that ticks a hundred times a second or more.
    isFresh = changed > SourceStamp.nanoseconds(now) - 20_000_000
  }

  /// How the file looks to whoever kept this stamp.
  func verdict(on now: SourceStamp) -> Verdict {
    if size != now.size || modified != now.modified { return .changed }
    return changed == now.changed && inode == now.inode && !isFresh ? .same : .unclear
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  private static var clock: clockid_t {
    #if os(Linux)
      CLOCK_REALTIME_COARSE
    #else
      CLOCK_REALTIME
    #endif
  }
}

extension SourceStamp {
  init(_ reader: inout DirectoryReader) throws(CacheFormat.Damage) {
    size = Int64(try reader.number())
    modified = Int64(try reader.number())
    changed = Int64(try reader.number())
    inode = try reader.word()
    isFresh = try reader.flag()
    checksum = try reader.word()
  }

  func write(_ writer: inout DirectoryWriter) {
    writer.number(size)
    writer.number(modified)
    writer.number(changed)
    writer.number(inode)
    writer.number(isFresh ? 1 : 0)
    writer.number(checksum)
  }
}
