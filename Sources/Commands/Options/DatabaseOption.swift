import ArgumentParser
import Databases
import Persistence
import Reporting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The option that says in which database results are.
struct DatabaseOption: ParsableArguments {
  @Option(
    name: .customLong("db"),
    help: ArgumentHelp(
      "The database: sqlite:PATH or postgres://HOST/NAME; else STRAT_DB, else a file in the user's data folder.",
      valueName: "database"))
  var text: String?

  /// Opens the database.
  func open(_ access: DatabaseAccess) throws(CommandFailure) -> any Database {
    // A limit on the size of files is an error of the write then, and not the end of the program.
    signal(SIGXFSZ, SIG_IGN)
    do throws(DatabaseError) {
      return try location().open(access)
    } catch { throw CommandFailure(error) }
  }

  /// Opens the database for saving; a new file gets its tables.
  func store() throws(CommandFailure) -> RunStore {
    let database = try open(.create)
    do throws(DatabaseError) {
      return try RunStore(database)
    } catch { throw CommandFailure(error) }
  }

  /// Opens the database for looking up what was saved.
  func saved(_ access: DatabaseAccess = .read) throws(CommandFailure) -> RunStore {
    let database = try open(access)
    do throws(DatabaseError) {
      return try RunStore(reading: database)
    } catch { throw CommandFailure(error) }
  }

  private func location() throws(DatabaseError) -> DatabaseLocation {
    if let text { return try DatabaseLocation(text) }
    return try DatabaseLocation.standard(Terminal.environment)
  }
}

/// The options of commands that can keep what they print.
struct SaveOptions: ParsableArguments {
  @Flag(help: "Keep the result in the database; the same one saved twice is one row.")
  var save = false

  @OptionGroup var database: DatabaseOption

  /// The store, where something is to be kept.
  func store() throws(CommandFailure) -> RunStore? { save ? try database.store() : nil }
}

extension CommandFailure {
  /// The end of a command that a database did not let do its work.
  init(_ error: DatabaseError) {
    switch error.kind {
    case .badLocation, .wouldDelete: self = .usage(error.diagnostic)
    default: self.init(.data, [error.diagnostic])
    }
  }
}

extension RunStore {
  /// Says on standard error what a save did.
  func note(_ receipt: Receipt, _ thing: String) {
    let done = receipt.isNew ? "saved" : "was saved before"
    Console.note("\(thing) \(receipt.id) \(done) in \(database.location)")
  }
}
