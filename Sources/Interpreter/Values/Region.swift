/// Memory that is handed out by moving a pointer and taken back all at once.
///
/// One region holds everything an evaluation makes: lists, maps, strings, made series. There is no freeing of single
/// objects; `reset` forgets all of them. The bytes handed out are the memory limit's measure, exactly.
final class Region {
  /// The most bytes that may be handed out between two resets.
  let limit: Int
  private(set) var used = 0
  private var chunks: [UnsafeMutableRawBufferPointer] = []
  private var current = 0
  private var cursor: UnsafeMutableRawPointer
  private var end: UnsafeMutableRawPointer

  static let firstChunk = 64 << 10
  private static let largestChunk = 16 << 20
  private static let alignment = 16

  init(limit: Int, firstChunk: Int = Region.firstChunk) {
    self.limit = limit
    let first = UnsafeMutableRawBufferPointer.allocate(byteCount: firstChunk, alignment: Region.alignment)
    chunks.append(first)
    // A buffer of a fixed positive size has a base address.
    cursor = first.baseAddress.unsafelyUnwrapped
    end = cursor + first.count
  }

  deinit {
    poison()
    for chunk in chunks { chunk.deallocate() }
  }

  /// Memory for `bytes` bytes, aligned to sixteen, or `nil` if the limit does not allow it.
  @inline(__always) func allocate(_ bytes: Int) -> UnsafeMutableRawPointer? {
    // A size below 0 (by more than is rounded away; counts are checked), or one that overflows when it is rounded up, is as large as can be without its sign.
    let size = (bytes &+ 15) & ~15
    if UInt(bitPattern: size) <= UInt(bitPattern: end - cursor), used + size <= limit {
      defer { cursor += size }
      used += size
      return cursor
    }
    return allocateSlowly(size)
  }

  /// Whether the limit allows so many bytes more.
  func allows(_ bytes: Int) -> Bool { bytes <= limit - used }

  @inline(never) private func allocateSlowly(_ size: Int) -> UnsafeMutableRawPointer? {
    guard size >= 0, size <= limit - used else { return nil }
    current += 1
    if current == chunks.count || chunks[current].count < size {
      let grown = min(Region.largestChunk, chunks[current - 1].count * 2)
      let chunk = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(grown, size), alignment: Region.alignment)
      chunks.insert(chunk, at: current)
    }
    let start = chunks[current].baseAddress.unsafelyUnwrapped
    cursor = start + size
    end = start + chunks[current].count
    used += size
    return start
  }

  /// Whether an address lies in the region's memory.
  ///
  /// - Complexity: linear in the number of chunks, which grow to sixteen megabytes each.
  func contains(_ pointer: UnsafeRawPointer) -> Bool {
    chunks.prefix(current + 1).contains { chunk in
      guard let start = chunk.baseAddress else { return false }
      return pointer >= UnsafeRawPointer(start) && pointer < UnsafeRawPointer(start + chunk.count)
    }
  }

  /// In debug builds fills the memory with a pattern, so that a stale reference shows.
  private func poison() {
    #if DEBUG
      for chunk in chunks.prefix(current + 1) { _ = chunk.initializeMemory(as: UInt8.self, repeating: 0xA5) }
    #endif
  }

  /// Forgets every object.
  func reset() {
    poison()
    // One large evaluation must not keep its memory for the rest of the run.
    while chunks.count > 8 { chunks.removeLast().deallocate() }
    current = 0
    used = 0
    cursor = chunks[0].baseAddress.unsafelyUnwrapped
    end = cursor + chunks[0].count
  }
}
