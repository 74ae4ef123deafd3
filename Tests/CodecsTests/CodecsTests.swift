import Codecs
import Testing

@Suite struct GzipTests {
  private let text = Array(String(repeating: "2020-01-02,100.5\n", count: 50_000).utf8)

  @Test func unpacksWhatWasPacked() throws {
    #expect(try Gzip.decompress(Gzip.compress(text)) == text)
    #expect(try Gzip.decompress(Gzip.compress([])) == [])
  }

  @Test func readsSeveralMembersAndPadding() throws {
    let packed = Gzip.compress(text) + Gzip.compress(Array("end".utf8)) + [0, 0, 0]
    #expect(try Gzip.decompress(packed) == text + Array("end".utf8))
  }

  @Test func refusesDamage() {
    let packed = Gzip.compress(text)
    #expect(throws: Gzip.Failure.truncated) { try Gzip.decompress(Array(packed.dropLast(9))) }
    #expect(throws: Gzip.Failure.truncated) { try Gzip.decompress(Array(packed.prefix(20))) }
    #expect(throws: Gzip.Failure.truncated) { try Gzip.decompress([]) }
    var wrong = packed
    wrong[packed.count - 6] ^= 0xFF
    #expect(throws: Gzip.Failure.damaged) { try Gzip.decompress(wrong) }
    #expect(throws: Gzip.Failure.damaged) { try Gzip.decompress(Array("date,close\n".utf8)) }
    #expect(throws: Gzip.Failure.tooLarge) { try Gzip.decompress(packed, limit: 1000) }
  }
}

@Suite struct ContentHashTests {
  @Test func aGzipFileThatGrowsMoreThanTextDoesIsRefusedAsItIsRead() throws {
    let packed = Gzip.compress([UInt8](repeating: 0x20, count: 20 << 20))
    #expect(throws: Gzip.Failure.growsTooMuch) { try Gzip.decompress(packed) }
    let small = Gzip.compress([UInt8](repeating: 0x20, count: 7 << 20))
    #expect(try Gzip.decompress(small).count == 7 << 20)
  }

  /// Members and the zero bytes behind them are told apart wherever the pieces end.
  @Test(arguments: [1, 2, 3, 7, 64]) func piecesOfAnySizeGiveTheSame(_ size: Int) throws {
    let text = (0..<500).map { UInt8(0x41 + $0 * $0 % 23) }
    let packed = Gzip.compress(text) + Gzip.compress([]) + Gzip.compress(text) + [0, 0, 0, 0]
    let stream = GzipStream()
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 1)
    defer { memory.deallocate() }
    var (rest, result): (ArraySlice<UInt8>, [UInt8]) = (packed[...], [])
    while !stream.isAtEnd {
      if stream.isHungry {
        let part = rest.prefix(size)
        stream.room.copyBytes(from: part)
        stream.took(part.count)
        rest = rest.dropFirst(part.count)
      }
      result += memory[..<(try stream.unpack(into: memory))]
    }
    #expect(result == text + text)
  }

  @Test func givesThePublishedDigests() {
    #expect(
      ContentHash.hex(of: Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(ContentHash.hex(of: []) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func doesNotCareAboutPieces() {
    var hash = ContentHash()
    hash.update([0x61])
    hash.update([0x62, 0x63])
    let hex = hash.hex()
    #expect(hex == ContentHash.hex(of: Array("abc".utf8)))
  }
}

@Suite struct YAMLTests {
  @Test func readsMappingsWithPlaces() throws {
    let text = """
      # settings
      name: us
      aliases:
        FB: META
        "X": '~'
      list: [1, 2]
      none:
      """
    let root = try #require(try YAML.parse(Array(text.utf8)))
    guard case .mapping(let entries) = root.content else { return #expect(Bool(false), "a mapping") }
    #expect(entries.map { $0.key.text ?? "" } == ["name", "aliases", "list", "none"])
    #expect(entries.map(\.key.line) == [2, 3, 6, 7])
    #expect(entries[0].value.text == "us" && entries[0].value.column == 7)
    guard case .mapping(let aliases) = entries[1].value.content else { return #expect(Bool(false), "a mapping") }
    #expect(aliases[1].value.text == "~" && !aliases[1].value.isNull)
    #expect(entries[3].value.isNull)
  }

  @Test func emptyTextHasNoRoot() throws {
    #expect(try YAML.parse([])?.text == nil && YAML.parse([])?.line == nil)
    #expect(try YAML.parse(Array("# nothing\n".utf8))?.line == nil)
  }

  @Test(arguments: [
    ("a: [1, 2", 2), ("a: 1\n  b: 2", 2), ("a: &x 1\nb: *x", 2), ("a: !!int 1", 1), ("a: 1\n---\nb: 2", 2),
    (String(repeating: "[", count: 200), 1), ("a: \u{1}", 1),
  ])
  func refuses(_ text: String, _ line: Int) {
    #expect { try YAML.parse(Array(text.utf8)) } throws: { ($0 as? YAMLFailure)?.line == line }
  }
}
