import ArgumentParser
import Databases

/// `strat db rollback`: undoes migrations.
struct DatabaseRollbackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback", abstract: "Undo the last migration, or all after a version.",
    discussion: """
      EXAMPLE:
        strat db rollback --to 1 --db sqlite:results.db

      Tables that hold rows are dropped with --discard only. Version 0 leaves nothing of strat in the database.
      """)

  @Option(help: ArgumentHelp("The version to go back to; without it the one before the last.", valueName: "version"))
  var to: Int?

  @Flag(help: "Delete the rows in the tables that go.")
  var discard = false

  @OptionGroup var database: DatabaseOption

  func run() throws {
    if let to, to < 0 || to > Schema.version { throw CommandFailure.usage(.unknownVersion(to)) }
    let database = try database.open(.write)
    do throws(DatabaseError) {
      let migrator = Migrator(database)
      let current = try migrator.applied().last?.number ?? 0
      let done = try migrator.rollback(to: to ?? max(0, current - 1), discards: discard)
      for migration in done { Console.write(["rolled back \(migration.number) (\(migration.name))"]) }
      if done.isEmpty { Console.write(["nothing to do: the schema is version \(current)"]) }
    } catch { throw CommandFailure(error) }
  }
}
