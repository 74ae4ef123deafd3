import ArgumentParser

/// `strat data`: what a data set holds, what is wrong with it, and how more comes into it.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Look into data, check them, import and export them.",
    discussion: """
      EXAMPLE:
        strat data ls --data data/us
      """,
    subcommands: [
      DataListCommand.self, DataDescribeCommand.self, DataCheckCommand.self, DataImportCommand.self,
      DataFormatsCommand.self, DataExportCommand.self, DataSampleCommand.self,
    ])
}
