import Codecs
import FileSystem

/// Reads a file in blocks of whole lines, all of them in the same memory: a large file then costs no more memory than a
/// small one, packed or not, and each block is still in the processor's cache when its lines are read.
///
/// Lines end in line feeds, whatever they end in in the file.
struct LineBlocks: ~Copyable {
  /// How many bytes of memory there are behind each block: they may be looked at, and mean nothing.
  static let slack = 64

  private var source: ByteSource
  private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 0, alignment: 64)
  // The bytes in memory that no block had yet: the beginning of a line.
  private var waiting = 0..<0
  // How many of them, at their end, may be the end of a line: it is told by what follows.
  private var undecided = 0
  private var isAtEnd = false

  /// How many bytes are read at once: a part of the processor's own cache.
  private static let usual = 1 << 18
  /// The longest line: a table of a hundred thousand columns has shorter ones.
  static let longestLine = 8 << 20

  /// Opens a file.
  init(_ path: String, isPacked: Bool = false) throws(ByteSource.Failure) {
    source = try ByteSource(path, isPacked: isPacked)
    grow(to: min(LineBlocks.usual, max(1 << 12, (source.expectedSize ?? LineBlocks.usual) + 1)))
  }

  deinit { memory.deallocate() }

  /// The checksum of what was read, as the file holds it.
  var checksum: UInt64 { source.checksum }

  /// The next lines, valid until more are asked for; only the last line of a file may lack its end. `nil` at the end.
  mutating func next() throws(ByteSource.Failure) -> UnsafeBufferPointer<UInt8>? {
    UnsafeMutableRawBufferPointer(rebasing: memory[..<waiting.count])
      .copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[waiting]))
    waiting = 0..<waiting.count
    while !isAtEnd {
      if waiting.count == room {
        if holdsZero || room >= LineBlocks.longestLine { throw .endlessLine }
        grow(to: 2 * room)
      }
      let space = UnsafeMutableRawBufferPointer(rebasing: memory[waiting.count..<room])
      let count = try source.read(into: space)
      isAtEnd = count < space.count
      let new = (waiting.count - undecided)..<(waiting.count + count)
      waiting = 0..<new.upperBound
      undecided = LineEnds.unify(UnsafeMutableRawBufferPointer(rebasing: memory[new]), isEnd: isAtEnd)
      if let end = memory[new].lastIndex(of: 0x0A), !isAtEnd { return taken(end + 1) }
    }
    return waiting.isEmpty ? nil : taken(waiting.count)
  }

  /// The bytes that no block had yet: after a line without end its beginning.
  var rest: UnsafeBufferPointer<UInt8> { UnsafeRawBufferPointer(rebasing: memory[waiting]).bindMemory(to: UInt8.self) }

  /// No line of a text holds a zero byte; what does need not be read on in search of an end.
  private var holdsZero: Bool { memory[waiting].contains(0) }

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
