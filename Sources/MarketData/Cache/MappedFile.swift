#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file mapped into memory for reading, as long as the object lives.
///
/// Only for files that are replaced as a whole and never changed in place: whoever shortens a mapped file ends the
/// process that reads it.
final class MappedFile: @unchecked Sendable {
  // Unchecked: the memory is only read.

  /// The contents.
  let bytes: UnsafeRawBufferPointer
  /// The name that the file was opened under.
  let path: String

  /// Maps a file; `nil` if it is not there, cannot be read, or is empty.
  init?(_ path: String) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else { return nil }
    let count = Int(status.st_size)
    // Pages come as they are read for their checksum, sixteen or more at a time; to ask for all of them here takes
    // longer, as the system then walks over them one by one.
    guard let memory = mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0), memory != MAP_FAILED else { return nil }
    bytes = UnsafeRawBufferPointer(start: memory, count: count)
    self.path = path
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}
