import Codecs
import Diagnostics
import MarketModel
import Testing

@testable import MarketData

/// Files are read in blocks of 256 KB; packed ones are unpacked as a whole, so that the two ways can be compared.
@Suite struct LineBlocksTests {
  private static let header = "date,ticker,close,note\n"

  /// About 600 KB of rows of changing lengths.
  private static let rows: [String] = (0..<15_000).map { number in
    let note = String(repeating: number % 7 == 0 ? "é" : "x", count: number * 31 % 40)
    return "\(Day(14_000 + number % 750)),T\(number / 750),\(number + 1).5,\(note)\n"
  }

  private func blocks(_ path: String) throws -> (blocks: [[UInt8]], checksum: UInt64) {
    var source = try LineBlocks(path)
    var result: [[UInt8]] = []
    while let block = try source.next() { result.append(Array(block)) }
    return (result, source.checksum)
  }

  @Test(arguments: ["", "\n", "a", "a\nb", "a\nb\n"]) func smallFilesAreOneBlock(_ text: String) throws {
    let folder = ScratchFolder(["f": text])
    let found = try blocks(folder.path + "/f")
    #expect(found.blocks == (text.isEmpty ? [] : [Array(text.utf8)]))
  }

  @Test(arguments: [1, 5, 63, 64, 1_000, 262_143, 262_144, 262_145, 700_000]) func blocksEndWithLines(
    _ length: Int
  ) throws {
    let line = (0..<length).map { UInt8(0x61 + $0 % 26) }
    let all = Array((0..<max(3, 600_000 / length / 2)).map { _ in line + [0x0A] }.joined()) + line
    let folder = ScratchFolder([:])
    folder.write("f", all)
    let found = try blocks(folder.path + "/f")
    #expect(Array(found.blocks.joined()) == all)
    #expect(found.blocks.count > 1)
    #expect(found.blocks.dropLast().allSatisfy { $0.last == 0x0A })
    #expect(found.checksum == all.withUnsafeBytes { BlockChecksum.of($0) })
  }

  @Test func blocksGiveWhatTheWholeGives() throws {
    let text = Self.header + Self.rows.joined()
    let plain = try ScratchFolder(["prices/p.csv": text]).load()
    let packed = try ScratchFolder(["prices/p.csv.gz": text]).load()
    #expect(plain.store.instruments.count == 20)
    #expect(plain.store.fingerprint == packed.store.fingerprint)
    #expect(plain.report.summary == packed.report.summary)
  }

  @Test func problemsSayTheLineOfTheFile() {
    var rows = Self.rows
    rows[9] = "2010-01-01,T0,1x,\n"
    rows[7_000] = "2010-01-01,T0,\"1,\n"
    rows[7_001] = "\n"
    rows[14_999] = "2010-01-01,T0,0x,"
    let text = Self.header + rows.joined()
    let found = ScratchFolder(["prices/p.csv": text]).problems()
    #expect(
      found == ["E0706 prices/p.csv:11:15", "E0705 prices/p.csv:7002:1", "E0706 prices/p.csv:15001:15"])
    let packed = ScratchFolder(["prices/p.csv.gz": text]).problems()
    #expect(found == packed.map { $0.replacing(".gz", with: "") })
  }

  @Test func whatIsNoTextIsSaidWhereverItStands() {
    for bytes: [UInt8] in [[0], [0xFF], [0xC3]] {
      let folder = ScratchFolder([:])
      folder.write("prices/p.csv", Array((Self.header + Self.rows.joined() + "\n").utf8) + bytes)
      #expect(folder.problems() == ["E0725 prices/p.csv:15003:0"])
    }
  }

  @Test func aHeaderMayStandBehindManyBlankLines() throws {
    let blanks = String(repeating: "\n", count: 300_000)
    let folder = ScratchFolder(["prices/p.csv": blanks + Self.header + Self.rows[0]])
    #expect(try folder.load().store.instruments.map(\.ticker) == ["T0"])
    let none = ScratchFolder(["prices/p.csv": blanks])
    #expect(none.problems().allSatisfy { $0.hasSuffix(" prices/p.csv:1:1") } && !none.problems().isEmpty)
  }
}
