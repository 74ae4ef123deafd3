import Codecs
import MarketModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Gives each column its place in a cache file; columns that hold the same share one.
///
/// A column of one number repeated is a constant: all constants of that number share a run as long as the longest.
struct ColumnLayout {
  /// A run of bytes at a place in the file. The columns it lies in are kept alive by whoever lays out.
  struct Block {
    var offset: Int
    var bytes: UnsafeRawBufferPointer
  }

  /// A run of one number.
  struct Constant: Hashable {
    var type: ObjectIdentifier
    var size: Int
    var bits: UInt64
  }

  /// Where a column lies in memory. Its length belongs to it: columns of a cache share the run of a constant.
  private struct Extent: Hashable {
    var start: UnsafeRawPointer
    var count: Int
  }

  private(set) var blocks: [Block] = []
  private(set) var end = CacheFormat.payload
  private(set) var constants: [(constant: Constant, count: Int)] = []
  private var places: [Extent: Int] = [:]
  private var numbers: [Constant: Int] = [:]
  private var byContents: [UInt64: [Block]] = [:]

  /// What the directory says of a column: its place, which is even, or an odd number for a constant.
  mutating func place<Element>(_ column: Column<Element>) -> Int {
    let bytes = UnsafeRawBufferPointer(column.buffer)
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return 0 }
    let extent = Extent(start: start, count: bytes.count)
    if let known = places[extent] { return known }
    let reference = constant(column) ?? shared(column, bytes) ?? added(bytes)
    places[extent] = reference
    return reference
  }

  private mutating func constant<Element>(_ column: Column<Element>) -> Int? {
    let size = MemoryLayout<Element>.size
    let bytes = UnsafeRawBufferPointer(column.buffer)
    guard let start = bytes.baseAddress, memcmp(start, start + size, bytes.count - size) == 0 else { return nil }
    var bits: UInt64 = 0
    withUnsafeMutableBytes(of: &bits) { $0.copyMemory(from: UnsafeRawBufferPointer(start: start, count: size)) }
    let key = Constant(type: ObjectIdentifier(Element.self), size: size, bits: bits)
    let number = numbers[key] ?? constants.count
    if number == constants.count { constants.append((key, 0)) }
    numbers[key] = number
    constants[number].count = max(constants[number].count, column.count)
    return 2 * number + 1
  }

  /// The place of a column of days that holds the same as an earlier one, as those of most tickers do.
  private mutating func shared<Element>(_ column: Column<Element>, _ bytes: UnsafeRawBufferPointer) -> Int? {
    guard Element.self == Int32.self else { return nil }
    let checksum = BlockChecksum.of(bytes)
    let same = byContents[checksum, default: []].first { block in
      guard let left = block.bytes.baseAddress, let right = bytes.baseAddress else { return false }
      return block.bytes.count == bytes.count && memcmp(left, right, bytes.count) == 0
    }
    if let same { return same.offset }
    let offset = added(bytes)
    byContents[checksum, default: []].append(Block(offset: offset, bytes: bytes))
    return offset
  }

  private mutating func added(_ bytes: UnsafeRawBufferPointer) -> Int {
    let offset = ColumnLayout.aligned(end)
    blocks.append(Block(offset: offset, bytes: bytes))
    end = offset + bytes.count
    return offset
  }

  /// Makes room for the constants, behind everything else: where each begins.
  mutating func placeConstants() -> [Int] {
    constants.map { constant, count in
      let offset = ColumnLayout.aligned(end)
      end = offset + constant.size * count
      return offset
    }
  }

  /// The next boundary for a column.
  static func aligned(_ offset: Int) -> Int {
    (offset + CacheFormat.alignment - 1) / CacheFormat.alignment * CacheFormat.alignment
  }
}
