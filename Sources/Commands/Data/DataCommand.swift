import ArgumentParser

/// `strat data`: what a data set holds, and what is wrong with it.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Look into a data folder, check it, or write the sample market.",
    discussion: """
      EXAMPLE:
        strat data ls --data data/us
      """,
    subcommands: [
      DataListCommand.self, DataDescribeCommand.self, DataCheckCommand.self, DataSampleCommand.self,
    ])
}
