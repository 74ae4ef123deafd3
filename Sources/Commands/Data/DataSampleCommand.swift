import ArgumentParser
import Diagnostics
import MarketData

/// `strat data sample`: the sample market as a data folder.
struct DataSampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Write the sample market as a data folder.",
    discussion: """
      EXAMPLE:
        strat data sample my_data && strat data ls my_data

      The folder must not exist yet, or be empty. The same rows are written every time.
      """)

  @Argument(help: ArgumentHelp("The folder to write.", valueName: "folder"))
  var folder: String

  func run() throws {
    do {
      try SampleMarket.store().write(to: folder)
    } catch let problem as Diagnostic {
      throw CommandFailure(.data, [problem])
    }
    Console.note("wrote \(folder); look at it with: strat data ls \(Shell.quoted(folder))")
  }
}
