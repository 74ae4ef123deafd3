import Codecs

/// Reads a file in blocks of whole lines, all of them in the same memory: a large file then costs no more memory than a
/// small one, and each block is still in the processor's cache when its lines are read.
struct LineBlocks: ~Copyable {
  /// How many bytes of memory there are behind each block: they may be looked at, and mean nothing.
  static let slack = 64

  private let file: OpenFile
  private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 0, alignment: 64)
  // The bytes in memory that no block had yet: the beginning of a line.
  private var waiting = 0..<0
  private var isAtEnd = false
  private var sum = BlockChecksum()

  /// How many bytes are read at once: a part of the processor's own cache.
  private static let usual = 1 << 18

  /// Opens a file.
  init(_ path: String) throws(OpenFile.Failure) {
    file = try OpenFile(path)
    grow(to: min(LineBlocks.usual, max(1 << 12, file.expectedSize + 1)))
  }

  deinit { memory.deallocate() }

  /// The checksum of what was read.
  var checksum: UInt64 { sum.value }

  /// The next lines, valid until more are asked for; only the last line of a file may lack its end. `nil` at the end.
  mutating func next() throws(OpenFile.Failure) -> UnsafeBufferPointer<UInt8>? {
    UnsafeMutableRawBufferPointer(rebasing: memory[..<waiting.count])
      .copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[waiting]))
    waiting = 0..<waiting.count
    while !isAtEnd {
      if waiting.count == room { grow(to: 2 * room) }
      let space = UnsafeMutableRawBufferPointer(rebasing: memory[waiting.count..<room])
      let count = try file.read(into: space)
      isAtEnd = count < space.count
      sum.update(UnsafeRawBufferPointer(rebasing: space[..<count]))
      let read = waiting.count..<(waiting.count + count)
      waiting = 0..<read.upperBound
      if let end = memory[read].lastIndex(of: 0x0A), !isAtEnd { return taken(end + 1) }
    }
    return waiting.isEmpty ? nil : taken(waiting.count)
  }

  private var room: Int { memory.count - LineBlocks.slack }

  private mutating func taken(_ count: Int) -> UnsafeBufferPointer<UInt8> {
    waiting = count..<waiting.upperBound
    return UnsafeRawBufferPointer(rebasing: memory[..<count]).bindMemory(to: UInt8.self)
  }

  private mutating func grow(to room: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: room + LineBlocks.slack, alignment: 64)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<waiting.count]))
    // No byte is read before it is written.
    UnsafeMutableRawBufferPointer(rebasing: larger[waiting.count...]).initializeMemory(as: UInt8.self, repeating: 0)
    memory.deallocate()
    memory = larger
  }
}
