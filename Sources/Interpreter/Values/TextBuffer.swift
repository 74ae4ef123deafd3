/// Bytes of text with room behind them, shared by strings that each begin with the one before.
///
/// A string that ends where the used bytes end may be gone on from: the next one's bytes are written behind it, which no
/// string sees that is there already. So a text that grows by a piece at a time costs its pieces and not their squares.
/// Bytes that are in use are never written again.
struct TextBuffer {
  /// Bytes in use.
  var used: Int
  /// Bytes there is room for.
  let capacity: Int
  /// The region that holds it. What one evaluation wrote behind a text that outlives it must not be seen by the next.
  let region: UnsafeRawPointer

  /// Where the bytes stand, from the buffer's start.
  static let bytesOffset = MemoryLayout<TextBuffer>.size
  /// Texts below this are copied: a buffer costs more than it saves.
  static let leastText = 64
}

extension Evaluation {
  /// One text behind the other.
  func joined(_ first: StringRef, _ second: StringRef) throws(Trap) -> Value {
    let count = first.utf8.count + second.utf8.count
    let scalars = Int32(clamping: first.count + second.count)
    try checkText(count)
    try charge(1)
    if let buffer = room(behind: first, for: second.utf8.count) {
      try charge(bytes: second.utf8.count, .moved)
      let bytes = first.layout.pointee.bytes
      append(second, to: bytes + first.utf8.count)
      buffer.pointee.used = count
      return try text(bytes, count, scalars, buffer)
    }
    try charge(bytes: count, .moved)
    // What is added to a much longer text is probably one of many pieces.
    if first.utf8.count >= TextBuffer.leastText, second.utf8.count <= first.utf8.count / 4 {
      let buffer = try makeBuffer(capacity: min(2 * count, max(count, machine.limits.string)), used: count)
      let bytes = (UnsafeMutableRawPointer(buffer) + TextBuffer.bytesOffset).assumingMemoryBound(to: UInt8.self)
      append(first, to: bytes)
      append(second, to: bytes + first.utf8.count)
      return try text(bytes, count, scalars, buffer)
    }
    let memory = try allocate(StringRef.bytesOffset + count)
    let bytes = (memory + StringRef.bytesOffset).assumingMemoryBound(to: UInt8.self)
    append(first, to: bytes)
    append(second, to: bytes + first.utf8.count)
    let result = StringRef.initialize(memory, bytes, count: count, scalarCount: scalars, buffer: nil)
    return settled(result)
  }

  /// The buffer of a text, where the text ends it and there is room for more.
  private func room(behind text: StringRef, for count: Int) -> UnsafeMutablePointer<TextBuffer>? {
    guard let buffer = text.layout.pointee.buffer, buffer.pointee.used == text.utf8.count,
      buffer.pointee.capacity - buffer.pointee.used >= count, buffer.pointee.region == regionIdentity
    else { return nil }
    return buffer
  }

  private func makeBuffer(capacity: Int, used: Int) throws(Trap) -> UnsafeMutablePointer<TextBuffer> {
    let memory = try allocate(TextBuffer.bytesOffset + capacity)
    let buffer = memory.bindMemory(to: TextBuffer.self, capacity: 1)
    buffer.initialize(to: TextBuffer(used: used, capacity: capacity, region: regionIdentity))
    return buffer
  }

  private func text(
    _ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ scalars: Int32, _ buffer: UnsafeMutablePointer<TextBuffer>
  ) throws(Trap) -> Value {
    let memory = try allocate(MemoryLayout<StringRef.Layout>.size)
    return settled(StringRef.initialize(memory, bytes, count: count, scalarCount: scalars, buffer: buffer))
  }

  private func append(_ text: StringRef, to target: UnsafeMutablePointer<UInt8>) {
    if let source = text.utf8.baseAddress { target.update(from: source, count: text.utf8.count) }
  }

  private var regionIdentity: UnsafeRawPointer { UnsafeRawPointer(context.pointee.region.toOpaque()) }
}
