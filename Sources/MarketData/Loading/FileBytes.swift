import Codecs
import FileSystem

/// Reads whole files into memory.
enum FileBytes {
  /// The contents of a file.
  static func read(_ path: String) throws(FileFailure) -> [UInt8] { try read(try OpenFile(path)) }

  /// The rest of an open file.
  static func read(_ file: borrowing OpenFile) throws(FileFailure) -> [UInt8] {
    // One byte more than there should be, so that the end is seen without growing.
    var bytes: [UInt8] = []
    while true {
      let room = bytes.isEmpty ? max(1 << 12, file.expectedSize + 1) : 1 << 18
      let piece = try read(file, upTo: room)
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
      if piece.count < room { return bytes }
    }
  }

  /// The checksum of the contents of a file, which is never in memory as a whole.
  static func checksum(_ path: String) throws(FileFailure) -> UInt64 {
    let file = try OpenFile(path)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    var sum = BlockChecksum()
    while true {
      let count = try file.read(into: buffer)
      sum.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      if count < buffer.count { return sum.value }
    }
  }

  /// The next bytes of a file: as many as asked for, fewer at its end.
  private static func read(_ file: borrowing OpenFile, upTo room: Int) throws(FileFailure) -> [UInt8] {
    var problem: FileFailure?
    let bytes = [UInt8](unsafeUninitializedCapacity: room) { memory, count in
      LargePages.advise(memory.baseAddress, room)
      do throws(FileFailure) {
        count = try file.read(into: UnsafeMutableRawBufferPointer(memory))
      } catch { problem = error }
    }
    if let problem { throw problem }
    return bytes
  }
}
