import Codecs

/// Reads whole files into memory.
enum FileBytes {
  /// The contents of a file.
  static func read(_ path: String) throws(OpenFile.Failure) -> [UInt8] {
    let file = try OpenFile(path)
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
  static func checksum(_ path: String) throws(OpenFile.Failure) -> UInt64 {
    var blocks = try LineBlocks(path)
    while try blocks.next() != nil {}
    return blocks.checksum
  }

  /// The next bytes of a file: as many as asked for, fewer at its end.
  private static func read(_ file: borrowing OpenFile, upTo room: Int) throws(OpenFile.Failure) -> [UInt8] {
    var problem: OpenFile.Failure?
    let bytes = [UInt8](unsafeUninitializedCapacity: room) { memory, count in
      LargePages.advise(memory.baseAddress, room)
      do throws(OpenFile.Failure) {
        count = try file.read(into: UnsafeMutableRawBufferPointer(memory))
      } catch { problem = error }
    }
    if let problem { throw problem }
    return bytes
  }
}
