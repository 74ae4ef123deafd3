import Diagnostics
import Foundation
import Importers
import MarketData
import MarketModel
import TestServers
import Testing

/// Adding rows to what is there.
@Suite struct ImportTests {
  private let prices = "ticker,date,close\nAAA,2020-01-02,1\nAAA,2020-01-03,2\n"

  @Test func onlyNewRowsAreAddedInFilesOfTheirOwn() throws {
    let scratch = try ImportScratch()
    #expect(try scratch.add("a.csv", prices) == 2)
    #expect(try scratch.add("b.csv", prices + "AAA,2020-01-06,3\nBBB,2020-01-06,3\n") == 2)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.target + "/prices").sorted() == [
        "imported-0001.csv", "imported-0002.csv",
      ])
    #expect(try scratch.rows("prices").count == 4)
  }

  @Test func nothingThatIsThereIsChanged() throws {
    let scratch = try ImportScratch()
    try scratch.add("a.csv", prices)
    #expect(
      problems { try scratch.add("b.csv", "ticker,date,close\nCCC,2020-01-03,2\nAAA,2020-01-03,2.5\n") } == ["E0730"])
    #expect(try scratch.rows("prices").count == 2, "not even the row that is new")
    // Two files of one import may not differ either; both are named.
    let (one, two) = (
      try scratch.write("1.csv", prices), try scratch.write("2.csv", "ticker,date,close\nAAA,2020-01-02,9\n")
    )
    do {
      var session = ImportSession()
      try session.read([one, two])
      _ = try ImportPlan(session.tables, into: MarketTables())
      Issue.record("rows that differ were taken")
    } catch let failure as DataLoadingFailure {
      #expect(failure.diagnostics[0].location?.name == two && failure.diagnostics[0].notes[0].location?.name == one)
    }
  }

  @Test func revisionsAreAppended() throws {
    let scratch = try ImportScratch()
    let header = "series,observation_date,release_time,value\n"
    try scratch.add("a.csv", header + "CPI,2020-01-01,2020-02-13T13:30:00Z,1\n")
    #expect(try scratch.add("b.csv", header + "CPI,2020-01-01,2020-03-11T12:30:00Z,1.1\n") == 1)
    let store = try scratch.load()
    let series = try #require(store.series(.macro, named: "CPI"))
    #expect(store.history(series).releases.count == 2)
    #expect(problems { try scratch.add("c.csv", header + "CPI,2020-01-01,2020-03-11T12:30:00Z,1.2\n") } == ["E0730"])
  }

  @Test func whatCouldNotBeLoadedIsNotAdded() throws {
    let scratch = try ImportScratch()
    #expect(
      problems { try scratch.add("a.csv", "ticker,date,close\nAAA,2020-01-02,x\nAAA,2020-13-02,1\n") } == [
        "E0706", "E0707",
      ])
    #expect(problems { try scratch.add("b.csv", "series,observation_date,value\nCPI,2020-01-01,1\n") } == ["E0714"])
    let yahoo = "Date,Open,High,Low,Close,Adj Close,Volume\n"
    #expect(problems { try scratch.add("s.csv", yahoo + "2020-01-02,1,1,1,x,1,1\n") } == ["E0743"])
    #expect(try scratch.add("s.csv", yahoo + "2020-01-02,1,1,1,0,1,1\n") == 0)
    #expect(!FileManager.default.fileExists(atPath: scratch.target + "/prices"))
  }

  @Test func wrongCellsNameFileLineAndColumn() throws {
    let scratch = try ImportScratch()
    let path = try scratch.write(
      "SPY.csv", "Date,Open,High,Low,Close,Adj Close,Volume\n2020-01-02,1,x,1,1,1,1\n2020-01-03,1\n")
    do {
      try scratch.take(path)
      Issue.record("a wrong cell was taken")
    } catch let failure as DataLoadingFailure {
      #expect(failure.diagnostics.map(\.code) == ["E0743", "E0743"])
      let places = failure.diagnostics.compactMap { $0.location?.start }
      #expect(places.map(\.line) == [2, 3] && places[0].column == 14)
    }
  }

  @Test func unknownFilesAndFormatsAreRefused() throws {
    let scratch = try ImportScratch()
    #expect(problems { try scratch.add("a.csv", "a,b\n1,2\n") } == ["E0740"])
    #expect(problems { try scratch.add("empty.csv", "") } == ["E0740"])
    #expect(problems { try scratch.add("a.csv", prices, format: "yahu") } == ["E0749"])
    #expect(problems { try scratch.take(scratch.url.path + "/none") } == ["E0703"])
    #expect(
      problems { try scratch.take(try scratch.write("1.csv", prices), try scratch.write("2.csv", prices), name: "X") }
        == ["E0750"])
    #expect(problems { try scratch.add("big.csv", "ticker,date,close\n\"AAA,2020-01-02,1\n") } == ["E0705"])
  }

  @Test func aFolderOfFilesOfManyFormats() throws {
    let scratch = try ImportScratch()
    for importer in Importer.all where !["fred", "actions", "flows", "member-spans"].contains(importer.name) {
      try scratch.write("in/" + importer.exampleName, importer.example)
    }
    #expect(try scratch.take(scratch.url.path + "/in") > 30)
    #expect(try scratch.take(scratch.url.path + "/in") == 0)
    _ = try scratch.load()
  }

  @Test func aDataFolderIsTakenWithItsSettings() throws {
    let scratch = try ImportScratch()
    let source = try ImportScratch()
    try source.write("d/prices/p.csv", prices)
    try source.write("d/series/s.csv", "series,observation_date,value\nCPI,2019-01-01,1\n")
    try source.write(
      "d/dataset.yaml", "decision_time: 16:00 America/New_York\nrelease_lag:\n  CPI: 45d\naliases:\n  A: AAA\n")
    try scratch.take(source.url.path + "/d")
    #expect(try scratch.load().fingerprint == DataFolder(source.url.path + "/d").load().store.fingerprint)
    // Other settings would change how the rows are read.
    try source.write("d/dataset.yaml", "decision_time: 17:00 America/New_York\n")
    try source.write("d/series/s.csv", "series,observation_date,release_time,value\nCPI,2019-01-01,2019-03-01,1\n")
    #expect(problems { try scratch.take(source.url.path + "/d") } == ["E0732"])
  }

  @Test func aGzippedFile() throws {
    let scratch = try ImportScratch()
    let path = try scratch.write("a.csv", prices)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "gzip -f \"$0\"", path]
    try process.run()
    process.waitUntilExit()
    #expect(try scratch.take(path + ".gz") == 2)
  }
}

/// Files that the user's `duckdb` program turns into text.
@Suite(.serialized) struct DuckDBTests {
  /// A `duckdb` that prints what a test wants, whatever it is asked, and notes its arguments.
  private func standIn(_ scratch: ImportScratch, _ body: String) throws {
    let path = try scratch.write(
      "bin/duckdb", "#!/bin/sh\nprintf '%s\\n' \"$@\" > '\(scratch.url.path)/asked'\n" + body)
    #expect(chmod(path, 0o755) == 0)
    setenv("PATH", scratch.url.path + "/bin:/usr/bin:/bin", 1)
  }

  private func withPath(_ work: () throws -> Void) rethrows {
    let path = String(cString: getenv("PATH"))
    defer { setenv("PATH", path, 1) }
    try work()
  }

  @Test func parquetIsReadThroughIt() throws {
    try withPath {
      let scratch = try ImportScratch()
      try standIn(scratch, "echo ticker,date,close; echo 'AAA,2020-01-02 00:00:00,1.5'\n")
      let path = try scratch.write("it's.parquet", "PAR1....PAR1")
      #expect(try scratch.take(path) == 1)
      #expect(try scratch.rows("prices") == ["AAA,2020-01-02,,,,1.5,"])
      let asked = try String(contentsOfFile: scratch.url.path + "/asked", encoding: .utf8)
      #expect(asked.contains("read_parquet('\(scratch.url.path)/it''s.parquet')"))
    }
  }

  @Test func aDatabaseIsReadTableByTable() throws {
    try withPath {
      let scratch = try ImportScratch()
      try standIn(
        scratch,
        """
        case "$*" in
          *information_schema*) echo name; echo main.bars; echo other.cpi;;
          *'"main"."bars"'*) echo symbol,date,close; echo AAA,2020-01-02,1.5;;
          *) echo series,observation_date,release_time,value; echo 'CPI,2020-01-01,2020-02-13 13:30:00+00,2';;
        esac

        """)
      let path = try scratch.write("x.duckdb", "12345678DUCK....")
      #expect(try scratch.take(path) == 2)
      #expect(try scratch.rows("series") == ["CPI,2020-01-01,2020-02-13T13:30:00Z,2"])
    }
  }

  @Test func itsErrorIsShown() throws {
    try withPath {
      let scratch = try ImportScratch()
      try standIn(scratch, "echo 'IO Error: no magic bytes' >&2; exit 1\n")
      let path = try scratch.write("x.arrow", "ARROW1..")
      do {
        try scratch.take(path)
        Issue.record("a broken file was read")
      } catch let problem as Diagnostic {
        #expect(problem.code == "E0747" && problem.message.contains("no magic bytes"))
      }
    }
  }

  @Test func withoutItThereIsAClearMessage() throws {
    try withPath {
      let scratch = try ImportScratch()
      setenv("PATH", "/nowhere", 1)
      let path = try scratch.write("x.parquet", "PAR1....PAR1")
      #expect(problems { try scratch.take(path) } == ["E0746"])
    }
  }

  @Test func nothingOfTheUsersSettingsReachesIt() throws {
    try withPath {
      let scratch = try ImportScratch()
      try standIn(scratch, "env > '\(scratch.url.path)/settings'; echo Date,Close; echo '2020-01-02 00:00:00+00,1.5'\n")
      setenv("TZ", "Asia/Tokyo", 1)
      defer { unsetenv("TZ") }
      // The name of the file is the ticker.
      #expect(try scratch.take(try scratch.write("AAPL.parquet", "PAR1....PAR1")) == 1)
      #expect(try scratch.rows("prices") == ["AAPL,2020-01-02,,,,1.5,"])
      let asked = try String(contentsOfFile: scratch.url.path + "/asked", encoding: .utf8)
      #expect(asked.hasPrefix("-init\n/dev/null\n") && asked.contains("set timezone = 'UTC'"))
      let settings = try String(contentsOfFile: scratch.url.path + "/settings", encoding: .utf8).split(separator: "\n")
      #expect(settings.contains("TZ=UTC") && settings.contains("LC_ALL=C.UTF-8"))
      #expect(!settings.contains { $0.hasPrefix("LANG=") || $0.hasPrefix("XDG_") })
    }
  }

  @Test(.enabled(if: Requirement.duckDB.isMet, "\(Requirement.duckDB.lack)"))
  func theRealProgramReadsInstantsInUTCWhateverTheMachinesZone() throws {
    let scratch = try ImportScratch()
    try make(
      "copy (select 'A' as ticker, timestamptz '2024-01-02 00:00:00+00' as date, 1.5 as close) to 'utc.parquet'",
      in: scratch)
    try make(
      "copy (select 1.0 as Open, 2.0 as High, 0.5 as Low, 1.5 as Close, 7 as Volume, date '2024-01-02' as Date) "
        + "to 'AAPL.parquet'", in: scratch)
    try scratch.write("home/.duckdbrc", ".headers off\n")
    let home = String(cString: getenv("HOME"))
    setenv("HOME", scratch.url.path + "/home", 1)
    defer {
      setenv("HOME", home, 1)
      unsetenv("TZ")
    }
    for zone in ["UTC", "America/New_York", "Asia/Tokyo"] {
      setenv("TZ", zone, 1)
      try scratch.take(scratch.url.path + "/utc.parquet", scratch.url.path + "/AAPL.parquet")
    }
    #expect(try scratch.rows("prices") == ["A,2024-01-02,,,,1.5,", "AAPL,2024-01-02,1,2,0.5,1.5,7"])
  }

  private func make(_ query: String, in scratch: ImportScratch) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.currentDirectoryURL = scratch.url
    process.arguments = ["-c", "duckdb x.duckdb -c \"$0\"", query]
    try process.run()
    process.waitUntilExit()
  }

  @Test(.enabled(if: Requirement.duckDB.isMet, "\(Requirement.duckDB.lack)"))
  func theRealProgramWhereItIsInstalled() throws {
    let scratch = try ImportScratch()
    try make(
      "create table bars as select 'AAA' as ticker, date '2020-01-02' as date, 1.1 as close; copy bars to 'x.parquet'",
      in: scratch)
    #expect(try scratch.take(scratch.url.path + "/x.parquet") == 1)
    #expect(try scratch.take(scratch.url.path + "/x.duckdb") == 0)
    #expect(try scratch.rows("prices") == ["AAA,2020-01-02,,,,1.1,"])
  }
}
