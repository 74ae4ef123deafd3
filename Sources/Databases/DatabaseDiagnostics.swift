public import Diagnostics

/// The records of databases.
public enum DatabaseDiagnostics {
  /// All records of this layer.
  public static let records: [DiagnosticRecord] = DatabaseError.Kind.allCases.map(\.record)
}

extension DatabaseError.Kind {
  /// Code and texts.
  var record: DiagnosticRecord {
    switch self {
    case .badLocation:
      DiagnosticRecord(
        "E1001", "text that names no database",
        explanation: "A database is `sqlite:` and the path of its file, or `postgres://[USER@]HOST[:PORT]/NAME`. What "
          + "stands after a `?` are libpq's options, such as `?sslmode=require`; `?dataset=NAME` names one of "
          + "several data sets. Keep passwords out of the address: libpq reads them from `~/.pgpass` and `PGPASSWORD`.",
        bad: "strat results ls --db results.db", good: "strat results ls --db sqlite:results.db")
    case .cannotOpen:
      DiagnosticRecord(
        "E1002", "database that cannot be opened",
        explanation: "The file or its folder does not exist or may not be read, or no server answers at the address.")
    case .locked:
      DiagnosticRecord(
        "E1003", "database that another program holds",
        explanation:
          "A write waits up to thirty seconds for others to end. Nothing was changed; try again when the other "
          + "program is done.")
    case .readOnly:
      DiagnosticRecord(
        "E1004", "database that may not be written",
        explanation: "The file, its folder or the server allows reading only. SQLite needs to write beside its file, "
          + "too. Nothing was changed.")
    case .full:
      DiagnosticRecord(
        "E1005", "no space for the database",
        explanation: "The disk is full, or a limit on the size of files is reached. What was there before is as it "
          + "was; nothing of the write is.")
    case .corrupt:
      DiagnosticRecord(
        "E1006", "damaged database",
        explanation: "The file is no SQLite database, or parts of it are damaged. Nothing is repaired silently: "
          + "restore it from a copy, or save what can be read with `sqlite3 FILE .recover`.")
    case .refused:
      DiagnosticRecord(
        "E1007", "refused by the database",
        explanation: "The server does not know the user or the password, or the user lacks a right. Ask the server's "
          + "owner for the rights to create and change tables.")
    case .connectionLost:
      DiagnosticRecord(
        "E1008", "connection to the database lost",
        explanation: "The server went away in the middle. A save is one transaction, so nothing of it was kept; do it "
          + "again when the server is back.")
    case .timedOut:
      DiagnosticRecord(
        "E1017", "statement that took too long",
        explanation: "The server's `statement_timeout` ended a statement, or somebody cancelled it. A save or an "
          + "import is one transaction, so nothing of it was kept. An address may ask for another limit: "
          + "`postgres://host/name?options=-c%20statement_timeout%3D0` for none.")
    case .noLibrary:
      DiagnosticRecord(
        "E1009", "client library of PostgreSQL not found",
        explanation: "The library libpq is loaded when a PostgreSQL database is first used. Install it: "
          + "`apt-get install libpq5`, or `brew install libpq`. `STRAT_LIBPQ` may hold its path.")
    case .newerSchema:
      DiagnosticRecord(
        "E1010", "database of a newer version",
        explanation: "A newer version of the program made or migrated the database. Nothing was read or written; use "
          + "that version, or go back with its `strat db rollback`.")
    case .notMigrated:
      DiagnosticRecord(
        "E1011", "database without the current schema",
        explanation: "The tables are not there, or are those of an older version. `strat db migrate` makes them; it "
          + "deletes nothing.", bad: "strat results ls --db postgres://host/new",
        good: "strat db migrate --db postgres://host/new")
    case .halfApplied:
      DiagnosticRecord(
        "E1012", "schema that is not what its migrations make",
        explanation: "A table is there although its migration is not recorded, or is not there although it is, or a "
          + "migration was applied with another text. Migrations run whole or not at all, so somebody else changed the "
          + "tables. `strat db check` lists the differences.")
    case .mixedStorage:
      DiagnosticRecord(
        "E1013", "signals kept in another way than recorded",
        explanation: "`strategy_signals` is a TimescaleDB hypertable or natively partitioned by year, chosen when "
          + "it is made. It cannot be turned into the other in place: export the runs, roll back, and migrate anew.")
    case .wouldDelete:
      DiagnosticRecord(
        "E1014", "rollback that would delete rows",
        explanation: "Rolling back a migration drops its tables with all that is in them. `--discard` says that "
          + "this is meant.", bad: "strat db rollback", good: "strat db rollback --discard")
    case .constraint:
      DiagnosticRecord(
        "E1015", "row that contradicts the database",
        explanation: "A row with this key is there already, or a value does not fit its column. Nothing was changed.")
    case .statement:
      DiagnosticRecord(
        "E1016", "statement that the database does not accept",
        explanation: "The database answered a statement with an error, which the message quotes. If the tables are as "
          + "`strat db check` expects them, please report it.")
    }
  }

  /// What the database does, between its name and the message.
  var verb: String {
    switch self {
    case .badLocation, .noLibrary: ""
    case .cannotOpen: "cannot be opened: "
    case .locked: "is in use by another program: "
    case .readOnly: "cannot be written: "
    case .full: "has no space left: "
    case .corrupt: "is damaged or no database: "
    case .refused: "refuses: "
    case .connectionLost: "went away: "
    case .timedOut: "ended a statement: "
    case .newerSchema, .notMigrated, .halfApplied, .mixedStorage, .wouldDelete: ""
    case .constraint: "does not take a row: "
    case .statement: "reports: "
    }
  }

  /// What to do about it.
  var remedy: String {
    switch self {
    case .badLocation: "write `sqlite:PATH` or `postgres://[USER@]HOST[:PORT]/NAME`"
    case .cannotOpen: "check the path or address, and whether the server runs"
    case .locked: "nothing was changed; try again when the other program is done"
    case .readOnly: "nothing was changed; check the permissions of the file and its folder, or name another database"
    case .full: "nothing was changed; make room and try again"
    case .corrupt: "restore it from a copy, or see what `sqlite3 FILE .recover` can read"
    case .refused: "check user, password and rights; libpq reads passwords from ~/.pgpass and PGPASSWORD"
    case .connectionLost: "nothing was changed; try again when the server is back"
    case .timedOut: "nothing was changed; raise the server's `statement_timeout`, or try again when it has less to do"
    case .noLibrary: "install libpq5 (Debian, Ubuntu) or libpq (brew), or name its file in STRAT_LIBPQ"
    case .newerSchema: "use the newer version of strat, or its `strat db rollback`"
    case .notMigrated: "run `strat db migrate` on it"
    case .halfApplied: "nothing was changed; `strat db check` lists what differs"
    case .mixedStorage: "export the runs, roll back, and migrate anew"
    case .wouldDelete: "nothing was changed; `--discard` says that the rows may go"
    case .constraint: "nothing was changed"
    case .statement: "`strat db check` compares the tables with what is expected"
    }
  }
}
