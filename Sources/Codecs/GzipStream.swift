import CZlib

/// Unpacks a gzip file piece by piece: neither what is packed nor what comes of it is ever in memory as a whole.
///
/// A few bytes can unpack to more than any machine holds. No table does: most pack to a tenth of their size, one with
/// hardly anything but empty cells to a hundredth. What grows far past that is refused as it is read.
public final class GzipStream {
  private enum State {
    /// Within a member, or at the beginning of one.
    case member
    case betweenMembers
    /// Zero bytes after the last member.
    case padding
  }

  /// How many times its size a file may unpack to, once it is large.
  public static let mostGrowth = 256
  /// Up to this size it does not matter how much a file grows.
  public static let sizeOfAnyGrowth = 8 << 20
  /// How large the unpacked text of a file may be.
  public static let usualLimit = 8 << 30

  // zlib's state points back to where the stream is, which must not move.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let isReady: Bool
  private let limit: Int
  private var waiting = 0..<0
  private var isInputOver = false
  private var state = State.member
  private var (packed, unpacked) = (0, 0)

  /// Where packed bytes are put when the stream is hungry; `took` then tells how many.
  public let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
  /// Whether all was unpacked.
  public private(set) var isAtEnd = false

  /// Begins a file.
  ///
  /// - Parameter limit: how large it may be when unpacked.
  public init(limit: Int = GzipStream.usualLimit) {
    self.limit = limit
    stream.initialize(to: z_stream())
    isReady = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
  }

  deinit {
    if isReady { inflateEnd(stream) }
    stream.deinitialize(count: 1)
    stream.deallocate()
    room.deallocate()
  }

  /// Whether it has used all packed bytes that it was given, and there may be more.
  public var isHungry: Bool { waiting.isEmpty && !isInputOver }

  /// Tells how many packed bytes were put into `room`; none means that there are no more.
  public func took(_ count: Int) {
    precondition(isHungry && count >= 0 && count <= room.count, "packed bytes are taken when they are used up")
    waiting = 0..<count
    isInputOver = count == 0
  }

  /// Unpacks into memory; gives how many bytes there are now: none where the stream is hungry or at its end.
  public func unpack(into memory: UnsafeMutableRawBufferPointer) throws(Gzip.Failure) -> Int {
    guard isReady else { throw .damaged }
    while !isAtEnd, !memory.isEmpty {
      switch state {
      case .betweenMembers:
        guard !waiting.isEmpty else {
          isAtEnd = isInputOver
          return 0
        }
        guard room[waiting.lowerBound] != 0 else {
          state = .padding
          continue
        }
        guard inflateReset(stream) == Z_OK else { throw .damaged }
        state = .member
      case .padding:
        guard room[waiting].allSatisfy({ $0 == 0 }) else { throw .damaged }
        waiting = 0..<0
        isAtEnd = isInputOver
        return 0
      case .member:
        if waiting.isEmpty, !isInputOver { return 0 }
        let count = try inflateOnce(into: memory)
        if count > 0 { return count }
      }
    }
    return 0
  }

  /// One call of the inflater; gives how many bytes it unpacked.
  private func inflateOnce(into memory: UnsafeMutableRawBufferPointer) throws(Gzip.Failure) -> Int {
    let space = min(memory.count, 1 << 30)
    stream.pointee.next_in = room.baseAddress.map { ($0 + waiting.lowerBound).assumingMemoryBound(to: UInt8.self) }
    stream.pointee.avail_in = UInt32(waiting.count)
    stream.pointee.next_out = memory.baseAddress.map { $0.assumingMemoryBound(to: UInt8.self) }
    stream.pointee.avail_out = UInt32(space)
    let status = inflate(stream, Z_NO_FLUSH)
    let used = waiting.count - Int(stream.pointee.avail_in)
    let made = space - Int(stream.pointee.avail_out)
    waiting = (waiting.lowerBound + used)..<waiting.upperBound
    try count(used, made)
    switch status {
    case Z_STREAM_END: state = .betweenMembers
    case Z_OK, Z_BUF_ERROR:
      if made > 0 { break }
      if waiting.isEmpty, isInputOver { throw .truncated }
      if used == 0 { throw .damaged }
    default: throw .damaged
    }
    return made
  }

  private func count(_ used: Int, _ made: Int) throws(Gzip.Failure) {
    packed += used
    unpacked += made
    if unpacked > limit { throw .tooLarge }
    if unpacked > GzipStream.sizeOfAnyGrowth, unpacked / GzipStream.mostGrowth > packed { throw .growsTooMuch }
  }
}
