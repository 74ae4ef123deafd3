import ArgumentParser
import Databases
import Persistence

/// `strat results`: what was saved.
struct ResultsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results", abstract: "List, show, compare, delete and export saved runs.",
    discussion: """
      EXAMPLE:
        strat run Scripts/sma_cross.strat --save && strat results ls --sort sharpe_ratio

      A run is named by its number or by the beginning of its key.
      """,
    subcommands: [
      ResultsListCommand.self, ResultsShowCommand.self, ResultsCompareCommand.self, ResultsExportCommand.self,
      ResultsRemoveCommand.self,
    ])
}

extension RunStore {
  /// The number of the run that a word names.
  func number(of name: String) throws(CommandFailure) -> Int {
    let found: [Int]
    do throws(DatabaseError) {
      found = try runs(named: name)
    } catch { throw CommandFailure(error) }
    guard let id = found.first else { throw .usage(.unknownRun(name, database.location)) }
    guard found.count == 1 else { throw .usage(.ambiguousRun(name, found)) }
    return id
  }

  /// The run that a word names.
  func run(named name: String) throws(CommandFailure) -> SavedRun {
    let id = try number(of: name)
    let found: SavedRun?
    do throws(DatabaseError) {
      found = try run(id)
    } catch { throw CommandFailure(error) }
    guard let found else { throw .usage(.unknownRun(name, database.location)) }
    return found
  }
}
