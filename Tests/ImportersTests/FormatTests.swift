import Importers
import MarketData
import Testing

/// Each record's example is read by its own format, and gives the rows that it should.
@Suite struct FormatTests {
  @Test(arguments: Importer.all.map(\.name))
  func theExampleIsRecognisedAndLoads(_ name: String) throws {
    let importer = try Importer.find(name)
    let scratch = try ImportScratch()
    let path = try scratch.write(importer.exampleName, importer.example)
    let lag = importer.needsLag ? "30d" : nil
    // Flows look like macro series: only the user can tell.
    let format = name == "flows" ? name : nil
    var session = ImportSession(
      format: try format.map { try Importer.find($0) },
      options: Importer.Options(releaseLag: lag.flatMap { ReleaseLag($0) }))
    try session.read([path])
    #expect(session.sources.map(\.format) == [name] && session.sources[0].rows > 0)
    #expect(try scratch.take(path, format: format, lag: lag) > 0)
    #expect(try scratch.take(path, format: format, lag: lag) == 0, "the second time there is nothing to add")
    _ = try scratch.load()
  }

  @Test func everyNameIsUniqueAndSaysWhatItIs() {
    #expect(Set(Importer.all.map(\.name)).count == Importer.all.count)
    for importer in Importer.all {
      #expect(importer.files.hasSuffix(".") && importer.release.hasSuffix("."), "\(importer.name)")
    }
  }

  @Test func yahoo() throws {
    let scratch = try ImportScratch()
    try scratch.add("SPY.csv", Importer.find("yahoo").example)
    #expect(
      try scratch.rows("prices") == [
        "SPY,2020-01-02,323.540009,324.890015,322.529999,324.869995,59151200,302.208862",
        "SPY,2020-01-03,321.160004,323.640015,321.100006,322.410004,77709700,299.920197", "SPY,2020-01-06,,,,,,",
      ])
  }

  @Test func stooq() throws {
    let scratch = try ImportScratch()
    try scratch.add("aapl_us_d.csv", Importer.find("stooq").example)
    let bulk = try Importer.find("stooq-bulk").example
    #expect(try scratch.add("aapl.us.txt", bulk) == 0, "both forms are the same rows")
    #expect(try scratch.rows("prices").first == "AAPL,2020-01-02,71.799866,72.8769,71.545387,72.8769,140292684")
    #expect(problems { try scratch.add("h.txt", bulk.replacing(",D,", with: ",60,")) } == ["E0744", "E0744"])
  }

  @Test func fredNeedsALag() throws {
    let scratch = try ImportScratch()
    let text = try Importer.find("fred").example
    #expect(problems { try scratch.add("UNRATE.csv", text) } == ["E0714"])
    #expect(try scratch.rows("series").isEmpty)
    try scratch.add("UNRATE.csv", text, lag: "35d")
    #expect(
      try scratch.rows("series") == [
        "UNRATE,2019-12-01,2020-01-05T23:59:59Z,3.6", "UNRATE,2020-02-01,2020-03-07T23:59:59Z,3.5",
      ])
  }

  @Test func vintagesAreStoredAsChanges() throws {
    let scratch = try ImportScratch()
    try scratch.add("g.csv", Importer.find("alfred").example)
    #expect(
      try scratch.rows("series") == [
        "GDPC1,2019-07-01,2020-01-30T23:59:59Z,19121.112", "GDPC1,2019-10-01,2020-01-30T23:59:59Z,19219.767",
        "GDPC1,2019-10-01,2020-02-27T23:59:59Z,19221.97",
      ])
    // A later single vintage: one figure gone, one new, one the same.
    let later = "DATE,GDPC1_20200326\n2019-04-01,19020.5\n2019-10-01,19221.97\n2020-01-01,19010.8\n"
    #expect(try scratch.add("later.csv", later) == 3)
    #expect(
      try scratch.rows("series").suffix(3) == [
        "GDPC1,2019-04-01,2020-03-26T23:59:59Z,19020.5", "GDPC1,2019-07-01,2020-03-26T23:59:59Z,",
        "GDPC1,2020-01-01,2020-03-26T23:59:59Z,19010.8",
      ])
    #expect(try scratch.add("later.csv", later) == 0)
    // One between: what it says was not known then.
    let between = "DATE,GDPC1_20200310\n2019-10-01,1\n"
    #expect(problems { try scratch.add("between.csv", between) } == ["E0731"])
    // The same figures as were known then add nothing.
    #expect(try scratch.add("same.csv", "DATE,GDPC1_20200310\n2019-10-01,19221.97\n") == 0)
  }

  @Test func vintagesAreReadInTheOrderOfTheirDates() throws {
    let scratch = try ImportScratch()
    try scratch.add("g.csv", "DATE,X_20200201,X_20200101\n2019-10-01,2,1\n")
    #expect(
      try scratch.rows("series") == ["X,2019-10-01,2020-01-01T23:59:59Z,1", "X,2019-10-01,2020-02-01T23:59:59Z,2"])
  }

  @Test func realTimePeriodsWithAWithdrawal() throws {
    let scratch = try ImportScratch()
    try scratch.add(
      "X.csv",
      """
      period_start_date,X,realtime_start_date,realtime_end_date
      2019-10-01,1.5,2020-01-30,2020-02-26
      2019-10-01,1.6,2020-02-27,9999-12-31
      2019-11-01,2.5,2020-01-30,2020-02-26

      """)
    #expect(
      try scratch.rows("series") == [
        "X,2019-10-01,2020-01-30T23:59:59Z,1.5", "X,2019-10-01,2020-02-27T23:59:59Z,1.6",
        "X,2019-11-01,2020-01-30T23:59:59Z,2.5", "X,2019-11-01,2020-02-27T23:59:59Z,",
      ])
  }

  @Test func realTimePeriodsAsTheInterfaceNamesThem() throws {
    let scratch = try ImportScratch()
    try scratch.add("UNRATE.csv", "date,value,realtime_start,realtime_end\n2020-01-01,3.6,2020-02-07,9999-12-31\n")
    #expect(try scratch.rows("series") == ["UNRATE,2020-01-01,2020-02-07T23:59:59Z,3.6"])
  }

  @Test func fredMD() throws {
    let scratch = try ImportScratch()
    let text = try Importer.find("fred-md").example + "\n"
    try scratch.add("2020-01.csv", text)
    #expect(try scratch.rows("series").last == "UNRATE,2019-12-01,2020-01-31T23:59:59Z,3.5")
    #expect(problems { try scratch.add("current.csv", text) } == ["E0741"])
    #expect(places { try scratch.add("current.csv", text) }.allSatisfy { $0.hasPrefix("current.csv:") })
    let next = text.replacing("16978.117", with: "16980") + "1/1/2020,17000,3.6\n"
    #expect(try scratch.add("2020-02.csv", next) == 3)
    #expect(try scratch.rows("series").contains("RPI,2019-12-01,2020-02-29T23:59:59Z,16980"))
  }

  @Test func treasury() throws {
    let scratch = try ImportScratch()
    try scratch.add("t.csv", Importer.find("treasury").example)
    let rows = try scratch.rows("curves")
    #expect(rows.contains("UST_PAR,2025-02-18,46,4.38,2025-02-18T23:00:00Z"))
    #expect(rows.contains("UST_PAR,2025-02-14,3650,4.47,2025-02-14T23:00:00Z"))
    #expect(rows.count == 15)
    try scratch.add("old.csv", "Date,1 mo,30 yr\n01/02/90,7.8,8.0\n07/02/90,7.8,8.0\n", as: "OLD")
    #expect(try scratch.rows("curves").contains("OLD,1990-07-02,10950,8,1990-07-02T22:00:00Z"))
  }

  @Test func members() throws {
    let scratch = try ImportScratch()
    try scratch.add("SP500.csv", Importer.find("member-lists").example)
    #expect(
      try scratch.rows("universes").sorted() == [
        "SP500,A,2019-01-02,", "SP500,AAL,2019-01-02,2019-01-18", "SP500,AAPL,2019-01-02,", "SP500,TFX,2019-01-18,",
      ])
    try scratch.add("x.csv", Importer.find("member-spans").example, as: "OTHER")
    #expect(try scratch.rows("universes").contains("OTHER,AAL,2015-03-23,2024-09-23"))
    #expect(
      problems { try scratch.add("d.csv", "date,tickers\n2019-01-02,\"A,B\"\n2019-01-02,\"A,C\"\n") }.contains("E0745"))
  }

  @Test func commitmentsOfTraders() throws {
    let scratch = try ImportScratch()
    try scratch.add("annual.txt", Importer.find("cot-legacy").example)
    try scratch.add("fin.txt", Importer.find("cot-tff").example)
    let rows = try scratch.rows("flows")
    // A Tuesday in January; the Friday after, 15:30 in New York.
    #expect(rows.contains("COT_GOLD_NONCOMM_LONG,2020-01-07,2020-01-10T20:30:00Z,385230"))
    #expect(rows.contains("COT_GOLD_NONCOMM_SHORT,2020-01-07,2020-01-10T20:30:00Z,-62982"))
    #expect(rows.contains("COT_GOLD_NONCOMM_NET,2020-01-07,2020-01-10T20:30:00Z,322248"))
    #expect(rows.contains("COT_GOLD_OPEN_INTEREST,2020-01-07,2020-01-10T20:30:00Z,797113"))
    #expect(rows.contains("COT_EURUSD_TFF_LEV_FUNDS_NET,2020-01-07,2020-01-10T20:30:00Z,-30000"))
    #expect(rows.count == 10 + 16)
  }
}
