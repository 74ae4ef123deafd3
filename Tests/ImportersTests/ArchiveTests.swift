import Codecs
import Diagnostics
import Foundation
import Importers
import MarketData
import Testing

/// ZIP archives, and files that are no text.
@Suite struct ArchiveTests {
  private let stooq = "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\n"

  @Test(arguments: [0, 8]) func anArchiveIsReadWithin(_ method: Int) throws {
    let scratch = try ImportScratch()
    var zip = ZipBuilder()
    let first =
      stooq
      + "AAA.US,D,20200102,000000,71.8,72.9,71.5,72.5,1402,0\nAAA.US,D,20200103,000000,71.9,72.8,71.7,72.1,1528,0\n"
    zip.add("data/daily/us/nyse stocks/1/aaa.us.txt", Array(first.utf8), method: method)
    zip.add(
      "data/daily/us/nyse stocks/2/bbb.us.txt", Array((stooq + "BBB.US,D,20200102,000000,10,11,9.5,10.5,77,0\n").utf8),
      method: method)
    zip.add("data/daily/us/readme.pdf", Array("%PDF".utf8), method: method)
    zip.add("__MACOSX/data/._x", [1, 2, 0], method: method)
    #expect(try scratch.take(try scratch.write("d_us_txt.zip", zip.bytes)) == 3)
    #expect(
      try scratch.rows("prices") == [
        "AAA,2020-01-02,71.8,72.9,71.5,72.5,1402", "AAA,2020-01-03,71.9,72.8,71.7,72.1,1528",
        "BBB,2020-01-02,10,11,9.5,10.5,77",
      ])
    let folder = "d_us_txt.zip/data/daily/us/"
    #expect(
      scratch.remarks == [
        folder + "nyse stocks/1/aaa.us.txt: left aside: the column <OPENINT>",
        folder + "nyse stocks/2/bbb.us.txt: left aside: the column <OPENINT>",
        folder + "readme.pdf: passed over: a PDF document",
      ])
  }

  @Test func whatCannotBeReadWithinIsNamedAndAnArchiveOfNothingElseIsAnError() throws {
    let scratch = try ImportScratch()
    let text = Array("ticker,date,close\nAAA,2020-01-02,1\n".utf8)
    for (name, method, flags, reason) in [
      ("locked", 0, 1, "password"), ("lzma", 14, 0, "method 14"), ("inner", 0, 0, "archive within an archive"),
      ("broken", 8, 0, "damaged"),
    ] {
      var zip = ZipBuilder()
      var inner = ZipBuilder()
      inner.add("a.csv", text)
      zip.add(
        "a.csv", name == "inner" ? inner.bytes : text, method: method, flags: flags, size: name == "broken" ? 5 : nil)
      let path = try scratch.write(name + ".zip", zip.bytes)
      do {
        try scratch.take(path)
        Issue.record("\(name) was read")
      } catch let problem as Diagnostic {
        #expect(problem.code == "E0748" && problem.notes[0].message.contains(reason), "\(problem.notes)")
      }
    }
    #expect(problems { try scratch.take(try scratch.write("cut.zip", [0x50, 0x4B, 3, 4, 1, 2, 3])) } == ["E0765"])
    var empty = ZipBuilder()
    #expect(problems { try scratch.take(try scratch.write("empty.zip", empty.bytes)) } == ["E0748"])
    empty.add("big.csv", text, size: 0xFFFF_FFFF)
    #expect(problems { try scratch.take(try scratch.write("zip64.zip", empty.bytes)) } == ["E0748"])
  }

  @Test func everyCutOfAnArchiveIsAMessage() throws {
    var zip = ZipBuilder()
    zip.add("a.csv", Array("ticker,date,close\nAAA,2020-01-02,1\n".utf8), method: 8)
    let bytes = zip.bytes
    let scratch = try ImportScratch()
    for length in 4..<bytes.count {
      #expect(problems { try scratch.take(try scratch.write("cut.zip", Array(bytes[..<length]))) } == ["E0765"])
    }
    // Any byte may be wrong: there is a message or the rows, and nothing else.
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 0xFF
      let path = try scratch.write("damaged.zip", damaged)
      let found = problems { try scratch.take(path) }
      #expect(found.isEmpty || found.count == 1, "\(place): \(found)")
    }
  }

  @Test func aFirstLineWithoutEndIsNoHeader() throws {
    let scratch = try ImportScratch()
    let path = try scratch.write("zeros.csv", [UInt8](repeating: 0x30, count: 3_000_000))
    do {
      try scratch.take(path)
      Issue.record("it was read")
    } catch let problem as Diagnostic {
      #expect(problem.code == "E0764" && problem.message.hasPrefix("no table"), "\(problem.message)")
    }
  }

  @Test func aWorkbookSaysWhatToDo() throws {
    let scratch = try ImportScratch()
    var zip = ZipBuilder()
    zip.add("xl/workbook.xml", Array("<workbook/>".utf8))
    for (name, bytes) in [("hist.xlsx", zip.bytes), ("renamed.zip", zip.bytes), ("old.xls", [0xD0, 0xCF, 0x11, 0xE0])] {
      do {
        try scratch.take(try scratch.write(name, bytes))
        Issue.record("\(name) was read")
      } catch let problem as Diagnostic {
        #expect(problem.code == "E0764" && problem.message.contains("save each sheet as CSV"), "\(problem.message)")
      }
    }
  }

  @Test func wideTextIsText() throws {
    let scratch = try ImportScratch()
    func wide(_ text: String, isLittle: Bool) -> [UInt8] {
      ([0xFEFF] + Array(text.utf16)).flatMap { unit in
        isLittle ? [UInt8(unit & 255), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 255)]
      }
    }
    let own = "ticker,date,close\r\nA,2024-01-02,1.5\r\nA,2024-01-03,1.6\r\n"
    #expect(try scratch.take(try scratch.write("own.csv", wide(own, isLittle: true))) == 2)
    #expect(try scratch.take(try scratch.write("big.csv", wide(own, isLittle: false))) == 0)
    let bars = "<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\r\n2024.01.02\t1.10\t1.11\t1.09\t1.105\r\n"
    #expect(try scratch.take(try scratch.write("mt5.csv", wide(bars, isLittle: true))) == 1)
    #expect(try scratch.rows("prices").contains("mt5,2024-01-02,1.1,1.11,1.09,1.105,"))
    #expect(problems { try scratch.take(try scratch.write("odd.csv", [0xFF, 0xFE, 0x41])) } == ["E0725"])
  }

  @Test func aFolderGoesOnWithTheFilesThatAreKnown() throws {
    let scratch = try ImportScratch()
    var zip = ZipBuilder()
    zip.add("annual.txt", Array("\"x\"\n".utf8))
    try scratch.write("in/KOX.csv", "Date,Open,High,Low,Close,Volume,Adj Close\n1997-01-02,52.5,52.5,51,51.8,7,16.2\n")
    try scratch.write("in/hist.xlsx", zip.bytes)
    try scratch.write("in/dea2025.zip", zip.bytes)
    try scratch.write("in/MSFT.dat", "Date,Close,High,Low,Open,Volume\n2024-01-02,185.64,188.44,183.89,187.15,8\n")
    try scratch.write("in/EURUSD.tsv", "Date\tOpen\tHigh\tLow\tClose\n2024-01-02\t1\t2\t1\t2\n")
    try scratch.write("in/notes.txt", "bought too much\n")
    try scratch.write("in/sub/OTHER.csv", "Date,Open,High,Low,Close\n2024-01-02,1,2,1,2\n")
    try scratch.write("in/failed.csv", "Date,Open,High,Low,Close,Volume\n")
    #expect(try scratch.take(scratch.url.path + "/in") == 4)
    #expect(
      scratch.sources == [
        "in/EURUSD.tsv prices 1", "in/KOX.csv yahoo 1", "in/MSFT.dat prices 1", "in/sub/OTHER.csv prices 1",
      ])
    let reasons = [
      "in/dea2025.zip/annual.txt: passed over: no known format", "in/failed.csv: passed over: the file has a header",
      "in/hist.xlsx: passed over: a workbook", "in/notes.txt: passed over: no known format",
    ]
    #expect(scratch.remarks.count == reasons.count)
    for (remark, reason) in Swift.zip(scratch.remarks, reasons) { #expect(remark.hasPrefix(reason), "\(remark)") }
    // Nothing but unknown files is an error.
    try scratch.write("other/notes.txt", "a\n")
    #expect(problems { try scratch.take(scratch.url.path + "/other") } == ["E0748"])
  }
}
