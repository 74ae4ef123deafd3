import Diagnostics
import Importers
import MarketData
import Testing

/// Dates and numbers as files write them.
@Suite struct DateTests {
  private func check(_ written: [String], _ dates: [String], order: DateOrder? = nil) throws {
    let scratch = try ImportScratch()
    let rows = written.enumerated().map { "\"\($1)\",\($0 + 1)\n" }.joined()
    try scratch.add("T.csv", "Date,Close\n" + rows, dates: order)
    let found = Set(try scratch.rows("prices").map { String($0.split(separator: ",")[1]) })
    #expect(found == Set(dates), "\(written)")
  }

  @Test func oneDateDecidesForTheWholeFile() throws {
    try check(["1/2/1990", "1/31/1990"], ["1990-01-02", "1990-01-31"])
    try check(["1/2/1990", "31/1/1990"], ["1990-02-01", "1990-01-31"])
    try check(["10/16/20"], ["2020-10-16"])
    try check(["31.12.1999", "3.1.2000"], ["1999-12-31", "2000-01-03"])
    try check(["5/5/2020"], ["2020-05-05"])
    try check(["02-01-2024 00:00", "15-01-2024 00:00"], ["2024-01-02", "2024-01-15"])
  }

  @Test func otherwiseTheUserSaysIt() throws {
    try check(["1/2/2024", "3/4/2024"], ["2024-01-02", "2024-03-04"], order: .mdy)
    try check(["1/2/2024", "3/4/2024"], ["2024-02-01", "2024-04-03"], order: .dmy)
    #expect(
      problems {
        try check(["1/2/2024", "3/4/2024"], []); return 0
      } == ["E0762"])
    #expect(
      problems {
        try check(["1/13/2024", "13/1/2024"], []); return 0
      } == ["E0762"])
    // There is no month 16.
    #expect(
      problems {
        try check(["10/16/20"], [], order: .dmy); return 0
      } == ["E0743"])
    // What says its order itself needs none, and keeps it.
    try check(["2024-01-02", "2024-03-04"], ["2024-01-02", "2024-03-04"], order: .dmy)
    try check(["2024/01/02", "2024.3.4"], ["2024-01-02", "2024-03-04"], order: .dmy)
  }

  @Test func monthsByName() throws {
    try check(
      ["Oct 16, 2020", "October 15, 2020", "14-Oct-20", "13 Oct 2020", "Fri Oct 9 2020", "sept 8, 2020"],
      ["2020-10-16", "2020-10-15", "2020-10-14", "2020-10-13", "2020-10-09", "2020-09-08"])
    #expect(
      problems {
        try check(["Oct 32, 2020"], []); return 0
      } == ["E0743"])
  }

  @Test func midnightsAndOtherTimes() throws {
    try check(
      [
        "2024-01-05 00:00:00-05:00", "2024-01-08T00:00:00.000Z", "2024-01-09 00:00:00 UTC", "20240110",
        "2024-01-11 00:00:00+09", "1/12/2024 12:00:00 AM", "2024-01-15 00:00 America/New_York",
      ],
      ["2024-01-05", "2024-01-08", "2024-01-09", "2024-01-10", "2024-01-11", "2024-01-12", "2024-01-15"], order: .mdy)
    for text in ["2024-01-05 09:30:00-05:00", "2024-01-05 12:00:00 PM", "2024-01-05 05:00:00+00:00"] {
      #expect(
        problems {
          try check([text], []); return 0
        } == ["E0744"], "\(text)")
    }
    for text in ["2024-01-05 25:00", "2024-01-05 00:00:00 -5", "2024-01-05x", "2024-13-01", "5", "2024", "a/b/c"] {
      #expect(
        problems {
          try check([text], []); return 0
        } == ["E0743"], "\(text)")
    }
  }

  @Test func linesBeforeTheHeaderAndBlanksAfterCommas() throws {
    let scratch = try ImportScratch()
    #expect(
      try scratch.add(
        "HistoricalPrices.csv", "Date, Open, High, Low, Close\n10/16/20, 3493.50, 3515.76, 3480.45, 3483.81\n") == 1)
    #expect(try scratch.rows("prices") == ["HistoricalPrices,2020-10-16,3493.5,3515.76,3480.45,3483.81,"])
    let macro =
      "Macrotrends Data Download\n\n\"Disclaimer, and so on\"\n\ndate,open,high,low,close,volume\n2020-01-02,1,2,1,2,7\n"
    #expect(try scratch.add("M.csv", macro) == 1)
    #expect(scratch.remarks == ["M.csv: left aside: the 2 lines before the header"])
    // A wrong cell is named by the line of the file.
    do {
      try scratch.add("M.csv", macro + "2020-01-03,1,2,1,x,7\n")
      Issue.record("a wrong cell was taken")
    } catch let failure as DataLoadingFailure { #expect(failure.diagnostics[0].location?.start.line == 7) }
  }

  @Test func semicolonsAndDecimalCommas() throws {
    let scratch = try ImportScratch()
    try scratch.add("DAX.csv", "Date;Close;Volume\n02.01.2024;16.769,36;1.000\n15.01.2024;16.622,22;900\n")
    #expect(try scratch.rows("prices") == ["DAX,2024-01-02,,,,16769.36,1000", "DAX,2024-01-15,,,,16622.22,900"])
    // A comma that could be either is asked about; between commas it is one of thousands.
    #expect(problems { try scratch.add("E.csv", "Date;Close\n2024-01-02;1,234\n") } == ["E0766"])
    try scratch.add("F.csv", "Date,Close\n2024-01-02,\"1,234\"\n2024-01-03,€999.5\n")
    #expect(try scratch.rows("prices").suffix(2) == ["F,2024-01-02,,,,1234,", "F,2024-01-03,,,,999.5,"])
    for text in ["1,23,4", "1.2.3", "$", "12X", "--1", "1e400", "$$1"] {
      #expect(problems { try scratch.add("G.csv", "Date,Close\n2024-01-02,\"\(text)\"\n") } == ["E0743"], "\(text)")
    }
  }
}
