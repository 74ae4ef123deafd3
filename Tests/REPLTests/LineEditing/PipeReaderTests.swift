import REPL
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct PipeReaderTests {
  /// Everything a reader gives for the bytes of a pipe.
  private func events(_ bytes: [UInt8]) -> [LineEvent] {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return [] }
    _ = bytes.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
    close(ends[1])
    defer { close(ends[0]) }
    let reader = PipeReader(descriptor: ends[0])
    var events: [LineEvent] = []
    repeat { events.append(reader.read(prompt: "> ")) } while events.last != .end
    return events
  }

  @Test func linesAreGivenWithoutTheirEnds() {
    #expect(events(Array("1 + 1\n\nlet x = 2\r\n".utf8)) == [.text("1 + 1"), .text(""), .text("let x = 2"), .end])
  }

  @Test func aLastLineNeedsNoEnd() {
    #expect(events(Array("a\nb".utf8)) == [.text("a"), .text("b"), .end])
    #expect(events([]) == [.end])
  }

  @Test func linesLongerThanTheBufferAreWhole() {
    let long = [UInt8](repeating: 0x61, count: 30_000)
    let found = events(long + [0x0A] + Array("b\n".utf8))
    #expect(found == [.text(String(repeating: "a", count: 30_000)), .text("b"), .end])
  }

  @Test func aReaderKnowsWhetherSomethingIsThere() {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return }
    defer { close(ends[0]) }
    let reader = PipeReader(descriptor: ends[0])
    #expect(!reader.isReady)
    _ = Array("a\nb\n".utf8).withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
    #expect(reader.isReady)
    #expect(reader.read(prompt: "") == .text("a"))
    #expect(reader.isReady)
    #expect(reader.read(prompt: "") == .text("b"))
    #expect(!reader.isReady)
    close(ends[1])
    #expect(reader.isReady)
    #expect(reader.read(prompt: "") == .end)
  }

  @Test func whatIsNoTextIsMarked() {
    #expect(events([0x61, 0xFF, 0x0A]) == [.text("a\u{FFFD}"), .end])
  }
}
