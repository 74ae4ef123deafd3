import Codecs
import Diagnostics
import MarketModel
import Testing

@testable import MarketData

/// Lines that end in carriage returns, lines without end, and files that grow past all reason.
@Suite struct LineEndTests {
  private static let rows = ["ticker,date,close,note", "A,2024-01-02,1,x", "B,2024-01-02,2,y", "A,2024-01-03,3,z"]

  @Test(arguments: ["\r", "\r\n", "\r\r\n", "\n"], ["prices/p.csv", "prices/p.csv.gz"])
  func anyLineEndGivesTheRows(_ end: String, _ name: String) throws {
    let store = try ScratchFolder([name: Self.rows.joined(separator: end)]).load().store
    #expect(store.instruments.map(\.ticker) == ["A", "B"])
    #expect(store.prices(store.instruments[0].id).count == 2)
  }

  @Test func mixedLineEndsGiveTheRows() throws {
    let text = Self.rows[0] + "\r" + Self.rows[1] + "\n" + Self.rows[2] + "\r\n" + Self.rows[3] + "\r"
    let store = try ScratchFolder(["prices/p.csv": text]).load().store
    #expect(store.instruments.map(\.ticker) == ["A", "B"])
    #expect(store.prices(store.instruments[0].id).count == 2)
  }

  /// Each kind of file, with a last column that nothing needs: as one line it would be a header without rows.
  @Test(arguments: [
    ("series/s.csv", ["series,observation_date,release_time,value,note", "S,2024-01-02,2024-01-03T00:00:00Z,1,x"]),
    ("flows/f.csv", ["series,observation_date,release_time,value,note", "F,2024-01-02,2024-01-03T00:00:00Z,1,x"]),
    ("curves/c.csv", ["curve,date,tenor_days,rate,note", "C,2024-01-02,30,1,x"]),
    ("universes/u.csv", ["universe,ticker,start,end,note", "U,A,2024-01-02,,x"]),
  ]) func everyKindIsReadByItsCarriageReturns(_ name: String, _ rows: [String]) throws {
    let prices = "ticker,date,close\nA,2024-01-02,1\n"
    func fingerprint(_ end: String) throws -> String {
      try ScratchFolder(["prices/p.csv": prices, name: rows.joined(separator: end) + end]).load().store.fingerprint
    }
    #expect(try fingerprint("\r") == fingerprint("\n"))
    #expect(try fingerprint("\r") != ScratchFolder(["prices/p.csv": prices]).load().store.fingerprint)
  }

  @Test func carriageReturnsAtTheEndOfABlockAreLineEnds() throws {
    // Rows of 16 bytes after a header of 16: a block of 262,144 bytes ends with a row's end.
    let days = (0..<40_000).map { row in "T\(100 + row % 2),\(1000 + row / 8)-01-01" }
    let text = (["ticker,date,clo"] + days).joined(separator: "\r")
    let folder = ScratchFolder(["f": text])
    var blocks = try LineBlocks(folder.path + "/f")
    var lines = 0
    while let block = try blocks.next() { lines += block.count { $0 == 0x0A } }
    #expect(lines == 40_000)
  }

  @Test func aLineWithoutEndIsRefused() {
    let name = "prices/p.csv"
    let line = String(repeating: "x", count: 9 << 20)
    #expect(ScratchFolder([name: "ticker,date,close\nA,2024-01-02,1\n" + line]).problems() == ["E0767 \(name):3:0"])
    #expect(ScratchFolder([name: line]).problems() == ["E0767 \(name):1:0"])
  }

  @Test func aFileOfZerosIsNoTextFromItsFirstBytesOn() {
    let folder = ScratchFolder([:])
    folder.write("prices/p.csv.gz", Gzip.compress([UInt8](repeating: 0, count: 20 << 20)))
    folder.write("prices/q.csv", [UInt8](repeating: 0, count: 20 << 20))
    #expect(folder.problems() == ["E0725 prices/p.csv.gz:1:0", "E0725 prices/q.csv:1:0"])
  }

  @Test func textThatGrowsPastAllReasonIsRefused() {
    let row = Array("A,2024-01-02,1\n".utf8)
    let text = Array("ticker,date,close\n".utf8) + (0..<(12 << 20) / row.count).flatMap { _ in row }
    let folder = ScratchFolder([:])
    folder.write("prices/p.csv.gz", Gzip.compress(text, level: 9))
    #expect(folder.problems() == ["E0704 prices/p.csv.gz:0:0"])
  }
}
