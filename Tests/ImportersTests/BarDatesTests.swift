import Foundation
import MarketData
import MarketModel
import Testing

/// Bars longer than a day on their way into folders that say what their dates mean.
@Suite struct BarDatesTests {
  private func yahoo(_ months: ClosedRange<Int>) -> String {
    months.reduce("Date,Open,High,Low,Close,Adj Close,Volume\n") { text, month in
      text + "2020-0\(month)-01,\(month),\(month),\(month),\(month),\(month),1\n"
    }
  }

  @Test func aFolderOfStartDatesGetsStartDates() throws {
    let scratch = try ImportScratch()
    try scratch.write("target/dataset.yaml", "bar_dates: start\n")
    let rows = (1...3).map { "IDX,2020-0\($0)-01,\($0),\($0),\($0),\($0),1,\($0)\n" }.joined()
    try scratch.write("target/prices/p.csv", "ticker,date,open,high,low,close,volume,adjusted_close\n" + rows)
    // One month at a time, so that in the end most rows are imported ones.
    for last in 4...9 { #expect(try scratch.add("IDX.csv", yahoo(3...last)) == 1) }
    let store = try DataFolder(scratch.target).load().store
    let index = try #require(store.ticker(named: "IDX"))
    let bars = try #require(store.view(on: Day(iso: "2020-12-31") ?? .earliest).bars(index))
    #expect(
      (0..<bars.count).map { "\(Day(rawValue: bars.days[$0]))" } == [
        "2020-01-31", "2020-02-28", "2020-03-31", "2020-04-30", "2020-05-29", "2020-06-30", "2020-07-31", "2020-08-31",
        "2020-09-30",
      ])
    let added = try String(contentsOfFile: scratch.target + "/prices/imported-0001.csv", encoding: .utf8)
    #expect(added.contains("2020-04-01") && !added.contains("2020-04-30"))
  }

  @Test func anyOtherFolderGetsTheDatesOnWhichBarsAreKnown() throws {
    let scratch = try ImportScratch()
    #expect(try scratch.add("IDX.csv", yahoo(1...5)) == 5)
    #expect(try scratch.add("IDX.csv", yahoo(4...6)) == 1)
    #expect(try scratch.rows("prices").map { String($0.dropFirst(4).prefix(10)) }.last == "2020-06-30")
  }
}
