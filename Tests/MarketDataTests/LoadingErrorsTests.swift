import Diagnostics
import MarketData
import MarketModel
import Testing

/// What stops loading, with its place.
@Suite struct LoadingErrorsTests {
  /// One prices file: its rows after a full header, and what loading says.
  @Test(arguments: [
    ("A,2020-01-02,1,2,1,1.5,100", ["E0705 prices/p.csv:2:1"]),
    ("A,2020-01-02,1,2,1,1.5,100,1.5,9", ["E0705 prices/p.csv:2:1"]),
    ("A,2020-01-02,1,2,1,\"1.5,100,1.5", ["E0705 prices/p.csv:2:1"]),
    ("A,2020-01-02,1,2,1,1x,100,1.5", ["E0706 prices/p.csv:2:20"]),
    ("A,2020-01-02,inf,2,1,1,100,1.5", ["E0706 prices/p.csv:2:14"]),
    ("A,2020-01-02,1e999,2,1,1,100,1.5", ["E0706 prices/p.csv:2:14"]),
    ("A,2020-01-02,1,2,1,0x1p3,100,1.5", ["E0706 prices/p.csv:2:20"]),
    ("A,2020-01-02,1,2,1,\"1,000\",100,1.5", ["E0706 prices/p.csv:2:21"]),
    ("A,2020-02-30,1,2,1,1,100,1.5", ["E0707 prices/p.csv:2:3"]),
    ("A,02/01/2020,1,2,1,1,100,1.5", ["E0707 prices/p.csv:2:3"]),
    ("A,2020-01-02 09:30:00,1,2,1,1,100,1.5", ["E0721 prices/p.csv:2:3"]),
    (",2020-01-02,1,2,1,1,100,1.5", ["E0709 prices/p.csv:2:1"]),
    ("A,,1,2,1,1,100,1.5", ["E0709 prices/p.csv:2:3"]),
    (
      "A,2020-01-02,1,2,1,1,100,1.5\n\nA,2020-01-02,1,2,1,1,101,1.5",
      ["E0710 prices/p.csv:4:0"]
    ),
  ])
  func refusesPriceRows(_ rows: String, _ expected: [String]) {
    let folder = ScratchFolder([
      "prices/p.csv": "ticker,date,open,high,low,close,volume,adjusted_close\n" + rows + "\n"
    ])
    #expect(folder.problems() == expected)
  }

  @Test(arguments: [
    ("X,2020-01-01,2020-02-01 8:30,1", ["E0715 series/s.csv:2:14"]),
    ("X,2020-01-01,2020-02-01T25:30,1", ["E0715 series/s.csv:2:14"]),
    ("X,2020-01-01,,1", ["E0714 series/s.csv:2:0"]),
    ("X,2020-01-01,2020-02-01,1\nX,2020-01-01,2020-02-01,2", ["E0710 series/s.csv:3:0"]),
    ("X,2020-01-01,2020-02-01,1\nX,2020-01-01,2020-02-01T23:59:59Z,1", []),
  ])
  func refusesReleases(_ rows: String, _ expected: [String]) {
    let folder = ScratchFolder(["series/s.csv": "series,observation_date,release_time,value\n" + rows])
    #expect(folder.problems() == expected)
  }

  @Test func refusesOtherRows() {
    let folder = ScratchFolder([
      "curves/c.csv": "curve,date,tenor_days,rate\nC,2020-01-02,0.5,1\nC,2020-01-02,-1,1\nC,2020-01-02,,1",
      "universes/u.csv": "universe,ticker,start,end\nU,A,2020-01-02,2020-01-01\nU,,,",
      "actions/a.csv": "ticker,ex_date,split_ratio,cash_dividend\nA,2020-01-02,0,\nA,2020-01-03,,-1\nA,2020-01-06,-2,",
    ])
    #expect(
      folder.problems() == [
        "E0782 actions/a.csv:2:1", "E0720 actions/a.csv:3:15", "E0720 actions/a.csv:4:14", "E0724 curves/c.csv:2:14",
        "E0724 curves/c.csv:3:14", "E0709 curves/c.csv:4:14", "E0713 universes/u.csv:2:16", "E0709 universes/u.csv:3:3",
      ])
  }

  @Test func refusesHeaders() {
    check("prices/p.csv", "ticker,date,open\n", ["E0708 prices/p.csv:1:1"])
    check("prices/p.csv", "ticker,close\n", ["E0708 prices/p.csv:1:1"])
    check("prices/p.csv", "date,Close,close\n", ["E0726 prices/p.csv:1:12"])
    check("prices/p.csv", "", ["E0708 prices/p.csv:1:1"])
    check("actions/a.csv", "ticker,date,action,quantity\nA,2020-01-02,BUY,10\n", ["E0708 actions/a.csv:1:1"])
    check("series/s.csv", "code,date\n", ["E0708 series/s.csv:1:1"])
  }

  private func check(_ name: String, _ text: String, _ expected: [String]) {
    #expect(ScratchFolder([name: text]).problems() == expected, "\(text)")
  }

  @Test func refusesFiles() {
    let folder = ScratchFolder(["prices/a.csv.gz": "date,A\n2020-01-02,1\n"])
    folder.write("prices/b.csv.gz", Array("date,B\n2020-01-02,1\n".utf8))
    folder.write("prices/c.csv", [0x50, 0x41, 0x52, 0x31, 0, 1, 2])
    folder.write("prices/d.csv", [0x64, 0x61, 0x74, 0x65, 0xFF, 0xFE])
    folder.makeFolder("prices/e.csv")
    #expect(
      folder.problems() == [
        "E0704 prices/b.csv.gz:0:0", "E0725 prices/c.csv:1:0", "E0725 prices/d.csv:1:0", "E0703 prices/e.csv:0:0",
      ])
  }

  @Test func refusesFolders() {
    #expect(ScratchFolder([:]).problems() == ["E0702"])
    #expect(ScratchFolder(["other/x.csv": "a\n", "prices/readme.txt": "a"]).problems() == ["E0702"])
    #expect(ScratchFolder(["prices": "a file"]).problems() == ["E0703 prices:0:0"])
    #expect(throws: DataLoadingFailure.self) { try DataFolder("/nowhere/at/all").load() }
  }

  @Test func reportsTheFirstTwentyAndCountsTheRest() {
    let rows = (0..<50).map { "2020-01-\($0 + 1),1" }.joined(separator: "\n")
    let folder = ScratchFolder(["prices/b.csv": "date,B\n" + rows, "prices/a.csv": "date,A\nx,1"])
    do {
      _ = try folder.load()
      #expect(Bool(false), "errors were expected")
    } catch {
      #expect(error.diagnostics.count == 20)
      // Days 1 to 9 lack a digit, 32 to 50 do not exist.
      #expect(error.count == 1 + 9 + 19)
      #expect(error.diagnostics[0].location?.name.hasSuffix("a.csv") == true)
    }
  }

  @Test func refusesSettings() {
    let prices = "date,A,B\n2020-01-02,1,1\n"
    func problems(_ yaml: String) -> [String] {
      ScratchFolder(["prices/p.csv": prices, "dataset.yaml": yaml]).problems()
    }
    #expect(problems("name: x\ncalendar: A\naliases: {C: A}\nrelease_lag: 45d\n") == [])
    #expect(problems("nam: x") == ["E0716 dataset.yaml:1:1"])
    #expect(problems("name: x\nname: y") == ["E0716 dataset.yaml:2:1"])
    #expect(problems("- 1") == ["E0716 dataset.yaml:1:1"])
    #expect(problems("name: [1") == ["E0716 dataset.yaml:1:9"] || problems("name: [1").count == 1)
    #expect(problems("decision_time: 16:00 New York") == ["E0717 dataset.yaml:1:16"])
    #expect(problems("decision_time: 24:00 UTC") == ["E0717 dataset.yaml:1:16"])
    #expect(problems("calendar: Z") == ["E0722"])
    #expect(problems("aliases: {A: B}") == ["E0718"])
    #expect(problems("aliases: {C: D}") == ["E0718"])
    #expect(problems("release_lag: {X: 45d}") == ["E0729"])
    #expect(problems("bar_dates: middle") == ["E0716 dataset.yaml:1:12"])
    #expect(problems("tenor_unit: fortnights") == ["E0716 dataset.yaml:1:13"])
    #expect(problems("release_lag: {\"*\": 1mo}") == ["E0716 dataset.yaml:1:14"])
  }

  @Test func dividendsMustBeBelowThePrice() {
    let folder = ScratchFolder([
      "prices/p.csv": "date,A\n2020-01-02,10\n2020-01-03,9\n",
      "actions/a.csv": "ticker,ex_date,cash_dividend\nA,2020-01-03,10\nA,2019-01-03,99\n",
    ])
    #expect(folder.problems() == ["E0719 actions/a.csv:2:0"])
  }

  @Test func everyRecordHasItsOwnCode() {
    let codes = DataDiagnostics.records.map(\.code)
    #expect(codes == Array(Set(codes)).sorted())
    #expect(DataDiagnostics.records.allSatisfy { $0.code.dropFirst().hasPrefix("07") && !$0.explanation.isEmpty })
  }

  @Test(arguments: [0, 1, 63, 64, 65, 127, 128, 200, 255]) func aByteThatNoTextHasIsFoundAnywhere(_ place: Int) {
    var lines = Array("date,close\n".utf8)
    while lines.count < 256 { lines += Array("2020-01-02,1\n".utf8) }
    let line = 1 + lines[..<place].count { $0 == 0x0A }
    for byte: UInt8 in [0, 0xFF, 0xC0] {
      var damaged = lines
      damaged[place] = byte
      let folder = ScratchFolder([:])
      folder.write("prices/a.csv", damaged)
      #expect(folder.problems() == ["E0725 prices/a.csv:\(line):0"])
    }
  }
}
