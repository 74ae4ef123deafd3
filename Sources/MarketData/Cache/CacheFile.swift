import Codecs
import MarketModel

/// An open cache file: mapped, and every byte of it compared with its checksum before any is used.
struct CacheFile {
  private let mapping: MappedFile
  private let payloadEnd: Int
  private let directoryStart: Int
  private var constants: [(offset: Int, bytes: Int)] = []

  /// Opens a file; `nil` if there is none.
  init?(_ path: String) throws(CacheFormat.Damage) {
    guard let mapping = MappedFile(path) else { return nil }
    self.mapping = mapping
    let bytes = mapping.bytes
    guard bytes.count >= CacheFormat.payload else { throw .short }
    let words = (0..<6).map { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self) }
    guard words[0] == CacheFormat.magic else { throw .header }
    guard words[1] == UInt64(CacheFormat.version) else { throw .otherVersion }
    let header = CacheFormat.Header(payloadEnd: words[2], directory: words[3], tableChecksum: words[4])
    guard header.words == words, words[2] <= UInt64(Int.max / 2), words[3] <= words[2],
      words[3] >= UInt64(CacheFormat.payload)
    else { throw .header }
    payloadEnd = Int(words[2])
    directoryStart = Int(words[3])
    let chunks = (payloadEnd - CacheFormat.payload + CacheFormat.chunk - 1) / CacheFormat.chunk
    guard bytes.count == payloadEnd + 8 * chunks else { throw .short }
    let table = UnsafeRawBufferPointer(rebasing: bytes[payloadEnd...])
    guard BlockChecksum.of(table) == header.tableChecksum,
      ChunkCheck.allMatch(bytes, payload: CacheFormat.payload..<payloadEnd, table: table)
    else { throw .checksum }
  }

  /// The directory, behind its table of constants.
  mutating func directory() throws(CacheFormat.Damage) -> DirectoryReader {
    var reader = DirectoryReader(UnsafeRawBufferPointer(rebasing: mapping.bytes[directoryStart..<payloadEnd]))
    constants = []
    for _ in 0..<(try reader.count()) {
      let offset = try reader.number()
      constants.append((offset, try reader.number()))
    }
    return reader
  }

  /// The column at a place that the directory names.
  func column<Element>(_ reference: Int, count: Int, of type: Element.Type = Element.self) throws(CacheFormat.Damage)
    -> Column<Element>
  {
    if count == 0 { return Column([]) }
    let isConstant = reference & 1 == 1
    let place = isConstant ? reference >> 1 : 0
    guard !isConstant || constants.indices.contains(place) else { throw .directory }
    let offset = isConstant ? constants[place].offset : reference
    let room = isConstant ? constants[place].bytes : payloadEnd - offset
    let (size, overflows) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard !overflows, count > 0, offset >= CacheFormat.payload, offset % CacheFormat.alignment == 0, room >= size,
      offset <= payloadEnd - size, let start = mapping.bytes.baseAddress
    else { throw .directory }
    let elements = (start + offset).bindMemory(to: Element.self, capacity: count)
    return Column(borrowing: UnsafeBufferPointer(start: elements, count: count), from: mapping)
  }
}
