import Diagnostics
import Importers
import MarketData
import Testing

/// Files as sites and programs write them today.
@Suite struct LayoutTests {
  @Test func columnsAreFoundByName() throws {
    let scratch = try ImportScratch()
    try scratch.add(
      "KOX.csv",
      "Date,Open,High,Low,Close,Volume,Adj Close\n1997-01-02,52.50,52.50,51.125,51.875,7161800,16.206907\n",
      format: "yahoo")
    #expect(try scratch.rows("prices") == ["KOX,1997-01-02,52.5,52.5,51.125,51.875,7161800,16.206907"])
  }

  @Test func threeRowsOfHeader() throws {
    let scratch = try ImportScratch()
    let one = """
      Price,Close,High,Low,Open,Volume
      Ticker,EURX,EURX,EURX,EURX,EURX
      Date,,,,,
      2024-07-08,1.0826,1.0847,1.0815,1.0820,0
      2024-07-09,1.0831,1.0834,1.0806,1.0828,0

      """
    #expect(try scratch.add("EURX.csv", one) == 2)
    #expect(try scratch.add("EURX.csv", one, format: "yahoo") == 0, "yahoo stands for what is fetched from it")
    let two = """
      Price,Close,Close,Volume,Volume
      Ticker,AAA,BBB,AAA,BBB
      Date,,,,
      2024-01-02,185.64,370.87,82488700,25258600
      2024-01-03,184.25,370.60,58414500,23083500
      2024-01-04,,1,,2

      """
    #expect(try scratch.add("two.csv", two) == 5)
    // By ticker first, and without words in the first column.
    let byTicker = two.split(separator: "\n")
    #expect(
      try scratch.add(
        "b.csv",
        ([byTicker[1].dropFirst(6), byTicker[0].dropFirst(5)] + byTicker[2...]).joined(separator: "\n") + "\n") == 0)
    #expect(
      try scratch.rows("prices") == [
        "EURX,2024-07-08,1.082,1.0847,1.0815,1.0826,0", "EURX,2024-07-09,1.0828,1.0834,1.0806,1.0831,0",
        "AAA,2024-01-02,,,,185.64,82488700", "AAA,2024-01-03,,,,184.25,58414500", "BBB,2024-01-02,,,,370.87,25258600",
        "BBB,2024-01-03,,,,370.6,23083500", "BBB,2024-01-04,,,,1,2",
      ])
  }

  @Test func aMidnightIsADateWhateverItsZone() throws {
    let scratch = try ImportScratch()
    try scratch.add(
      "STQ.csv",
      "Date,Open,High,Low,Close,Volume\n2024-01-05 00:00:00-05:00,1,2,0.5,1.5,100\n2024-01-08 00:00:00-05:00,2,3,1,2.5,200\n"
    )
    #expect(try scratch.rows("prices") == ["STQ,2024-01-05,1,2,0.5,1.5,100", "STQ,2024-01-08,2,3,1,2.5,200"])
    let history = "Date,Open,High,Low,Close,Volume,Dividends,Stock Splits\n"
    #expect(try scratch.add("STQ.csv", history + "2024-01-05 00:00:00-05:00,1,2,0.5,1.5,100,0.1,0.0\n") == 0)
    #expect(scratch.sources == ["STQ.csv yahoo 1"])
    #expect(scratch.remarks == ["STQ.csv: left aside: the columns Dividends, Stock Splits"])
    #expect(try scratch.add("STQ.csv", history + "2024-01-05,1,2,0.5,1.5,100,0.1,0.0\n", format: "yahoo") == 0)
    #expect(
      problems { try scratch.add("H.csv", history + "2024-01-05 09:30:00-05:00,1,2,0.5,1.5,100,0,0\n") } == ["E0744"])
  }

  @Test func dividendsAndSplitsOfOneTicker() throws {
    let scratch = try ImportScratch()
    try scratch.add(
      "AAPL.csv", "ticker,date,close\nAAPL,2020-08-06,455.61\nAAPL,2020-08-28,499.23\nAAPL,2020-08-31,129.04\n")
    #expect(try scratch.add("AAPL.csv", Importer.find("yahoo-actions").example) == 2)
    let actions = try scratch.rows("actions")
    #expect(actions.count == 2 && actions[0].hasPrefix("AAPL,2020-08-07,") && actions[0].contains("0.205"))
    #expect(actions.count == 2 && actions[1].hasPrefix("AAPL,2020-08-31,4,"))
    #expect(scratch.remarks.count == 1 && scratch.remarks[0].contains("count twice"))
  }

  @Test func yahoosMonthsAreKnownAtTheirEnd() throws {
    let scratch = try ImportScratch()
    let rows = (1...12).map { "2020-\($0 < 10 ? "0" : "")\($0)-01,100,104,99,101,101,10\n" }.joined()
    try scratch.add("IDX.csv", "Date,Open,High,Low,Close,Adj Close,Volume\n" + rows)
    let days = try scratch.rows("prices").map { $0.split(separator: ",")[1].dropFirst(5) }
    #expect(
      days == [
        "01-31", "02-28", "03-31", "04-30", "05-29", "06-30", "07-31", "08-31", "09-30", "10-30", "11-30", "12-31",
      ])
    #expect(scratch.remarks.count == 1 && scratch.remarks[0].contains("IDX: 12 monthly bars"))
  }

  @Test func wideCloses() throws {
    let scratch = try ImportScratch()
    #expect(try scratch.add("wide.csv", "Date,AAA,BBB\n2024-01-02,1.0,2.0\n2024-01-03,1.1,2.1\n") == 4)
    #expect(
      try scratch.add("low.csv", "Date,AAPL,LOW,ALL\n2024-01-02,185.64,221.0,140.1\n2024-01-03,184.25,218.5,141.2\n")
        == 6)
    #expect(try scratch.rows("prices").contains("LOW,2024-01-03,,,,218.5,"))
    // A data frame whose index has no name, and dates with the month first.
    #expect(try scratch.add("i.csv", ",AAA,BRK-B\n1/2/2024,1.0,7\n1/16/2024,,8\n") == 2)
    #expect(try scratch.rows("prices").suffix(2) == ["BRK-B,2024-01-02,,,,7,", "BRK-B,2024-01-16,,,,8,"])
    // What could as well be macro series is asked about, both ways.
    do {
      try scratch.add("m.csv", "Date,Inflation rate,Jobs\n2024-01-02,1.0,2.0\n")
      Issue.record("a guess was made")
    } catch let problem as Diagnostic {
      let notes = problem.notes.map(\.message).joined()
      #expect(problem.code == "E0740" && notes.contains("--format prices") && notes.contains("--format fred"))
    }
    #expect(try scratch.add("p.csv", "DATE,aaa\n2024-01-05,1\n", format: "prices") == 1)
  }

  @Test func tickerColumnsAsTheWorldNamesThem() throws {
    let scratch = try ImportScratch()
    try scratch.add(
      "gone_and_new.csv",
      "date,open,high,low,close,volume,Name\n2015-01-05,50,51,49,50,100,AAA\n2015-01-07,51,52,50,51,900,BBB\n")
    #expect(
      try scratch.rows("prices") == ["AAA,2015-01-05,50,51,49,50,100", "BBB,2015-01-07,51,52,50,51,900"])
    // Where none is understood, it is asked for.
    #expect(problems { try scratch.add("x.csv", "date,issuer,close\n2020-01-02,A,1\n2020-01-02,B,2\n") } == ["E0763"])
    for format in [nil, "yahoo"] {
      #expect(
        problems {
          try scratch.add(
            "x.csv",
            "Date,Open,High,Low,Close,Adj Close,Volume,Issuer\n2020-01-02,1,1,1,1,1,1,A\n2020-01-02,2,2,2,2,2,2,B\n",
            format: format)
        } == ["E0763"])
    }
  }

  @Test func everyColumnLeftAsideIsNamed() throws {
    let scratch = try ImportScratch()
    try scratch.add(
      "SHARADAR_SEP.csv",
      """
      ticker,date,open,high,low,close,volume,closeadj,closeunadj,lastupdated
      AAPL,2020-02-06,80.6,81.3,80.0,81.3,105425600,79.0,325.21,2023-02-10
      AAPL,2020-02-07,80.5,80.8,79.5,80.0,117684000,78.0,320.03,2023-02-10

      """)
    #expect(
      try scratch.rows("prices") == [
        "AAPL,2020-02-06,80.6,81.3,80,81.3,105425600,79", "AAPL,2020-02-07,80.5,80.8,79.5,80,117684000,78",
      ])
    #expect(scratch.remarks == ["SHARADAR_SEP.csv: left aside: the columns closeunadj, lastupdated"])
  }

  @Test func whatIsNoFileOfActionsIsNotTakenForOne() throws {
    let scratch = try ImportScratch()
    #expect(
      problems { try scratch.add("holdings.csv", "date,ticker,weight,sector\n2024-01-02,AAPL,0.07,IT\n") } == ["E0740"])
    #expect(
      problems { try scratch.add("trades.csv", "Date,Symbol,Action,Quantity,Price\n2024-01-02,AAPL,BUY,10,185\n") }
        == ["E0740"])
  }

  @Test func commasAloneSeparateAListThatHasThem() throws {
    let scratch = try ImportScratch()
    try scratch.add("SPX.csv", "date,tickers\n2020-01-02,\"A,BF B, BRK B\"\n")
    #expect(
      try scratch.rows("universes") == ["SPX,A,2020-01-02,", "SPX,\"BF B\",2020-01-02,", "SPX,\"BRK B\",2020-01-02,"])
    try scratch.add("DAX.csv", "date,tickers\n2020-01-02,SAP BMW\n2020-01-03,SAP;BAY N\n")
    #expect(try scratch.rows("universes").contains("DAX,\"BAY N\",2020-01-03,"))
  }

  @Test func stooqInPolish() throws {
    let scratch = try ImportScratch()
    try scratch.add(
      "cdr_d.csv", "Data,Otwarcie,Najwyzszy,Najnizszy,Zamkniecie,Wolumen\n2024-01-02,115,117.5,113,114.2,300000\n")
    #expect(try scratch.rows("prices") == ["CDR,2024-01-02,115,117.5,113,114.2,300000"])
  }

  @Test func sitesWithTheirOwnNumbers() throws {
    let scratch = try ImportScratch()
    try scratch.add("AAPL.csv", Importer.find("nasdaq").example)
    try scratch.add("SPX.csv", Importer.find("investing").example)
    try scratch.add("BTC.csv", Importer.find("cryptodatadownload").example)
    #expect(
      try Set(scratch.rows("prices")) == [
        "AAPL,2020-10-15,118.72,121.2,118.15,120.71,112559200",
        "AAPL,2020-10-16,121.28,121.548,118.81,119.02,115393800",
        "SPX,2020-10-15,3453.72,3489.08,3440.89,3483.34,2020000", "SPX,2020-10-16,3493.5,3515.76,3480.45,3483.81,",
        "BTC/USD,2020-10-15,11419.35,11619.12,11268.69,11497.59,5066.93",
        "BTC/USD,2020-10-16,11497.59,11537.98,11202,11330.01,5241.02",
      ])
  }

  @Test func metaTrader() throws {
    let scratch = try ImportScratch()
    let example = try Importer.find("metatrader")
    try scratch.add(example.exampleName, example.example)
    #expect(
      try scratch.rows("prices") == [
        "EURUSD,2020-01-02,1.12132,1.12247,1.11636,1.11715,0", "EURUSD,2020-01-03,1.11718,1.118,1.11249,1.11597,0",
      ])
    #expect(
      problems {
        try scratch.add("h.csv", "<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\n2020.01.02\t01:00:00\t1\t1\t1\t1\n")
      } == ["E0744"])
  }
}
