#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file open for reading: the one way in which the program opens what it reads.
///
/// Only files are opened. To open a named pipe waits for whoever writes to it, a device may have no end, and both can
/// lie anywhere under the name of a script, of a data file or of a kept copy; they are refused, at once and by name. What
/// the shell hands over as an open descriptor (`/dev/stdin`, `<(…)`) is a pipe that ends, and is read where it is asked
/// for.
package struct OpenFile: ~Copyable {
  /// What may be opened.
  package enum Source {
    case file
    /// A file, or a pipe that the shell has opened.
    case fileOrGivenPipe
  }

  private let descriptor: Int32
  /// How many bytes the file had when it was opened; 0 for a pipe.
  package let expectedSize: Int
  private let modified: Int64

  /// Opens a file.
  package init(_ path: String, _ source: Source = .file) throws(FileFailure) {
    // A name with a zero byte would open another file: the one that is named before it.
    if path.utf8.contains(0) { throw FileFailure("its name has a zero byte", isMissing: true) }
    let takesPipe = source == .fileOrGivenPipe && OpenFile.isDescriptor(path)
    // Looked at before it is opened as well: opening alone does something to some devices.
    if let kind = FileStatus(path)?.kind { try OpenFile.check(kind, takesPipe) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw .system(errno) }
    guard let status = FileStatus(descriptor: descriptor) else {
      let number = errno
      close(descriptor)
      throw .system(number)
    }
    do throws(FileFailure) { try OpenFile.check(status.kind, takesPipe) } catch {
      close(descriptor)
      throw error
    }
    self.init(descriptor, status)
  }

  /// Standard input, whatever it is.
  package static func standardInput() throws(FileFailure) -> OpenFile {
    let descriptor = fcntl(0, F_DUPFD_CLOEXEC, 3)
    guard descriptor >= 0 else { throw .system(errno) }
    guard let status = FileStatus(descriptor: descriptor) else {
      let number = errno
      close(descriptor)
      throw .system(number)
    }
    if status.kind == .folder {
      close(descriptor)
      throw FileFailure("it is a folder")
    }
    return OpenFile(descriptor, status)
  }

  private init(_ descriptor: Int32, _ status: FileStatus) {
    self.descriptor = descriptor
    expectedSize = status.kind == .file ? status.size : 0
    modified = status.modified
  }

  deinit { close(descriptor) }

  private static func check(_ kind: FileStatus.Kind, _ takesPipe: Bool) throws(FileFailure) {
    if kind == .pipe, takesPipe { return }
    if let problem = kind.problem { throw FileFailure(problem) }
  }

  /// Whether a path names a descriptor that the program was started with.
  private static func isDescriptor(_ path: String) -> Bool {
    path == "/dev/stdin" || path.hasPrefix("/dev/fd/") || path.hasPrefix("/proc/self/fd/")
  }

  /// Fills memory with the next bytes; gives how many there were, fewer than there is room for only at the end.
  package borrowing func read(into memory: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
    var count = 0
    while count < memory.count {
      let got = systemRead(memory.baseAddress.map { $0 + count }, memory.count - count)
      if got == 0 { break }
      if got < 0, errno == EINTR { continue }
      if got < 0, errno == EAGAIN {
        wait()
        continue
      }
      if got < 0 { throw .system(errno) }
      count += got
    }
    return count
  }

  /// All bytes, but no more than a limit.
  package borrowing func contents(upTo limit: Int) throws(FileFailure) -> [UInt8] {
    let tooLarge = FileFailure("it is larger than \(limit >> 20) MiB")
    if expectedSize > limit { throw tooLarge }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    var result: [UInt8] = []
    result.reserveCapacity(expectedSize)
    while true {
      let count = try read(into: buffer)
      result.append(contentsOf: buffer[..<count])
      if result.count > limit { throw tooLarge }
      if count < buffer.count { return result }
    }
  }

  /// The bytes of a file that has no more of them than a limit.
  package static func contents(
    _ path: String, upTo limit: Int, _ source: Source = .file
  ) throws(FileFailure) -> [UInt8] {
    try OpenFile(path, source).contents(upTo: limit)
  }

  /// The first bytes of a file, none of an empty one.
  package static func beginning(_ path: String, count: Int) throws(FileFailure) -> [UInt8] {
    let file = try OpenFile(path)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
    defer { buffer.deallocate() }
    return Array(buffer[..<(try file.read(into: buffer))])
  }

  /// Maps the file into memory as it is now; `nil` where that cannot be done. Whoever asks unmaps it.
  package borrowing func map() -> UnsafeRawBufferPointer? {
    // Pages come as they are read, sixteen or more at a time; to ask for all of them here takes longer, as the system
    // then walks over them one by one.
    guard expectedSize > 0, let memory = mmap(nil, expectedSize, PROT_READ, MAP_PRIVATE, descriptor, 0),
      memory != MAP_FAILED
    else { return nil }
    return UnsafeRawBufferPointer(start: memory, count: expectedSize)
  }

  /// Whether somebody has written into the file since it was opened.
  package var hasChanged: Bool {
    guard let now = FileStatus(descriptor: descriptor) else { return true }
    return now.size != expectedSize || now.modified != modified
  }

  /// Waits until there is something to read from a pipe.
  private func wait() {
    var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    _ = poll(&event, 1, -1)
  }

  private func systemRead(_ memory: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, memory, count)
    #else
      Darwin.read(descriptor, memory, count)
    #endif
  }
}
