import ArgumentParser

/// `strat db`: the schema of the database that results and data are kept in.
struct DatabaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "Make, check and roll back the tables of a database.",
    discussion: """
      EXAMPLE:
        strat db migrate --db postgres://host/research && strat db status --db postgres://host/research

      A database file is made and migrated by the first command that saves into it; a server's tables are made by \
      `strat db migrate` alone. Each migration is one transaction.
      """,
    subcommands: [
      DatabaseMigrateCommand.self, DatabaseStatusCommand.self, DatabaseRollbackCommand.self, DatabaseCheckCommand.self,
    ])
}
