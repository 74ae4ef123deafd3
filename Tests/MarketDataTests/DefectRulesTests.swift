import MarketData
import MarketModel
import Testing

/// What is loaded although it is odd, and how large it is said to be.
@Suite struct DefectRulesTests {
  private func day(_ text: String) -> Day { Day(iso: text) ?? .earliest }

  private func defects(_ data: LoadedData) -> [String] {
    data.report.defects.map { "\($0.kind.rawValue) \($0.line) \($0.text)" }
  }

  @Test func aBadPriceCostsItsRowAlone() throws {
    let folder = ScratchFolder([
      "prices/p.csv": """
      ticker,date,close,adjusted_close
      ITRN,2006-01-02,5,-0.77
      ITRN,2006-01-03,5.1,0.1
      MSFT,2006-01-02,26,20
      MSFT,2006-01-03,27,21
      MSFT,2006-01-04,0,22
      """
    ])
    let data = try folder.load()
    #expect(
      defects(data) == [
        "bad_price 2 ITRN 2006-01-02: the adjusted_close is -0.77", "bad_price 6 MSFT 2006-01-04: the close is 0",
      ])
    let (first, second) = (data.store.prices(TickerID(0)), data.store.prices(TickerID(1)))
    #expect(Array(first.close.buffer) == [5.1] && Array(second.close.buffer) == [26, 27])
    #expect(Array(second.level.buffer) == [20, 21])
    #expect(try ScratchFolder(["prices/w.csv": "date,A,B\n2020-01-02,-1,1\n"]).load().report.count(of: .badPrice) == 1)
  }

  @Test func daysThousandsOfYearsApartAreTheSessionsThatThereAre() throws {
    let folder = ScratchFolder(["prices/p.csv": "date,B,A\n8107-01-03,2,\n2020-01-02,1,1\n2020-01-03,,2\n"])
    let data = try folder.load()
    let calendar = try #require(data.store.calendar(.all))
    #expect(calendar.count == 3 && calendar.count(through: day("2020-01-03")) == 2)
    #expect(data.report.count(of: .commonGap) == 1)
  }

  @Test func aStretchWithoutARowOfAnyTickerIsCounted() throws {
    var text = "date,X,Y\n"
    for offset in 0..<80 {
      let date = day("2024-01-02") + offset
      if date.isWeekday, date <= day("2024-01-31") || date >= day("2024-03-01") { text += "\(date),1,2\n" }
    }
    let data = try ScratchFolder(["prices/w.csv": text]).load()
    #expect(
      defects(data) == ["common_gap 24 all tickers 2024-03-01: 21 weekdays without a row of any ticker"])
  }

  @Test(arguments: [(1, []), (2, []), (3, ["3 months"]), (11, ["11 months"])])
  func gapsOfLongerBarsAreCountedInPeriods(_ missing: Int, _ expected: [String]) throws {
    let months = [1, 2, 3, 4, 5, 6] + (7...18).map { $0 + missing }
    let dates = months.compactMap { Day(year: 2018, month: 1, day: 31)?.addingMonths($0)?.monthEnd }
    let rows = dates.map { "\($0),1,1\n" }.joined()
    let data = try ScratchFolder(["prices/w.csv": "date,X,Y\n" + rows]).load()
    #expect(defects(data).filter { $0.hasPrefix("gap") }.count == 2 * expected.count)
    let common = data.report.defects.filter { $0.kind == .commonGap }.compactMap(\.sizeInWords)
    #expect(common == expected.map { $0 + " without a row of any ticker" })
  }

  @Test func projectionsAndFlashFiguresAreSeenFromTheirReleaseOn() throws {
    let folder = ScratchFolder([
      "series/s.csv": """
      series,observation_date,release_time,value
      DOTX,2017-01-01,2017-03-15,1.4
      DOTX,2018-01-01,2017-03-15,2.1
      DOTX,2019-01-01,2017-03-15,3.0
      SENT,2020-01-31,2020-01-17T15:00:00Z,99.1
      SENT,2020-01-31,2020-01-31T15:00:00Z,99.8
      EDGE,2020-01-02,2020-01-01T00:00:00Z,1
      """
    ])
    let data = try folder.load()
    #expect(data.report.count(of: .earlyRelease) == 3 && data.report.notes.isEmpty)
    #expect(defects(data).last == "early_release 5 SENT 2020-01-31: released 13.4 days before its date")
    func values(_ code: String, _ text: String) throws -> [Double] {
      let series = try #require(data.store.series(.macro, named: code))
      let snapshot = data.store.view(on: day(text)).snapshot(series)
      return (0..<snapshot.count).map { snapshot.values[$0] }
    }
    #expect(try values("DOTX", "2017-03-15") == [1.4, 2.1, 3])
    #expect(try values("SENT", "2020-01-20") == [99.1] && values("SENT", "2020-01-31") == [99.8])
  }

  @Test func aSeriesOfNothingButEarlyReleasesIsAskedAbout() throws {
    let folder = ScratchFolder([
      "series/s.csv":
        "series,observation_date,release_time,value\nX,2020-02-07,2020-01-01,1\nX,2020-03-06,2020-02-01,2\n"
    ])
    let note = try #require(try folder.load().report.notes.first)
    #expect(note.kind == .datesSwapped && note.names == ["X"] && note.text.contains("swapped"))
  }

  @Test func aRowBelowOneThatIsNotLoadedIsUnorderedAllTheSame() throws {
    let text = "ticker,date,close\nA,2020-01-03,\nA,2020-01-02,1\nA,2020-01-06,1\n"
    #expect(
      defects(try ScratchFolder(["prices/p.csv": text]).load()).map { $0.prefix(11) } == ["no_close 2 ", "unordered 3"])
  }

  @Test func columnsThatAreNotUnderstoodAreNamed() throws {
    let folder = ScratchFolder([
      "prices/p.csv": "ticker,date,close,closeunadj,lastupdated\nA,2020-01-02,1,2,3\n",
      "prices/w.csv": "date,B,C\n2020-01-02,1,2\n", "flows/f.csv": ",series,date,value\n0,F,2020-01-02,1\n",
    ])
    let cache = ScratchFolder([:])
    for _ in 0..<2 {
      let report = try DataFolder(folder.path).load(.init(), cache: CacheFolder(cache.path)).report
      #expect(report.notes.map(\.names) == [["closeunadj", "lastupdated"], ["column 1"]])
      #expect(report.notes.map { $0.file?.hasSuffix("p.csv") } == [true, false])
      #expect(report.notes.summaries == ["not understood and left aside: `closeunadj`, `lastupdated`, `column 1`"])
    }
  }

  @Test func datesThatRepeatWithoutATickerColumnAskForIt() {
    let text = "date,issuer,close\n2020-01-02,A,1\n2020-01-02,B,2\n2020-01-03,A,1\n2020-01-03,B,2\n"
    #expect(ScratchFolder(["prices/all.csv": text]).problems() == ["E0783 prices/all.csv:3:0"])
    // An exact repetition is counted.
    #expect(ScratchFolder(["prices/A.csv": "date,close\n2020-01-02,1\n2020-01-02,1\n"]).problems() == [])
  }

  @Test func aZeroHasNoSign() throws {
    let folder = ScratchFolder([
      "prices/p.csv": "ticker,date,close,volume\nA,2020-01-02,1,-0\n",
      "series/s.csv": "series,observation_date,release_time,value\nX,2020-01-01,2020-02-13T13:30:00Z,-0.0\n",
      "flows/f.csv": "series,observation_date,value\nF,2020-01-02,-0e5\nF,2020-01-03,-1e-400\n",
      "curves/c.csv": "curve,date,tenor_days,rate\nC,2020-01-02,30,-0.00\n",
      "actions/a.csv": "ticker,ex_date,cash_dividend,delisting_price\nA,2020-01-02,-0,-0\n",
    ])
    let store = try folder.load().store
    let flow = store.history(SeriesID(.flow, 0)).values
    let zeros =
      [
        store.prices(TickerID(0)).volume[0], store.history(SeriesID(.macro, 0)).values[0], flow[0], flow[1],
        store.actions[0].cashDividend, store.actions[0].delistingPrice ?? 1,
      ] + (store.curves[0].curve(at: KnowledgeTime(endOf: day("2020-01-02")))?.rates ?? [1])
    #expect(zeros.count == 7 && zeros.allSatisfy { $0 == 0 && $0.sign == .plus })
  }

  @Test func aLagForAllFillsFlowsToo() throws {
    let folder = ScratchFolder([
      "flows/f.csv":
        "series,observation_date,release_time,value\nF,2020-01-02,,1\nF,2020-01-03,2020-01-03T12:00:00Z,2\n",
      "dataset.yaml": "release_lag: {\"*\": 3d}\n",
    ])
    let store = try folder.load().store
    func count(_ text: String) -> Int { store.view(on: day(text)).snapshot(SeriesID(.flow, 0)).count }
    #expect(count("2020-01-03") == 1 && count("2020-01-04") == 1 && count("2020-01-05") == 2)
    folder.write("dataset.yaml", Array("release_lag: {F: 1d}\n".utf8))
    let other = try folder.load().store
    #expect(other.view(on: day("2020-01-03")).snapshot(SeriesID(.flow, 0)).count == 2)
  }
}
