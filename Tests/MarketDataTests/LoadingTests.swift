import MarketData
import MarketModel
import Testing

/// What is loaded, from which forms of files, and which defects are counted.
@Suite struct LoadingTests {
  private func day(_ text: String) -> Day { Day(iso: text) ?? .earliest }

  @Test func findsColumnsByTheirUsualNames() throws {
    let folder = ScratchFolder([
      "prices/AAPL.csv":
        "\u{FEFF}Date,Open,High,Low,Close,Adj Close,Volume\r\n2020-01-02 00:00:00,1,3,1,2,1.9,100\r\n\r\n",
      "prices/long.csv": "SYMBOL,Date,close\n\"B,1\",2020-01-02T00:00:00Z,+1e1\n\"q\"\"\",2020-01-02,.5\n",
    ])
    let store = try folder.load().store
    #expect(store.tickerNames == ["AAPL", "B,1", "q\""])
    let apple = store.prices(TickerID(0))
    #expect(apple.close[0] == 2 && apple.level[0] == 1.9 && apple.volume[0] == 100)
    #expect(store.prices(TickerID(1)).close[0] == 10 && store.prices(TickerID(2)).close[0] == 0.5)
    #expect(store.prices(TickerID(1)).open[0].missingReason == .missingBar)
  }

  @Test func aTickerOfAWideFileMayBeCalledLow() throws {
    let text = "Date,AAPL,LOW,ALL\n2024-01-02,185.64,221.0,140.1\n2024-01-03,184.25,218.5,\n"
    let store = try ScratchFolder(["prices/wide.csv": text]).load().store
    #expect(store.tickerNames == ["AAPL", "ALL", "LOW"])
    #expect(Array(store.prices(TickerID(2)).close.buffer) == [221, 218.5] && store.prices(TickerID(1)).count == 1)
    // A column of the kind alone, or a ticker, makes no wide file.
    #expect(ScratchFolder(["prices/w.csv": "Date,OPEN,LOW\n2024-01-02,1,1\n"]).problems() == ["E0708 prices/w.csv:1:1"])
    #expect(
      ScratchFolder(["prices/w.csv": "Date,Name,Price\n2024-01-02,A,1\n"]).problems() == ["E0708 prices/w.csv:1:1"])
  }

  @Test(arguments: [
    ("Name", "tic"), ("stock", "Code"), ("asset", "sid"), ("Symbol", "Name"), ("ticker", "permno"), ("tic", "permno"),
    ("act_symbol", "ticker_symbol"),
  ])
  func theFirstTickerColumnOfTheKnownOrderCounts(_ first: String, _ second: String) throws {
    let text = "\(second),date,\(first),close\nX,2024-01-02,A,1\nX,2024-01-02,B,2\n"
    #expect(try ScratchFolder(["prices/p.csv": text]).load().store.tickerNames == ["A", "B"])
  }

  @Test func readsEveryWayToSayMissing() throws {
    let words = ["", "null", "NULL", "NA", "n/a", "NaN", "None", "#N/A"]
    let rows = words.enumerated().map { "A,2020-01-\($0 < 8 ? "0" : "")\($0 + 1),\($1),1" }
    let folder = ScratchFolder(["prices/p.csv": "ticker,date,open,close\n" + rows.joined(separator: "\n")])
    let history = try folder.load().store.prices(TickerID(0))
    #expect(history.count == 8 && history.open.buffer.allSatisfy { $0.missingReason == .missingBar })
  }

  @Test func sameRowsGiveTheSameFingerprint() throws {
    let long = ScratchFolder([
      "prices/p.csv": "ticker,date,close\nA,2020-01-02,1\nA,2020-01-03,1.5\nB,2020-01-03,2.0\n",
      "flows/f.csv": "series,observation_date,value\nF,2020-01-02,-0\nF,2020-01-03,\n",
    ])
    let wide = ScratchFolder([
      "prices/w.csv.gz": "Date,B,A\n2020-01-03,2,1.50\n2020-01-02,,1\n",
      "flows/a.csv": "code,date,release_time,value,revision\nF,2020-01-03,,NA,0\n",
      "flows/b.csv.gz": "code,date,value\nF,2020-01-02,0\n",
    ])
    let expected = try long.load().store.fingerprint
    #expect(try wide.load().store.fingerprint == expected)
    let other = ScratchFolder(["prices/p.csv": "ticker,date,close\nA,2020-01-02,1\n"])
    #expect(try other.load().store.fingerprint != expected)
    #expect(expected.count == 64)
  }

  @Test func fingerprintIsTakenOverTheWrittenLines() throws {
    let folder = ScratchFolder([
      "dataset.yaml": "name: n\ndecision_time: '16:00 America/New_York'\naliases: {b: A}\nrelease_lag: {'*': 45d}\n",
      "prices/p.csv": "ticker,date,open,close\nA,2020-01-02,-1,1\n",
      "series/s.csv":
        "series,observation_date,release_time,value\nS,2020-01-01,2020-02-07T13:30:00.250Z,-0.0\nS,2020-02-01,,2\n",
      "curves/c.csv": "curve,date,tenor_days,rate\nC,2020-01-02,30,1\n",
      "universes/u.csv": "universe,ticker,start,end\nU,A,,2020-01-05\n",
      "actions/a.csv": "ticker,ex_date,split_ratio,cash_dividend\nA,2020-01-02,1,\n",
    ])
    let one = "3ff0000000000000"
    let lines = [
      "strat-data\t1", "setting\tdecision_time\t16:00 America/New_York", "setting\tadjust\tactions", "aliases\tb\tA",
      "release_lag\t*\t45d", "price\tA\t2020-01-02\t\t\t\t\(one)\t\t",
      "series\tS\t2020-01-01\t1581082200.25\t0\t0000000000000000", "series\tS\t2020-02-01\t\t0\t4000000000000000",
      "curve\tC\t2020-01-02\t30\t\t0\t\(one)", "member\tU\tA\t0001-01-01\t2020-01-05",
      "action\tA\t2020-01-02\t\(one)\t0000000000000000\t",
    ]
    let text = lines.map { $0 + "\n" }.joined()
    #expect(try folder.load().store.fingerprint == FingerprintReference.sha256(text))
  }

  @Test func countsDefects() throws {
    let folder = ScratchFolder([
      "prices/p.csv": """
      ticker,date,open,high,low,close,volume,adjusted_close
      A,2020-01-03,1,2,1,1,0,1
      A,2020-01-02,0,2,1,1.5,10,1.5
      A,2020-01-04,1,0.5,1,1,-1,1
      A,2020-01-06,1,2,1,,10,1
      A,2020-01-07,1,2,1,1.9,10,1.9
      A,2020-01-07,1,2,1,1.9,10,1.9
      A,2020-02-07,1,2,1,1.9,10,
      """,
      "curves/c.csv": "curve,date,tenor_days,rate\nC,2020-01-02,30,\nC,2020-01-02,60,1\n",
    ])
    var calendar = "date,CAL\n"
    for offset in 0..<60 where (day("2020-01-01") + offset).isWeekday {
      calendar += "\(day("2020-01-01") + offset),1\n"
    }
    folder.write("prices/cal.csv", Array(calendar.utf8))
    let loaded = try folder.load()
    let found = loaded.report.defects.map { "\($0.kind.rawValue) \($0.line)" }
    #expect(
      found == [
        "bad_value 3", "bad_value 4", "ohlc 4", "zero_volume 2", "no_close 5", "no_rate 2", "no_adjusted_close 8",
        "weekend 4", "gap 8", "jump 6", "duplicate_row 7", "unordered 3",
      ])
    #expect(loaded.report.summary?.hasPrefix("2 bad_value, 1 ohlc") == true)
    #expect(loaded.report.defects.first { $0.kind == .gap }?.sizeInWords == "22 sessions without a row")
    #expect(folder.problems(.init(strict: true)).count == 12)
  }

  @Test func repetitionsAcrossFilesAreCountedAndConflictsRefused() throws {
    let folder = ScratchFolder(["prices/a.csv": "date,A\n2020-01-02,1\n", "prices/b.csv": "date,A\n2020-01-02,1\n"])
    let loaded = try folder.load()
    #expect(loaded.report.count(of: .duplicateRow) == 1 && loaded.store.prices(TickerID(0)).count == 1)
    folder.write("prices/c.csv", Array("date,A\n2020-01-02,2\n".utf8))
    #expect(folder.problems() == ["E0710 prices/c.csv:2:0"])
  }

  @Test func releaseLagsFillWhatIsEmpty() throws {
    let folder = ScratchFolder(["series/s.csv": "series,observation_date,value\nX,2020-01-01,5\n"])
    #expect(folder.problems() == ["E0714 series/s.csv:2:0"])
    let lag = try #require(ReleaseLag("12bd"))
    let store = try folder.load(.init(releaseLag: lag)).store
    let series = try #require(store.series(.macro, named: "X"))
    #expect(store.view(on: day("2020-01-16")).snapshot(series).count == 0)
    #expect(store.view(on: day("2020-01-17")).snapshot(series).count == 1)
    #expect(store.fingerprint != (try folder.load(.init(releaseLag: ReleaseLag("10bd"))).store.fingerprint))
    #expect(ReleaseLag("1mo") == nil && ReleaseLag("-1d") == nil && ReleaseLag("6w")?.count == 42)
  }

  @Test func aliasesStandForTheirTickers() throws {
    let folder = ScratchFolder(["prices/p.csv": "date,META\n2020-01-02,1\n", "dataset.yaml": "aliases: {FB: META}"])
    let view = try folder.load().store.view(on: day("2020-01-02"))
    #expect(view.ticker(named: "FB") == view.ticker(named: "META") && view.ticker(named: "FB") != nil)
    #expect(view.knownNames == ["META"])
  }

  @Test func membersWithoutPricesAreKnown() throws {
    let folder = ScratchFolder([
      "prices/p.csv": "date,B\n2020-01-02,1\n",
      "universes/u.csv":
        "universe,ticker,start,end\nU,A,,\nU,B,2020-01-02,2020-01-03\nU,B,2020-01-06,\nU,B,2020-01-06,\n",
    ])
    let loaded = try folder.load()
    let store = loaded.store
    func members(_ text: String) -> [String]? {
      store.view(on: day(text)).members("U")?.map { store.name(of: $0) }
    }
    #expect(members("2020-01-01") == ["A"] && members("2020-01-02") == ["A", "B"])
    #expect(members("2020-01-03") == ["A"] && members("2020-01-06") == ["A", "B"])
    #expect(store.view(on: day("2020-01-06")).members("V") == nil)
    #expect(store.instruments.map(\.hasPrices) == [false, true])
    #expect(store.view(on: day("2020-01-06")).bars(TickerID(0)) == nil)
    #expect(loaded.report.count(of: .duplicateRow) == 1)
  }
}
