import Databases
import Diagnostics
import Foundation
import Importers
import MarketData
import MarketDatabase
import TestServers
import Testing

/// What goes wrong while a data set is read or added to.
@Suite struct FailureTests {
  private func rows(_ scratch: Scratch, _ count: Int = 2) throws -> String {
    var text = "ticker,date,close\n"
    for ticker in 0..<count { text += "T\(ticker),2020-01-02,1\n" }
    return try scratch.write("p.csv", text)
  }

  @Test(arguments: Backend.available) func anotherImportIsWaitedForAndThenSaid(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    let file = try rows(scratch)
    try scratch.take(file)
    do {
      let holder = try DatabaseTarget(scratch.location())
      #expect(codes { try scratch.take(file) } == ["E1003"])
      // Who reads does not wait.
      #expect(try scratch.load().store.tickerNames.count == 2)
      _ = try holder.existing()
    }
    #expect(try scratch.take(file) == [0, 2])
  }

  @Test(arguments: Backend.available) func aLockedDatabaseIsSaid(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    try scratch.take(try rows(scratch))
    let holder = try scratch.location().open(.write)
    switch backend {
    // In WAL mode nobody keeps readers out.
    case .sqlite: try holder.run(script: "pragma journal_mode = delete; begin exclusive")
    case .postgres: try holder.run(script: "begin; lock table market_data")
    }
    #expect(codes { _ = try scratch.load() } == ["E1003"])
    holder.rollback()
  }

  @Test(arguments: Backend.available) func schemasOfOtherVersionsAreSaid(_ backend: Backend) throws {
    let scratch = try Scratch(backend)
    let file = try rows(scratch)
    try scratch.take(file)
    try scratch.run(
      "insert into schema_migrations (version, name, applied_at, storage, checksum) "
        + "select 99, 'later', applied_at, storage, 'x' from schema_migrations where version = 1")
    for work in [{ _ = try scratch.load() }, { try scratch.take(file) }] as [() throws -> Void] {
      #expect(codes(work) == ["E1010"])
    }
    try scratch.location().open(.write).execute("delete from schema_migrations where version = 99")
    let database = try scratch.location().open(.write)
    try Migrator(database).rollback(to: 2, discards: true)
    #expect(codes { _ = try scratch.load() } == ["E1011"])
    // A file is brought up to date; a team's server is left to whoever migrates it.
    #expect(codes { try scratch.take(file) } == (backend == .sqlite ? [] : ["E1011"]))
  }

  @Test func tablesOfOthersAreLeftAlone() throws {
    let scratch = try Scratch(.sqlite)
    try scratch.location().open(.create).run(script: "create table notes (text text)")
    let file = try rows(scratch)
    #expect(codes { try scratch.take(file) } == ["E1011"])
    #expect(codes { _ = try scratch.load() } == ["E1011"])
  }

  @Test func aServerThatGoesAwayKeepsNothingOfTheImport() throws {
    guard case .success = PostgresServer.shared else {
      print("skipped: there is no PostgreSQL")
      return
    }
    let server = try PostgresServer()
    let scratch = try Scratch(.sqlite)
    let location = try DatabaseLocation(server.makeDatabase())
    let file = try rows(scratch, 30_000)
    var session = ImportSession()
    try session.read([try scratch.write("first.csv", "ticker,date,close\nFIRST,2020-01-02,1\n")])
    try DatabaseTarget(location).apply(ImportPlan(session.tables, into: MarketTables()).additions)
    session = ImportSession()
    try session.read([file])
    let target = try DatabaseTarget(location)
    let plan = try ImportPlan(session.tables, into: try target.existing())
    server.crash()
    #expect(codes { try target.apply(plan.additions) } == ["E1008"])
    #expect(codes { _ = try DatabaseMarket.load(location) } == ["E1002"])
    #expect(codes { _ = try DatabaseTarget(location) } == ["E1002"])
    try server.start()
    #expect(try DatabaseMarket.load(location).store.tickerNames == ["FIRST"])
    let again = try DatabaseTarget(location)
    try again.apply(ImportPlan(session.tables, into: try again.existing()).additions)
    #expect(try DatabaseMarket.load(location).store.tickerNames.count == 30_001)
  }

  @Test func anIdleConnectionThatWasLostIsMadeAnew() throws {
    guard case .success = PostgresServer.shared else {
      print("skipped: there is no PostgreSQL")
      return
    }
    let server = try PostgresServer()
    let scratch = try Scratch(.sqlite)
    let location = try DatabaseLocation(server.makeDatabase())
    var session = ImportSession()
    try session.read([try rows(scratch)])
    try DatabaseTarget(location).apply(ImportPlan(session.tables, into: MarketTables()).additions)
    let watch = DatabaseWatch(location)
    let stamp = try #require(watch.stamp)
    server.crash()
    #expect(watch.stamp == nil)
    try server.start()
    #expect(watch.stamp == stamp)
  }
}
