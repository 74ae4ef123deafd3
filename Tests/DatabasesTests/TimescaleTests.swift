import Foundation
import MarketModel
import TestServers
import Testing

@testable import Databases

/// The branch for TimescaleDB, on a stand-in: an extension of that name that offers the two functions the migration
/// calls, checks what TimescaleDB checks of the key, and records the calls. It tries our branch and our SQL, not
/// TimescaleDB; a real one is tried where `STRAT_TEST_TIMESCALE_URL` names a database that may be written to.
@Suite struct TimescaleTests {
  private static let control = "comment = 'stand-in for tests'\ndefault_version = '0'\nrelocatable = false\n"
  private static let functions = """
    create table strat_calls (call text);
    create type strat_dimension as (name text, step interval);
    create function by_range(name text, step interval) returns strat_dimension language sql as
      $$ select row(name, step)::strat_dimension $$;
    create function create_hypertable(relation regclass, dimension strat_dimension) returns text language plpgsql as $$
    begin
      if exists (select 1 from pg_index where indrelid = relation and indisunique and not exists (
        select 1 from pg_attribute where attrelid = relation and attname = dimension.name and attnum = any (indkey)))
      then raise exception 'cannot create a unique index without the column "%"', dimension.name; end if;
      insert into strat_calls values (relation::text || ' by ' || dimension.name || ' every ' || dimension.step);
      return relation::text;
    end $$;
    """

  /// A server whose extension folder knows the stand-in; `nil`, with the reason printed, where that cannot be had.
  private func standIn() throws -> String? {
    guard case .success(let server) = PostgresServer.shared, let programs = PostgresServer.programs else {
      print("skipped: there is no PostgreSQL for the stand-in")
      return nil
    }
    let address = server.makeDatabase()
    let name = String(address.split(separator: "/").last ?? "")
    // The folder of extensions belongs to the system; where it may not be written, the functions are made without one.
    let folder = server.sql("select setting from pg_config where name = 'SHAREDIR'", in: name) + "/extension"
    let files = [(folder + "/timescaledb.control", Self.control), (folder + "/timescaledb--0.sql", Self.functions)]
    guard FileManager.default.isWritableFile(atPath: folder),
      files.allSatisfy({ !FileManager.default.fileExists(atPath: $0.0) })
    else {
      print("skipped: \(folder) cannot take the stand-in extension (programs in \(programs))")
      return nil
    }
    for (path, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }
    defer { for (path, _) in files { try? FileManager.default.removeItem(atPath: path) } }
    let answer = server.sql("create extension timescaledb", in: name)
    guard answer.isEmpty else {
      print("skipped: the stand-in extension cannot be made: \(answer)")
      return nil
    }
    return address
  }

  @Test func signalsBecomeAHypertableWhereTheExtensionIsInstalled() throws {
    guard let address = try standIn() else { return }
    let database = try DatabaseLocation(address).open(.create)
    let before = try database.integer("select count(*) from strat_calls")
    try Migrator(database).migrate()
    #expect(before == 0)
    #expect(try database.text("select call from strat_calls") == "strategy_signals by signal_date every 1 year")
    #expect(try Migrator(database).applied().map(\.storage) == Schema.migrations.map { _ in .timescaledb })
    #expect(try SchemaCatalog(database).signalStorage() == .timescaledb)
    // No partitions of our own beside its chunks.
    try database.prepareSignals(years: [2005, 2006])
    #expect(try database.integer("select count(*) from pg_inherits") == 0)
    #expect(try SchemaCheck(database).problems() == [])
    #expect(kind { try Migrator(database).migrate(storage: .partitions) } == .mixedStorage)
    try Migrator(database).rollback(to: 0, discards: false)
    try Migrator(database).migrate(storage: .partitions)
    #expect(try SchemaCatalog(database).signalStorage() == .partitions)
    #expect(kind { try Migrator(database).migrate(storage: .timescaledb) } == .mixedStorage)
  }

  @Test func aRealTimescaleTakesTheSchema() throws {
    guard let address = ProcessInfo.processInfo.environment["STRAT_TEST_TIMESCALE_URL"] else {
      print("skipped: STRAT_TEST_TIMESCALE_URL names no database with TimescaleDB")
      return
    }
    let database = try DatabaseLocation(address).open(.create)
    #expect(try SchemaCatalog(database).hasTimescale())
    try Migrator(database).migrate()
    #expect(
      try database.integer(
        "select count(*) from timescaledb_information.hypertables where hypertable_name = 'strategy_signals'") == 1)
    #expect(try SchemaCheck(database).problems() == [])
    try Migrator(database).rollback(to: 0, discards: true)
  }
}

/// Without the extension: PostgreSQL's own partitions.
@Suite struct PartitionTests {
  private func database() throws -> (any Database)? {
    guard Backend.available.contains(.postgres) else { return nil }
    let scratch = try Backend.postgres.make()
    let database = try scratch.open()
    try Migrator(database).migrate()
    return database
  }

  private func insert(_ database: any Database, _ day: String) throws {
    try database.execute(
      """
      insert into strategy_signals (run_id, strategy_id, signal_date, ticker, weight, ordinal)
      values (1, 's', $1, 'SPY', 1, 0)
      """, [.day(Day(iso: day) ?? .latest)])
  }

  private func table(_ database: any Database, of day: String) throws -> String? {
    try database.text(
      "select tableoid::regclass::text from strategy_signals where signal_date = $1", [.day(Day(iso: day) ?? .latest)])
  }

  @Test func partitionsAreMadeAsNeeded() throws {
    guard let database = try database() else { return }
    try database.prepareSignals(years: [2005, 2005, 1, 9998, 9999])
    try database.prepareSignals(years: [2005, 2006])
    for (day, expected) in [
      ("2005-12-31", "strategy_signals_2005"), ("2006-01-01", "strategy_signals_2006"),
      ("0001-06-01", "strategy_signals_1"), ("1999-01-01", "strategy_signals_default"),
      ("9999-12-31", "strategy_signals_default"),
    ] {
      try insert(database, day)
      #expect(try table(database, of: day) == expected)
    }
  }

  @Test func rowsOfAYearThatHasNoneStayWhereTheyAre() throws {
    guard let database = try database() else { return }
    try insert(database, "2010-05-05")
    try database.prepareSignals(years: [2010, 2011])
    try database.execute(
      """
      insert into strategy_signals (run_id, strategy_id, signal_date, ticker, weight, ordinal)
      values (2, 's', $1, 'SPY', 1, 0)
      """, [.day(Day(iso: "2010-05-06") ?? .latest)])
    #expect(try table(database, of: "2010-05-05") == "strategy_signals_default")
    #expect(try table(database, of: "2010-05-06") == "strategy_signals_default")
    #expect(try database.integer("select count(*) from strategy_signals") == 2)
  }

  @Test func aYearIsReadFromItsPartitionAlone() throws {
    guard let database = try database() else { return }
    try database.prepareSignals(years: 2000...2010)
    let plan = try database.rows(
      "explain select * from strategy_signals where signal_date >= '2005-01-01' and signal_date < '2006-01-01'")
    var tables: Set<String> = []
    while try plan.next() {
      for word in (try plan.text(0) ?? "").split(separator: " ")
      where word.hasPrefix("strategy_signals_2") && !word.hasSuffix("_idx") { tables.insert(String(word)) }
    }
    #expect(tables == ["strategy_signals_2005"])
  }
}
