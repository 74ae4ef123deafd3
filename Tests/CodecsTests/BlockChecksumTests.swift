import Codecs
import Testing

@Suite struct BlockChecksumTests {
  private func checksum(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
    bytes.withUnsafeBytes { BlockChecksum.of($0, seed: seed) }
  }

  @Test func everyBitCounts() {
    for length in [1, 7, 8, 63, 64, 65, 128, 200] {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 37) }
      let whole = checksum(bytes)
      for bit in 0..<8 * length {
        var changed = bytes
        changed[bit / 8] ^= 1 << UInt8(bit % 8)
        #expect(checksum(changed) != whole, "bit \(bit) of \(length) bytes")
      }
    }
  }

  @Test func twoFlipsOfTheHighestBitsDoNotCancel() {
    let bytes = [UInt8](repeating: 0, count: 1024)
    var changed = bytes
    changed[7] ^= 0x80
    changed[71] ^= 0x80
    #expect(checksum(bytes) != checksum(changed))
  }

  @Test func lengthSeedAndOrderCount() {
    var seen: Set<UInt64> = []
    for length in 0..<300 { #expect(seen.insert(checksum([UInt8](repeating: 0, count: length))).inserted) }
    let bytes = (0..<256).map { UInt8($0) }
    #expect(checksum(bytes, seed: 1) != checksum(bytes, seed: 2))
    #expect(checksum(Array(bytes[128...] + bytes[..<128])) != checksum(bytes))
  }

  @Test func partsMakeNoDifference() {
    let bytes = (0..<777).map { UInt8(truncatingIfNeeded: $0 * 151) }
    for part in [1, 5, 63, 64, 65, 128, 300, 777] {
      var sum = BlockChecksum(seed: 3)
      for start in stride(from: 0, to: bytes.count, by: part) {
        bytes[start..<min(bytes.count, start + part)].withUnsafeBytes { sum.update($0) }
      }
      #expect(sum.value == checksum(bytes, seed: 3), "parts of \(part) bytes")
    }
  }
}
