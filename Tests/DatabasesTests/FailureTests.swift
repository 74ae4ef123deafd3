import Foundation
import MarketModel
import TestServers
import Testing

@testable import Databases

/// What goes wrong while a database is in use.
@Suite struct FailureTests {
  @Test(arguments: Backend.available) func aLockedDatabaseIsWaitedForAndThenSaid(_ backend: Backend) throws {
    let scratch = try backend.make()
    let holder = try scratch.open()
    try Migrator(holder).migrate()
    try holder.begin()
    try holder.run(script: backend == .sqlite ? "delete from strategy_trials" : "lock table strategy_trials")
    let other = try scratch.open(.write, patience: 50)
    let refused = kind {
      try other.transaction { () throws(DatabaseError) in _ = try other.execute("delete from strategy_trials") }
    }
    #expect(refused == .locked)
    #expect(!other.isInTransaction)
    holder.rollback()
    try other.transaction { () throws(DatabaseError) in _ = try other.execute("delete from strategy_trials") }
  }

  @Test func readersDoNotWaitForAWriter() throws {
    let scratch = try Backend.sqlite.make()
    let writer = try scratch.open()
    try Migrator(writer).migrate()
    try writer.begin()
    try writer.execute("insert into strategy_trials values ('s', 'k', 'run', 1, 1, '2020-01-01 00:00:00')")
    let reader = try scratch.open(.read, patience: 50)
    #expect(try reader.integer("select count(*) from strategy_trials") == 0)
    try writer.commit()
    #expect(try reader.integer("select count(*) from strategy_trials") == 1)
  }

  @Test(arguments: Backend.available) func whatIsOpenedForReadingIsNotWritten(_ backend: Backend) throws {
    let scratch = try backend.make()
    try Migrator(scratch.open()).migrate()
    let reader = try scratch.open(.read)
    #expect(kind { try reader.execute("delete from strategy_trials") } == .readOnly)
  }

  @Test func nothingIsMadeForReading() throws {
    let scratch = try Backend.sqlite.make()
    #expect(kind { _ = try scratch.open(.read) } == .cannotOpen)
    #expect(kind { _ = try scratch.open(.write) } == .cannotOpen)
    #expect(!FileManager.default.fileExists(atPath: scratch.path))
  }

  @Test func aServerThatGoesAwayLosesNothingButTheSave() throws {
    guard case .success = PostgresServer.shared else { return }
    let server = try PostgresServer()
    let location = try DatabaseLocation(server.makeDatabase())
    let database = try location.open(.create)
    try Migrator(database).migrate()
    let columns = [
      BulkColumn("run_id", .integer), BulkColumn("signal_date", .day), BulkColumn("status", .text),
      BulkColumn("watermark", .instant),
    ]
    func write(_ database: any Database, crash: Bool) throws {
      try database.transaction { () throws(DatabaseError) in
        let writer = try database.append(to: "strategy_decisions", columns, conflicts: .fail)
        for row in 0..<200_000 {
          writer.integer(row)
          writer.day(Day(row % 10_000))
          writer.text("targets")
          writer.null()
          try writer.endRow()
          if crash, row == 100_000 { server.crash() }
        }
        try writer.finish()
      }
    }
    #expect(kind { try write(database, crash: true) } == .connectionLost)
    #expect(kind { try database.begin() } == .connectionLost)
    #expect(kind { _ = try location.open(.write) } == .cannotOpen)
    try server.start()
    let again = try location.open(.write)
    #expect(try again.integer("select count(*) from strategy_decisions") == 0)
    try write(again, crash: false)
    #expect(try again.integer("select count(*) from strategy_decisions") == 200_000)
  }

  @Test func aStatementThatTakesTooLongKeepsNothing() throws {
    guard case .success(let server) = PostgresServer.shared else { return }
    let database = try DatabaseLocation(server.makeDatabase()).open(.create)
    try Migrator(database).migrate()
    try database.run(script: "set statement_timeout to 50")
    let ended = kind {
      try database.transaction { () throws(DatabaseError) in
        try database.execute("insert into strategy_trials values ('s', 'k', 'run', 1, 1, '2020-01-01 00:00:00')")
        _ = try database.rows("select pg_sleep(20)")
      }
    }
    #expect(ended == .timedOut && !database.isInTransaction)
    #expect(try database.integer("select count(*) from strategy_trials") == 0)
  }

  @Test func aUserWithoutRightsIsRefused() throws {
    guard case .success(let server) = PostgresServer.shared else { return }
    let address = server.makeDatabase()
    let name = String(address.split(separator: "/").last ?? "")
    try Migrator(DatabaseLocation(address).open(.create)).migrate()
    _ = server.sql("create role guest_\(name) login", in: name)
    let guest = try DatabaseLocation(server.address(of: name, user: "guest_" + name)).open(.write)
    #expect(kind { _ = try guest.integer("select count(*) from strategy_trials") } == .refused)
    #expect(kind { _ = try DatabaseLocation(server.address(of: "no_such")).open(.read) } == .refused)
  }
}
