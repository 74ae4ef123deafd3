import ArgumentParser
import Databases

/// `strat db migrate`: makes the tables, or brings them up to date.
struct DatabaseMigrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Make the tables, or bring them up to date.",
    discussion: """
      EXAMPLE:
        strat db migrate --db postgres://host/research

      Nothing is deleted. On PostgreSQL, signals are kept as a TimescaleDB hypertable with chunks of a year where that \
      extension is installed in the database, else in native partitions by year; --storage chooses. What was chosen \
      first is recorded and stays.
      """)

  @Option(help: ArgumentHelp("How PostgreSQL keeps signals: timescaledb or partitions.", valueName: "way"))
  var storage: String?

  @OptionGroup var database: DatabaseOption

  func run() throws {
    var chosen: SignalStorage?
    if let storage {
      chosen = SignalStorage(rawValue: storage)
      if chosen == nil || chosen == .plain { throw CommandFailure.usage(.unknownStorage(storage)) }
    }
    let database = try database.open(.create)
    do throws(DatabaseError) {
      let done = try Migrator(database).migrate(storage: chosen)
      for migration in done { Console.write(["applied \(migration.number) (\(migration.name))"]) }
      if done.isEmpty { Console.write(["nothing to do: the schema is version \(Schema.version)"]) }
    } catch { throw CommandFailure(error) }
  }
}
