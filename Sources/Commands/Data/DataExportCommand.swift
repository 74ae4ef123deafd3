import ArgumentParser
import Diagnostics
import MarketData

/// `strat data export`: a data set as a data folder.
struct DataExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a data set as a data folder.",
    discussion: """
      EXAMPLE:
        strat data export my_data --data sqlite:us.db

      The folder must not exist yet, or be empty; it loads as the same data set, with the same fingerprint.
      """)

  @Argument(help: ArgumentHelp("The folder to write.", valueName: "folder"))
  var folder: String

  @OptionGroup var data: DataOptions

  func run() throws {
    let store = try data.store()
    do {
      try store.write(to: folder)
    } catch let problem as Diagnostic {
      throw CommandFailure(.data, [problem])
    }
    Console.note("wrote \(folder); look at it with: strat data ls \(Shell.quoted(folder))")
  }
}
