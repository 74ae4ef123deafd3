import Codecs
import Diagnostics
import Foundation
import Importers
import MarketData
import MarketModel
import Testing

/// A vendor's file that is downloaded again and imported over what is there.
@Suite struct RedownloadTests {
  private static let header = "Date,Open,High,Low,Close,Adj Close,Volume\n"
  /// Sessions as they were downloaded first.
  static let first = [
    "2015-01-02,206.4,206.88,204.18,205.43,182.09687,105957476",
    "2015-01-05,204.2,204.37,201.35,201.76,178.843716,151790532",
    "2015-01-06,202.13,202.72,198.86,199.82,177.124065,191309913",
    "2015-01-07,201.46,202.72,200.88,202.31,179.331246,110907078",
    "2015-01-15,201.64,202.0,198.88,198.97,176.370609,156300011",
  ]
  /// The same after a dividend: every adjusted close times 0.9952, to six decimals, and a session more.
  static let later = [
    "2015-01-02,206.4,206.88,204.18,205.43,181.222805,105957476",
    "2015-01-05,204.2,204.37,201.35,201.76,177.985266,151790532",
    "2015-01-06,202.13,202.72,198.86,199.82,176.273869,191309913",
    "2015-01-07,201.46,202.72,200.88,202.31,178.470456,110907078",
    "2015-01-15,201.64,202.0,198.88,198.97,175.52403,156300011",
    "2015-01-16,198.75,201.82,198.55,201.63,177.870585,185662074",
  ]
  static let changed = later.map { $0.replacing("202.31", with: "201.31") }

  private func file(_ rows: [String]) -> String { Self.header + rows.joined(separator: "\n") + "\n" }

  private func adjusted(_ scratch: ImportScratch, _ name: String = "SPY") throws -> [Double] {
    let store = try scratch.load()
    return store.prices(try #require(store.ticker(named: name))).adjustedClose.buffer.map { $0 }
  }

  private func closes(_ scratch: ImportScratch, _ name: String = "SPY") throws -> [Double] {
    let store = try scratch.load()
    return store.prices(try #require(store.ticker(named: name))).close.buffer.map { $0 }
  }

  /// How many rows were added, there already, rescaled and replaced.
  private func counts(_ additions: TableAdditions) -> [Int] {
    [additions.count, additions.repeated, additions.rescaled, additions.replaced]
  }

  @Test func adjustedClosesOfANewerScaleAreTaken() throws {
    let scratch = try ImportScratch()
    try scratch.add("SPY.csv", file(Self.first))
    let additions = try scratch.apply(try scratch.write("SPY.csv", file(Self.later)))
    #expect(additions.changes.flatMap(\.lines) == ["SPY: adjusted closes rescaled by 0.9952 (5 rows)"])
    #expect(counts(additions) == [1, 0, 5, 0])
    let levels = try adjusted(scratch)
    #expect(abs(levels[5] / levels[4] - 1 - 0.01336885) < 1e-8, "across the seam")
    #expect(abs(levels[1] / levels[0] - 178.843716 / 182.09687) < 1e-8, "within the old sessions")
    #expect(try scratch.take(try scratch.write("SPY.csv", file(Self.later))) == 0, "the second time nothing happens")
    #expect(try adjusted(scratch) == levels)
  }

  @Test func aRedownloadWithAnotherCloseIsRefusedWithBothValues() throws {
    let scratch = try ImportScratch()
    try scratch.add("SPY.csv", file(Self.later))
    let before = try scratch.rows("prices")
    let path = try scratch.write("SPY.csv", file(Self.changed))
    do {
      try scratch.take(path)
      Issue.record("a close was changed without a word")
    } catch let failure as DataLoadingFailure {
      #expect(failure.count == 1 && failure.diagnostics[0].code == "E0730")
      #expect(
        failure.diagnostics[0].message
          == "SPY: 1 row differs from the stored one: 2015-01-07, close 202.31 stored, but 201.31 in \(path):5")
    }
    #expect(try scratch.rows("prices") == before)
  }

  @Test func replaceTakesTheValuesOfTheFileAndSaysBoth() throws {
    let scratch = try ImportScratch()
    try scratch.add("SPY.csv", file(Self.later))
    let additions = try scratch.apply(try scratch.write("SPY.csv", file(Self.changed)), replacing: true)
    #expect(additions.changes.flatMap(\.lines) == ["SPY: 1 row replaced: 2015-01-07 close 202.31 is now 201.31"])
    #expect(counts(additions) == [0, 5, 0, 1])
    #expect(try closes(scratch) == [205.43, 201.76, 199.82, 201.31, 198.97, 201.63])
  }

  @Test func aFileWithFewerRowsRescalesTheOthersToo() throws {
    let scratch = try ImportScratch()
    try scratch.add("SPY.csv", file(Self.first))
    let additions = try scratch.apply(try scratch.write("SPY.csv", file(Array(Self.later.suffix(3)))))
    #expect(additions.changes.flatMap(\.lines) == ["SPY: adjusted closes rescaled by 0.9952 (5 rows)"])
    let levels = try adjusted(scratch)
    for (level, row) in zip(levels, Self.later) {
      let right = try #require(Double(row.split(separator: ",")[5]))
      #expect(abs(level / right - 1) < 1e-8)
    }
  }

  @Test func manyTickersAreToldOneByOne() throws {
    let scratch = try ImportScratch()
    func rows(_ scale: Double, _ close: Double) -> String {
      var text = "ticker,date,close,adjusted_close\n"
      for day in 1...9 {
        text += "SAME,2020-01-0\(day),\(10 + day),\(10 + day)\n"
        text += "SCALED,2020-01-0\(day),\(20 + day),\(scale * Double(20 + day))\n"
        text += "WRONG,2020-01-0\(day),\(day == 4 ? close : 9),9\n"
      }
      return text
    }
    try scratch.add("a.csv", rows(1, 9))
    let path = try scratch.write("b.csv", rows(0.5, 8) + "NEW,2020-01-02,1,1\n")
    do {
      try scratch.take(path)
      Issue.record("a contradiction was taken")
    } catch let failure as DataLoadingFailure {
      #expect(failure.diagnostics.count == 1, "one line a ticker")
      #expect(
        failure.diagnostics[0].message.hasPrefix("WRONG: 1 row differs from the stored one: 2020-01-04, close 9 "))
    }
    let additions = try scratch.apply(path, replacing: true)
    #expect(
      additions.changes.flatMap(\.lines) == [
        "SCALED: adjusted closes rescaled by 0.5 (9 rows)", "WRONG: 1 row replaced: 2020-01-04 close 9 is now 8",
      ])
    #expect(counts(additions) == [1, 17, 9, 1])
    #expect(try adjusted(scratch, "SCALED") == (1...9).map { 10 + Double($0) / 2 })
  }

  @Test func oneAdjustedCloseThatDiffersIsNoScale() throws {
    let scratch = try ImportScratch()
    let prices = "ticker,date,close,adjusted_close\nA,2020-01-02,10,9.5\nA,2020-01-03,11,10.45\nA,2020-01-06,12,11.4\n"
    try scratch.add("a.csv", prices)
    #expect(problems { try scratch.add("b.csv", prices.replacing("10.45", with: "10.55")) } == ["E0730"])
    // Two factors, before and after a date, are none.
    #expect(problems { try scratch.add("b.csv", prices.replacing("11.4\n", with: "5.7\n")) } == ["E0730"])
    // The others keep their scale then, which is said.
    let additions = try scratch.apply(
      try scratch.write(
        "b.csv", "ticker,date,close,adjusted_close\nA,2020-01-03,11,10.45\nA,2020-01-06,12,5.7\n"), replacing: true)
    #expect(
      additions.changes.flatMap(\.lines).last?.hasPrefix("A: 1 stored row that is not in the import keep") == true)
  }

  @Test func numbersRoundedToTwoDigitsHaveOneFactor() throws {
    let scratch = try ImportScratch()
    let closes = (0..<40).map { 10 + Double($0 * 37 % 23) / 7 }
    func file(_ scale: Double) throws -> String {
      var text = "ticker,date,close,adjusted_close\n"
      for (place, close) in closes.enumerated() {
        let day = try #require(Day(iso: "2020-01-01")) + place
        text += "A,\(day),\(String(format: "%.2f", close)),\(String(format: "%.2f", close * scale))\n"
      }
      return text
    }
    try scratch.add("a.csv", try file(0.97))
    let additions = try scratch.apply(try scratch.write("b.csv", try file(0.97 * 0.9871)))
    #expect(additions.rescaled == 40 && additions.replaced == 0)
    #expect(additions.changes[0].lines[0].hasPrefix("A: adjusted closes rescaled by 0.98"))
  }

  @Test func rowsAreReplacedWhereTheyStandAndNothingElseIs() throws {
    let scratch = try ImportScratch()
    // Mixed line ends, blanks, quotes, a column of somebody's own, and a file without a ticker column.
    let own =
      "\u{FEFF}Date;x, note ,Close,Adj Close\r\n".replacing(";x", with: "")
      + "2020-01-02,\"a, b\", 10.00 ,\"5.0\"\r\n\r\n2020-01-03,,11,5.5\n2020-01-06,z,12.0,6"
    try scratch.write("target/prices/SPY.csv", own)
    try scratch.write("target/prices/other.csv", "ticker,date,close\nB,2020-01-02,1.50\n")
    let additions = try scratch.apply(
      try scratch.write(
        "b.csv",
        "ticker,date,close,adjusted_close\nSPY,2020-01-02,10,4\nSPY,2020-01-03,11,4.4\nSPY,2020-01-06,12,4.8\n"))
    #expect(additions.rescaled == 3)
    let text = try Data(contentsOf: URL(fileURLWithPath: scratch.target + "/prices/SPY.csv"))
    let right = own.replacing("\"5.0\"", with: "\"4\"").replacing(",5.5\n", with: ",4.4\n").replacing(
      ",6", with: ",4.8")
    #expect(Array(text) == Array(right.utf8))
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.target + "/prices").sorted()
    #expect(names == ["SPY.csv", "other.csv"])
  }

  @Test func aRowWhoseFileHasNoColumnForItMoves() throws {
    let scratch = try ImportScratch()
    try scratch.write("target/prices/p.csv", "ticker,date,close\nA,2020-01-02,1\nA,2020-01-03,2\n")
    try scratch.write("target/prices/wide.csv", "date,B,C\n2020-01-02,3,4\n2020-01-03,5,6\n")
    let given = try scratch.write(
      "g.csv", "ticker,date,close,volume\nA,2020-01-03,2,7\nB,2020-01-02,3.5,\nC,2020-01-03,6,8\n")
    #expect(try scratch.apply(given, replacing: true).replaced == 3)
    #expect(
      try scratch.rows("prices") == [
        "A,2020-01-03,,,,2,7", "C,2020-01-03,,,,6,8", "A,2020-01-02,1", "2020-01-02,3.5,4", "2020-01-03,5,",
      ])
    #expect(try scratch.take(given) == 0)
  }

  @Test func repetitionsAndGzippedFilesAreRewrittenToo() throws {
    let scratch = try ImportScratch()
    let text = "ticker,date,close,adjusted_close\nA,2020-01-02,10,5\nA,2020-01-03,11,5.5\n"
    try scratch.write("target/prices/b.csv", text)
    let packed = scratch.target + "/prices/a.csv.gz"
    try Data(Gzip.compress(Array(text.utf8))).write(to: URL(fileURLWithPath: packed))
    let newer = text.replacing(",5\n", with: ",4\n").replacing("5.5", with: "4.4")
    #expect(try scratch.apply(try scratch.write("c.csv", newer)).rescaled == 2)
    #expect(try String(contentsOfFile: scratch.target + "/prices/b.csv", encoding: .utf8) == newer)
    #expect(try Gzip.decompress(Array(Data(contentsOf: URL(fileURLWithPath: packed)))) == Array(newer.utf8))
  }

  @Test func everyKindIsReplacedByItsKey() throws {
    let scratch = try ImportScratch()
    let series = "series,observation_date,release_time,value\nX,2020-01-01,2020-02-01T00:00:00Z,1\n"
    let flows = "series,observation_date,release_time,value\nF,2020-01-01,,1\n"
    let curves = "curve,date,tenor_days,rate\nUST,2020-01-02,365,1.5\n"
    let actions = "ticker,ex_date,cash_dividend\nA,2020-01-03,0.5\n"
    let members = "universe,ticker,start,end\nU,A,2020-01-01,\n"
    try scratch.write("one/prices/p.csv", "ticker,date,close\nA,2020-01-02,10\nA,2020-01-03,11\n")
    for (kind, text) in [
      ("series", series), ("flows", flows), ("curves", curves), ("actions", actions), ("universes", members),
    ] {
      try scratch.write("one/\(kind)/f.csv", text)
      try scratch.write("two/\(kind)/f.csv", text.replacing(",1\n", with: ",2\n").replacing("1.5", with: "1.6"))
    }
    try scratch.write("two/actions/f.csv", "ticker,ex_date,cash_dividend,split_ratio\nA,2020-01-03,0.25,2\n")
    let (one, two) = (scratch.url.path + "/one", scratch.url.path + "/two")
    #expect(try scratch.take(one) == 7)
    #expect(problems { try scratch.take(two) } == ["E0730", "E0730", "E0730", "E0730"])
    let additions = try scratch.apply(two, replacing: true)
    #expect(counts(additions) == [0, 1, 0, 4])
    #expect(
      additions.changes.flatMap(\.lines) == [
        "X: 1 row replaced: 2020-01-01 released 2020-02-01T00:00:00Z value 1 is now 2",
        "F: 1 row replaced: 2020-01-01 value 1 is now 2",
        "UST: 1 row replaced: 2020-01-02 at 365 days rate 1.5 is now 1.6",
        "A: 1 row replaced: 2020-01-03 split_ratio 1 is now 2, cash_dividend 0.5 is now 0.25",
      ])
    #expect(try scratch.rows("series") == ["X,2020-01-01,2020-02-01T00:00:00Z,2"])
    #expect(try scratch.rows("actions") == ["A,2020-01-03,2,0.25,"])
    #expect(try scratch.take(two) == 0)
  }

  @Test func twoFilesThatContradictEachOtherAreRefusedInAnyOrder() throws {
    let scratch = try ImportScratch()
    try scratch.add("a.csv", "ticker,date,close\nA,2020-01-02,1\n")
    let same = try scratch.write("same.csv", "ticker,date,close\nA,2020-01-02,1\n")
    let other = try scratch.write("other.csv", "ticker,date,close\nA,2020-01-02,2\n")
    for paths in [[same, other], [other, same]] {
      do {
        _ = try scratch.apply(paths[0], paths[1], replacing: true)
        Issue.record("which of two is right was guessed")
      } catch let failure as DataLoadingFailure { #expect(failure.diagnostics.map(\.code).contains("E0710")) }
    }
  }

  @Test func aRowWithAPriceThatIsNoneIsLeftOutAndNamed() throws {
    let scratch = try ImportScratch()
    let additions = try scratch.apply(
      try scratch.write(
        "SPY.csv", file(["2020-01-02,323.5,324.8,322.5,324.8,302.2,1", "2020-01-03,null,null,null,null,-1,null"])))
    #expect(additions.leftOut == 1 && additions.count == 1)
    #expect(additions.lines == ["SPY: 1 row left out: 2020-01-03 adjusted_close -1"])
    #expect(try closes(scratch) == [324.8])
  }

  @Test func actionsBesideAdjustedClosesSayWhoseAreNotReadAnyMore() throws {
    let scratch = try ImportScratch()
    try scratch.write(
      "target/prices/p.csv",
      "ticker,date,close,adjusted_close\nAAPL,2024-01-02,100,50\nAAPL,2024-01-03,50,50\nAAPL,2024-01-04,51,51\n")
    try scratch.add("x.csv", "ticker,date,close\nMSFT,2024-01-02,10\nMSFT,2024-01-03,10\n")
    let additions = try scratch.apply(try scratch.write("a.csv", "ticker,ex_date,dividend\nMSFT,2024-01-03,0.24\n"))
    #expect(additions.unread == ["AAPL"])
    #expect(additions.lines.count == 1 && additions.lines[0].contains("of 1 ticker is not read any more (AAPL)"))
    let more = try scratch.apply(try scratch.write("b.csv", "ticker,ex_date,dividend\nMSFT,2024-01-04,0.24\n"))
    #expect(more.unread == [], "it is said when it happens")
  }

  @Test func membershipsThatBeginOnOneDayAreTwo() throws {
    let scratch = try ImportScratch()
    let members = "universe,ticker,start,end\nU,A,2024-01-09,2024-01-28\nU,A,2024-01-09,2024-01-12\nU,B,2024-01-06,\n"
    #expect(try scratch.add("u.csv", members, format: "universes") == 3)
    #expect(try scratch.add("u.csv", members, format: "universes") == 0)
    #expect(try scratch.load().universes[0].memberships.count == 3)
  }

  @Test func aChangeThatWasDecidedCountsBeforeItsFilesAreRenamed() throws {
    let scratch = try ImportScratch()
    let text = "ticker,date,close,adjusted_close\n"
    try scratch.write("target/prices/a.csv", text + "A,2020-01-02,10,10\n")
    try scratch.write("target/prices/b.csv", text + "A,2020-01-03,11,11\n")
    // As it is when the program ends after its decision: one file is renamed, one is not, one is new.
    try scratch.write("target/prices/a.csv", text + "A,2020-01-02,10,5\n")
    try scratch.write("target/prices/.import-pending-1", text + "A,2020-01-03,11,5.5\n")
    try scratch.write("target/prices/.import-pending-2", text + "A,2020-01-06,12,6\n")
    try scratch.write(
      "target/.import-journal",
      [
        "prices/.import-pending-0", "prices/a.csv", "prices/.import-pending-1", "prices/b.csv",
        "prices/.import-pending-2",
        "prices/c.csv", "../../etc/passwd", "prices/d.csv",
      ].map { $0 + "\0" }.joined())
    #expect(try adjusted(scratch, "A") == [5, 5.5, 6])
    // The next import ends it.
    #expect(try scratch.add("x.csv", text + "A,2020-01-06,12,6\n") == 0)
    #expect(try scratch.rows("prices").count == 3)
    #expect(!FileManager.default.fileExists(atPath: scratch.target + "/.import-journal"))
    #expect(!FileManager.default.fileExists(atPath: scratch.target + "/prices/.import-pending-1"))
  }

  @Test func aChangeThatWasNotDecidedIsRemoved() throws {
    let scratch = try ImportScratch()
    try scratch.write("target/prices/a.csv", "ticker,date,close\nA,2020-01-02,10\n")
    try scratch.write("target/prices/.import-pending-0", "half of a f")
    #expect(try closes(scratch, "A") == [10])
    #expect(try scratch.add("x.csv", "ticker,date,close\nA,2020-01-02,10\n") == 0)
    #expect(!FileManager.default.fileExists(atPath: scratch.target + "/prices/.import-pending-0"))
  }
}
