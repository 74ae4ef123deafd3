import Codecs

/// The layout of a cache file: a header, columns, a directory that says which column is where, and a checksum for each
/// chunk of the file.
///
/// ```
/// 0     header: the numbers below, then zeros up to `payload`
/// 4096  payload: columns, each on a 64-byte boundary, then the directory
/// …     table: the checksum of each chunk of the payload, 8 bytes each
/// ```
///
/// Numbers are those of the machine that wrote them; another machine's are recognised by `magic` and thrown away.
enum CacheFormat {
  /// Raised whenever the layout changes, and whenever loading gives other results for the same files.
  static let version: UInt32 = 3
  /// `STRATDAT`, read as one number.
  static let magic: UInt64 = 0x5441_4454_4152_5453
  /// Where the payload begins.
  static let payload = 4096
  /// How much of the payload has one checksum.
  static let chunk = 1 << 20
  /// Columns begin at multiples of it.
  static let alignment = 64

  /// The numbers of the header.
  struct Header {
    var payloadEnd: UInt64
    var directory: UInt64
    /// The checksum of the table of checksums.
    var tableChecksum: UInt64

    /// As stored, with a checksum over all before it.
    var words: [UInt64] {
      let words = [CacheFormat.magic, UInt64(CacheFormat.version), payloadEnd, directory, tableChecksum]
      return words + [words.withUnsafeBytes { BlockChecksum.of($0) }]
    }
  }

  /// What is wrong with a file that is no whole cache of this version.
  enum Damage: String, Error {
    /// Written by another version; not worth a word.
    case otherVersion = "it was written by another version"
    case header = "its header is damaged"
    case short = "it is cut short"
    case checksum = "a checksum does not match"
    case directory = "its directory makes no sense"
  }
}
