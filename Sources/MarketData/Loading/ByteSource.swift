import Codecs
import FileSystem

/// The bytes of a file one after another, unpacked where it is gzipped.
struct ByteSource: ~Copyable {
  /// Why there are no more.
  enum Failure: Error {
    case file(FileFailure)
    case gzip(Gzip.Failure)
    /// A line has more bytes than any line of a table.
    case endlessLine
  }

  private let file: OpenFile
  private let stream: GzipStream?
  private var sum = BlockChecksum()

  /// Opens a file.
  init(_ path: String, isPacked: Bool) throws(Failure) {
    do throws(FileFailure) { file = try OpenFile(path) } catch { throw .file(error) }
    stream = isPacked ? GzipStream() : nil
  }

  /// The checksum of what was read of the file as it is.
  var checksum: UInt64 { sum.value }

  /// How many bytes there will be, if that is known.
  var expectedSize: Int? { stream == nil ? file.expectedSize : nil }

  /// Fills memory with the next bytes; gives how many there were, fewer than there is room for only at the end.
  mutating func read(into memory: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    guard let stream else { return try readFile(into: memory) }
    var count = 0
    while count < memory.count, !stream.isAtEnd {
      if stream.isHungry { stream.took(try readFile(into: stream.room)) }
      do throws(Gzip.Failure) {
        count += try stream.unpack(into: UnsafeMutableRawBufferPointer(rebasing: memory[count...]))
      } catch { throw .gzip(error) }
    }
    return count
  }

  private mutating func readFile(into memory: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    let count: Int
    do throws(FileFailure) { count = try file.read(into: memory) } catch { throw .file(error) }
    sum.update(UnsafeRawBufferPointer(rebasing: memory[..<count]))
    return count
  }
}
