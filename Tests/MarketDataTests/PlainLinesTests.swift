import Diagnostics
import MarketData
import MarketModel
import Testing

/// Lines that are read in one pass give what the same lines give cell by cell: every cell in quotes goes that way.
@Suite struct PlainLinesTests {
  private static let cells = [
    "1", "1.5", "0.1", "123456.789", "007", "5.", ".5", "", "NA", "0.30000000000000004", "9007199254740993",
    "1e3", "-1", "0", "-0", "+2", "12345678901234567890", "1.7976931348623157", "3.", "1x", "inf", ".", "1.2.3",
    "0.000000000000000000000123", "4.9406564584124654",
  ]
  private static let tickers = ["A", "LONGNAME", "LONGERNAME", "ÅÄ", "A.B", "NA", "B-C", "12345678", ""]
  private static let dates = ["2020-01-02", "2020-01-03", "2020-02-30", "2020-01-06 00:00", "2020-1-7", ""]

  /// Rows of cells drawn by a seed; most of them are sound.
  private func rows(_ seed: UInt64) -> [[String]] {
    var state = seed
    func draw(_ list: [String], _ sound: Int) -> String {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Int(state >> 33)
      return value % 40 == 0 ? list[value / 40 % list.count] : list[value / 40 % sound]
    }
    return (0..<400).map { _ in
      [draw(Self.tickers, 4), draw(Self.dates, 2)] + (0..<6).map { _ in draw(Self.cells, 7) }
    }
  }

  private func text(_ rows: [[String]], isQuoted: Bool, end: String) -> String {
    var text = "ticker,date,open,high,low,close,volume,adjusted_close\(end)"
    for row in rows { text += row.map { isQuoted ? "\"\($0)\"" : $0 }.joined(separator: ",") + end }
    return text
  }

  /// What is wrong with a file, without columns, which quotes move.
  private func problems(_ folder: ScratchFolder) -> [String] {
    do throws(DataLoadingFailure) {
      _ = try folder.load()
      return []
    } catch { return error.diagnostics.map { "\($0.code) \($0.location?.start.line ?? 0) \($0.message)" } }
  }

  @Test(arguments: 0..<12 as Range<UInt64>, ["\n", "\r\n"]) func quotesChangeNothing(_ seed: UInt64, _ end: String) {
    let rows = rows(seed)
    let folders = [false, true].map { ScratchFolder(["prices/p.csv": text(rows, isQuoted: $0, end: end)]) }
    #expect(problems(folders[0]) == problems(folders[1]))
  }

  @Test(arguments: 0..<12 as Range<UInt64>) func soundRowsAreTheSameBitForBit(_ seed: UInt64) throws {
    var day = Day(18_000)
    let rows = rows(seed).filter { !$0[0].isEmpty }.map { row -> [String] in
      day = day + 1
      let numbers = row[2...].map { Double($0).map { $0 > 0 } == true && $0 != "inf" ? $0 : "" }
      return [row[0], day.description] + numbers
    }
    let folders = [false, true].map { ScratchFolder(["prices/p.csv": text(rows, isQuoted: $0, end: "\n")]) }
    let stores = try folders.map { try $0.load() }
    #expect(dump(stores[0].store).dropFirst() == dump(stores[1].store).dropFirst())
    #expect(stores[0].store.fingerprint == stores[1].store.fingerprint)
    #expect(stores[0].report.summary == stores[1].report.summary)
    #expect(stores[0].store.tickerNames.count > 4)
  }

  @Test func placesInAFileThatIsReadBothWays() {
    var text = "ticker,date,close\n"
    for day in 10...28 { text += "A,2020-01-\(day),1\n\n\"A\",2020-02-\(day),1\n" }
    text += "A,2020-03-02,x\n" + String(repeating: "A,2020-01-10,1\n", count: 3) + "A,2020-03-03,1-\n"
    #expect(
      ScratchFolder(["prices/p.csv": text]).problems() == ["E0706 prices/p.csv:59:14", "E0706 prices/p.csv:63:14"])
  }

  @Test func numbersOfEveryLengthAreTheNearestDoubles() throws {
    let digits = Array("9182736450918273645091827")
    var texts: [String] = []
    for whole in 0...20 {
      for fraction in 0...20 where whole + fraction > 0 {
        texts.append(String(digits[..<whole]) + "." + String(digits[whole...].prefix(fraction)))
      }
      if whole > 0 { texts.append(String(digits[..<whole])) }
    }
    var text = "date,volume,ticker,close\n"
    for (place, number) in texts.enumerated() { text += "\(Day(10_000 + place)),\(number),A,1\n" }
    let history = try ScratchFolder(["prices/p.csv": text]).load().store.prices(TickerID(0))
    #expect(history.count == texts.count)
    for (place, number) in texts.enumerated() {
      let expected = Double(number.contains(".") ? "0\(number)0" : number)
      #expect(history.volume[place] == expected, "\(number)")
    }
  }
}
