import FileSystem

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The contents of a file as long as the object lives: mapped into memory where it is large, else a copy.
///
/// Only for files that are replaced as a whole and never changed in place; `MappedRegions` says what happens where another
/// program does it all the same.
final class MappedFile: @unchecked Sendable {
  // Unchecked: the memory is only read.

  /// The contents.
  let bytes: UnsafeRawBufferPointer
  /// The name that the file was opened under.
  let path: String
  private let file: OpenFile
  private var isMapped: Bool

  /// Files up to this size are copied: that takes less time than to map them.
  private static let largestCopy = 1 << 20

  /// Opens a file; `nil` if it is not there, cannot be read, or is empty.
  init?(_ path: String) {
    guard let file = try? OpenFile(path), file.expectedSize > 0 else { return nil }
    let mapped = file.expectedSize > MappedFile.largestCopy ? file.map() : nil
    guard let bytes = mapped ?? MappedFile.copy(file) else { return nil }
    self.bytes = bytes
    self.path = path
    self.file = file
    isMapped = mapped != nil
    // Without a slot nobody would know what the fault means.
    if isMapped, !MappedRegions.add(self) { return nil }
  }

  /// Whether the file is another one than it was when it was mapped.
  var hasChanged: Bool { isMapped && file.hasChanged }

  private static func copy(_ file: borrowing OpenFile) -> UnsafeRawBufferPointer? {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: file.expectedSize, alignment: 4096)
    if let count = try? file.read(into: memory), count == memory.count { return UnsafeRawBufferPointer(memory) }
    memory.deallocate()
    return nil
  }

  deinit {
    if isMapped {
      MappedRegions.remove(self)
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    } else {
      bytes.deallocate()
    }
  }
}
