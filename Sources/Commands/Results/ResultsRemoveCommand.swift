import ArgumentParser
import Databases
import Persistence

/// `strat results rm`: deletes saved runs.
struct ResultsRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Delete saved runs with their signals.",
    discussion: """
      EXAMPLE:
        strat results rm 3 4

      All of them are deleted or none. The number of trials made on a strategy does not go down.
      """)

  @Argument(help: ArgumentHelp("Numbers of runs, or the beginnings of their keys.", valueName: "runs"))
  var names: [String]

  @OptionGroup var database: DatabaseOption

  func run() throws {
    let store = try database.saved(.write)
    let ids = try names.map { try store.number(of: $0) }
    do throws(DatabaseError) {
      try store.delete(ids)
    } catch { throw CommandFailure(error) }
    let count = Set(ids).count
    Console.note("deleted \(count == 1 ? "run \(ids[0])" : "\(count) runs") from \(store.database.location)")
  }
}
