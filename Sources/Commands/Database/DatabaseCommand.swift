import ArgumentParser

/// `strat db`: the schema of the database that results and data are kept in.
struct DatabaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "Make, check and roll back the tables of a database.",
    discussion: """
      EXAMPLE:
        strat db migrate --db postgres://host/research && strat db status --db postgres://host/research

      The first command that saves or imports into an empty database makes its tables. A file of an older version is \
      migrated by the next one; a server's tables are migrated by `strat db migrate` alone, all or nothing.
      """,
    subcommands: [
      DatabaseMigrateCommand.self, DatabaseStatusCommand.self, DatabaseRollbackCommand.self, DatabaseCheckCommand.self,
    ])
}
