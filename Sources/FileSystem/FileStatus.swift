#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What stands under a path, links followed.
package struct FileStatus {
  /// The kinds of things that paths name.
  package enum Kind {
    case file, folder, pipe, socket, device

    /// What to say where a file is expected; `nil` for a file.
    package var problem: String? {
      switch self {
      case .file: nil
      case .folder: "it is a folder"
      case .pipe: "it is a pipe, which may never end; write what it gives to a file and name that"
      case .socket: "it is a socket, not a file"
      case .device: "it is a device, not a file"
      }
    }
  }

  /// What makes two paths the same file or folder.
  package struct Identity: Hashable, Sendable {
    let device: UInt64
    let number: UInt64
  }

  package let kind: Kind
  /// In bytes; what a device or a pipe says means nothing.
  package let size: Int
  package let identity: Identity
  /// When the contents were last changed, in nanoseconds since 1970.
  package let modified: Int64
  /// The bits of who may do what.
  let permissions: mode_t

  /// What a path names; `nil` for nothing.
  package init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// What a descriptor has open.
  init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      default: .device
      }
    size = Int(status.st_size)
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    modified = Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    permissions = status.st_mode & 0o7777
    identity = Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(truncatingIfNeeded: status.st_ino))
  }
}
