import FileSystem
import Testing

@Test(
  arguments: [
    ([], nil), (Array("é\n".utf8), nil), ([0x61, 0, 0x62], 1), ([0x61, 0xFF, 0], 1), ([0x61, 0, 0xFF], 1),
    ([0xC3], 0), ([0x61, 0x0A, 0xC3, 0x28], 2), ([0xE2, 0x82], 0), (Array("€".utf8) + [0x80], 3),
  ] as [([UInt8], Int?)])
func theFirstByteThatIsNoTextIsFound(bytes: [UInt8], place: Int?) {
  #expect(InvalidText.place(in: bytes) == place)
  #expect(InvalidText.place(in: ([0x61] + bytes)[1...]) == place)
}

@Test func linesAreCountedFromOne() {
  let bytes = Array("a\nb\n\u{E9}".utf8)
  #expect([0, 1, 2, 4].map { InvalidText.line(of: $0, in: bytes) } == [1, 1, 2, 3])
}
