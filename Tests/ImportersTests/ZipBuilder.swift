import Codecs
import Foundation

/// Makes small ZIP archives for tests, byte by byte as the format says.
struct ZipBuilder {
  private var files: [UInt8] = []
  private var contents: [UInt8] = []
  private var count = 0

  /// Adds a file.
  ///
  /// - Parameters:
  ///   - method: 0 stores, 8 deflates; any other number is written as it is, over stored bytes.
  ///   - flags: 1 says that it is encrypted.
  mutating func add(_ name: String, _ text: [UInt8], method: Int = 0, flags: Int = 0, size: Int? = nil) {
    // A gzip file without its header of ten bytes and its trailer of eight is a deflated stream.
    let gzip = Gzip.compress(text)
    let packed = method == 8 ? Array(gzip.dropFirst(10).dropLast(8)) : text
    let checksum = Array(gzip.suffix(8).prefix(4))
    let facts =
      short(20) + short(flags) + short(method) + long(0) + checksum + long(packed.count) + long(size ?? text.count)
      + short(name.utf8.count) + short(0)
    let place = files.count
    files += Array("PK".utf8) + [3, 4] + facts + name.utf8 + packed
    contents +=
      Array("PK".utf8) + [1, 2] + short(20) + facts + short(0) + short(0) + short(0) + long(0) + long(place) + name.utf8
    count += 1
  }

  /// The archive.
  var bytes: [UInt8] {
    files + contents + Array("PK".utf8) + [5, 6] + short(0) + short(0) + short(count) + short(count)
      + long(contents.count) + long(files.count) + short(0)
  }

  private func short(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8 & 255)] }
  private func long(_ value: Int) -> [UInt8] { short(value & 0xFFFF) + short(value >> 16 & 0xFFFF) }
}
