import Databases
import Diagnostics
import Foundation
import Importers
import MarketData
import MarketDatabase
import MarketModel
import Testing

/// Adding rows to a data set in a database.
@Suite struct ImportTests {
  private static let series = "series,observation_date,release_time,value\n"
  private static let prices = "ticker,date,close\n"

  private func releases(_ store: MarketStore, _ code: String) throws -> [Double] {
    let history = store.history(try #require(store.series(.macro, named: code)))
    return history.values.buffer.map { $0 }
  }

  @Test(arguments: Backend.available) func rowsAreAddedAndNothingIsChanged(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    let first = try scratch.write("a.csv", Self.prices + "AAA,2020-01-02,1\nAAA,2020-01-03,2\n")
    #expect(try scratch.take(first) == [2, 0])
    #expect(try scratch.take(first) == [0, 2])
    let second = try scratch.write("b.csv", Self.prices + "AAA,2020-01-03,2\nAAA,2020-01-06,3\nBBB,2020-01-06,9\n")
    #expect(try scratch.take(second) == [2, 1])
    let other = try scratch.write("c.csv", Self.prices + "CCC,2020-01-03,2\nAAA,2020-01-06,3.5\n")
    #expect(codes { try scratch.take(other) } == ["E0730"])
    let store = try scratch.load().store
    #expect(store.tickerNames == ["AAA", "BBB"], "not even the row that is new")
    #expect(store.prices(try #require(store.ticker(named: "AAA"))).close.buffer.map { $0 } == [1, 2, 3])
  }

  @Test(arguments: Backend.available) func revisionsAreAppended(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    try scratch.take(try scratch.write("a.csv", Self.series + "CPI,2020-01-01,2020-02-13T13:30:00Z,1\n"))
    let revised = try scratch.write(
      "b.csv", Self.series + "CPI,2020-01-01,2020-03-11T12:30:00Z,1.1\nCPI,2020-01-01,2020-02-13T13:30:00Z,1\n")
    #expect(try scratch.take(revised) == [1, 1])
    #expect(try releases(scratch.load().store, "CPI") == [1, 1.1])
    let overwriting = try scratch.write("c.csv", Self.series + "CPI,2020-01-01,2020-03-11T12:30:00Z,1.2\n")
    #expect(codes { try scratch.take(overwriting) } == ["E0730"])
    #expect(try releases(scratch.load().store, "CPI") == [1, 1.1])
  }

  @Test(arguments: Backend.available) func vintagesOfVendorsAreMerged(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    let header = "observation_date,GDP_20200130,GDP_20200227"
    let first = try scratch.write("GDP.csv", header + "\n2019-10-01,1,2\n")
    #expect(try scratch.take(first)[0] == 2)
    let later = try scratch.write("later/GDP.csv", header + ",GDP_20200326\n2019-10-01,1,2,2.5\n")
    #expect(try scratch.take(later)[0] == 1)
    #expect(try scratch.take(later)[0] == 0)
    #expect(try releases(scratch.load().store, "GDP") == [1, 2, 2.5])
  }

  @Test(arguments: Backend.available) func aReleaseThatFollowsFromALagStandsBesideOneThatIsGiven(_ backend: Backend)
    throws
  {
    let scratch = try Scratch(backend)
    let folder = try scratch.write([
      "series/s.csv": Self.series + "X,2020-01-01,,1\nX,2020-01-01,2020-02-15,1\n",
      "dataset.yaml": "release_lag: {X: 45d}\n",
    ])
    let source = try DataFolder(folder).load().store
    #expect(try scratch.take(folder) == [2, 0])
    #expect(try scratch.take(folder) == [0, 2])
    #expect(try scratch.load().store.fingerprint == source.fingerprint)
    let other = try scratch.write(
      ["series/s.csv": Self.series + "X,2020-01-01,2020-02-15,2\n", "dataset.yaml": "release_lag: {X: 45d}\n"],
      to: "other")
    #expect(codes { try scratch.take(other) } == ["E0730"])
  }

  @Test(arguments: Backend.available) func settingsStayWhatTheyAre(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    let rows = Self.prices + "AAA,2020-01-02,1\n"
    try scratch.take(
      try scratch.write(["prices/p.csv": rows, "dataset.yaml": "decision_time: 16:00 America/New_York\n"]))
    for (name, setting) in [("a", "decision_time: 15:00 America/New_York"), ("b", "calendar: weekdays")] {
      let other = try scratch.write(["prices/p.csv": rows, "dataset.yaml": setting + "\n"], to: name)
      #expect(codes { try scratch.take(other) } == ["E0732"])
    }
    // Files that say nothing about them are no contradiction.
    #expect(try scratch.take(try scratch.write("more.csv", Self.prices + "AAA,2020-01-03,1\n")) == [1, 0])
    #expect(try scratch.load().store.settings.decisionTime?.description == "16:00 America/New_York")
  }

  @Test(arguments: Backend.available) func settingsOfAnEmptyDataSetCount(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    try scratch.run("insert into data_sets (name, decision_time) values ('own', '09:00 UTC')")
    let folder = try scratch.write([
      "prices/p.csv": Self.prices + "AAA,2020-01-02,1\n", "dataset.yaml": "calendar: all\n",
    ])
    try scratch.take(folder)
    let settings = try scratch.load().store.settings
    #expect(settings.decisionTime?.description == "09:00 UTC" && settings.calendar == .all && settings.name == "own")
  }

  @Test(arguments: Backend.available) func actionsThatComeLaterAdjustAll(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    let prices = try scratch.write(
      "p.csv", "ticker,date,close,adjusted_close\nAAA,2020-01-02,100,1\nAAA,2020-01-03,50,2\n")
    try scratch.take(prices)
    let actions = try scratch.write("a.csv", "ticker,ex_date,split_ratio\nAAA,2020-01-03,2\n")
    #expect(try scratch.take(actions) == [1, 0])
    #expect(try scratch.take(prices) == [0, 2])
    let store = try scratch.load().store
    func folder(_ prices: String) throws -> MarketStore {
      let path = try scratch.write([
        "prices/p.csv": prices, "actions/a.csv": "ticker,ex_date,split_ratio\nAAA,2020-01-03,2\n",
        "dataset.yaml": "name: main\n",
      ])
      return try DataFolder(path).load().store
    }
    // The adjusted closes are there to be compared, and are not read.
    #expect(
      try image(store)
        == image(folder("ticker,date,close,adjusted_close\nAAA,2020-01-02,100,1\nAAA,2020-01-03,50,2\n")))
    #expect(try store.fingerprint == folder("ticker,date,close\nAAA,2020-01-02,100\nAAA,2020-01-03,50\n").fingerprint)
  }

  @Test(arguments: Backend.available) func severalDataSetsLiveSideBySide(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    let (one, two) = (
      try scratch.write("a.csv", Self.prices + "AAA,2020-01-02,1\n"),
      try scratch.write("b.csv", Self.prices + "AAA,2020-01-02,2\n")
    )
    try scratch.take(one, dataset: "first")
    try scratch.take(two, dataset: "it's%20'second'")
    #expect(try scratch.take(two, dataset: "it's%20'second'") == [0, 1])
    func close(_ dataset: String?) throws -> Double { try scratch.load(dataset).store.prices(TickerID(0)).close[0] }
    #expect(try close(nil) == 1 && close("first") == 1 && close("it's%20'second'") == 2)
    #expect(codes { _ = try scratch.load("third") } == ["E0733"])
  }

  @Test(arguments: Backend.available) func whatFailsItsChecksLeavesNothing(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    let bad = try scratch.write("a.csv", Self.prices + "AAA,2020-01-02,1\nAAA,2020-01-03,x\n")
    #expect(codes { try scratch.take(bad) } == ["E0706"])
    let database = try scratch.location().open(.create)
    #expect(try Migrator(database).applied().isEmpty)
    let session = ImportSession()
    let target = try DatabaseTarget(scratch.location(), isDryRun: true)
    #expect(try target.existing().rowCount == 0 && session.tables.rowCount == 0)
    #expect(try Migrator(database).applied().isEmpty)
  }

  @Test(arguments: Backend.available) func whatIsWrongInTheDatabaseStopsAnImport(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    let file = try scratch.write("a.csv", Self.prices + "AAA,2020-01-02,1\n")
    try scratch.take(file)
    try scratch.run("update data_sets set decision_time = 'noon'")
    let more = try scratch.write("b.csv", Self.prices + "AAA,2020-01-03,1\n")
    #expect(codes { try scratch.take(more) } == ["E0734"])
    try scratch.run("update data_sets set decision_time = null", "update market_data set ticker = ''")
    #expect(codes { try scratch.take(more) } == ["E0709"])
    #expect(try scratch.location().open(.read).integer("select count(*) from market_data") == 1)
  }

  @Test(arguments: Backend.available) func aTargetThatIsLeftKeepsNothing(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    try scratch.take(try scratch.write("a.csv", Self.prices + "AAA,2020-01-02,1\n"))
    do { _ = try DatabaseTarget(try scratch.location()).existing() }
    // Its lock is gone with it.
    #expect(try scratch.take(try scratch.write("b.csv", Self.prices + "AAA,2020-01-03,1\n")) == [1, 0])
  }

  @Test(arguments: Backend.available) func twoFirstImportsAtOnceAreOneAfterTheOther(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    let file = try scratch.write("a.csv", Self.prices + "AAA,2020-01-02,1\n")
    let slow = try DatabaseTarget(try scratch.location())
    #expect(try slow.existing().rowCount == 0)
    try scratch.take(file)
    var session = ImportSession()
    try session.read([file])
    let plan = try ImportPlan(session.tables, into: MarketTables())
    #expect(codes { try slow.apply(plan.additions) } == ["E1003"])
    #expect(try scratch.load().store.tickerNames == ["AAA"])
  }

  @Test(arguments: Backend.available) func theEditionGrowsWithEachChange(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    let watch = DatabaseWatch(try scratch.location())
    let file = try scratch.write("a.csv", Self.prices + "AAA,2020-01-02,1\n")
    try scratch.take(file)
    let first = try #require(watch.stamp)
    try scratch.take(file)
    #expect(watch.stamp == first)
    try scratch.take(try scratch.write("b.csv", Self.prices + "AAA,2020-01-03,1\n"))
    #expect(watch.stamp != nil && watch.stamp != first)
  }
}
