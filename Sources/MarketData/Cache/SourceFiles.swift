/// All files that a data set was read from, each with its stamp: the folder's files by their names in it, and the
/// zone file of its decision time.
struct SourceFiles {
  private(set) var stamps: [(path: String, stamp: SourceStamp)] = []

  /// The files as they are now; `nil` if one is gone or cannot be looked at.
  init?(_ paths: [String]) {
    for path in paths {
      guard let stamp = SourceStamp(path) else { return nil }
      stamps.append((path, stamp))
    }
  }

  /// Notes the checksum of what was read.
  mutating func note(_ checksum: UInt64, of path: String) {
    guard let place = stamps.firstIndex(where: { $0.path == path }) else { return }
    stamps[place].stamp.checksum = checksum
  }

  /// Adds a file that turned out to matter.
  mutating func add(_ path: String) {
    guard var stamp = SourceStamp(path), let checksum = try? FileBytes.checksum(path) else { return }
    stamp.checksum = checksum
    stamps.append((path, stamp))
  }

  /// How the files look to whoever kept these stamps: same, changed, or the same with other times.
  func verdict() -> SourceStamp.Verdict {
    var result = SourceStamp.Verdict.same
    for (path, stamp) in stamps {
      guard let now = SourceStamp(path) else { return .changed }
      switch stamp.verdict(on: now) {
      case .same: continue
      case .changed: return .changed
      case .unclear:
        guard (try? FileBytes.checksum(path)) == stamp.checksum else { return .changed }
        result = .unclear
      }
    }
    return result
  }

  /// The same files with the stamps of now and the checksums of then.
  var renewed: SourceFiles? {
    guard var files = SourceFiles(stamps.map(\.path)) else { return nil }
    for (path, stamp) in stamps { files.note(stamp.checksum, of: path) }
    return files
  }

  /// Whether nothing has happened to the files since the stamps were taken.
  var areUnchanged: Bool {
    stamps.allSatisfy { path, stamp in
      guard let now = SourceStamp(path) else { return false }
      return now.size == stamp.size && now.modified == stamp.modified && now.changed == stamp.changed
        && now.inode == stamp.inode
    }
  }
}

extension SourceFiles {
  init(_ reader: inout DirectoryReader) throws(CacheFormat.Damage) {
    for _ in 0..<(try reader.count()) {
      let path = try reader.text()
      stamps.append((path, try SourceStamp(&reader)))
    }
  }

  func write(_ writer: inout DirectoryWriter) {
    writer.number(stamps.count)
    for (path, stamp) in stamps {
      writer.text(path)
      stamp.write(&writer)
    }
  }
}
