/// A fast 64-bit checksum of bytes, for finding damage: not for finding forgery.
///
/// Eight lanes take turns at the words: each xors a word in, rotates and multiplies by an odd constant, which is
/// undone by no other word, so that every change of one word shows. Limited by memory, not by arithmetic.
public struct BlockChecksum: Sendable {
  private static let multiplier: UInt64 = 0x9E37_79B1_85EB_CA87
  /// How many bytes the lanes take in one turn.
  private static let stripe = 64

  private var lanes: SIMD8<UInt64>
  private var count = 0
  /// The bytes of a stripe that is not whole yet.
  private var rest: [UInt8] = []

  /// Begins the checksum of bytes that come in parts; another seed gives another checksum.
  public init(seed: UInt64 = 0) {
    lanes = SIMD8<UInt64>(repeating: seed)
    lanes ^= SIMD8(
      0x243F_6A88_85A3_08D3, 0x1319_8A2E_0370_7344, 0xA409_3822_299F_31D0, 0x082E_FA98_EC4E_6C89,
      0x4528_21E6_38D0_1377, 0xBE54_66CF_34E9_0C6C, 0xC0AC_29B7_C97C_50DD, 0x3F84_D5B5_B547_0917)
  }

  /// The checksum of bytes.
  public static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    var checksum = BlockChecksum(seed: seed)
    checksum.update(bytes)
    return checksum.value
  }

  /// Adds the next bytes. Where a part ends makes no difference.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    count += bytes.count
    var place = 0
    if !rest.isEmpty {
      place = min(BlockChecksum.stripe - rest.count, bytes.count)
      rest.append(contentsOf: bytes[..<place])
      guard rest.count == BlockChecksum.stripe else { return }
      rest.withUnsafeBytes { BlockChecksum.mix($0, &lanes) }
      rest.removeAll(keepingCapacity: true)
    }
    let end = bytes.count - (bytes.count - place) % BlockChecksum.stripe
    BlockChecksum.mix(UnsafeRawBufferPointer(rebasing: bytes[place..<end]), &lanes)
    if end < bytes.count { rest.append(contentsOf: bytes[end...]) }
  }

  /// The checksum of all bytes so far.
  public var value: UInt64 {
    var lanes = lanes
    if !rest.isEmpty {
      let padded = rest + repeatElement(0, count: BlockChecksum.stripe - rest.count)
      padded.withUnsafeBytes { BlockChecksum.mix($0, &lanes) }
    }
    var sum = UInt64(count) &* BlockChecksum.multiplier
    for lane in 0..<8 { sum = BlockChecksum.finished(sum ^ lanes[lane]) }
    return sum
  }

  /// Works whole stripes of 64 bytes into the lanes.
  private static func mix(_ bytes: UnsafeRawBufferPointer, _ lanes: inout SIMD8<UInt64>) {
    guard let start = bytes.baseAddress else { return }
    // Scalars: there is no 64-bit multiplication of vectors on every processor.
    var (a, b, c, d) = (lanes[0], lanes[1], lanes[2], lanes[3])
    var (e, f, g, h) = (lanes[4], lanes[5], lanes[6], lanes[7])
    var place = start
    let end = start + bytes.count
    while place < end {
      a = step(a, place, 0)
      b = step(b, place, 8)
      c = step(c, place, 16)
      d = step(d, place, 24)
      e = step(e, place, 32)
      f = step(f, place, 40)
      g = step(g, place, 48)
      h = step(h, place, 56)
      place += 64
    }
    lanes = SIMD8(a, b, c, d, e, f, g, h)
  }

  @inline(__always)
  private static func step(_ lane: UInt64, _ place: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    let mixed = lane ^ place.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    return (mixed << 29 | mixed >> 35) &* multiplier
  }

  private static func finished(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 33) &* 0xFF51_AFD7_ED55_8CCD
    value = (value ^ value >> 29) &* 0xC4CE_B9FE_1A85_EC53
    return value ^ value >> 32
  }
}
